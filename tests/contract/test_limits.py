"""Limits: changed by test data and restored; enforced as sliding windows, which only a simulator is asked to show."""

from datetime import UTC, datetime, timedelta

import pytest

from ksef_facade.simulator import Clock, Simulator
from scripts.contract_tests.checking import facts, probes, simulator_only
from tests.contract.submitting import CLOSE, SEND, opened
from tests.contract.world import invoice_body, until

SESSION_LIMITS = "/testdata/limits/context/session"


def limits(most):
    kind = {"maxInvoiceSizeInMB": 2, "maxInvoiceWithAttachmentSizeInMB": 4, "maxInvoices": most}
    return {"onlineSession": kind, "batchSession": kind, "collectiveIdentifier": {"maxInvoices": 3}}


@pytest.fixture
def narrow(world):
    """Another taxpayer, whose limits may be changed."""
    nip, ksef, ask = world.stranger()
    yield nip, ksef, ask
    ask("DELETE", SESSION_LIMITS)
    ask("DELETE", "/testdata/rate-limits")
    ksef.log_out()


@facts("limits.override", "limits.override-restored", "limits.override-bounds", "send.21155")
@probes("limit-changed-mid-session")
def test_session_limits_are_changed_and_restored(world, check, narrow):
    _, _, ask = narrow
    answer, key = opened(world, ask)
    session = answer.json["referenceNumber"]
    set_ = ask("POST", SESSION_LIMITS, json=limits(1))
    found = until(
        world, lambda: ask("GET", "/limits/context").json["onlineSession"]["maxInvoices"] == 1, 60
    )
    check("limits.override", set_.status == 200 and found, set_.summary)

    def send(reference, key):
        return ask("POST", SEND, reference, json=invoice_body(world.document(), key))

    first, second = send(session, key), send(session, key)
    told = "at once" if second.refuses(21155) else "not for sessions that were open"
    check.probe("limit-changed-mid-session", f"a narrower limit counts {told} ({second.summary})")
    answer, key = opened(world, ask)
    fresh = answer.json["referenceNumber"]
    answers = [send(fresh, key), send(fresh, key)]
    full = [one.summary for one in answers]
    check("send.21155", answers[0].status == 202 and answers[1].refuses(21155), full)
    assert first.status == 202
    for reference in (session, fresh):
        ask("POST", CLOSE, reference)
    wide = ask("POST", SESSION_LIMITS, json=limits(100_001))
    check("limits.override-bounds", wide.refuses(21405), wide.summary)
    ask("DELETE", SESSION_LIMITS)
    back = until(
        world,
        lambda: ask("GET", "/limits/context").json["onlineSession"]["maxInvoices"] == 10_000,
        60,
    )
    check("limits.override-restored", back, "10,000 again" if back else "still changed")


@facts("limits.rate-override", "limits.rate-restored")
def test_rate_limits_are_changed_and_restored(world, check, narrow):
    _, _, ask = narrow
    before = ask("GET", "/rate-limits").json
    names = set(before) - {"onlineSessionClose", "batchSessionClose", "anonymous", "global"}
    wanted = {name: dict(before[name]) for name in names}
    wanted["invoiceStatus"] = {"perSecond": 29, "perMinute": 119, "perHour": 1199}
    changed = ask("POST", "/testdata/rate-limits", json={"rateLimits": wanted})
    found = until(
        world, lambda: ask("GET", "/rate-limits").json["invoiceStatus"]["perHour"] == 1199, 60
    )
    check("limits.rate-override", changed.status == 200 and found, changed.summary)
    ask("DELETE", "/testdata/rate-limits")
    back = until(world, lambda: ask("GET", "/rate-limits").json == before, 60)
    check("limits.rate-restored", back, "as before" if back else "still changed")


@facts("limits.production-profile", "limits.certificates-override")
def test_other_limits_are_changed_and_restored(world, check, narrow):
    _, _, ask = narrow
    set_ = ask("POST", "/testdata/rate-limits/production")
    rates = ask("GET", "/rate-limits").json
    check(
        "limits.production-profile",
        set_.status == 200 and rates["invoiceSend"]["perHour"] == 180,
        rates,
    )
    most = {"enrollment": {"maxEnrollments": 7}, "certificate": {"maxCertificates": 3}}
    path = "/testdata/limits/subject/certificate"
    changed = ask("POST", path, json={"subjectIdentifierType": "Nip", **most})

    def held():
        found = ask("GET", "/limits/subject").json
        told = (found.get("enrollment") or {}).get("maxEnrollments")
        return told == 7

    seen = until(world, held, 60)
    ask("DELETE", path)
    check("limits.certificates-override", changed.status == 200 and seen, changed.summary)


@facts(
    "limits.429",
    "limits.retry-after",
    "limits.429-legacy",
    "limits.429-problem",
    "limits.sliding",
    "limits.other-separate",
)
@simulator_only("the suite never breaks a limit of a real KSeF on purpose")
def test_what_is_over_a_limit(check):
    clock = Clock.stopped(datetime(2026, 3, 2, 9, tzinfo=UTC))
    simulator = Simulator(clock=clock, limits="contract", seed=1)
    token = log_in_by_seed(simulator)

    def ask(path="/sessions?sessionType=Online", **headers):
        sent = {"authorization": f"Bearer {token}", **headers}
        return simulator.handle("GET", f"http://127.0.0.1/v2{path}", sent)

    answers = [ask()[0] for _ in range(5)]
    status, headers, body = ask()
    check("limits.429", (answers, status) == ([200] * 5, 429), (answers, status))
    wait = headers.get("retry-after", "")
    check("limits.retry-after", wait.isdigit() and int(wait) >= 1, wait)
    check("limits.429-legacy", b'"status":{"code":429' in body.replace(b" ", b""), body.decode())
    _, headers, body = ask(**{"x-error-format": "problem-details"})
    check(
        "limits.429-problem",
        headers["content-type"].startswith("application/problem+json"),
        body.decode(),
    )
    clock.advance(timedelta(seconds=1.5))
    check("limits.sliding", ask()[0] == 200, "free again as the window slides")
    other = [ask("/rate-limits")[0] for _ in range(10)]
    beside = ask("/limits/context")[0]
    check("limits.other-separate", other == [200] * 10 and beside == 200, (other, beside))
    assert simulator.contract_violations == []


def log_in_by_seed(simulator):
    """An access token of a simulator without sockets."""
    import httpx

    from ksef_facade import Ksef, TokenAuth

    class Direct(httpx.BaseTransport):
        def handle_request(self, request):
            simulator.clock.advance(1)
            found = simulator.handle(
                request.method, str(request.url), dict(request.headers), request.read()
            )
            return httpx.Response(found[0], headers=found[1], content=found[2])

    auth = TokenAuth(simulator.issue_token("5265877635"))
    with Ksef(base_url="http://127.0.0.1/v2", auth=auth, transport=Direct()) as ksef:
        return ksef._caller.authenticator.token()
