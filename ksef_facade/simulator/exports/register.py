"""Exports as they were ordered; every state follows from the time asked about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import define, field

from ..logins.credentials import Party
from ..sessions.packages import Compression

IN_PROGRESS, DONE, EXPIRED, KEY_UNREADABLE, BEYOND_RANGE = 100, 200, 210, 415, 420
_INTERRUPTED = 550

#: Literal descriptions of the status codes (contract, GET /invoices/exports/{referenceNumber}).
EXPORT_TEXTS: Mapping[int, str] = {
    IN_PROGRESS: "Eksport faktur w toku",
    DONE: "Eksport faktur zakończony sukcesem",
    EXPIRED: "Eksport faktur wygasł i nie jest już dostępny do pobrania",
    KEY_UNREADABLE: "Błąd odszyfrowania dostarczonego klucza",
    BEYOND_RANGE: "Zakres filtrowania wykracza poza dostępny zakres danych",
    500: "Nieznany błąd (500)",
    _INTERRUPTED: "Operacja została anulowana przez system",
}
#: What goes with a code that was decided beforehand without a word (contract, as above).
DETAILS: Mapping[int, tuple[str, ...]] = {
    _INTERRUPTED: (
        "Przetwarzanie zostało przerwane z przyczyn wewnętrznych systemu. Spróbuj ponownie",
    )
}


@define
class Export:
    """One export: what was asked for, and how it ends."""

    reference: str
    context: Party
    subject: Party
    created: datetime
    completed: datetime
    #: When the package is no longer there to be fetched.
    expires: datetime
    #: The code it ends with.
    outcome: int
    details: tuple[str, ...]
    #: The filters of the request, as it wrote them.
    filters: dict[str, Any]
    only_metadata: bool
    compression: Compression
    key: bytes | None = field(default=None, repr=False)
    vector: bytes = field(default=b"", repr=False)

    def code(self, at: datetime) -> int:
        """Status code at a moment."""
        if at < self.completed:
            return IN_PROGRESS
        return EXPIRED if self.outcome == DONE and at >= self.expires else self.outcome


@define
class ExportRegister:
    """All exports of a simulator."""

    _by_reference: dict[str, Export] = field(factory=dict)

    def add(self, export: Export) -> None:
        """Keep a new export."""
        self._by_reference[export.reference] = export

    def find(self, reference: str) -> Export | None:
        """The export of a reference number, in any letter case."""
        return self._by_reference.get(reference.upper())

    def in_progress(self, context: Party, subject: Party, at: datetime) -> int:
        """How many exports of a subject in a context have not ended yet."""
        return sum(
            export.code(at) == IN_PROGRESS
            for export in self._by_reference.values()
            if export.context == context and export.subject == subject
        )
