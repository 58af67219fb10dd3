"""Answers as nobody wants them, for the facade to survive: `python -m scripts.fuzz_responses`.

A case is a number: seed and number give one use of the facade, one answer in it, and what happens to
that answer. The outcome must be a value or a `KsefError`.
"""
