"""Invoices that KSeF rejects, what the session of them shows, and technical corrections."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from scripts.contract_tests.checking import facts, probes
from tests.contract.submitting import (
    CLOSE,
    COUNTERS,
    INVOICE,
    SEND,
    ending,
    opened,
    settled,
)
from tests.contract.world import FA_3, badly_padded, digest, invoice_body


def spoilt(world):
    """Documents that KSeF rejects, by fact: code expected, document, changes of the request."""
    plain = world.document()
    other = world.invoice()
    return {
        "invoice.450-schema": (450, re.sub(rb"<P_2>.*</P_2>", b"", plain), {}),
        "invoice.450-not-xml": (450, b"Faktura", {}),
        "invoice.450-bom": (450, b"\xef\xbb\xbf" + world.document(), {}),
        "invoice.450-instruction": (
            450,
            world.document().replace(b"<Faktura", b"<?note here?><Faktura", 1),
            {},
        ),
        "invoice.450-future": (450, world.document(issued=world.today + timedelta(days=2)), {}),
        "invoice.410-seller": (
            410,
            other.__class__(
                **{
                    **_fields(other),
                    "seller": evolve(other.seller, tax_number=other.buyer.tax_number),
                }
            ).document(datetime.now(UTC)),
            {},
        ),
        "invoice.430-size": (430, world.document(), {"invoiceSize": 17}),
        "invoice.430-hash": (430, world.document(), {"invoiceHash": digest(b"another")}),
    }


def _fields(value):
    return {one.name: getattr(value, one.name) for one in value.__attrs_attrs__}


@pytest.fixture(scope="module")
def rejected(world):
    """One session with everything that KSeF rejects, and one good invoice, closed."""
    answer, key = opened(world)
    reference = answer.json["referenceNumber"]
    sent = {}
    for fact, (_, document, changes) in spoilt(world).items():
        sent[fact] = world.ask("POST", SEND, reference, json=invoice_body(document, key, **changes))
    document = world.document()
    sent["invoice.435"] = world.ask(
        "POST", SEND, reference, json=invoice_body(document, key, encrypted=badly_padded(key))
    )
    first = world.document()
    original = world.ask("POST", SEND, reference, json=invoice_body(first, key)).json[
        "referenceNumber"
    ]
    settled(world, reference, original)
    sent["invoice.440-duplicate"] = world.ask(
        "POST", SEND, reference, json=invoice_body(first, key)
    )
    past = world.document(issued=world.today - timedelta(days=3))
    late = world.ask("POST", SEND, reference, json=invoice_body(past, key))
    offline = world.ask(
        "POST", SEND, reference, json=invoice_body(world.document(), key, offlineMode=True)
    )
    world.ask("POST", CLOSE, reference)
    status = world.session_over(reference)
    return {
        "reference": reference,
        "sent": sent,
        "original": original,
        "late": late,
        "offline": offline,
        "status": status,
    }


CODES = {
    "invoice.450-schema": 450,
    "invoice.450-not-xml": 450,
    "invoice.450-bom": 450,
    "invoice.450-instruction": 450,
    "invoice.450-future": 450,
    "invoice.410-seller": 410,
    "invoice.430-size": 430,
    "invoice.430-hash": 430,
    "invoice.435": 435,
    "invoice.440-duplicate": 440,
}


@facts(
    *CODES,
    "invoice.440-extensions",
    "send.plaintext-later",
    "invoice.mode-by-date",
    "invoice.mode-declared",
)
@probes("oversize-invoice")
def test_why_invoices_are_rejected(world, check, rejected):
    reference = rejected["reference"]
    sent = rejected["sent"]
    later = {fact: answer.status for fact, answer in sent.items() if answer.status != 202}
    check("send.plaintext-later", not later, later or "every one was taken with 202")
    for fact, code in CODES.items():
        if sent[fact].status != 202:
            check(fact, False, sent[fact].summary)
            continue
        status = settled(world, reference, sent[fact].json["referenceNumber"])["status"]
        check(fact, status["code"] == code, status)
    row = world.ask(
        "GET", INVOICE, reference, sent["invoice.440-duplicate"].json["referenceNumber"]
    ).json
    original = world.ask("GET", INVOICE, reference, rejected["original"]).json
    extensions = row["status"].get("extensions") or {}
    named = (extensions.get("originalKsefNumber"), extensions.get("originalSessionReferenceNumber"))
    check("invoice.440-extensions", named == (original.get("ksefNumber"), reference), extensions)
    for fact, answer in (
        ("invoice.mode-by-date", rejected["late"]),
        ("invoice.mode-declared", rejected["offline"]),
    ):
        status = settled(world, reference, answer.json["referenceNumber"])
        check(fact, status.get("invoicingMode") == "Offline", status["status"])
    answer, key = opened(world)
    large = world.document().replace(b"</Faktura>", b"<!--" + b"x" * 1_000_100 + b"--></Faktura>")
    sent = world.ask("POST", SEND, answer.json["referenceNumber"], json=invoice_body(large, key))
    told = sent.summary
    if sent.status == 202:
        status = settled(world, answer.json["referenceNumber"], sent.json["referenceNumber"])
        told = f"taken, then {status['status']}"
    check.probe("oversize-invoice", told)


@facts(
    "session.200-despite-rejected",
    "session.counters",
    "failed.only-rejected",
    "list.ordinal-order",
    "session.445",
    "session.445-no-upo",
)
@probes("invoice-list-order")
def test_sessions_with_rejected_invoices(world, check, rejected):
    reference, status = rejected["reference"], rejected["status"]
    check("session.200-despite-rejected", status["status"]["code"] == 200, status["status"])
    rows = list(world.ksef.session(reference).invoices())
    good = [row for row in rows if row.status.code == 200]
    counters = tuple(status.get(name) for name in COUNTERS)
    check("session.counters", counters == (len(rows), len(good), len(rows) - len(good)), counters)
    failed = list(world.ksef.session(reference).failed_invoices())
    same = {row.reference_number for row in failed} == {row.reference_number for row in rows} - {
        row.reference_number for row in good
    }
    check("failed.only-rejected", same, len(failed))
    ordinals = [row.ordinal_number for row in rows]
    check("list.ordinal-order", ordinals == sorted(ordinals), ordinals)
    check.probe("invoice-list-order", f"ordinal numbers in the order of the list: {ordinals}")
    _, over = ending(world, b"Faktura")
    check("session.445", over["status"]["code"] == 445, over["status"])
    check("session.445-no-upo", not over.get("upo"), over.get("upo"))


@facts("invoice.checksum-off", "invoice.checksum-on")
def test_checksums_of_tax_numbers(world, check):
    buyer = world.invoice().buyer
    last = str((int(buyer.tax_number[-1]) + 1) % 10)
    wrong = evolve(buyer, tax_number=buyer.tax_number[:-1] + last)
    for fact, headers, code in (
        ("invoice.checksum-off", {}, 200),
        ("invoice.checksum-on", {"X-KSeF-Feature": "subject-identifier-validation"}, 450),
    ):
        key, encryption = world.encryption()
        body = {"formCode": FA_3, "encryption": encryption}
        session = world.ask("POST", "/sessions/online", json=body, headers=headers)
        reference = session.json["referenceNumber"]
        document = world.document(buyer=wrong)
        sent = world.ask("POST", SEND, reference, json=invoice_body(document, key))
        status = settled(world, reference, sent.json["referenceNumber"])["status"]
        world.ask("POST", CLOSE, reference)
        check(fact, status["code"] == code, status)


@facts("correction.accepted", "correction.21166", "correction.21167")
def test_technical_corrections(world, check):
    answer, key = opened(world)
    reference = answer.json["referenceNumber"]
    invoice = world.invoice(issued=world.today + timedelta(days=2))
    wrong = invoice.document(datetime.now(UTC))
    sent = world.ask("POST", SEND, reference, json=invoice_body(wrong, key, offlineMode=True))
    settled(world, reference, sent.json["referenceNumber"])
    right = evolve(invoice, issued=world.today).document(datetime.now(UTC))
    changes = {"offlineMode": True, "hashOfCorrectedInvoice": digest(wrong)}
    sent = world.ask("POST", SEND, reference, json=invoice_body(right, key, **changes))
    code = (
        settled(world, reference, sent.json["referenceNumber"])["status"]["code"]
        if sent.status == 202
        else sent.summary
    )
    check("correction.accepted", code == 200, code)
    again = world.ask("POST", SEND, reference, json=invoice_body(world.document(), key, **changes))
    check("correction.21166", again.refuses(21166), again.summary)
    changes = {"offlineMode": True, "hashOfCorrectedInvoice": digest(right)}
    accepted = world.ask(
        "POST", SEND, reference, json=invoice_body(world.document(), key, **changes)
    )
    check("correction.21167", accepted.refuses(21167, 21166), accepted.summary)
