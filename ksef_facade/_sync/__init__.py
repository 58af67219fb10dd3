# Derived from ksef_facade/_async/__init__.py by scripts/derive_sync.py; do not edit.
"""The synchronous client, written by hand; the synchronous one is derived from it."""
