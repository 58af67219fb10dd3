"""An archive of all sessions of a context, brought up to date in runs that may be killed."""
