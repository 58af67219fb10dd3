"""Measurements of what the project promises: ratios and differences taken in one run."""
