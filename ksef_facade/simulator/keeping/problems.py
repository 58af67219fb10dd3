"""Why a state cannot be kept or taken up again."""

from __future__ import annotations


class StateError(Exception):
    """The folder of a simulator's state is in use, damaged, of another version, or not writable."""
