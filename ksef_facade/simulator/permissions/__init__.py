"""Permissions: granted, revoked and looked up, and what they add up to."""
