"""Lists: page sizes, continuation tokens, filters, orders."""

from datetime import UTC, datetime, timedelta

import pytest

from scripts.contract_tests.checking import facts, probes
from tests.contract.submitting import CLOSE, SEND, STATUS, ending, opened
from tests.contract.world import invoice_body, moment

INVOICES = "/sessions/{referenceNumber}/invoices"
FAILED = "/sessions/{referenceNumber}/invoices/failed"
TOKEN = "x-continuation-token"


@pytest.fixture(scope="module")
def twelve(world):
    """A closed session of twelve invoices, two more than the smallest page holds; all rejected."""
    answer, key = opened(world)
    reference = answer.json["referenceNumber"]
    for number in range(12):
        world.ask("POST", SEND, reference, json=invoice_body(b"Faktura %d" % number, key))
    world.ask("POST", CLOSE, reference)
    world.session_over(reference)
    return reference


@facts(
    "list.default-10",
    "list.token-header",
    "list.last-page",
    "list.no-row-lost",
    "list.invoice-page-size",
    "list.bad-token",
    "failed.paged",
)
def test_continuation_tokens(world, check, twelve):
    first = world.ask("GET", INVOICES, twelve).json
    check(
        "list.default-10",
        len(first["invoices"]) <= 10 and first.get("continuationToken"),
        len(first["invoices"]),
    )
    rows, token, pages = list(first["invoices"]), first.get("continuationToken"), 1
    while token and pages < 9:
        page = world.ask("GET", INVOICES, twelve, headers={TOKEN: token}).json
        rows += page["invoices"]
        token, pages = page.get("continuationToken"), pages + 1
    check("list.token-header", pages >= 2, pages)
    check("list.last-page", not token, "no token on the last page" if not token else "a token")
    ordinals = [row["ordinalNumber"] for row in rows]
    check("list.no-row-lost", ordinals == list(range(1, 13)), ordinals)
    sizes = [world.ask("GET", INVOICES, twelve, params={"pageSize": size}) for size in (9, 1001)]
    good = [
        world.ask("GET", INVOICES, twelve, params={"pageSize": size}).status for size in (10, 1000)
    ]
    check(
        "list.invoice-page-size",
        all(one.refuses(21405) for one in sizes) and good == [200, 200],
        [one.summary for one in sizes],
    )
    bad = world.ask("GET", INVOICES, twelve, headers={TOKEN: "this is none"})
    check("list.bad-token", bad.refuses(21418), bad.summary)
    failed = world.ask("GET", FAILED, twelve).json
    rest = world.ask("GET", FAILED, twelve, headers={TOKEN: failed.get("continuationToken", "")})
    ordinals = [row["ordinalNumber"] for row in failed["invoices"] + rest.json["invoices"]]
    check("failed.paged", ordinals == list(range(1, 13)), ordinals)


@facts(
    "sessions.type-required",
    "sessions.newest-first",
    "sessions.counters-always",
    "sessions.reference-filter",
    "sessions.created-filter",
    "sessions.page-size",
    "sessions.statuses-repeated",
    "sessions.type-filter",
)
@probes("statuses-mapping")
def test_the_history(world, check, twelve):
    opened(world)
    ending(world)
    ending(world, world.document())
    without = world.ask("GET", "/sessions")
    check("sessions.type-required", without.refuses(21405), without.summary)
    rows = world.ask("GET", "/sessions", params={"sessionType": "Online", "pageSize": 100}).json[
        "sessions"
    ]
    created = [moment(row["dateCreated"]) for row in rows]
    check(
        "sessions.newest-first",
        len(rows) > 1 and created == sorted(created, reverse=True),
        len(rows),
    )
    counters = {"totalInvoiceCount", "successfulInvoiceCount", "failedInvoiceCount"}
    check("sessions.counters-always", all(counters <= set(row) for row in rows), sorted(rows[0]))
    kinds = {row["referenceNumber"][9:11] for row in rows}
    check("sessions.type-filter", kinds == {"SO"}, kinds)
    found = world.ask(
        "GET", "/sessions", params={"sessionType": "Online", "referenceNumber": twelve}
    ).json["sessions"]
    check(
        "sessions.reference-filter",
        [row["referenceNumber"] for row in found] == [twelve],
        len(found),
    )
    future = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    none = world.ask(
        "GET", "/sessions", params={"sessionType": "Online", "dateCreatedFrom": future}
    ).json["sessions"]
    check("sessions.created-filter", none == [], len(none))
    wrong = world.ask("GET", "/sessions", params={"sessionType": "Online", "pageSize": 1001})
    check("sessions.page-size", wrong.refuses(21405), wrong.summary)
    by_state = {}
    for state in ("InProgress", "Succeeded", "Failed", "Cancelled"):
        page = world.ask(
            "GET", "/sessions", params={"sessionType": "Online", "pageSize": 100, "statuses": state}
        )
        by_state[state] = sorted({row["status"]["code"] for row in page.json["sessions"]})
    check.probe("statuses-mapping", by_state)
    params = [
        ("sessionType", "Online"),
        ("pageSize", 100),
        ("statuses", "Succeeded"),
        ("statuses", "Failed"),
    ]
    both = world.ask("GET", "/sessions", params=params)
    codes = (
        {row["status"]["code"] for row in both.json["sessions"]}
        if both.status == 200
        else both.summary
    )
    union = set(by_state["Succeeded"]) | set(by_state["Failed"])
    check("sessions.statuses-repeated", codes == union, codes)


@facts("session.dates", "session.updated-moves")
def test_dates_of_a_session(world, check, twelve):
    status = world.ask("GET", STATUS, twelve).json
    check("session.dates", {"dateCreated", "dateUpdated"} <= set(status), sorted(status))
    later = moment(status["dateUpdated"]) >= moment(status["dateCreated"])
    check("session.updated-moves", later, (status["dateCreated"], status["dateUpdated"]))
