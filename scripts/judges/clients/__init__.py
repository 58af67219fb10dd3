"""Clients of KSeF that others wrote, unmodified, against the simulator."""
