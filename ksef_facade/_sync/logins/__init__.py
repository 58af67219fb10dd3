# Derived from ksef_facade/_async/logins/__init__.py by scripts/derive_sync.py; do not edit.
"""Logging in, keeping the tokens fresh, listing and ending logins."""
