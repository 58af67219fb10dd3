# Derived from ksef_facade/_async/sending/__init__.py by scripts/derive_sync.py; do not edit.
"""Sending once and only once: a run, its journal, and what became of everything."""
