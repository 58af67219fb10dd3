"""What is to be sent, read once: hash, form code, what the checks found, and how to read it again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from ksef_facade.errors import ConfigurationError, PackageRefused
from ksef_facade.form_codes import FormCode
from ksef_facade.invoices.facts import hash_of
from ksef_facade.invoices.problems import InvoiceProblem
from ksef_facade.packages.limits import PackageLimits
from ksef_facade.planning.sending import Outgoing
from ksef_facade.store.journal.rows import InvoiceRow, NewInvoice

if TYPE_CHECKING:
    from ksef_facade.invoices.checks import InvoiceChecker
    from ksef_facade.logins.contexts import Context
    from ksef_facade.packages.sources import Item, Sources
    from ksef_facade.planning.sending import WantedMode

# Whether a size is one that KSeF takes is for the checks to say; what exceeds this is no invoice.
_READABLE: Final = PackageLimits(
    invoices=1_000_000_000, invoice_size=100_000_000, invoice_with_attachment_size=100_000_000
)
_AT_ONCE: Final = 16
"""Invoices that are read in one go, while other tasks wait for nothing."""


@frozen(kw_only=True)
class Checking:
    """How sources are looked at before they are sent; `Ksef.send` documents the settings."""

    context: Context | None
    environment: str
    form_code: FormCode | None
    mode: WantedMode
    offline: bool
    corrects: str | None
    checks: bool


@frozen(kw_only=True)
class Candidate:
    """One source after it was read. `errors` keep it from being sent."""

    source_name: str
    source: str | os.PathLike[str] | tuple[str, bytes] = field(repr=False)
    is_file: bool
    read: Callable[[], bytes] = field(repr=False)
    hash: str
    size: int
    form_code: FormCode
    has_attachment: bool = False
    offline: bool = False
    corrects: str | None = None
    findings: tuple[InvoiceProblem, ...] = ()

    @property
    def errors(self) -> tuple[InvoiceProblem, ...]:
        """Findings for which KSeF would refuse it."""
        return tuple(problem for problem in self.findings if problem.severity == "error")

    def outgoing(self) -> Outgoing:
        """What the choice between online and batch depends on."""
        return Outgoing(
            hash=self.hash,
            size=self.size,
            form_code=self.form_code,
            has_attachment=self.has_attachment,
            offline=self.offline,
            corrects=self.corrects,
        )

    def new_invoice(self) -> NewInvoice:
        """How it enters the journal."""
        return NewInvoice(
            hash=self.hash,
            source=self.source_name,
            is_file=self.is_file,
            size=self.size,
            form_code=self.form_code,
            has_attachment=self.has_attachment,
            offline=self.offline,
            corrects=self.corrects,
        )


class Reading:
    """Reads sources step by step, so that it can be done beside other tasks."""

    def __init__(self, sources: Sources, how: Checking) -> None:
        from ksef_facade.invoices.sets import InvoiceSet

        self.candidates: list[Candidate] = []
        self._items = _items(sources)
        self._how = how
        self._checker = _checker(how)
        self._set = InvoiceSet()
        self._seen: dict[str, str] = {}

    def step(self) -> bool:
        """Read some more; whether there may be any left.

        Raises:
            PackageRefused: a source is not there or cannot be read.
        """
        for _ in range(_AT_ONCE):
            found = next(self._items, None)
            if found is None:
                return False
            self.candidates.append(self._look_at(*found))
        return True

    def _look_at(self, source: Any, item: Item) -> Candidate:
        from ksef_facade.invoices.reading import read

        content = item.read()
        digest, how = hash_of(content), self._how
        if self._checker is not None:
            report = self._checker.check(content, item.source_name)
            facts, findings = report.facts, report.problems
        else:
            facts, findings = read(content, item.source_name).facts, ()
        first = self._seen.get(digest)
        if first is not None:
            findings = (*findings, _same_bytes(first))
        elif facts is not None and self._checker is not None:
            findings = (*findings, *self._set.add(facts))
        self._seen.setdefault(digest, item.source_name)
        known = facts.form_code if facts is not None else None
        return Candidate(
            source_name=item.source_name,
            source=source,
            is_file=not isinstance(source, tuple),
            read=item.read,
            hash=digest,
            size=len(content),
            form_code=how.form_code or known or FormCode.FA_3,
            has_attachment=facts is not None and facts.has_attachment,
            offline=how.offline or how.corrects is not None,
            corrects=how.corrects,
            findings=findings,
        )


def from_journal(rows: Sequence[InvoiceRow]) -> list[Candidate]:
    """What earlier runs left unfinished; what did not come from a file cannot be read again."""
    return [
        Candidate(
            source_name=row.source,
            source=Path(row.source),
            is_file=row.is_file,
            read=Path(row.source).read_bytes if row.is_file else partial(_gone, row.source),
            hash=row.hash,
            size=row.size,
            form_code=row.form_code,
            has_attachment=row.has_attachment,
            offline=row.offline,
            corrects=row.corrects,
        )
        for row in rows
    ]


def _gone(name: str) -> bytes:
    raise ConfigurationError(f"{name} came from no file; send it again with its bytes")


def correction_hash(corrects: str | os.PathLike[str] | None) -> str | None:
    """The hash of the invoice that is corrected: given as such, or that of a file.

    Raises:
        ConfigurationError: it is no SHA-256 in Base64.
        OSError: the file cannot be read.
    """
    if corrects is None:
        return None
    if isinstance(corrects, os.PathLike):
        return hash_of(Path(corrects).read_bytes())
    import base64
    import binascii

    try:
        digest = base64.b64decode(corrects, validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if len(digest) != 32:
        raise ConfigurationError(
            "corrects is the Base64 SHA-256 of the rejected invoice (its invoice_hash), or its path"
        )
    return corrects


def _checker(how: Checking) -> InvoiceChecker | None:
    if not how.checks:
        return None
    from ksef_facade.invoices.checks import InvoiceChecker
    from ksef_facade.invoices.schema_validation import installed_schemas

    return InvoiceChecker(
        context=how.context,
        form_code=how.form_code,
        schema=installed_schemas(),
        environment=how.environment,
        mode=None if how.mode == "auto" else how.mode,
        offline=how.offline or how.corrects is not None,
        corrects=how.corrects is not None,
    )


def _items(sources: Sources) -> Iterator[tuple[Any, Item]]:
    from ksef_facade.packages.sources import Archive, all_items

    one = isinstance(sources, (str, os.PathLike)) or _is_pair(sources)
    listed: Iterable[Any] = [sources] if one else sources  # type: ignore[assignment]
    if isinstance(sources, (Archive, bytes, bytearray)) or not isinstance(sources, Iterable):
        listed = [sources]
    for source in listed:
        if isinstance(source, Archive):
            raise PackageRefused(
                "source",
                f"{source.path} is an archive; send it with open_batch_session, or its files here",
            )
        for item in all_items([source], _READABLE):
            yield (source if _is_pair(source) else Path(item.source_name)), item


def _is_pair(source: object) -> bool:
    return isinstance(source, tuple) and len(source) == 2 and not isinstance(source[1], str)


def _same_bytes(first: str) -> InvoiceProblem:
    return InvoiceProblem(
        code="same-bytes", message=f"the same bytes as {first}, which is sent once"
    )
