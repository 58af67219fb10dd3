"""The send journal: what was meant to be sent, and how far each invoice and session has come.

Every step is on the disk before the request that it covers goes out, and again after its answer. So
whenever the process ends, a later run can tell "certainly not sent" from "may have been sent", and
only the former is ever sent without asking KSeF first.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ksef_facade.form_codes import FormCode
from ksef_facade.store.journal.file import JournalFile, now_text
from ksef_facade.store.journal.rows import (
    InvoiceRow,
    Kind,
    NewInvoice,
    SessionRow,
    Verdict,
    form_code_text,
    read_invoice,
    read_session,
)
from ksef_facade.store.stored_texts import name_bytes

_VARIABLES: Final = 500
"""Most values in one statement; SQLite takes 32,766, older builds of it 999."""


class SendJournal:
    """A journal of one environment and context, held by this run alone until it is closed.

    Use it as a context manager. Every step is written at once; inside `together` several become
    one. Not for several threads at a time.

    Args:
        path: the file, made if absent, readable by its owner only; `None` keeps the journal in
            memory.
        identity: `environment`, `base_url` and `context` that it belongs to.

    Raises:
        JournalRefused: on entering: another run holds it, it belongs to another environment or
            context, or the file is no journal of a version that is known.
    """

    def __init__(self, path: str | os.PathLike[str] | None, identity: Mapping[str, str]) -> None:
        self._file = JournalFile(path, identity)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._file.name!r})"

    def __enter__(self) -> Self:
        """Open it."""
        self._file.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self._file.close()

    @property
    def path(self) -> Path | None:
        """Where it is; `None` when it is kept in memory."""
        return self._file.path

    # What is to be sent.

    def plan(self, invoices: Iterable[NewInvoice]) -> None:
        """Note invoices that shall be sent.

        Those that are known stay as they are, except that what was only planned is planned anew.
        """
        now = now_text()
        rows = [
            (
                new.hash,
                name_bytes(new.source),
                new.is_file,
                new.size,
                form_code_text(new.form_code),
                new.has_attachment,
                new.offline,
                new.corrects,
                now,
                now,
            )
            for new in invoices
        ]
        self._file.each(
            "INSERT INTO invoices (hash, source, is_file, size, form_code, has_attachment, offline,"
            " corrects, state, attempts, created_at, changed_at)"
            " VALUES (?, CAST(? AS TEXT), ?, ?, ?, ?, ?, ?, 'planned', 0, ?, ?)"
            " ON CONFLICT (hash) DO UPDATE SET"
            " source = excluded.source, is_file = excluded.is_file,"
            " form_code = excluded.form_code, has_attachment = excluded.has_attachment,"
            " offline = excluded.offline, corrects = excluded.corrects,"
            " changed_at = excluded.changed_at WHERE state = 'planned'",
            rows,
        )

    def plan_again(self, hashes: Sequence[str], *, offline: bool, corrects: str | None) -> None:
        """Send rejected invoices once more, because the caller says so."""
        self._file.each(
            "UPDATE invoices SET state = 'planned', offline = ?, corrects = ?, session = NULL,"
            " reference = NULL, code = NULL, description = NULL, details = NULL, note = NULL,"
            " original_ksef_number = NULL, original_session = NULL, same_document = NULL,"
            " changed_at = ? WHERE hash = ? AND state IN ('rejected', 'duplicate')",
            ((offline, corrects, now_text(), digest) for digest in hashes),
        )

    # What was found out about it.

    def assign(self, session: int, hashes: Sequence[str]) -> None:
        """Write down that these invoices are about to go to a session: before the request."""
        self._file.each(
            "UPDATE invoices SET state = 'sending', session = ?, attempts = attempts + 1,"
            " reference = NULL, note = NULL, changed_at = ? WHERE hash = ? AND state = 'planned'",
            ((session, now_text(), digest) for digest in hashes),
        )

    def taken(self, references: Mapping[str, str | None]) -> None:
        """Write down that KSeF took these invoices, by hash, under these references if known."""
        self._file.each(
            "UPDATE invoices SET state = 'sent', reference = ?, changed_at = ?"
            " WHERE hash = ? AND state = 'sending'",
            ((reference, now_text(), digest) for digest, reference in references.items()),
        )

    def not_taken(self, hashes: Iterable[str], note: str) -> None:
        """Write down that no session has these invoices, for certain: they may be sent anew."""
        self._file.each(
            "UPDATE invoices SET state = 'planned', session = NULL, reference = NULL, note = ?,"
            " changed_at = ? WHERE hash = ? AND state IN ('sending', 'sent')",
            ((note, now_text(), digest) for digest in hashes),
        )

    def settle(self, verdicts: Iterable[Verdict]) -> None:
        """Write down what became of invoices."""
        self._file.each(
            "UPDATE invoices SET state = ?, reference = coalesce(?, reference), ksef_number = ?,"
            " code = ?, description = ?, details = ?, original_ksef_number = ?, original_session = ?,"
            " same_document = ?, note = ?, changed_at = ? WHERE hash = ?",
            (
                (
                    verdict.state,
                    verdict.reference,
                    verdict.ksef_number,
                    verdict.code,
                    verdict.description,
                    json.dumps(verdict.details, ensure_ascii=False),
                    verdict.original_ksef_number,
                    verdict.original_session,
                    verdict.same_document,
                    verdict.note,
                    now_text(),
                    verdict.hash,
                )
                for verdict in verdicts
            ),
        )

    # Sessions.

    def opening(
        self, kind: Kind, form_code: FormCode, *, offline: bool, state_file: str | None = None
    ) -> int:
        """Write down that a session is about to be opened; returns its number in the journal."""
        now = now_text()
        return self._file.insert(
            "INSERT INTO sessions (kind, environment, context, form_code, offline, state, state_file,"
            " created_at, changed_at) VALUES (?, ?, ?, ?, ?, 'opening', CAST(? AS TEXT), ?, ?)",
            (
                kind,
                self._file.identity["environment"],
                self._file.identity["context"],
                form_code_text(form_code),
                offline,
                None if state_file is None else name_bytes(state_file),
                now,
                now,
            ),
        )

    def opened(self, session: int, reference: str) -> None:
        """Write down the reference that KSeF gave to a session."""
        self._session(session, "state = 'open', reference = ?", reference)

    def closing(self, session: int) -> None:
        """Write down that a session is about to be closed: before the request."""
        self._session(session, "state = 'closing'")

    def closed(self, session: int) -> None:
        """Write down that a session is closed."""
        self._session(session, "state = 'closed'")

    def finished(
        self,
        session: int,
        code: int,
        description: str,
        counts: tuple[int | None, int | None, int | None],
    ) -> None:
        """Write down how a session ended; counts are of all, accepted and rejected invoices."""
        self._session(
            session,
            "state = 'final', code = ?, description = ?, invoice_count = ?, accepted_count = ?,"
            " rejected_count = ?",
            code,
            description,
            *counts,
        )

    def lost(self, session: int, note: str) -> None:
        """Write down that nothing of this session will ever be processed, so its invoices are free."""
        with self.together():
            self.not_taken([row.hash for row in self.of_session(session)], note)
            self._session(session, "state = 'lost', note = ?", note)

    # Reading.

    def find(self, hashes: Sequence[str]) -> dict[str, InvoiceRow]:
        """Invoices by hash; what the journal does not know is left out."""
        found: dict[str, InvoiceRow] = {}
        for start in range(0, len(hashes), _VARIABLES):
            some = hashes[start : start + _VARIABLES]
            marks = ", ".join("?" * len(some))
            for row in self._file.select(f"SELECT * FROM invoices WHERE hash IN ({marks})", *some):
                found[row["hash"]] = read_invoice(row)
        return found

    def of_session(self, session: int) -> list[InvoiceRow]:
        """The invoices that were last given to a session and whose fate is open."""
        rows = self._file.select(
            "SELECT * FROM invoices WHERE session = ? AND state IN ('sending', 'sent') ORDER BY rowid",
            session,
        )
        return [read_invoice(row) for row in rows]

    def unfinished(self) -> list[InvoiceRow]:
        """All invoices whose fate is open, oldest first."""
        rows = self._file.select(
            "SELECT * FROM invoices WHERE state IN ('planned', 'sending', 'sent') ORDER BY rowid"
        )
        return [read_invoice(row) for row in rows]

    def by_ksef_number(self, number: str) -> InvoiceRow | None:
        """The accepted invoice with a KSeF number, if this journal knows it."""
        rows = self._file.select(
            "SELECT * FROM invoices WHERE ksef_number = ? AND state = 'accepted'", number
        )
        return read_invoice(rows[0]) if rows else None

    def session(self, session: int) -> SessionRow:
        """A session by its number in the journal."""
        return read_session(self._file.select("SELECT * FROM sessions WHERE id = ?", session)[0])

    def open_sessions(self) -> list[SessionRow]:
        """Sessions that are neither final nor lost, oldest first."""
        rows = self._file.select(
            "SELECT * FROM sessions WHERE state NOT IN ('final', 'lost') ORDER BY id"
        )
        return [read_session(row) for row in rows]

    def latest_reference(self) -> str | None:
        """Reference of the newest session that has one."""
        rows = self._file.select(
            "SELECT reference FROM sessions WHERE reference IS NOT NULL ORDER BY id DESC LIMIT 1"
        )
        return rows[0]["reference"] if rows else None

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Make the steps of a block one: all of them are written, or none."""
        with self._file.transaction():
            yield

    def _session(self, session: int, change: str, *values: Any) -> None:
        statement = f"UPDATE sessions SET {change}, changed_at = ? WHERE id = ?"
        self._file.each(statement, [(*values, now_text(), session)])
