"""Collective identifiers: one number for a payment of several invoices of one seller."""
