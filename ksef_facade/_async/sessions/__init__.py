"""Submission sessions: one known by its reference, the history of all, and an online one of our own."""
