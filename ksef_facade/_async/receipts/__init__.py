"""The receipts (UPO) of sessions: waited for, fetched, checked, saved."""
