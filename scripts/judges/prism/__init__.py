"""Prism: an independent reader of the contract, between the facade and the simulator or in its place."""
