"""Who logs in, on whose behalf, from where, and what the tokens of a login are."""
