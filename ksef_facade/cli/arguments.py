"""What people type, read strictly: references, durations, dates. Each problem is one sentence."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, TypeVar

from cyclopts import Parameter

from ksef_facade.errors import ConfigurationError
from ksef_facade.identifiers import InvoiceReference, SessionReference

if TYPE_CHECKING:
    from ksef_facade.cli.terminal.output import Output

Reference = TypeVar("Reference", SessionReference, InvoiceReference)

Flag = Annotated[bool, Parameter(show_default=False)]
"""An option that is given or not; that it is off by default goes without saying."""

_DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,3})?) ?(s|m|h)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECONDS = {"s": 1, "m": 60, "h": 3600}


class BadArgument(ConfigurationError):
    """An argument cannot be understood."""


def session_reference(text: str, output: Output) -> SessionReference:
    """A session reference; a checksum that does not match is a hint: no rule documents it."""
    return _hinted(SessionReference.parse(text), output)


def invoice_reference(text: str, output: Output) -> InvoiceReference:
    """An invoice reference, in the same way."""
    return _hinted(InvoiceReference.parse(text), output)


def _hinted(reference: Reference, output: Output) -> Reference:
    if not reference.checksum_matches:
        output.remark(
            f"hint: the last two digits of {reference} do not match the rest; is it mistyped?"
        )
    return reference


def duration(text: str) -> timedelta:
    """A duration such as `90`, `90s`, `15m` or `2h`; without a letter it is seconds."""
    match = _DURATION.fullmatch(text.strip())
    if not match:
        raise BadArgument(f"{text[:60]!r} is not a duration; write it like 90s, 15m or 2h")
    return timedelta(seconds=float(match[1]) * _SECONDS[match[2] or "s"])


def moment(text: str) -> date:
    """A day, or a time (a `datetime`); one without an offset is Polish local time."""
    from ksef_facade.local_time import poland

    tidy = text.strip()
    try:
        if _DAY.fullmatch(tidy):
            return date.fromisoformat(tidy)
        read = datetime.fromisoformat(tidy)
    except ValueError:
        raise BadArgument(
            f"{text[:60]!r} is not a date; write it like 2026-11-20 or 2026-11-20T08:30"
        ) from None
    return read if read.tzinfo else read.replace(tzinfo=poland())
