# Derived from ksef_facade/_async/sessions/__init__.py by scripts/derive_sync.py; do not edit.
"""Submission sessions: one known by its reference, the history of all, and an online one of our own."""
