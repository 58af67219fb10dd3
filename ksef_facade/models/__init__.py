"""What callers get back: small frozen values, each with `.raw`, the JSON as it came."""
