"""The send journal: the SQLite tables that say what was meant to be sent, and how far it has come."""
