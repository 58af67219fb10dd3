"""Whatever JSON comes as a row, it is read, kept as it came, and says what was odd in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.answers.pages import read_page
from ksef_facade.answers.reading import Reader, parse_moment
from ksef_facade.answers.sessions import (
    read_invoice_status,
    read_session_status,
    read_session_summary,
)
from ksef_facade.errors import KsefError
from ksef_facade.models.logins import read_auth_session
from ksef_facade.models.sessions import InvoiceStatus, SessionStatus, SessionSummary
from tests.unit.odd_json import GOOD, VALUES, answered, as_json

ROWS: dict[str, Callable[[object], Any]] = {
    "session": lambda raw: read_session_status(raw, "20250925-SO-2F67776000-97273B191A-65"),
    "summary": read_session_summary,
    "invoice": read_invoice_status,
    "login": read_auth_session,
}


def looked_at(value: Any) -> None:
    """Use a value as a caller would."""
    repr(value)
    str(value.status)
    assert isinstance(value.status.code, int)
    assert all(isinstance(name, str) for name in value.unreadable)
    if isinstance(value, SessionStatus | InvoiceStatus):
        assert isinstance(value.outcome, str)
        try:
            value.raise_for_failure()
        except KsefError as error:
            repr(error)


@pytest.mark.parametrize("kind", ROWS)
@given(raw=VALUES)
def test_any_value_is_read_as_a_row_and_kept(kind: str, raw: object) -> None:
    row = ROWS[kind](raw)
    looked_at(row)
    if isinstance(raw, dict):
        assert row.raw is raw
    else:
        assert row.unreadable


@pytest.mark.parametrize("kind", GOOD)
def test_a_whole_row_is_read_to_the_last(kind: str) -> None:
    row = ROWS[kind](GOOD[kind])
    assert row.unreadable == ()
    assert row.status.code == 200


@pytest.mark.parametrize("kind", GOOD)
@given(data=st.data(), other=VALUES)
def test_one_odd_property_costs_itself_and_is_named(kind: str, data: Any, other: object) -> None:
    good = GOOD[kind]
    name = data.draw(st.sampled_from(sorted(set(good) - {"status"})))
    plain, odd = ROWS[kind](good), ROWS[kind]({**good, name: other})
    for attribute in plain.__attrs_attrs__:
        same = getattr(plain, attribute.name) == getattr(odd, attribute.name)
        # A link's property and its expiry are read apart; the odd one changes one attribute.
        if not same and attribute.name not in ("raw", "unreadable"):
            assert attribute.name.replace("_", "") in _spelt(name), attribute.name
    assert odd.raw == {**good, name: other} or other != other or "nan" in repr(other)
    assert {place.partition(".")[0] for place in odd.unreadable} <= {name}
    if isinstance(other, dict) and not isinstance(good[name], dict):
        assert odd.unreadable == (name,)


def _spelt(name: str) -> set[str]:
    aliases = {
        "upoDownloadUrlExpirationDate": {"upodownloadurlexpires"},
        "startDate": {"datestarted"},
        "lastTokenRefreshDate": {"daterefreshed"},
        "refreshTokenValidUntil": {"refreshvaliduntil"},
        "authenticationMethodInfo": {"method", "methodname"},
    }
    return {name.lower(), *aliases.get(name, ())}


@pytest.mark.parametrize(
    ("told", "method", "unreadable"),
    [
        ({"authenticationMethod": "Token"}, "Token", ()),
        ({}, None, ()),
        ({"authenticationMethodInfo": None, "authenticationMethod": None}, None, ()),
        (
            {"authenticationMethodInfo": "new", "authenticationMethod": "Token"},
            "Token",
            ("authenticationMethodInfo",),
        ),
        (
            {"authenticationMethodInfo": {"code": {"value": "x"}}},
            None,
            ("authenticationMethodInfo.code",),
        ),
        ({"authenticationMethod": ["Token"]}, None, ("authenticationMethod",)),
    ],
)
def test_a_login_tells_how_it_logged_in_as_far_as_it_can_be_read(
    told: dict[str, Any], method: str | None, unreadable: tuple[str, ...]
) -> None:
    plain = {k: v for k, v in GOOD["login"].items() if k != "authenticationMethodInfo"}
    row = read_auth_session({**plain, **told})
    assert (row.method, row.unreadable) == (method, unreadable)
    assert row.raw == {**plain, **told}


@pytest.mark.parametrize("kind", GOOD)
@given(data=st.data())
def test_properties_that_are_gone_or_new_cost_nothing(kind: str, data: Any) -> None:
    good = GOOD[kind]
    gone = data.draw(st.sets(st.sampled_from(sorted(set(good) - {"status", "referenceNumber"}))))
    new = data.draw(st.dictionaries(st.text().map("new{}".format), VALUES))
    row = ROWS[kind]({**{k: v for k, v in good.items() if k not in gone}, **new})
    assert row.unreadable == ()
    assert row.status.code == 200
    nulled = ROWS[kind]({**good, **dict.fromkeys(gone)})
    assert nulled.unreadable == ()


@pytest.mark.parametrize(
    ("kind", "key"), [("invoice", "invoices"), ("summary", "sessions"), ("login", "items")]
)
@given(count=st.integers(0, 3), odd=VALUES)
def test_a_bad_row_never_costs_the_page(kind: str, key: str, count: int, odd: object) -> None:
    whole = GOOD[kind]
    rows = [*[whole] * count, odd, whole]
    page, token = read_page(
        answered(as_json({key: rows, "continuationToken": "t"})), key, ROWS[kind]
    )
    assert (len(page), token) == (len(rows), "t")
    good = [row for row in page if row.raw == whole]
    assert len(good) >= count + 1
    assert not any(row.unreadable for row in good)
    if not isinstance(odd, dict) or "referenceNumber" not in odd:
        assert page[count].unreadable


@given(value=VALUES)
def test_a_moment_is_aware_or_none(value: object) -> None:
    moment = parse_moment(value)
    assert moment is None or moment.tzinfo is not None


@given(moment=st.datetimes(), digits=st.text("0123456789", min_size=7, max_size=9))
def test_more_digits_than_microseconds_are_cut(moment: datetime, digits: str) -> None:
    plain = moment.replace(microsecond=0)
    read = parse_moment(f"{plain.isoformat()}.{digits}")
    assert read is not None
    assert read.replace(tzinfo=None) == plain.replace(microsecond=int(digits[:6]))


@given(number=st.integers(-(10**17), 10**17))
def test_a_number_is_read_in_every_width(number: int) -> None:
    for form in (number, str(number), f" {number} "):
        reader = Reader({"n": form})
        assert reader.integer("n") == number
        assert reader.unreadable == []
    small = number % 2**50
    assert Reader({"n": float(small)}).integer("n") == small


@given(value=st.sampled_from([SessionSummary, SessionStatus, InvoiceStatus]))
def test_values_have_raw_and_unreadable(value: Any) -> None:
    assert {"raw", "unreadable"} <= {attribute.name for attribute in value.__attrs_attrs__}
