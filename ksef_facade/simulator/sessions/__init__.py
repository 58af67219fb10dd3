"""Submission sessions, online and batch: what arrives, what becomes of it, what is seen of it."""
