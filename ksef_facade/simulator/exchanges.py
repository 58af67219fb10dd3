"""Requests as a person follows them: what was asked, by whom, what came of it, how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from attrs import define, field, frozen

from .logins.credentials import Party
from .messages import Request, Response


@frozen
class Exchange:
    """One request and its answer, without secrets: neither query, headers nor bodies are in it."""

    #: By the clock of the machine, in its time zone.
    at: datetime
    method: str
    path: str
    #: The contract's path template; of links, one that begins with /storage/; else the path.
    template: str
    #: 0 when the connection was dropped on purpose.
    status: int
    #: The code of an error: an exception code, or the reason of a 403.
    code: str | None
    #: Whose context it was; None when that is not known, as before a login.
    context: Party | None
    #: From the end of the head of the request to the answer, without the time on the way.
    seconds: float


@define
class Draft:
    """A request that has no answer yet."""

    request: Request
    started: float = field(factory=time.perf_counter)
    template: str | None = None
    context: Party | None = None

    def finish(self, response: Response) -> Exchange:
        """What is told of it in the end."""
        return Exchange(
            at=datetime.now().astimezone(),
            method=self.request.method,
            path=self.request.path,
            template=self.template or self.request.path,
            status=0 if response.drop else response.status,
            code=_code(response),
            context=self.context,
            seconds=time.perf_counter() - self.started,
        )


class Exchanges:
    """Tells one listener of every request. The core's lock is held when it is told."""

    def __init__(self) -> None:
        self.listener: Callable[[Exchange], None] | None = None
        self._draft: Draft | None = None

    def begin(self, request: Request) -> None:
        """A request has come in."""
        self._draft = None if self.listener is None else Draft(request)

    def pause(self) -> Draft | None:
        """Leave a request alone until the rest of it arrives."""
        draft, self._draft = self._draft, None
        return draft

    def go_on(self, draft: Draft | None) -> None:
        """Return to a request."""
        self._draft = draft

    def know(self, *, template: str | None = None, context: Party | None = None) -> None:
        """Note what was found out about the request."""
        if self._draft is not None:
            self._draft.template = template or self._draft.template
            self._draft.context = context or self._draft.context

    def end(self, response: Response) -> Response:
        """The request has its answer."""
        draft = self.pause()
        if draft is not None and self.listener is not None:
            self.listener(draft.finish(response))
        return response


def _code(response: Response) -> str | None:
    if response.status < 400 or not isinstance(response.document, dict):
        return response.headers.get("x-ms-error-code")
    document: dict[str, Any] = response.document
    errors = document.get("errors") or document.get("exception", {}).get("exceptionDetailList")
    if errors:
        return str(errors[0].get("exceptionCode") or errors[0].get("code"))
    return document.get("reasonCode")
