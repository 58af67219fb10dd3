"""UPOs: written, signed, kept in pages and served."""
