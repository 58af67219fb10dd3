"""An archive under fire: a sync over many sessions, killed (SIGKILL) at random instants.

The simulator runs in a process of its own. Every attempt at the sync is a process too, killed after a
random time and followed by the next, until the archive is whole. In the end its files and its ledger
must be what an undisturbed run makes of the same sessions, and the simulator must have been asked
nothing twice but what was under way when an attempt was killed.
"""
