"""Archives that are killed again and again until they are whole."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from attrs import frozen

from ksef_facade import Ksef, TokenAuth
from scripts.chaos_archive.attempt import DONE, Attempt
from scripts.chaos_archive.service import Service
from scripts.chaos_archive.verdict import (
    Asked,
    Content,
    content_of,
    differences,
    judge_requests,
)

_TOKEN_LIFE = 300.0
"""Seconds after which a new access token is got; they live for 15 minutes."""
_EARLY = 0.2
"""Share of the kills that come at any time from the start on, without waiting for a request."""
_LONGEST_START = 0.1
_MOST_REQUESTS = 4
_LONGEST_STEP = 0.06
"""What lies between two requests, and a session's files at the end, take about so many seconds."""


@frozen(kw_only=True)
class Run:
    """One archive: how it was disturbed, and what is wrong with it."""

    kills: int
    attempts: int
    asked: Asked
    problems: tuple[str, ...]


@frozen(kw_only=True)
class Death:
    """When an attempt is killed: so many seconds after its start, or after a request of this number."""

    request: int
    seconds: float

    @classmethod
    def choose(cls, random: Random) -> Death:
        """At a random instant: of its beginning, or of its work."""
        if random.random() < _EARLY:
            return cls(request=0, seconds=random.uniform(0, _LONGEST_START))
        return cls(
            request=random.randint(1, _MOST_REQUESTS), seconds=random.uniform(0, _LONGEST_STEP)
        )

    def await_it(self, told: int) -> None:
        """Return when the time has come, or the attempt has come to its end by itself."""
        seen = 0
        while seen < self.request:
            heard = os.read(told, self.request - seen)
            if not heard:
                return
            seen += len(heard)
        time.sleep(self.seconds)


class Tokens:
    """Access tokens, got before any attempt begins, so that no attempt has to log in."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._token, self._got = "", -_TOKEN_LIFE

    def get(self) -> str:
        """One that is good for a while."""
        if time.monotonic() - self._got >= _TOKEN_LIFE:
            auth = TokenAuth(self._service.token)
            with Ksef(base_url=self._service.base_url, auth=auth) as ksef:
                ksef.log_in()
                self._token = ksef._caller.authenticator.token()
            self._got = time.monotonic()
            self._service.take_requests()
        return self._token


def calm_run(service: Service, tokens: Tokens, folder: Path) -> tuple[Content, Asked]:
    """What an undisturbed run makes of the sessions."""
    if _attempt(service, tokens, folder, "calm", on_event_loop=False, death=None) != DONE:
        raise RuntimeError("the undisturbed run failed")
    return content_of(folder), judge_requests(service.take_requests(), frozenset())


def disturbed_runs(
    service: Service,
    tokens: Tokens,
    folder: Path,
    calm: Content,
    kills: int,
    random: Random,
) -> Iterator[Run]:
    """Archives one after the other, until so many attempts were killed."""
    left = kills
    number = 0
    while left > 0:
        number += 1
        run = _disturbed(service, tokens, folder / str(number), calm, left, random)
        left -= run.kills
        yield run


def _disturbed(
    service: Service,
    tokens: Tokens,
    folder: Path,
    calm: Content,
    kills: int,
    random: Random,
) -> Run:
    killed: set[str] = set()
    attempts = 0
    while True:
        attempts += 1
        label = f"attempt-{attempts}"
        death = Death.choose(random) if len(killed) < kills else None
        code = _attempt(
            service, tokens, folder, label, on_event_loop=random.random() < 0.5, death=death
        )
        if code is not None:
            break
        killed.add(label)
    asked = judge_requests(service.take_requests(), frozenset(killed))
    problems = list(asked.problems)
    if code != DONE:
        problems.append(f"the last attempt failed with {code}")
    problems += differences(calm, content_of(folder))
    return Run(kills=len(killed), attempts=attempts, asked=asked, problems=tuple(problems))


def _attempt(
    service: Service,
    tokens: Tokens,
    folder: Path,
    label: str,
    *,
    on_event_loop: bool,
    death: Death | None,
) -> int | None:
    """The exit code of an attempt, or `None` when it was killed."""
    attempt = Attempt(
        base_url=service.base_url,
        access_token=tokens.get(),
        folder=folder,
        label=label,
        on_event_loop=on_event_loop,
    )
    reading, writing = os.pipe()
    try:
        process = attempt.start(writing)
        os.close(writing)
        if death is None:
            while os.read(reading, 4096):
                pass
        else:
            death.await_it(reading)
            os.kill(process, signal.SIGKILL)
    finally:
        os.close(reading)
    _, status = os.waitpid(process, 0)
    code = os.waitstatus_to_exitcode(status)
    # It may have come to its end in the last moment.
    return None if code == -signal.SIGKILL else code
