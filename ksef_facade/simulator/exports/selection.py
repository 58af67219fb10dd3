"""Which invoices go into a package: from the earliest on, until a limit is reached."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice

from attrs import frozen

from ..repository.filters import Query, read_query
from ..repository.index import Held, Repository
from ..settings import Settings
from .register import Export


@frozen
class Selection:
    """The invoices of a package, and whether more would have fitted the filters."""

    invoices: Sequence[Held]
    is_truncated: bool
    #: The date of the last invoice, of the kind that the filters are about.
    last: datetime | date | None
    hwm: datetime | None


@frozen
class Found:
    """All invoices that fit the filters of an export, as of the moment it was ordered."""

    query: Query
    invoices: Sequence[Held]


def find(export: Export, repository: Repository, settings: Settings) -> Found:
    """What an export is chosen from; nothing of a simulator is needed to choose."""
    query = read_query(export.filters, export.created, settings.latencies)
    return Found(query, query.run(repository, export.context, settings.latencies))


def select(found: Found, settings: Settings, *, only_metadata: bool) -> Selection:
    """The invoices that an export takes.

    The limits are of invoices, and of bytes when they are compressed; metadata do not count
    (contract, POST /invoices/exports).
    """
    taken: Sequence[Held] = found.invoices[: settings.export_invoices]
    if not only_metadata:
        taken = _up_to_size(taken, settings.export_size)
    return Selection(
        taken,
        len(taken) < len(found.invoices),
        found.query.date_of(taken[-1], settings.latencies) if taken else None,
        found.query.reported_hwm,
    )


def _up_to_size(found: Sequence[Held], limit: int) -> Sequence[Held]:
    # What is small enough before it is compressed need not be compressed to be measured.
    if sum(len(held.invoice.plain() or b"") for held in found) <= limit:
        return found
    size, count = 0, 0
    for held in found:
        size += len(zlib.compress(held.invoice.plain() or b""))
        if size > limit:
            break
        count += 1
    # A package that holds nothing would never end.
    return list(islice(found, max(count, 1)))
