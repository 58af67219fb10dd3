"""Which invoices go into a package: from the earliest on, until a limit is reached."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice

from attrs import frozen

from ..repository.filters import read_query
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


def select(export: Export, repository: Repository, settings: Settings) -> Selection:
    """The invoices that an export takes, as of the moment it was ordered.

    The limits are of invoices, and of bytes when they are compressed; metadata do not count
    (contract, POST /invoices/exports).
    """
    latencies = settings.latencies
    query = read_query(export.filters, export.created, latencies)
    found = query.run(repository, export.context, latencies)
    taken: Sequence[Held] = found[: settings.export_invoices]
    if not export.only_metadata:
        taken = _up_to_size(taken, settings.export_size)
    is_truncated = len(taken) < len(found)
    return Selection(
        taken,
        is_truncated,
        query.date_of(taken[-1], latencies) if taken else None,
        query.reported_hwm,
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
