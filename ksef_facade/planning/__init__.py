"""Decisions without input or output: what to wait, whether to repeat, which page is next.

Clocks, chance and answers go in as arguments, so that each decision can be tested alone and is
the same for threads and for async.
"""
