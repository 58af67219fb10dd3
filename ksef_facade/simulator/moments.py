"""Moments and days that requests name."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from .clock import local
from .problems import INVALID_INPUT, Refusal

#: The widest range that queries take (contract, `dateRange` and `dateCreatedFrom`).
WIDEST_RANGE = timedelta(days=100)


def read_moment(text: str) -> datetime:
    """A date and time of a request, in UTC.

    Raises Refusal with 21405 for what is formally valid, such as a leap second, and yet not a
    moment that can be compared.
    """
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refusal(INVALID_INPUT, "a date and time is out of range") from None


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
