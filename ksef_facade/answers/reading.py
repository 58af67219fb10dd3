"""A tolerant reader of JSON objects: takes what is readable, remembers what was not, never raises.

The contract declares additions non-breaking and has dropped required properties before, so a value
of another form than expected costs that one value and not the row or the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_LONGEST_NUMBER = 18
"""Digits of the largest number accepted as a text; every count of the contract is an int32 or
int64.
"""


class Reader:
    """Reads the properties of one JSON object and lists those that could not be read.

    Absent and null are the same: the service omits nulls, and other versions of it may not.
    """

    def __init__(self, raw: object, prefix: str = "") -> None:
        self._raw: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
        self._prefix = prefix
        self._is_object = isinstance(raw, dict)
        self.unreadable: list[str] = (
            [] if isinstance(raw, dict) else [prefix.rstrip(".") or "object"]
        )

    def text(self, key: str) -> str | None:
        """A text; a number or truth value is taken as its text."""
        value = self._raw.get(key)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, (int, float)):
            return str(value).lower() if isinstance(value, bool) else str(value)
        self._refuse(key)
        return None

    def required_text(self, key: str) -> str:
        """A text that belongs to the spine; absence is noted as unreadable and read as empty."""
        value = self.text(key)
        if value:
            return value
        self._refuse(key)
        return ""

    def integer(self, key: str) -> int | None:
        """A whole number; also as a text or with a zero fraction."""
        value = self._raw.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if isinstance(value, str):
            digits = value.strip().removeprefix("-")
            if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER:
                return int(value)
        self._refuse(key)
        return None

    def moment(self, key: str) -> datetime | None:
        """A point in time, aware; digits beyond microseconds are cut, a missing offset is taken as
        UTC.
        """
        value = self._raw.get(key)
        if value is None:
            return None
        moment = parse_moment(value)
        if moment is None:
            self._refuse(key)
        return moment

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text is taken as a list of one."""
        value = self._raw.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list):
            if not all(isinstance(item, str) for item in value):
                self._refuse(key)
            return tuple(item for item in value if isinstance(item, str))
        self._refuse(key)
        return ()

    def mapping(self, key: str) -> Mapping[str, str]:
        """A map of texts; entries with other values are left out and noted."""
        value = self._raw.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._refuse(key)
            return {}
        if not all(item is None or isinstance(item, str) for item in value.values()):
            self._refuse(key)
        return {name: item for name, item in value.items() if isinstance(item, str)}

    def inner(self, key: str) -> Reader:
        """A reader of an object inside this one; what it cannot read is noted here, by `absorb`."""
        return Reader(self._raw.get(key), f"{self._prefix}{key}.")

    def rows(self, key: str) -> list[object]:
        """A list of anything; absent is empty."""
        value = self._raw.get(key)
        if value is None or isinstance(value, list):
            return value or []
        self._refuse(key)
        return []

    @property
    def is_object(self) -> bool:
        """Whether there is a JSON object to read."""
        return self._is_object

    def has(self, key: str) -> bool:
        """Whether the property is there and not null."""
        return self._raw.get(key) is not None

    def absorb(self, other: Reader) -> None:
        """Take over what an inner reader could not read."""
        self.unreadable += other.unreadable

    def _refuse(self, key: str) -> None:
        name = f"{self._prefix}{key}"
        if name not in self.unreadable:
            self.unreadable.append(name)


def parse_moment(value: object) -> datetime | None:
    """An ISO 8601 text as an aware `datetime` (UTC where it names no offset), or `None` when it is
    not one.
    """
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
