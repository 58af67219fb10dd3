"""The public interface as a list of names, so that a change of it cannot go unnoticed."""
