"""Lists of sessions and invoices: filters, order, pages and their tokens."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

import pytest

from ksef_facade.simulator import Simulator
from ksef_facade.simulator.moments import read_moment
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_client import Sender, codes

NIP = "5265877635"


def walk(sender: Sender, path: str, name: str, **query: Any) -> list[list[dict[str, Any]]]:
    """All pages of a list, followed by their tokens."""
    pages: list[list[dict[str, Any]]] = []
    headers: dict[str, str] = {}
    while True:
        document = sender.get(path, params=query, headers=headers).json()
        pages.append(document[name])
        if not document.get("continuationToken"):
            return pages
        headers = {"x-continuation-token": document["continuationToken"]}


def test_invoices_come_in_order_and_ten_at_a_time(simulator: Simulator, sender: Sender) -> None:
    session = simulator.seed_session(NIP, accepted=20, rejected=3)
    pages = walk(sender, f"/sessions/{session}/invoices", "invoices")
    assert [len(page) for page in pages] == [10, 10, 3]
    ordinals = [item["ordinalNumber"] for page in pages for item in page]
    assert ordinals == list(range(1, 24))
    assert len(walk(sender, f"/sessions/{session}/invoices", "invoices", pageSize=1000)) == 1


def test_failed_invoices_only(simulator: Simulator, sender: Sender) -> None:
    session = simulator.seed_session(NIP, accepted=20, rejected=12)
    pages = walk(sender, f"/sessions/{session}/invoices/failed", "invoices")
    assert [len(page) for page in pages] == [10, 2]
    items = [item for page in pages for item in page]
    assert {item["status"]["code"] for item in items} == {410, 430, 435, 440, 450}
    assert [item["ordinalNumber"] for item in items] == sorted(
        item["ordinalNumber"] for item in items
    )


def test_failed_invoices_appear_when_they_are_decided(sender: Sender) -> None:
    session = sender.open()
    sender.send(session, make_invoice("1111111111"))
    path = f"/sessions/{session}/invoices/failed"
    assert sender.get(path).json() == {"invoices": []}
    sender.wait(1)
    assert len(sender.get(path).json()["invoices"]) == 1


@pytest.mark.parametrize("size", ["9", "1001", "0", "-1", "ten", "10.5"])
def test_page_sizes_out_of_bounds(sender: Sender, size: str) -> None:
    session = sender.simulator.seed_session(NIP)
    for path in (f"/sessions/{session}/invoices", "/sessions?sessionType=Online"):
        refused = sender.get(path, params={"sessionType": "Online", "pageSize": size})
        assert refused.status_code == 400
        assert set(codes(refused)) <= {21405, 21001}


def test_token_looks_like_the_database_engine_made_it(simulator: Simulator, sender: Sender) -> None:
    session = simulator.seed_session(NIP, accepted=11)
    token = sender.get(f"/sessions/{session}/invoices").json()["continuationToken"]
    (document,) = json.loads(base64.b64decode(token))
    assert set(document) == {"token", "range"}


def test_token_belongs_to_its_query(simulator: Simulator, sender: Sender) -> None:
    session = simulator.seed_session(NIP, accepted=40, rejected=30)
    other = simulator.seed_session(NIP, accepted=40)
    path = f"/sessions/{session}/invoices"
    token = sender.get(path).json()["continuationToken"]
    headers = {"x-continuation-token": token}
    assert sender.get(path, headers=headers).status_code == 200
    for changed in (
        f"{path}?pageSize=20",
        f"{path}/failed",
        f"/sessions/{other}/invoices",
        "/sessions?sessionType=Online",
    ):
        assert codes(sender.get(changed, headers=headers)) == [21418]


def forged(token: str) -> list[str]:
    (document,) = json.loads(base64.b64decode(token))
    document["token"] = 0
    return [
        "garbage",
        base64.b64encode(b"[]").decode(),
        base64.b64encode(b'[{"token":[],"range":{"max":5}}]').decode(),
        base64.b64encode(json.dumps([document]).encode()).decode(),
    ]


def test_bad_tokens(simulator: Simulator, sender: Sender) -> None:
    session = simulator.seed_session(NIP, accepted=40)
    path = f"/sessions/{session}/invoices"
    for token in forged(sender.get(path).json()["continuationToken"]):
        refused = sender.get(path, headers={"x-continuation-token": token})
        assert codes(refused) == [21418]


def test_short_pages_and_an_empty_last_one(simulator: Simulator, sender: Sender) -> None:
    session = simulator.seed_session(NIP, accepted=20)
    path = f"/sessions/{session}/invoices"
    simulator.settings.short_pages = True
    simulator.settings.trailing_empty_page = True
    pages = walk(sender, path, "invoices")
    assert [len(page) for page in pages] == [7, 7, 6, 0]
    ordinals = [item["ordinalNumber"] for page in pages for item in page]
    assert ordinals == list(range(1, 21))
    for _ in range(2):
        simulator.seed_session(NIP)
    sessions = walk(sender, "/sessions", "sessions", sessionType="Online")
    assert [len(page) for page in sessions] == [3, 0]


def test_sessions_newest_first_with_all_counters(simulator: Simulator, sender: Sender) -> None:
    references = []
    for accepted in range(3):
        references.append(simulator.seed_session(NIP, accepted=accepted, rejected=1))
        simulator.clock.advance(60)
    sessions = sender.get("/sessions?sessionType=Online").json()["sessions"]
    assert [item["referenceNumber"] for item in sessions] == references[::-1]
    assert [item["totalInvoiceCount"] for item in sessions] == [3, 2, 1]
    assert [item["successfulInvoiceCount"] for item in sessions] == [2, 1, 0]
    assert [item["failedInvoiceCount"] for item in sessions] == [1, 1, 1]
    assert "continuationToken" not in sender.get("/sessions?sessionType=Online").json()


def test_walk_of_sessions_stands_new_ones(simulator: Simulator, sender: Sender) -> None:
    old = [simulator.seed_session(NIP) for _ in range(12)]
    first = sender.get("/sessions?sessionType=Online").json()
    simulator.clock.advance(60)
    simulator.seed_session(NIP)
    headers = {"x-continuation-token": first["continuationToken"]}
    second = sender.get("/sessions?sessionType=Online", headers=headers).json()
    seen = [item["referenceNumber"] for item in first["sessions"] + second["sessions"]]
    assert sorted(seen) == sorted(old)


def found(sender: Sender, **query: Any) -> list[str]:
    response = sender.get("/sessions", params={"sessionType": "Online", **query})
    assert response.status_code == 200, response.text
    return [item["referenceNumber"] for item in response.json()["sessions"]]


def test_kind_reference_and_context_filter(simulator: Simulator, sender: Sender) -> None:
    online = simulator.seed_session(NIP)
    batch = simulator.seed_session(NIP, kind="batch")
    simulator.seed_session("1111111111")
    assert found(sender) == [online]
    assert found(sender, sessionType="Batch") == [batch]
    assert found(sender, referenceNumber=online) == [online]
    assert found(sender, referenceNumber=batch) == []
    assert sender.get("/sessions").status_code == 400
    assert sender.get("/sessions?sessionType=Both").status_code == 400


def test_statuses_filter(simulator: Simulator, sender: Sender) -> None:
    succeeded = simulator.seed_session(NIP, accepted=1)
    failed = simulator.seed_session(NIP, accepted=0, rejected=1)
    cancelled = simulator.seed_session(NIP, accepted=0)
    in_progress = sender.open()
    by_status = {
        "Succeeded": succeeded,
        "Failed": failed,
        "Cancelled": cancelled,
        "InProgress": in_progress,
    }
    for status, reference in by_status.items():
        assert found(sender, statuses=status) == [reference]
    both = found(sender, statuses=["Failed", "Cancelled"])
    assert sorted(both) == sorted([failed, cancelled])
    assert sender.get("/sessions?sessionType=Online&statuses=Nope").status_code == 400


def test_queries_as_other_programs_write_them(simulator: Simulator, sender: Sender) -> None:
    succeeded = simulator.seed_session(NIP, accepted=1)
    failed = simulator.seed_session(NIP, accepted=0, rejected=1)
    simulator.seed_session(NIP, accepted=0)

    def ask(query: str) -> list[str]:
        response = sender.get(f"/sessions?{query}")
        assert response.status_code == 200, response.text
        return sorted(item["referenceNumber"] for item in response.json()["sessions"])

    # PHP's http_build_query, with its brackets encoded or not.
    indexed = "sessionType=Online&statuses[0]=Failed&statuses[1]=Succeeded"
    assert ask(indexed) == sorted([succeeded, failed])
    assert ask(indexed.replace("[", "%5B").replace("]", "%5D")) == sorted([succeeded, failed])
    # Properties of .NET.
    assert ask("SessionType=Online&Statuses=Failed&PageSize=10") == [failed]
    # Fields that nobody filled in.
    assert len(ask("sessionType=Online&referenceNumber=&pageSize=&statuses=&dateCreatedFrom=")) == 3
    assert ask("sessionType=Online&statuses=&statuses=Failed") == [failed]
    assert codes(sender.get("/sessions?sessionType=")) == [21405]
    assert sender.get("/sessions?sessionType=Online&statuses=Failed,Succeeded").status_code == 400
    assert sender.get("/sessions?sessionType=Online&PageSize=5").status_code == 400
    assert sender.get("/tokens?description=&authorIdentifier=").status_code == 200


def test_date_filters(simulator: Simulator, sender: Sender) -> None:
    session = sender.open()
    sender.wait(60)
    sender.send(session, make_invoice(NIP))
    sender.wait(60)
    assert found(sender, dateCreatedFrom="2026-03-02T09:00:00Z") == [session]
    assert found(sender, dateCreatedFrom="2026-03-02T10:00:01.5+01:00") == []
    assert found(sender, dateCreatedTo="2026-03-02T08:00:00Z") == []
    assert found(sender, dateModifiedFrom="2026-03-02T09:01:00Z") == [session]
    assert found(sender, dateModifiedFrom="2026-03-02T09:02:00Z") == []
    assert found(sender, dateModifiedTo="2026-03-02T09:00:30Z") == []
    # An open session was never closed, whenever one asks.
    assert found(sender, dateClosedTo="2030-01-01T00:00:00Z") == []
    sender.close(session)
    sender.wait(60)
    assert found(sender, dateClosedFrom="2026-03-02T09:02:00Z") == [session]
    assert found(sender, dateClosedFrom="2026-03-02T09:03:00Z") == []
    assert found(sender, dateClosedTo="2026-03-02T09:02:30Z") == [session]


@pytest.mark.parametrize(
    ("moment", "is_before"),
    [
        # In Poland it is 10:00 when the session is opened.
        ("2026-03-02T10:00:00", True),
        ("2026-03-02T10:00:01", False),
        ("2026-03-02T10:00", True),
        ("2026-03-02T10:01", False),
        ("2026-03-02T10:00:00.0000000", True),
        ("2026-03-02T10:00:00.5000000", False),
        # As Java writes a full minute.
        ("2026-03-02T09:00Z", True),
        ("2026-03-02T10:01+01:00", False),
        ("2026-03-02t09:00:00z", True),
    ],
)
def test_forms_of_moments(sender: Sender, moment: str, is_before: bool) -> None:
    session = sender.open()
    expected = [session] if is_before else []
    assert found(sender, dateCreatedFrom=moment) == expected


@pytest.mark.parametrize(
    ("moment", "utc"),
    [
        ("2026-03-29T01:59:59", "2026-03-29T00:59:59"),
        ("2026-03-29T03:00:00", "2026-03-29T01:00:00"),
        ("2026-07-01T00:30:00", "2026-06-30T22:30:00"),
        ("2026-10-25T01:59:59", "2026-10-24T23:59:59"),
        ("2026-10-25T03:00:00", "2026-10-25T02:00:00"),
        ("2027-01-01T00:00:00", "2026-12-31T23:00:00"),
    ],
)
def test_moments_without_an_offset_are_polish(moment: str, utc: str) -> None:
    assert read_moment(moment) == datetime.fromisoformat(f"{utc}+00:00")


@pytest.mark.parametrize(
    "moment",
    [
        "2026-03-02",
        "2026-03-02 09:00:00Z",
        "2026-03-02T09Z",
        "2026-02-30T09:00:00",
        "2026-03-02T09:00:60Z",
        "2026-03-02T09:00:00+0100",
        "2026-W10-1T09:00:00Z",
        "soon",
    ],
)
def test_what_is_no_moment(sender: Sender, moment: str) -> None:
    refused = sender.get("/sessions", params={"sessionType": "Online", "dateCreatedFrom": moment})
    assert codes(refused) == [21405]
    assert "dateCreatedFrom" in refused.text


def test_batch_sessions_name_their_files(simulator: Simulator, sender: Sender) -> None:
    session = simulator.seed_session(NIP, kind="batch", accepted=2)
    status = sender.get(f"/sessions/{session}").json()
    assert status["status"]["description"] == "Sesja wsadowa przetworzona pomyślnie"
    invoices = sender.get(f"/sessions/{session}/invoices").json()["invoices"]
    assert [item["invoiceFileName"] for item in invoices] == [
        "invoice-000001.xml",
        "invoice-000002.xml",
    ]
    # Of a batch, the moment of sending is that of the session's opening.
    assert {item["invoicingDate"] for item in invoices} == {status["dateCreated"]}


def test_unknown_invoice(simulator: Simulator, sender: Sender) -> None:
    session = simulator.seed_session(NIP)
    unknown = "20250625-EE-319D7EE000-B67F415CDC-2C"
    refused = sender.get(f"/sessions/{session}/invoices/{unknown}")
    assert codes(refused) == [21405]
    assert unknown in refused.text
