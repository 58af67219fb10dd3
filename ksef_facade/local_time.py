"""Points in time as KSeF wants them: always with an offset, and days as Polish days."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from functools import cache

from ksef_facade.errors import ConfigurationError

_POLAND = "Europe/Warsaw"


@cache
def poland() -> tzinfo:
    """Polish local time, from the system or else from the data that python-dateutil brings."""
    from dateutil import tz

    zone = tz.gettz(_POLAND)
    if zone is None:
        raise ConfigurationError("no time zone data for Europe/Warsaw; install tzdata")
    return zone


def moment_of(value: datetime | date | None, *, end: bool = False) -> datetime | None:
    """An aware point in time: a `datetime` as it is, a `date` as the start (or end) of that day in
    Poland.

    Raises:
        ConfigurationError: the `datetime` has no time zone; a guess would shift days.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ConfigurationError(
                f"{value.isoformat()} has no time zone; pass an aware datetime or a date"
            )
        return value
    if not isinstance(value, date):
        raise ConfigurationError(f"{value!r} is neither a datetime nor a date")
    return datetime.combine(value, time.max if end else time.min, tzinfo=poland())
