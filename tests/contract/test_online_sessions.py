"""Online sessions: opening, sending, closing, and what a good invoice shows."""

import re
import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest

from ksef_facade.identifiers import KsefNumber, crc8
from scripts.contract_tests.checking import facts, probes
from tests.contract.submitting import (
    CLOSE,
    INVOICE,
    SEND,
    STATUS,
    UNKNOWN_SESSION,
    opened,
)
from tests.contract.world import digest, invoice_body, moment

FORMS = {
    "form.fa-2": {"systemCode": "FA (2)", "schemaVersion": "1-0E", "value": "FA"},
    "form.pef-3": {"systemCode": "PEF (3)", "schemaVersion": "2-1", "value": "PEF"},
    "form.pef-kor-3": {"systemCode": "PEF_KOR (3)", "schemaVersion": "2-1", "value": "PEF"},
    "form.fa-rr-1": {"systemCode": "FA_RR (1)", "schemaVersion": "1-1E", "value": "FA_RR"},
}


@pytest.fixture(scope="module")
def started(world):
    """A session that is open, and one good invoice in it."""
    answer, key = opened(world)
    reference = answer.json["referenceNumber"]
    document = world.document()
    sent = world.ask("POST", SEND, reference, json=invoice_body(document, key))
    before = world.ask("GET", STATUS, reference).json
    return {
        "answer": answer,
        "key": key,
        "reference": reference,
        "document": document,
        "sent": sent,
        "before": before,
    }


@facts(
    "online.open-201",
    "online.reference",
    "references.checksum",
    "online.valid-12-hours",
    "online.open-100",
    "online.no-upo-while-open",
    "online.send-202",
    "invoice.reference",
    "invoice.codes-on-the-way",
    "invoice.200",
    "ksef-number.shape",
    "ksef-number.checksum",
    "ksef-number.seller",
    "invoice.hash",
    "invoice.ordinal",
    "invoice.mode-online",
    "invoice.dates",
    "invoice.number",
    "counters.absent-until-positive",
    "nulls.left-out",
)
def test_an_open_session_and_a_good_invoice(world, check, started):
    answer, reference = started["answer"], started["reference"]
    check("online.open-201", answer.status == 201, answer.summary)
    check(
        "online.reference",
        re.fullmatch(r"\d{8}-SO-[0-9A-F]{10}-[0-9A-F]{10}-[0-9A-F]{2}", reference),
        reference,
    )
    lives = moment(answer.json["validUntil"]) - datetime.now(UTC)
    check("online.valid-12-hours", abs(lives - timedelta(hours=12)) < timedelta(minutes=5), lives)
    before = started["before"]
    check("online.open-100", before["status"]["code"] == 100, before["status"])
    check("online.no-upo-while-open", before.get("upo") is None, before.get("upo"))
    sent = started["sent"]
    check("online.send-202", sent.status == 202, sent.summary)
    invoice = sent.json["referenceNumber"]
    check(
        "invoice.reference",
        re.fullmatch(r"\d{8}-EE-[0-9A-F]{10}-[0-9A-F]{10}-[0-9A-F]{2}", invoice),
        invoice,
    )
    for text in (reference, invoice):
        check("references.checksum", f"{crc8(text[:-3].encode()):02X}" == text[-2:], text)
    seen = []
    row = world.invoice_over(reference, invoice, seen)
    check("invoice.codes-on-the-way", set(seen) <= {100, 150, 200}, seen)
    check("invoice.200", row["status"]["code"] == 200 and row.get("ksefNumber"), row["status"])
    number = row.get("ksefNumber", "")
    check(
        "ksef-number.shape", re.fullmatch(r"\d{10}-\d{8}-[0-9A-F]{12}-[0-9A-F]{2}", number), number
    )
    with check.seen("ksef-number.checksum"):
        KsefNumber.parse(number)
    check("ksef-number.seller", number.startswith(world.nip), number)
    check("invoice.hash", row["invoiceHash"] == digest(started["document"]), row["invoiceHash"])
    check("invoice.ordinal", row["ordinalNumber"] == 1, row["ordinalNumber"])
    check("invoice.mode-online", row.get("invoicingMode") == "Online", row.get("invoicingMode"))
    dated = moment(row["acquisitionDate"]) >= moment(row["invoicingDate"])
    check("invoice.dates", dated, (row["invoicingDate"], row["acquisitionDate"]))
    check(
        "invoice.number",
        str(row.get("invoiceNumber", "")).startswith("CT/"),
        row.get("invoiceNumber"),
    )
    now = world.ask("GET", STATUS, reference).json
    check(
        "counters.absent-until-positive",
        now.get("failedInvoiceCount") is None,
        now.get("failedInvoiceCount"),
    )
    empty = [name for name, value in {**now, **row}.items() if value is None]
    check("nulls.left-out", not empty, empty or "no property is null")


@facts(
    "send.21402",
    "send.21403",
    "send.unknown-session",
    "session.unknown",
    "session.close-unknown",
    "online.other-context",
)
@probes("reference-checksum-checked", "unknown-invoice-status", "unknown-invoice-upo")
def test_what_is_refused_at_once(world, check, started):
    reference, body = started["reference"], invoice_body(world.document(), started["key"])
    size = world.ask(
        "POST",
        SEND,
        reference,
        json={**body, "encryptedInvoiceSize": body["encryptedInvoiceSize"] + 16},
    )
    check("send.21402", size.refuses(21402), size.summary)
    hashed = world.ask(
        "POST", SEND, reference, json={**body, "encryptedInvoiceHash": digest(b"another")}
    )
    check("send.21403", hashed.refuses(21403), hashed.summary)
    lost = world.ask("POST", SEND, UNKNOWN_SESSION, json=body)
    check("send.unknown-session", lost.refuses(21173), lost.summary)
    unknown = world.ask("GET", STATUS, UNKNOWN_SESSION)
    check("session.unknown", unknown.refuses(21173), unknown.summary)
    unknown = world.ask("POST", CLOSE, UNKNOWN_SESSION)
    check("session.close-unknown", unknown.refuses(21173), unknown.summary)
    hidden = world.stranger()[2]("GET", STATUS, reference)
    check("online.other-context", hidden.refuses(21173) or hidden.status == 403, hidden.summary)
    wrong = UNKNOWN_SESSION[:-2] + "66"
    told = world.ask("GET", STATUS, wrong)
    check.probe(
        "reference-checksum-checked", f"an unknown reference with a wrong checksum: {told.summary}"
    )
    missing = "20250625-EE-319D7EE000-B67F415CDC-2C"
    check.probe("unknown-invoice-status", world.ask("GET", INVOICE, reference, missing).summary)
    upo = world.ask("GET", INVOICE + "/upo", reference, missing)
    check.probe("unknown-invoice-upo", upo.summary)


@facts(*FORMS, "form.unknown")
def test_form_codes(world, check):
    for fact, form in FORMS.items():
        answer = opened(world, form=form)[0]
        if answer.status == 403 and not world.is_owner:
            check.miss(fact, "this login lacks the right to send such invoices")
            continue
        check(fact, answer.status == 201, answer.summary)
    unknown = opened(
        world, form={"systemCode": "FA_PEF (3)", "schemaVersion": "2-1", "value": "PEF"}
    )[0]
    check("form.unknown", unknown.refuses(21405), unknown.summary)


@facts(
    "online.close-204",
    "online.close-twice",
    "online.send-after-close",
    "online.empty-440",
    "online.empty-at-once",
    "online.440-text",
    "session.terminal-200-up",
)
def test_an_empty_session(world, check):
    answer, key = opened(world)
    reference = answer.json["referenceNumber"]
    closed = world.ask("POST", CLOSE, reference)
    at_once = world.ask("GET", STATUS, reference).json["status"]
    check("online.close-204", (closed.status, closed.body) == (204, b""), closed.summary)
    check("online.empty-at-once", at_once["code"] == 440, at_once)
    again = world.ask("POST", CLOSE, reference)
    check("online.close-twice", again.refuses(21180), again.summary)
    late = world.ask("POST", SEND, reference, json=invoice_body(world.document(), key))
    check("online.send-after-close", late.refuses(21180), late.summary)
    codes = []
    status = world.session_over(reference, codes)["status"]
    check("online.empty-440", status["code"] == 440, codes)
    check("online.440-text", status.get("details") == ["Nie przesłano faktur"], status)
    time.sleep(0.3 if not world.run.target.is_live else 5)
    codes.append(world.ask("GET", STATUS, reference).json["status"]["code"])
    check("session.terminal-200-up", codes[-1] == codes[-2] >= 200, codes)


@facts("online.bad-key-201", "online.bad-key-415", "online.bad-key-send", "online.bad-key-close")
def test_a_key_that_nobody_can_read(world, check):
    answer, key = opened(world, encryptedSymmetricKey=b64encode(bytes(range(256))).decode())
    check("online.bad-key-201", answer.status == 201, answer.summary)
    reference = answer.json["referenceNumber"]
    status = world.session_over(reference)["status"]
    check("online.bad-key-415", status["code"] == 415, status)
    sent = world.ask("POST", SEND, reference, json=invoice_body(world.document(), key))
    check("online.bad-key-send", sent.refuses(21180), sent.summary)
    closed = world.ask("POST", CLOSE, reference)
    check("online.bad-key-close", closed.refuses(21180), closed.summary)


@facts("session.settling-170")
def test_what_a_closing_session_shows(world, check):
    answer, key = opened(world)
    reference = answer.json["referenceNumber"]
    world.ask("POST", SEND, reference, json=invoice_body(world.document(), key))
    world.ask("POST", CLOSE, reference)
    codes = []
    for _ in range(60):
        codes.append(world.ask("GET", STATUS, reference).json["status"]["code"])
        if codes[-1] >= 200:
            break
        time.sleep(0.03 if not world.run.target.is_live else 2)
    if codes == [200]:
        check.miss("session.settling-170", "it was over at the first look")
    else:
        check("session.settling-170", set(codes) == {170, 200} and codes[-1] == 200, codes)
