"""What was asked of the simulator: counted by operation, listed without secrets."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from attrs import asdict, frozen

from .messages import Request

#: Headers whose values say how a client behaves and never hold a secret.
_SHOWN = ("accept", "content-type", "user-agent", "x-error-format", "x-ksef-feature")
_CONTINUATION = "x-continuation-token"
#: Query parameters that make a link a secret.
_SECRET_PARAMETERS = frozenset({"sig"})
_REDACTED = "redacted"
#: Calls that are kept one by one; a simulator may run for days.
MOST_CALLS = 100_000


@frozen
class RecordedCall:
    """One request and the status it got; 0 when the connection was dropped instead."""

    method: str
    template: str
    path: str
    query: str
    status: int
    has_authorization: bool
    has_continuation_token: bool
    headers: Mapping[str, str]


class Journal:
    """All requests since the start or the last `clear`."""

    def __init__(self) -> None:
        self._calls: deque[RecordedCall] = deque(maxlen=MOST_CALLS)
        self._counts: Counter[str] = Counter()

    def record(self, request: Request, template: str, status: int) -> None:
        """Note a request under the path template it belongs to."""
        self._counts[f"{request.method} {template}"] += 1
        self._calls.append(
            RecordedCall(
                method=request.method,
                template=template,
                path=request.path,
                query=_redact(request.query),
                status=status,
                has_authorization="authorization" in request.headers,
                has_continuation_token=_CONTINUATION in request.headers,
                headers={name: request.headers[name] for name in _SHOWN if name in request.headers},
            )
        )

    @property
    def calls(self) -> list[RecordedCall]:
        """The latest requests, `MOST_CALLS` at most, in the order in which they came."""
        return list(self._calls)

    @property
    def counts(self) -> dict[str, int]:
        """Number of requests by "METHOD path-template"."""
        return dict(self._counts)

    def clear(self) -> None:
        """Forget all requests."""
        self._calls.clear()
        self._counts.clear()

    def document(self) -> dict[str, Any]:
        """The answer of `GET /_simulator/requests`, and of `DELETE` before it forgets."""
        return {"counts": self.counts, "calls": [asdict(call) for call in self._calls]}


def _redact(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(
        [(name, _REDACTED if name in _SECRET_PARAMETERS else value) for name, value in pairs]
    )
