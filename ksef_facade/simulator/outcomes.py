"""Ends decided beforehand: for those that no input can bring about, such as an interruption."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from typing import Literal, TypeAlias

#: What may be decided: how a login ends, how an invoice is judged, how a package ends, what becomes
#: of an application for a certificate, how granting or revoking a permission ends.
Subject: TypeAlias = Literal["login", "invoice", "package", "enrolment", "permission", "export"]
#: A status code and its details.
Outcome: TypeAlias = tuple[int, tuple[str, ...]]


class Outcomes:
    """The outcomes that wait for the next login, invoice, package or enrolment."""

    def __init__(self, known: Mapping[Subject, Collection[int]]) -> None:
        self._known = known
        self._waiting: dict[Subject, deque[Outcome]] = {subject: deque() for subject in known}

    def decide(self, subject: Subject, code: int, *details: str, times: int = 1) -> None:
        """Let the next `times` logins, invoices, packages or enrolments end with a status code.

        Raises ValueError for a code that the contract does not list there.
        """
        if code not in self._known[subject]:
            raise ValueError(f"{code} is not a status code of a {subject}")
        self._waiting[subject].extend([(code, details)] * times)

    def take(self, subject: Subject) -> Outcome | None:
        """The outcome decided for this one, used up."""
        waiting = self._waiting[subject]
        return waiting.popleft() if waiting else None

    def clear(self) -> None:
        """Forget all that was decided and has not happened yet."""
        for waiting in self._waiting.values():
            waiting.clear()
