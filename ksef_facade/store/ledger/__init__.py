"""The ledger of an archive: the SQLite tables that say what KSeF has and what is on the disk."""
