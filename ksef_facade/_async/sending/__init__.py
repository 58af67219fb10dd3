"""Sending once and only once: a run, its journal, and what became of everything."""
