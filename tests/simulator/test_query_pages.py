"""Ranges of dates, the high-water mark, pages, and walks over the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.plain_batches import Batch, ended, zipped
from tests.simulator.plain_client import Sender, codes
from tests.simulator.queries import ask, filters, found, invoice, numbers, send

NIP = "5265877635"


def test_days_of_issue_are_polish_ones(sender: Sender) -> None:
    send(sender, invoice("A/1"))
    issued = {"type": "Issue"}
    # In winter a Polish day begins at 23:00 UTC of the day before.
    assert numbers(sender, **issued, start="2026-03-02T22:59:59Z") == ["A/1"]
    assert numbers(sender, **issued, start="2026-03-02T23:00:00Z", to="2026-03-09T00:00:00Z") == []
    before = {"start": "2026-02-01T00:00:00Z"}
    assert numbers(sender, **issued, **before, to="2026-03-01T23:00:00Z") == ["A/1"]
    assert numbers(sender, **issued, **before, to="2026-03-01T22:59:59Z") == []
    # An offset is a way to write a moment, not a day of its own.
    assert numbers(sender, **issued, **before, to="2026-03-02T00:00:00+14:00") == []


def test_offline_by_its_day_of_issue(sender: Sender) -> None:
    send(sender, invoice("A/1", issued="2026-03-01"))
    assert numbers(sender, invoicingMode="Offline") == ["A/1"]


@pytest.mark.parametrize("type_", ["Invoicing", "PermanentStorage"])
def test_bounds_belong_to_the_range(sender: Sender, type_: str) -> None:
    send(sender, invoice("A/1"))
    name = {"Invoicing": "invoicingDate", "PermanentStorage": "permanentStorageDate"}[type_]
    moment = found(sender)[0][name]
    assert numbers(sender, type=type_, start=moment, to=moment) == ["A/1"]
    later = (datetime.fromisoformat(moment) + timedelta(microseconds=1)).isoformat()
    assert numbers(sender, type=type_, start=later) == []


@pytest.mark.parametrize(
    ("start", "to", "is_refused"),
    [
        ("2025-11-22T09:00:00Z", "2026-03-02T09:00:00Z", False),
        ("2025-11-22T08:59:59.999Z", "2026-03-02T09:00:00Z", True),
        ("2025-11-22T09:00:00Z", "2026-03-02T10:00:00+01:00", False),
        ("2025-11-01T00:00:00Z", None, True),
        ("2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z", True),
        ("2026-03-02T00:00:00", None, False),
        # In winter a clock in Poland is an hour ahead.
        ("2025-11-22T10:00:00", "2026-03-02T09:00:00Z", False),
        ("2025-11-22T09:59:59", "2026-03-02T09:00:00Z", True),
        ("0001-01-01T00:00:00+14:00", None, True),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", False),
    ],
)
def test_ranges(sender: Sender, start: str, to: str | None, is_refused: bool) -> None:
    for type_ in ("Issue", "Invoicing", "PermanentStorage"):
        response = ask(sender, filters(start=start, to=to, type=type_))
        assert response.status_code == (400 if is_refused else 200), response.text
        if is_refused:
            assert codes(response) == [21405]


def test_high_water_mark(simulator: Simulator, sender: Sender) -> None:
    send(sender, invoice("A/1"))
    now = simulator.clock.now()
    whole = ask(sender, filters()).json()
    mark = datetime.fromisoformat(whole["permanentStorageHwmDate"])
    assert mark == now - timedelta(seconds=120)
    assert [entry["invoiceNumber"] for entry in whole["invoices"]] == ["A/1"]
    # What is newer than the mark is left out when the range is restricted to it.
    assert numbers(sender, restrict=True) == []
    sender.wait(120)
    assert numbers(sender, restrict=True) == ["A/1"]
    old = ask(sender, filters(to="2026-03-01T12:00:00Z")).json()
    assert datetime.fromisoformat(old["permanentStorageHwmDate"]).isoformat() == (
        "2026-03-01T12:00:00+00:00"
    )
    for type_ in ("Issue", "Invoicing"):
        assert "permanentStorageHwmDate" not in ask(sender, filters(type=type_)).json()


def test_range_that_begins_beyond_the_mark(simulator: Simulator, sender: Sender) -> None:
    start = (simulator.clock.now() - timedelta(seconds=119)).isoformat()
    refused = ask(sender, filters(start=start, restrict=True))
    assert codes(refused) == [21183]
    assert "PermanentStorageHwmDate" in refused.text
    assert ask(sender, filters(start=start, restrict=False)).status_code == 200
    # The restriction is about one kind of date only.
    assert ask(sender, filters(start=start, restrict=True, type="Invoicing")).status_code == 200


def test_mark_is_the_same_on_all_pages(simulator: Simulator, sender: Sender) -> None:
    simulator.seed_session(NIP, accepted=25)
    marks = set()
    for offset in range(3):
        for order in ("Asc", "Desc") if offset else ("Asc",):
            answer = ask(sender, filters(), pageOffset=offset, sortOrder=order).json()
            marks.add(answer["permanentStorageHwmDate"])
            simulator.clock.advance(60)
    assert len(marks) == 1
    assert ask(sender, filters()).json()["permanentStorageHwmDate"] not in marks


def test_invoices_sent_during_a_walk_move_nothing(simulator: Simulator, sender: Sender) -> None:
    simulator.seed_session(NIP, accepted=15)
    first = ask(sender, filters(), sortOrder="Desc").json()["invoices"]
    send(sender, invoice("late"))
    second = ask(sender, filters(), sortOrder="Desc", pageOffset=1).json()["invoices"]
    assert len({entry["ksefNumber"] for entry in first + second}) == 15


@pytest.mark.parametrize(
    ("type_", "name"),
    [
        ("Issue", "issueDate"),
        ("Invoicing", "invoicingDate"),
        ("PermanentStorage", "permanentStorageDate"),
    ],
)
def test_order_follows_the_kind_of_date(sender: Sender, type_: str, name: str) -> None:
    send(sender, invoice("A/1"), invoice("A/2", issued="2026-03-01"), invoice("A/3"))
    body = filters(type=type_)
    rising = ask(sender, body).json()["invoices"]
    falling = ask(sender, body, sortOrder="Desc").json()["invoices"]
    assert rising == falling[::-1]
    assert [entry[name] for entry in rising] == sorted(entry[name] for entry in rising)


def walk(sender: Sender, body: dict[str, Any], **query: Any) -> Iterator[dict[str, Any]]:
    """Everything that fits, page by page and over the wall, as the documentation says to."""
    dates, offset = dict(body["dateRange"]), 0
    is_rising = query.get("sortOrder", "Asc") == "Asc"
    while True:
        answer = ask(sender, {**body, "dateRange": dates}, pageOffset=offset, **query).json()
        yield from answer["invoices"]
        if not answer["hasMore"]:
            return
        offset += 1
        if answer["isTruncated"]:
            last = answer["invoices"][-1]["permanentStorageDate"]
            dates, offset = {**dates, "from" if is_rising else "to": last}, 0


@pytest.mark.parametrize("order", ["Asc", "Desc"])
@pytest.mark.parametrize("wall", [20, 25, 34, 35])
def test_walk_over_the_wall_finds_each(
    simulator: Simulator, sender: Sender, order: str, wall: int
) -> None:
    simulator.settings.query_wall = wall
    simulator.seed_session(NIP, accepted=70)
    files = {f"{index:02d}.xml": invoice(f"B/{index}") for index in range(35)}
    ended(Batch(sender, zipped(files)))
    sender.wait(1)
    seen = [entry["ksefNumber"] for entry in walk(sender, filters(), sortOrder=order)]
    known = {item.ksef_number for item in simulator.accepted_invoices()}
    assert len(known) == 105
    assert set(seen) == known
    # Only where two stretches touch is an invoice seen twice.
    assert len(seen) - len(known) <= -(-len(known) // (wall - 1))


@pytest.mark.parametrize(
    ("accepted", "offset", "more", "truncated", "count"),
    [
        (20, 0, True, False, 10),
        (20, 1, False, True, 10),
        (21, 1, True, True, 10),
        (19, 1, False, False, 9),
        (0, 0, False, False, 0),
        (5, 1, False, False, 0),
    ],
)
def test_at_the_wall(
    simulator: Simulator,
    sender: Sender,
    accepted: int,
    offset: int,
    more: bool,
    truncated: bool,
    count: int,
) -> None:
    simulator.settings.query_wall = 20
    simulator.seed_session(NIP, accepted=accepted)
    answer = ask(sender, filters(), pageOffset=offset).json()
    assert (answer["hasMore"], answer["isTruncated"]) == (more, truncated)
    assert len(answer["invoices"]) == count


@pytest.mark.parametrize("accepted", [0, 5, 25])
def test_nothing_is_shown_from_beyond_the_wall(
    simulator: Simulator, sender: Sender, accepted: int
) -> None:
    simulator.settings.query_wall = 20
    simulator.seed_session(NIP, accepted=accepted)
    refused = ask(sender, filters(), pageOffset=2)
    assert codes(refused) == [21405]
    assert "starting from number 20 or higher" in refused.text
    assert codes(ask(sender, filters(), pageOffset=2**31 - 1)) == [21405]
    simulator.settings.query_wall = 10_000
    assert ask(sender, filters(), pageOffset=999).json()["invoices"] == []
    assert "number 10 000 or" in ask(sender, filters(), pageOffset=40, pageSize=250).text
