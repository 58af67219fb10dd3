"""The contract as the Ministry publishes it beside the API: no token, no limit, no part of `/v2`."""

from __future__ import annotations

from pathlib import Path

from .contract import PACKAGED
from .messages import JSON, Request, Response

#: Where it is on every host (documented).
PATH = "/docs/v2/openapi.json"
_METHODS = ("GET", "HEAD")


def serve(request: Request, contract: Path | None) -> Response:
    """The document that the simulator obeys, as it is."""
    if request.method not in _METHODS:
        return Response(405, {"allow": ", ".join(_METHODS)})
    return Response(200, {"content-type": JSON}, (contract or PACKAGED).read_bytes())
