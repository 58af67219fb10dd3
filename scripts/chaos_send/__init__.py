"""Sending under fire: many runs with faults at random points, and a count of what came of it.

The simulator runs in this process. Every attempt to send is a process of its own, which is killed
(SIGKILL) at a random request or at a random step of its journal, and started again until it is done.
In the end the simulator must have got each invoice exactly once, and the journal must say so.
"""
