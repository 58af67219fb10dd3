"""Requests, described by the raw client and found by (METHOD, path); and where their bodies come from and go."""
