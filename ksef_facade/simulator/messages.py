"""Requests and responses as the core sees them: plain values, no framework, no sockets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"
XML = "application/xml"

#: How a connection ends instead of with a whole answer: nothing is done, the work is done but the
#: answer is lost, or half of the answer arrives.
Drop = Literal["before", "after", "midway"]


@frozen
class Request:
    """One HTTP request. Header names are lower case; the path and the query are as sent."""

    method: str
    path: str
    query: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    client: str = "127.0.0.1"
    #: Scheme and authority under which the client reached the simulator, for the links it makes.
    origin: str = "http://127.0.0.1"

    @property
    def wants_problem_details(self) -> bool:
        """Whether the caller opted in to Problem Details for 400 and 429."""
        return self.headers.get("x-error-format", "").strip().lower() == "problem-details"


@frozen
class Response:
    """One HTTP response; `document` is the JSON value behind `body`, kept for the check."""

    status: int
    headers: Mapping[str, str] = field(factory=dict)
    body: bytes = field(default=b"", repr=False)
    document: Any = field(default=None, repr=False, eq=False)
    #: Set by fault injection only.
    delay: float = 0.0
    drop: Drop | None = None

    @property
    def media_type(self) -> str:
        """Content type without parameters; empty when there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip()


def json_response(
    status: int,
    document: Any,
    headers: Mapping[str, str] | None = None,
    media_type: str = JSON,
) -> Response:
    """An answer with a JSON body in UTF-8."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    content_type = f"{media_type}; charset=utf-8"
    return Response(status, {"content-type": content_type, **(headers or {})}, body, document)


def without_nulls(document: Mapping[str, Any]) -> dict[str, Any]:
    """The members that are not None: the service leaves null members out."""
    return {name: value for name, value in document.items() if value is not None}
