"""Invoices of a coffee roastery that does not exist, for trying things out."""
