"""Duplicates within a set of invoices that are to be sent together."""

from __future__ import annotations

from collections.abc import Iterable

from ksef_facade.invoices.facts import InvoiceFacts
from ksef_facade.invoices.problems import InvoiceProblem, quoted, quoted_name


class InvoiceSet:
    """Invoices one after the other; keeps some 300 bytes of each, so any number will do.

    KSeF takes a seller's number of a kind once, and of two in one session or batch the first
    (documented rules): so it is the later one that is reported.
    """

    def __init__(self) -> None:
        self._by_hash: dict[str, str] = {}
        self._by_key: dict[tuple[str, str, str], str] = {}
        self._count = 0

    def add(self, facts: InvoiceFacts) -> tuple[InvoiceProblem, ...]:
        """What this invoice repeats of those added before: nothing, or one problem."""
        self._count += 1
        name = facts.name or f"invoice {self._count} of the set"
        key = facts.unique_key
        same, first = self._by_hash.get(facts.sha256), self._by_key.get(key) if key else None
        if same is not None:
            message = f"the file has the same bytes as {quoted_name(same)}: send one of them"
            return (InvoiceProblem(code="same-bytes", message=message),)
        self._by_hash[facts.sha256] = name
        if key is None:
            return ()
        if first is not None:
            message = (
                f"seller, kind and number ({quoted(', '.join(key))}) are those of {quoted_name(first)}: "
                "KSeF would take one of the two only"
            )
            return (InvoiceProblem(code="duplicate-number", message=message),)
        self._by_key[key] = name
        return ()


def check_set(invoices: Iterable[InvoiceFacts]) -> dict[int, tuple[InvoiceProblem, ...]]:
    """Duplicates within a set: position, from 0, of each invoice that repeats an earlier one."""
    seen = InvoiceSet()
    found = ((position, seen.add(facts)) for position, facts in enumerate(invoices))
    return {position: problems for position, problems in found if problems}
