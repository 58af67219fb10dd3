"""Limits in force: for a context, for a subject, for requests; and how tests change them."""
