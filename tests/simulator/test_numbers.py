"""Reference numbers, KSeF numbers and time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from ksef_facade.simulator import Clock
from ksef_facade.simulator.clock import local, wire_time
from ksef_facade.simulator.references import References, checksum

DAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5265877635-20250826-0100001AF629", "AF"),
        ("5555555555-20250828-010080615740", "E4"),
        ("5265877635-20250729-01004014E040", "00"),
        ("20250514-CR-226FB7B000-3ACF9BE4C0", "10"),
        ("20250626-SB-213D593000-4DE10D80A5", "E9"),
    ],
)
def test_checksum_of_published_numbers(text: str, expected: str) -> None:
    assert checksum(text) == expected


def remainder(text: str) -> int:
    """CRC-8 of a whole number by long division, bit by bit: 0 when its checksum is right."""
    register = 0
    body, _, check = text.rpartition("-")
    for byte in body.encode() + bytes.fromhex(check):
        for position in range(7, -1, -1):
            register = (register << 1) | (byte >> position & 1)
            if register & 0x100:
                register ^= 0x107
    return register


def test_numbers_are_well_formed_and_never_repeat() -> None:
    references = References(seed=7)
    made = [references.reference("EE", DAY) for _ in range(5000)]
    numbers = [references.ksef_number("5265877635", DAY) for _ in range(5000)]
    assert len(set(made)) == len(set(numbers)) == 5000
    assert all(re.fullmatch(r"20260302-EE-[0-9A-F]{7}000-[0-9A-F]{10}-..", item) for item in made)
    assert all(re.fullmatch(r"5265877635-20260302-01[0-9A-F]{10}-..", item) for item in numbers)
    assert {remainder(item) for item in made + numbers} == {0}
    assert remainder("5265877635-20250826-0100001AF629-AE") != 0


def test_clock_that_stands_still() -> None:
    clock = Clock.stopped(DAY)
    assert clock.is_manual
    assert clock.now() == DAY
    clock.advance(1.5)
    clock.advance(timedelta(minutes=1))
    assert clock.now() == DAY + timedelta(seconds=61.5)
    with pytest.raises(ValueError, match="moved back"):
        clock.advance(-1)
    with pytest.raises(ValueError, match="time zone"):
        Clock.stopped(datetime(2026, 3, 2))


def test_running_clock_can_be_moved_ahead() -> None:
    clock = Clock()
    before = clock.now()
    clock.advance(timedelta(days=1))
    assert clock.now() - before >= timedelta(days=1)
    assert not clock.is_manual


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), "2026-03-29T01:59:59+01:00"),
        (datetime(2026, 3, 29, 1, 0, 0, tzinfo=UTC), "2026-03-29T03:00:00+02:00"),
        (datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC), "2026-10-25T02:59:59+02:00"),
        (datetime(2026, 10, 25, 1, 0, 0, tzinfo=UTC), "2026-10-25T02:00:00+01:00"),
    ],
)
def test_polish_time_around_its_changes(moment: datetime, expected: str) -> None:
    assert local(moment).isoformat() == expected
    assert local(moment) == moment


def test_time_on_the_wire_has_seven_digits() -> None:
    moment = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
    assert wire_time(moment) == "2026-03-02T09:00:00.1234560+00:00"
