"""The repository of invoices: single ones, and the query of their metadata."""
