"""Keys and encryption as KSeF wants them: bytes in, bytes out.

Importing this package costs nothing: `cryptography` is loaded by the first call that needs it.
"""
