"""Moments and days that requests name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

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
