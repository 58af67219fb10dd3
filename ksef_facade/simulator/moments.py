"""Moments and days that requests name."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from .clock import local
from .problems import INVALID_INPUT, Refusal

#: The widest range that queries take (contract, `dateRange` and `dateCreatedFrom`).
WIDEST_RANGE = timedelta(days=100)
#: Forms of ISO 8601 that requests may have: seconds, which Java leaves out on the full minute, and
#: the offset are no must.
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII | re.I
)


def is_moment(text: str) -> bool:
    """Whether a text is a date and time as a request may write it."""
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return False
    return True


def read_moment(text: str) -> datetime:
    """A date and time of a request, in UTC; without an offset it is that of a clock in Poland.

    Such times are accepted (observed), and were documented so up to contract 2.7.0. Raises
    Refusal with 21405 for a moment that cannot be compared, at an end of the calendar.
    """
    try:
        moment = datetime.fromisoformat(text.upper())
        return (_in_poland(moment) if moment.tzinfo is None else moment).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refusal(INVALID_INPUT, "a date and time is out of range") from None


def _in_poland(clock: datetime) -> datetime:
    """The moment in which clocks in Poland show a time; of two the later, in autumn."""
    shown = clock.replace(tzinfo=UTC)
    # The offset is at most two hours wrong, and right once those are taken away.
    about = shown - (local(shown).utcoffset() or timedelta())
    return shown - (local(about).utcoffset() or timedelta())


def polish_day(moment: datetime) -> date:
    """The calendar day in Poland."""
    try:
        return local(moment).date()
    except OverflowError:
        # The last hours of the calendar: in Poland a day has begun that has no date.
        return date.max


def start_of_polish_day(text: str) -> datetime:
    """The moment in which a day of a request begins in Poland.

    Raises Refusal with 21405 for a day at an end of the calendar.
    """
    try:
        midnight = datetime.combine(date.fromisoformat(text), time(), UTC)
        # Clocks are changed an hour after midnight in UTC, so the offset is that of midnight.
        return midnight - (local(midnight).utcoffset() or timedelta())
    except (ValueError, OverflowError):
        raise Refusal(INVALID_INPUT, "a day is out of range") from None
