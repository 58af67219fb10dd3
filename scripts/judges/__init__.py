"""Judges of the simulator and of the facade that owe nothing to either of them."""
