"""This machine and no other: the simulator's keys and tokens protect nothing."""

from __future__ import annotations

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def require_loopback(host: str) -> None:
    """Raise ValueError, with a sentence, unless a host is this machine."""
    if not is_loopback(host):
        raise ValueError(f"the simulator serves on loopback only, and {host} is not loopback")
