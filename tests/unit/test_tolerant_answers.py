"""Whatever comes as an answer, reading it gives a value or our error, which keeps the answer."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ksef_facade.answers.pages import read_page
from ksef_facade.answers.responses import error_of, read_json, read_object, read_problem
from ksef_facade.answers.sessions import (
    read_invoice_status,
)
from ksef_facade.crypto.public_keys import read_public_keys, select
from ksef_facade.errors import IntegrityFailure, KsefError, ResponseError, UndecodableBody
from ksef_facade.handles import Handle
from ksef_facade.logins.bearer_tokens import read_token
from ksef_facade.models.sessions import InvoiceStatus
from ksef_facade.system_warnings import read_warnings
from tests.unit.odd_json import TEXTS, VALUES, WORDS, answered, as_json

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@given(value=VALUES)
def test_a_page_is_read_or_refused_as_ours(value: object) -> None:
    try:
        page, token = read_page(answered(as_json(value)), "invoices", read_invoice_status)
    except UndecodableBody:
        return
    assert isinstance(value, dict)
    assert all(isinstance(row, InvoiceStatus) for row in page)
    assert token is None or token


@given(
    body=st.one_of(
        st.binary(), VALUES.map(as_json), TEXTS.map(lambda t: t.encode("utf-8", "replace"))
    )
)
@example(body=b"[" * 200_000)
@example(body=b"\xef\xbb\xbf{}")
@example(body=b"1" * 5000)
@example(body=b'{"a": 1e999, "b": NaN}')
def test_any_bytes_are_json_or_undecodable(body: bytes) -> None:
    response = answered(body)
    for read in (read_json, read_object):
        kept = None
        try:
            read(response)
        except UndecodableBody as error:
            kept = error.response
        assert kept in (None, response)


@given(
    body=st.one_of(st.binary(), VALUES.map(as_json)),
    status=st.integers(100, 999),
    retry_after=st.one_of(st.none(), st.floats(0, 1e9)),
)
@example(
    body=as_json({"exception": {"exceptionDetailList": [{"exceptionCode": "9" * 5000}]}}),
    status=400,
    retry_after=None,
)
@example(
    body=as_json({"errors": [{"code": 1, "details": "x"}], "security": 5}),
    status=403,
    retry_after=None,
)
@example(body=as_json({"status": {"details": {}}}), status=429, retry_after=0.0)
@example(body=b"[" * 200_000, status=500, retry_after=None)
def test_any_error_answer_becomes_our_error(
    body: bytes, status: int, retry_after: float | None
) -> None:
    response = answered(body, status)
    problem = read_problem(response)
    assert all(isinstance(code, int) for code in problem.codes)
    assert all(isinstance(text, str) for text in (*problem.details, *problem.descriptions))
    error = error_of(response, retry_after=retry_after, group="g")
    assert isinstance(error, ResponseError)
    assert error.response is response
    assert str(error).startswith(f"GET /x: HTTP {status}")
    assert "\n" not in str(error).splitlines()[0]


@given(value=VALUES)
def test_any_list_of_public_keys_gives_keys_or_reasons(value: object) -> None:
    keys = read_public_keys(value)
    if isinstance(value, list):
        assert len(keys) + len(keys.skipped) == len(value)
    else:
        assert keys.skipped
    with pytest.raises(IntegrityFailure):
        select(keys, "KsefTokenEncryption", NOW)


@given(value=VALUES, date=TEXTS)
def test_any_token_answer_gives_a_token_or_our_error(value: object, date: str) -> None:
    for body in (
        value,
        {"accessToken": value},
        {"accessToken": {"token": "t", "validUntil": value}},
    ):
        try:
            token = read_token(answered(as_json(body), date=date), "accessToken", NOW, 5.0)
        except UndecodableBody:
            continue
        assert token.value
        assert token.use_until > 5.0


def test_a_text_without_end_is_no_handle() -> None:
    with pytest.raises(KsefError, match="not a handle"):
        Handle.loads("[" * 200_000)


@given(text=st.one_of(TEXTS, VALUES.map(json.dumps)))
def test_any_text_is_a_handle_or_refused(text: str) -> None:
    try:
        handle = Handle.loads(text)
    except KsefError:
        return
    assert Handle.loads(handle.dumps()) == handle


@given(changed=st.dictionaries(st.sampled_from(WORDS), VALUES, max_size=4))
def test_a_changed_handle_is_read_or_refused(changed: dict[str, Any]) -> None:
    handle = Handle(
        environment="test",
        base_url="https://api-test.ksef.mf.gov.pl/v2",
        context="Nip:5265877635",
        session_reference="20250925-SO-2F67776000-97273B191A-65",
    )
    assert Handle.loads(handle.dumps()) == handle
    try:
        read = Handle.loads(json.dumps({**json.loads(handle.dumps()), **changed}))
    except KsefError:
        return
    assert isinstance(read.session_reference, str)


@given(text=TEXTS)
def test_any_warning_header_gives_warnings(text: str) -> None:
    found = read_warnings({"x-system-warning": text}, "GET /x")
    assert bool(found) == bool(text.strip())
    for warning in found:
        assert str(warning)
