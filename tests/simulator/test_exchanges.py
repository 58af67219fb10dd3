"""Following a simulator's requests."""

from __future__ import annotations

import httpx

from ksef_facade.simulator import Simulator
from ksef_facade.simulator.exchanges import Exchange
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_batches import Batch, zipped
from tests.simulator.plain_client import Sender


def follow(simulator: Simulator) -> list[Exchange]:
    told: list[Exchange] = []
    simulator.follow(told.append)
    return told


def test_each_request_is_told_with_its_operation_and_context(
    simulator: Simulator, anyone: Sender, http: httpx.Client
) -> None:
    told = follow(simulator)
    anyone.authenticate()
    session = anyone.open()
    anyone.send(session, make_invoice(anyone.nip))
    anyone.post("/sessions/online", json={})
    http.get("/sessions")
    http.get("/nothing")
    templates = [(one.method, one.template, one.status, one.code) for one in told]
    assert ("POST", "/sessions/online", 201, None) in templates
    invoices = "/sessions/online/{referenceNumber}/invoices"
    assert templates[-4:] == [
        ("POST", invoices, 202, None),
        ("POST", "/sessions/online", 400, "21405"),
        ("GET", "/sessions", 401, None),
        ("GET", "/v2/nothing", 404, None),
    ]
    by_template = {one.template: one for one in told}
    context = by_template[invoices].context
    assert context is not None
    assert (context.kind, context.value) == ("Nip", anyone.nip)
    assert told[0].context is None
    assert told[-1].context is None
    assert all(one.seconds >= 0 and one.at.tzinfo is not None for one in told)


def test_reasons_and_faults_are_told(simulator: Simulator, sender: Sender) -> None:
    told = follow(simulator)
    simulator.faults.add("GET", "/sessions", status=403)
    sender.get("/sessions")
    simulator.faults.add("GET", "/sessions", status=429)
    sender.get("/sessions")
    assert [(one.status, one.code) for one in told] == [
        (403, "security-service-blocked"),
        (429, None),
    ]


def test_links_and_uploads_are_told_without_their_signatures(
    simulator: Simulator, sender: Sender
) -> None:
    told = follow(simulator)
    batch = Batch(sender, zipped({"a.xml": make_invoice(sender.nip)}))
    batch.send()
    put = next(one for one in told if one.method == "PUT")
    assert put.status == 201
    assert put.template == "/storage/{shard}/{session}/batch-parts/{name}"
    assert "sig" not in repr(told)
    sender.http.get(f"http://simulator.test{put.path}")
    assert (told[-1].status, told[-1].code) == (403, "AuthenticationFailed")


def test_nobody_follows_unless_asked(simulator: Simulator, sender: Sender) -> None:
    told = follow(simulator)
    simulator.follow(None)
    sender.get("/sessions")
    assert told == []
