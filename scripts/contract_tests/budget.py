"""How many requests a run makes at most, by limit group, so that one run a night stays far below the limits."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PLAN: Final[Mapping[str, int]] = MappingProxyType({"anonymous": 400})
"""By limit group; of group `other`, where each operation is counted on its own, the most of any one."""

OTHER: Final = "other"


def most_requests() -> int:
    """The sum over the groups with a budget of their own, and what `other` adds in all."""
    return sum(PLAN.values())


def spent(requests: Mapping[str, int]) -> dict[str, int]:
    """Requests of a run by the names of the plan."""
    found: dict[str, int] = {}
    for counter, count in requests.items():
        if counter == "outside the limits":
            continue
        if " " in counter:
            found[OTHER] = max(found.get(OTHER, 0), count)
        else:
            found[counter] = found.get(counter, 0) + count
    return found
