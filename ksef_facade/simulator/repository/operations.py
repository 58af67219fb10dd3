"""Downloads of single invoices, and the query of metadata."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock, wire_time
from ..listing import DEFAULT_PAGE_SIZE
from ..messages import XML, Response, json_response, without_nulls
from ..problems import INVALID_INPUT, Refusal
from ..sessions.encryption import hash_of
from ..settings import Settings
from .filters import BEYOND_HWM, read_query
from .index import Repository
from .metadata import describe
from .walks import WalkRegister

if TYPE_CHECKING:
    from ..core import Core

_UNKNOWN_INVOICE, _NOT_STORED_YET, _OUT_OF_RANGE = 21164, 21165, 21183


def operations(core: Core) -> dict[tuple[str, str], Handler]:
    """The operations of the repository."""
    room = _Reading(core.clock, core.settings, core.repository, core.walks)
    return {
        ("GET", "/invoices/ksef/{ksefNumber}"): room.download,
        ("POST", "/invoices/query/metadata"): room.query,
    }


@define
class _Reading:
    clock: Clock
    settings: Settings
    repository: Repository
    walks: WalkRegister

    def download(self, call: Call) -> Response:
        assert call.caller.context is not None
        number = call.inputs.path["ksefNumber"]
        held = self.repository.visible(call.caller.context, number)
        content = None if held is None else held.invoice.plain()
        if held is None or content is None:
            detail = f"Faktura o numerze KSeF {number} nie została znaleziona."
            raise Refusal(_UNKNOWN_INVOICE, detail)
        if held.invoice.stored_at(self.settings.latencies) > self.clock.now():
            raise Refusal(
                _NOT_STORED_YET,
                f"Faktura o numerze KSeF {number} została przetworzona, ale nie jest jeszcze "
                "dostępna do pobrania. Spróbuj ponownie później.",
            )
        headers = {"content-type": XML, "x-ms-meta-hash": hash_of(content)}
        return Response(200, headers, content)

    def query(self, call: Call) -> Response:
        assert call.caller.context is not None
        latencies, wall = self.settings.latencies, self.settings.query_wall
        size = call.inputs.query.get("pageSize", DEFAULT_PAGE_SIZE)
        start = call.inputs.query.get("pageOffset", 0) * size
        if start >= wall:
            # However few there are (observed).
            number = f"{wall:,}".replace(",", " ")
            raise Refusal(
                INVALID_INPUT,
                f"You cannot retrieve invoices starting from number {number} or higher. "
                "Please narrow your filters.",
            )
        query = read_query(call.inputs.body, self._as_of(call), latencies)
        if query.is_beyond_hwm:
            raise Refusal(_OUT_OF_RANGE, BEYOND_HWM)
        found = query.run(self.repository, call.caller.context, latencies)
        if call.inputs.query.get("sortOrder") == "Desc":
            found.reverse()
        shown = found[:wall]
        hwm = query.reported_hwm
        document = {
            "hasMore": start + size < len(shown) or len(found) > wall,
            # Said of the page that reaches the wall, even if nothing lies behind it (observed).
            "isTruncated": len(shown) == wall and start + size >= wall,
            "permanentStorageHwmDate": None if hwm is None else wire_time(hwm),
            "invoices": [describe(held, latencies) for held in shown[start : start + size]],
        }
        return json_response(200, without_nulls(document))

    def _as_of(self, call: Call) -> datetime:
        """The moment that all pages of a walk share, whatever their size and order.

        The high-water mark is the same on all of them (contract, `permanentStorageHwmDate`), and
        so is the end of a range that the request leaves open: no invoice moves between pages.
        """
        body = json.dumps(call.inputs.body, sort_keys=True)
        walk = f"{call.caller.context} {call.caller.subject} {body}"
        is_first = call.inputs.query.get("pageOffset", 0) == 0
        return (self.walks.begin if is_first else self.walks.go_on)(walk, self.clock.now())
