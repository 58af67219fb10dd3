# Derived from ksef_facade/_async/sessions/history.py by scripts/derive_sync.py; do not edit.
"""The session history: `GET /sessions` with every filter of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from ksef_facade._sync.caller import Caller
from ksef_facade._sync.pager import Pager
from ksef_facade.answers.pages import check_page_size, read_page
from ksef_facade.answers.sessions import read_session_summary
from ksef_facade.calls.describing import WireText
from ksef_facade.calls.lists import ListQuery
from ksef_facade.calls.session_filters import SessionState, kind_text, state_texts
from ksef_facade.identifiers import SessionReference
from ksef_facade.local_time import moment_of
from ksef_facade.models.sessions import SessionKind, SessionSummary


def list_sessions(
    caller: Caller,
    *,
    kind: SessionKind,
    statuses: Sequence[SessionState],
    reference_number: str | None,
    created_from: datetime | date | None,
    created_to: datetime | date | None,
    closed_from: datetime | date | None,
    closed_to: datetime | date | None,
    modified_from: datetime | date | None,
    modified_to: datetime | date | None,
    page_size: int,
) -> Pager[SessionSummary]:
    """The pager behind `Ksef.sessions`, which documents it."""
    check_page_size(page_size)
    states = [WireText(text) for text in state_texts(statuses)]
    filters: dict[str, Any] = {
        "session_type": WireText(kind_text(kind)),
        "reference_number": reference_number and SessionReference.of(reference_number),
        "date_created_from": moment_of(created_from),
        "date_created_to": moment_of(created_to, end=True),
        "date_closed_from": moment_of(closed_from),
        "date_closed_to": moment_of(closed_to, end=True),
        "date_modified_from": moment_of(modified_from),
        "date_modified_to": moment_of(modified_to, end=True),
        "statuses": states or None,
    }

    query = ListQuery("GET", "/sessions", page_size=page_size, **filters)

    def fetch(token: str | None) -> tuple[Sequence[SessionSummary], str | None]:
        response = caller.send(query.call(token))
        rows, following = read_page(response, "sessions", read_session_summary)
        return rows, query.following(token, len(rows), following)

    return Pager(fetch, page_size)
