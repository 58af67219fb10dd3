"""One case: a number becomes a use of the facade with a changed answer in it, and an outcome."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import httpx
from attrs import field, frozen

from ksef_facade import AccessTokenAuth, AsyncKsef, Ksef, TokenAuth
from ksef_facade.errors import KsefError, KsefSystemWarning
from scripts.document import parse
from scripts.fuzz.answer import Answer
from scripts.fuzz.bodies import BODY_KINDS
from scripts.fuzz.documents import DOCUMENT_KINDS
from scripts.fuzz.kinds import JSON_KINDS, Mutation
from scripts.fuzz.targets import LINK, TARGETS, Target
from scripts.layout import CONTRACT
from scripts.replay.meaning import BASE_PATH
from scripts.replay.published import Published
from scripts.replay.server import Server
from tests.facade.blocking import Blocking
from tests.facade.scripted import NIP, TOKEN, TaskTime, ThreadTime

#: No use of the facade takes so many requests, not even one with hundreds of pages that all fail;
#: more of them are a walk without end.
MOST_REQUESTS = 3000
_ASYNC_SHARE = 0.25
_KINDS: dict[str, tuple[Mutation, ...]] = {
    "json": (*JSON_KINDS, *BODY_KINDS),
    "document": (*DOCUMENT_KINDS, *BODY_KINDS),
    "none": BODY_KINDS,
}


class Endless(BaseException):
    """The facade goes on asking; no `Exception`, so that nothing on the way takes it for an error."""


@frozen
class Case:
    """What is done, and to which answer. The same seed and number give the same case."""

    seed: int
    number: int
    target: Target
    mutations: tuple[Mutation, ...]
    is_async: bool
    full: bool

    @property
    def kind(self) -> str:
        """The kind that the case is counted under."""
        return self.mutations[0].__name__


@frozen
class Outcome:
    """How a case ended. `violation` is what must not be: neither value nor `KsefError`."""

    name: str
    violation: BaseException | None = field(default=None, eq=False)
    answers: tuple[Answer, ...] = field(default=(), eq=False)


def make_case(seed: int, number: int) -> Case:
    """The case of a number: targets and kinds in turn, so that each pair comes equally often."""
    random = Random(f"{seed}:{number}")
    target = TARGETS[number % len(TARGETS)]
    kinds = _KINDS[target.body]
    first = kinds[(number // len(TARGETS)) % len(kinds)]
    more = random.choices(kinds, k=random.choice([0, 0, 0, 1, 2]))
    mutations = (first, *more)
    return Case(
        seed, number, target, mutations, random.random() < _ASYNC_SHARE, random.random() < 0.8
    )


def run(case: Case, mutations: tuple[Mutation, ...] | None = None) -> Outcome:
    """Do it; with other mutations where a smaller case is looked for."""
    server = _ChangingServer(case, case.mutations if mutations is None else mutations)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", KsefSystemWarning)
        try:
            outcome = _use(case, server)
        except KsefError as error:
            outcome = _described(error)
        # Everything else is what this is all about.
        except (Exception, Endless) as error:
            outcome = Outcome(type(error).__name__, error, tuple(server.changed))
    return outcome


def _use(case: Case, server: _ChangingServer) -> Outcome:
    auth: Any = TokenAuth(TOKEN) if case.target.logs_in else AccessTokenAuth("access", nip=NIP)
    time = TaskTime() if case.is_async else ThreadTime()
    server.inner.time = time
    options: dict[str, Any] = {
        "auth": auth,
        "transport": httpx.MockTransport(server),
        "clock": time,
        "rate_limits": "off",
    }
    if not case.is_async:
        with Ksef(**options) as client:
            return _seen(case.target.use(client))
    with asyncio.Runner() as runner, Blocking(AsyncKsef(**options), runner) as client:
        return _seen(case.target.use(client))


def _seen(value: Any) -> Outcome:
    """Look at what came as a caller would: all of it must be usable."""
    for item in value if isinstance(value, list) else [value]:
        repr(item)
        for name in dir(item):
            if not name.startswith("_"):
                member = getattr(item, name)
                if isinstance(member, str | int | bytes | tuple):
                    str(member)
    return Outcome("value")


def _described(error: KsefError) -> Outcome:
    repr(error)
    for name in ("codes", "details", "status", "retry_after", "handle", "continuation_token"):
        getattr(error, name, None)
    str(error).encode("utf-8", "surrogatepass")
    return Outcome(type(error).__name__)


@cache
def _contract() -> Published:
    return Published(parse(CONTRACT.read_bytes(), CONTRACT.name))


class _ChangingServer:
    def __init__(self, case: Case, mutations: tuple[Mutation, ...]) -> None:
        self.inner = Server(_contract(), "full" if case.full else "minimal")
        self.changed: list[Answer] = []
        self._case = case
        self._mutations = mutations
        self._requests = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self._requests += 1
        if self._requests > MOST_REQUESTS:
            raise Endless(f"more than {MOST_REQUESTS} requests")
        response = self.inner(request)
        is_link = request.url.path.startswith(
            f"{BASE_PATH}/storage"
        ) or request.url.path.startswith("/storage")
        key = LINK if is_link else self.inner.asked[-1] if self.inner.asked else None
        if key != self._case.target.key or response.status_code >= 400:
            return response
        answer = Answer.of(response)
        random = Random(f"{self._case.seed}:{self._case.number}:{len(self.changed)}")
        change(answer, self._mutations, random)
        self.changed.append(answer)
        return answer.respond()


def change(answer: Answer, mutations: tuple[Mutation, ...], random: Random) -> None:
    """Apply mutations in turn; those of JSON pass over what is none any more."""
    for mutation in mutations:
        if answer.is_json or mutation not in JSON_KINDS:
            mutation(answer, random)
    answer.write()


Run = Callable[[Case], Outcome]
