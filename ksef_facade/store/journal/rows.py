"""The rows of the send journal as values, and the states they go through.

An invoice: `planned` -> `sending` (its request may be on the way) -> `sent` (KSeF took it) ->
`accepted`, `delivered` (it was there before, the same bytes), `duplicate` (another one is there) or
`rejected`. From `sending` and `sent` it goes back to `planned` only when it is certain that no
session has it.

A session: `opening` -> `open` -> `closing` -> `closed` -> `final`, or `lost`: nobody knows its
reference, or nothing in it will ever be processed.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Final, Literal

from attrs import frozen

from ksef_facade.form_codes import FormCode

InvoiceState = Literal[
    "planned", "sending", "sent", "accepted", "delivered", "duplicate", "rejected"
]
SessionState = Literal["opening", "open", "closing", "closed", "final", "lost"]
Kind = Literal["online", "batch"]

SETTLED: Final = frozenset({"accepted", "delivered", "duplicate", "rejected"})
"""States of an invoice that do not change any more by themselves."""


@frozen(kw_only=True)
class NewInvoice:
    """An invoice as it enters the journal."""

    hash: str
    source: str
    is_file: bool
    size: int
    form_code: FormCode
    has_attachment: bool = False
    offline: bool = False
    corrects: str | None = None


@frozen(kw_only=True)
class Verdict:
    """What became of an invoice; `reference` and `ksef_number` where there are some."""

    hash: str
    state: InvoiceState
    reference: str | None = None
    ksef_number: str | None = None
    code: int | None = None
    description: str | None = None
    details: tuple[str, ...] = ()
    original_ksef_number: str | None = None
    original_session: str | None = None
    same_document: bool | None = None
    note: str | None = None


@frozen(kw_only=True)
class InvoiceRow:
    """An invoice of the journal; the columns are described in `schema`."""

    hash: str
    source: str
    is_file: bool
    size: int
    form_code: FormCode
    has_attachment: bool
    offline: bool
    corrects: str | None
    state: InvoiceState
    attempts: int
    session: int | None
    reference: str | None
    ksef_number: str | None
    code: int | None
    description: str | None
    details: tuple[str, ...]
    original_ksef_number: str | None
    original_session: str | None
    same_document: bool | None
    note: str | None

    @property
    def is_settled(self) -> bool:
        """Whether its fate is known."""
        return self.state in SETTLED


@frozen(kw_only=True)
class SessionRow:
    """A session of the journal; the columns are described in `schema`."""

    id: int
    kind: Kind
    form_code: FormCode
    offline: bool
    state: SessionState
    reference: str | None
    state_file: str | None
    code: int | None
    description: str | None
    note: str | None


def form_code_text(form_code: FormCode) -> str:
    """A form code as the journal keeps it."""
    return json.dumps(form_code.to_json(), ensure_ascii=False)


def read_form_code(text: str) -> FormCode:
    """The form code that `form_code_text` wrote."""
    value = json.loads(text)
    return FormCode(value["systemCode"], value["schemaVersion"], value["value"])


def read_invoice(row: sqlite3.Row) -> InvoiceRow:
    """An invoice from its row."""
    same = row["same_document"]
    return InvoiceRow(
        hash=row["hash"],
        source=row["source"],
        is_file=bool(row["is_file"]),
        size=row["size"],
        form_code=read_form_code(row["form_code"]),
        has_attachment=bool(row["has_attachment"]),
        offline=bool(row["offline"]),
        corrects=row["corrects"],
        state=row["state"],
        attempts=row["attempts"],
        session=row["session"],
        reference=row["reference"],
        ksef_number=row["ksef_number"],
        code=row["code"],
        description=row["description"],
        details=tuple(json.loads(row["details"] or "[]")),
        original_ksef_number=row["original_ksef_number"],
        original_session=row["original_session"],
        same_document=None if same is None else bool(same),
        note=row["note"],
    )


def read_session(row: sqlite3.Row) -> SessionRow:
    """A session from its row."""
    return SessionRow(
        id=row["id"],
        kind=row["kind"],
        form_code=read_form_code(row["form_code"]),
        offline=bool(row["offline"]),
        state=row["state"],
        reference=row["reference"],
        state_file=row["state_file"],
        code=row["code"],
        description=row["description"],
        note=row["note"],
    )
