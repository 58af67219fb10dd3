"""How many requests a run makes at most, by limit group, so that one run a night stays far below the limits."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

OTHER: Final = "other"
PLAN: Final[Mapping[str, int]] = MappingProxyType(
    {
        "anonymous": 1_000,
        "onlineSession": 50,
        "onlineSessionClose": 60,
        "invoiceSend": 80,
        "invoiceStatus": 600,
        "batchSession": 24,
        "batchSessionClose": 20,
        "sessionMisc": 600,
        "sessionList": 20,
        "sessionInvoiceList": 24,
        "invoiceMetadata": 13,
        "invoiceDownload": 8,
        "invoiceExport": 2,
        "invoiceExportStatus": 100,
        "collectiveIdentifier": 12,
        OTHER: 60,
    }
)
"""By limit group; of group `other`, where each operation is counted on its own, the most of any one."""


def overspent(requests: Mapping[str, int]) -> list[str]:
    """The groups of which a run took more than planned, in words."""
    return [
        f"{count} requests of group {group}, and {PLAN.get(group, 0)} were planned"
        for group, count in spent(requests).items()
        if count > PLAN.get(group, 0)
    ]


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
