"""The one difference between the async and the sync client: how to sleep, lock and work side by
side.

`tasks` and `threads` offer the same names; deriving the sync client swaps one for the other.
"""
