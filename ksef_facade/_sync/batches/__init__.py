# Derived from ksef_facade/_async/batches/__init__.py by scripts/derive_sync.py; do not edit.
"""Batch sessions of our own: packed, opened, uploaded, closed, finished by another process."""
