"""The simulator's time: real by default, driven by hand in tests."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache

#: Local time of KSeF: calendar days of the rules and the times printed in a UPO.
_LOCAL_ZONE = "Europe/Warsaw"


class Clock:
    """Tells the simulator what time it is.

    A running clock follows the machine's clock; `advance` moves it ahead. A manual clock stands
    still until `advance` is called. Nothing in the simulator runs in the background: every state
    is worked out from the time at which it is asked for, so moving the clock is all it takes.
    """

    def __init__(self, *, manual: bool = False, start: datetime | None = None) -> None:
        if start is not None and start.tzinfo is None:
            raise ValueError("the start of a clock must have a time zone")
        real = time.time()
        self._manual = manual
        self._shift = 0.0 if start is None else start.timestamp() - real
        self._frozen = real

    @classmethod
    def stopped(cls, start: datetime | None = None) -> Clock:
        """A clock that stands still until it is advanced, at `start` or at the present."""
        return cls(manual=True, start=start)

    @property
    def is_manual(self) -> bool:
        """Whether the clock moves only by `advance`."""
        return self._manual

    def timestamp(self) -> float:
        """Seconds since the epoch."""
        return (self._frozen if self._manual else time.time()) + self._shift

    def now(self) -> datetime:
        """The present, aware, in UTC, with microseconds."""
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def state(self) -> dict[str, float]:
        """Where it stands: the time of a manual clock, how far a running one is ahead."""
        return {"at": self.timestamp()} if self._manual else {"ahead": self._shift}

    def catch_up(self, *, at: float | None = None, ahead: float = 0.0) -> None:
        """Move ahead to where another clock stood; a clock that is past that stays."""
        there = time.time() + ahead if at is None else at
        self._shift += max(0.0, there - self.timestamp())

    def advance(self, by: float | timedelta) -> None:
        """Move ahead by seconds or by a timedelta. Time never runs backwards."""
        seconds = by.total_seconds() if isinstance(by, timedelta) else float(by)
        if seconds < 0:
            raise ValueError("a clock cannot be moved back")
        self._shift += seconds


@lru_cache(maxsize=4096)
def _offset_of_hour(year: int, month: int, day: int, hour: int) -> timedelta:
    # Polish time changes on the full hour in UTC, so one answer serves a whole hour of documents.
    from dateutil import tz

    zone = tz.gettz(_LOCAL_ZONE)
    if zone is None:
        raise RuntimeError(f"the time zone {_LOCAL_ZONE} is not known on this machine")
    moment = datetime(year, month, day, hour, tzinfo=UTC)
    return moment.astimezone(zone).utcoffset() or timedelta()


def local(moment: datetime) -> datetime:
    """The same moment in Polish local time, with its offset fixed."""
    from datetime import timezone

    utc = moment.astimezone(UTC)
    offset = _offset_of_hour(utc.year, utc.month, utc.day, utc.hour)
    return utc.astimezone(timezone(offset))


def wire_time(moment: datetime) -> str:
    """ISO 8601 in UTC with seven fractional digits, as the API writes its times."""
    text = moment.astimezone(UTC).isoformat(timespec="microseconds")
    return f"{text[:26]}0{text[26:]}"
