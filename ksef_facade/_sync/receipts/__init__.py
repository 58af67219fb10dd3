# Derived from ksef_facade/_async/receipts/__init__.py by scripts/derive_sync.py; do not edit.
"""The receipts (UPO) of sessions: waited for, fetched, checked, saved."""
