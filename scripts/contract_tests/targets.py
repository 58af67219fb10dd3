"""What the contract tests may run against: this machine, or TEST. Never production, by any name."""

from __future__ import annotations

import re
from typing import Final, Literal
from urllib.parse import urlsplit

from attrs import frozen

from ksef_facade.environments import ENVIRONMENTS, Environment, environment
from ksef_facade.errors import ConfigurationError

Kind = Literal["simulator", "server", "test"]

_REAL: Final = {
    "prod": "production",
    "production": "production",
    "prd": "production",
    "pr": "production",
    "produkcja": "production",
    "demo": "the DEMO environment",
    "tr": "the DEMO environment",
}
"""Names under which someone may mean an environment that is not for tests."""
_ADDRESS: Final = re.compile(r"[./:@\[\]]")
_MINISTRY: Final = "mf.gov.pl"
_SCHEME: Final = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")


class BadTarget(Exception):
    """What was asked for is nothing that contract tests may run against; the message is a sentence."""


@frozen
class Target:
    """What is tested: a simulator of the suite's own, another server on this machine, or TEST."""

    kind: Kind
    environment: Environment | None

    @property
    def name(self) -> str:
        """How the report calls it."""
        if self.kind == "server" and self.environment is not None:
            return f"simulator at {self.environment.base_url}"
        return {"simulator": "simulator", "server": "server", "test": "TEST"}[self.kind]

    @property
    def is_live(self) -> bool:
        """Whether the answers are the Ministry's own."""
        return self.kind == "test"


def choose(text: str) -> Target:
    """The target meant by a word or an address.

    `simulator`, `test`, the address of TEST, or an http address of this machine. Everything else is
    refused: the list of what is allowed is closed, so no spelling of another host gets through.

    Raises:
        BadTarget: production, DEMO, or anything unknown.
    """
    word = text.strip()
    name = word.lower().rstrip(".")
    if name in ("", "simulator"):
        return Target("simulator", None)
    if name == "test":
        return Target("test", ENVIRONMENTS["test"])
    if name in _REAL:
        raise BadTarget(
            f"contract tests never run against {_REAL[name]}: they send invoices and change rights; "
            "use TARGET=simulator or TARGET=test"
        )
    if not _ADDRESS.search(name):
        raise BadTarget(f"there is no target {word[:60]!r}; use TARGET=simulator or TARGET=test")
    return _address(word)


def _address(word: str) -> Target:
    address = word if _SCHEME.match(word) else f"https://{word.lstrip('/')}"
    try:
        host = (urlsplit(address).hostname or "").lower().rstrip(".")
    except ValueError:
        host = ""
    if host == urlsplit(ENVIRONMENTS["test"].base_url).hostname:
        return Target("test", ENVIRONMENTS["test"])
    if host == _MINISTRY or host.endswith(f".{_MINISTRY}"):
        raise BadTarget(
            f"contract tests never run against {host[:80]}: of the Ministry's hosts only TEST "
            "is for tests; use TARGET=test"
        )
    try:
        found = environment(None, address)
    except ConfigurationError:
        found = None
    if found is None or not found.is_loopback:
        raise BadTarget(
            f"contract tests run against this machine or TEST only, not against {word[:80]!r}; "
            "use TARGET=simulator or TARGET=test"
        )
    return Target("server", found)
