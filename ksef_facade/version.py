"""The version of this package, for the User-Agent header and the command line."""

VERSION = "0.1.0"
