"""Requests exactly as a check wants them, right or wrong, paced and counted by the facade's own machinery."""

from __future__ import annotations

import json as json_text
import time
from collections.abc import Mapping
from typing import Any, Final

import httpx
from attrs import evolve, field, frozen

from ksef_api import limits, operations
from ksef_facade import Ksef
from ksef_facade.answers.responses import Problem, Response, read_problem
from ksef_facade.calls.describing import Call, shape_of
from ksef_facade.errors import ResponseError
from ksef_facade.planning.limits import Budget

PROBLEM_DETAILS: Final = {"X-Error-Format": "problem-details"}
_OPENINGS: Final = ("/sessions/online", "/sessions/batch")
_UNKNOWN_SESSION: Final = 21173
_FRESH: Final = 60.0
_MOST_SPURIOUS: Final = 3
_SPURIOUS_PAUSE: Final = 2.0
_OPENED: Final[dict[str, float]] = {}
"""Sessions that this process opened, and when."""


@frozen
class Answer:
    """An answer, whatever its status."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    problem: Problem = field(repr=False)

    @property
    def json(self) -> Any:
        """The body's JSON value, or `None`."""
        try:
            return json_text.loads(self.body)
        except ValueError:
            return None

    @property
    def codes(self) -> tuple[int, ...]:
        """Exception codes of a refusal."""
        return self.problem.codes

    def refuses(self, *codes: int) -> bool:
        """Whether it is a 400 with one of these codes."""
        return self.status == 400 and any(code in self.codes for code in codes)

    @property
    def summary(self) -> str:
        """Status, codes and details: what a report shows of it."""
        told = [f"HTTP {self.status}", *map(str, self.codes)]
        if self.problem.reason_code:
            told.append(self.problem.reason_code)
        return "; ".join([*told, *self.problem.details[:3]])


class Asking:
    """Sends requests in the name of a client's login, or of nobody, through the client's own pool."""

    def __init__(self, ksef: Ksef) -> None:
        self._ksef = ksef

    @property
    def token(self) -> str:
        """The access token of the login."""
        return self._ksef._caller.authenticator.token()

    @property
    def context(self) -> str:
        """On whose behalf the login acts."""
        return self._ksef._caller.context

    def __call__(
        self,
        method: str,
        template: str,
        *arguments: str,
        json: Any = None,
        content: bytes | None = None,
        params: Any = None,
        headers: Mapping[str, str] | None = None,
        bearer: str | None = "",
        problem: bool = True,
    ) -> Answer:
        """One request of the contract.

        `bearer` is the login's access token unless another is given; `None` sends none. Without
        `problem` the header that asks for Problem Details is left out.
        """
        call = _call(method, template, arguments)
        if bearer == "":
            bearer = self.token
        sent = {**(PROBLEM_DETAILS if problem else {}), **(headers or {})}
        if bearer is not None:
            sent["Authorization"] = f"Bearer {bearer}"
        described = {"params": params, "json": json, "content": content, "headers": sent}
        url = self._ksef.environment.base_url + call.path
        answer = self.send(call, url, described)
        for _ in range(_MOST_SPURIOUS):
            if not (answer.refuses(_UNKNOWN_SESSION) and self._is_fresh(arguments)):
                break
            # Observed: a session is now and then not found in the first seconds after it was opened.
            time.sleep(_SPURIOUS_PAUSE)
            answer = self.send(call, url, described)
        if method == "POST" and template in _OPENINGS and answer.status == 201:
            _OPENED[answer.json["referenceNumber"]] = time.monotonic()
        return answer

    @staticmethod
    def _is_fresh(arguments: tuple[str, ...]) -> bool:
        now = time.monotonic()
        return any(now - _OPENED.get(one, -_FRESH) < _FRESH for one in arguments)

    def link(self, method: str, url: str, **described: Any) -> Answer:
        """One request to a pre-signed link, or to another address of the same host."""
        call = Call(label=f"{method} link", method=method, path="", group="")
        return self.send(call, url, described)

    def send(self, call: Call, url: str, described: Mapping[str, Any]) -> Answer:
        """One request; refusals are answers here."""
        caller = self._ksef._caller
        pool = caller.wire.pool
        purpose = "api" if call.group else "links"
        context = str(caller.authenticator.context) if call.group else ""
        # What a check sends is sent once: a repetition would be another question.
        settings = evolve(caller.settings, retry=evolve(caller.settings.retry, attempts=1))

        def attempt(seconds: float) -> Response:
            request = pool.client(purpose).build_request(
                call.method, url, timeout=min(caller.settings.timeout, seconds), **described
            )
            answer = pool.client(purpose).send(request)
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Response(
                operation=call.label,
                status_code=answer.status_code,
                headers=headers,
                content=answer.content,
            )

        try:
            found = pool.attempts.run(call, context, settings, attempt)
        except ResponseError as error:
            found = error.response
        return Answer(found.status_code, found.headers, found.content, read_problem(found))


def _call(method: str, template: str, arguments: tuple[str, ...]) -> Call:
    path = template
    for argument in arguments:
        start, end = path.index("{"), path.index("}")
        path = path[:start] + argument + path[end + 1 :]
    operation = operations.OPERATIONS.get((method, shape_of(template)))
    if operation is None:
        return Call(label=f"{method} {template}", method=method, path=path, group="other")
    limit = limits.LIMITS.get(operation.name)
    budget = limit and Budget.of(limit.group, limit.per_second, limit.per_minute, limit.per_hour)
    return Call(
        label=f"{method} {template}",
        method=method,
        path=path,
        group=operation.limit_group,
        budget=budget,
        idempotent=False,
    )


def direct_client(environment_is_local: bool) -> httpx.Client:
    """Connections that follow no redirects; to this machine without the environment's proxy."""
    return httpx.Client(
        follow_redirects=False, verify=not environment_is_local, trust_env=not environment_is_local
    )
