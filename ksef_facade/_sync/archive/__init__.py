# Derived from ksef_facade/_async/archive/__init__.py by scripts/derive_sync.py; do not edit.
"""An archive of all sessions of a context, brought up to date in runs that may be killed."""
