"""Addresses from which a caller allows its own tokens to be used (contract, AllowedIps)."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from typing import Any

from ..problems import INVALID_INPUT, Refusal

#: Each of the three lists holds at most ten entries (contract, AllowedIps).
_MOST_ENTRIES = 10


def read_policy(document: Mapping[str, Any] | None) -> dict[str, list[str]] | None:
    """The lists of a request's `authorizationPolicy` that are not empty; None for no policy.

    Raises Refusal with 21405 for a list that is too long.
    """
    allowed = (document or {}).get("allowedIps") or {}
    for name, values in allowed.items():
        if isinstance(values, list) and len(values) > _MOST_ENTRIES:
            raise Refusal(INVALID_INPUT, f"'{name}': more than {_MOST_ENTRIES} entries")
    return {name: list(values) for name, values in allowed.items() if values} or None


def is_allowed(address: str, policy: Mapping[str, Any] | None) -> bool:
    """Whether a client's address satisfies a policy; no policy allows every address."""
    if policy is None:
        return True
    try:
        client = IPv4Address(address)
    except AddressValueError:
        return False
    ranges = (entry.partition("-") for entry in policy.get("ip4Ranges", ()))
    return (
        address in policy.get("ip4Addresses", ())
        or any(IPv4Address(low) <= client <= IPv4Address(high) for low, _, high in ranges)
        or any(client in IPv4Network(mask, strict=False) for mask in policy.get("ip4Masks", ()))
    )
