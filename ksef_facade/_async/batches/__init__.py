"""Batch sessions of our own: packed, opened, uploaded, closed, finished by another process."""
