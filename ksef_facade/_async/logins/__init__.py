"""Logging in, keeping the tokens fresh, listing and ending logins."""
