"""Online sessions: opening, sending, closing, and what becomes of each invoice."""

import re
import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from ksef_facade.identifiers import KsefNumber, crc8
from scripts.contract_tests.checking import facts, probes
from tests.contract.world import FA_3, badly_padded, digest, invoice_body, moment

STATUS = "/sessions/{referenceNumber}"
COUNTERS = ("invoiceCount", "successfulInvoiceCount", "failedInvoiceCount")
SEND = "/sessions/online/{referenceNumber}/invoices"
CLOSE = "/sessions/online/{referenceNumber}/close"
INVOICE = "/sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}"
UNKNOWN_SESSION = "20250925-SO-2F67776000-97273B191A-65"
FORMS = {
    "form.fa-2": {"systemCode": "FA (2)", "schemaVersion": "1-0E", "value": "FA"},
    "form.pef-3": {"systemCode": "PEF (3)", "schemaVersion": "2-1", "value": "PEF"},
    "form.pef-kor-3": {"systemCode": "PEF_KOR (3)", "schemaVersion": "2-1", "value": "PEF"},
    "form.fa-rr-1": {"systemCode": "FA_RR (1)", "schemaVersion": "1-1E", "value": "FA_RR"},
}


def opened(world, ask=None, form=FA_3, **changes):
    """An open session: the answer, and its key."""
    key, encryption = world.encryption(**changes)
    answer = (ask or world.ask)(
        "POST", "/sessions/online", json={"formCode": form, "encryption": encryption}
    )
    if answer.status == 201 and (ask is None or ask.context == world.ask.context):
        # Whoever opened it, the taxpayer itself may close it. Strangers close their own.
        reference = answer.json["referenceNumber"]
        world.afterwards(f"session {reference}", lambda: _close(world.ask, reference))
    return answer, key


def _close(ask, reference):
    answer = ask("POST", CLOSE, reference)
    return None if answer.refuses(21180) else answer


def settled(world, session, invoice):
    """The status of an invoice when it is final."""
    return world.invoice_over(session, invoice)


def ending(world, document=None, **changes):
    """A session with one invoice, or none, closed and over: its status document."""
    answer, key = opened(world)
    reference = answer.json["referenceNumber"]
    if document is not None:
        world.ask("POST", SEND, reference, json=invoice_body(document, key, **changes))
    world.ask("POST", CLOSE, reference)
    return reference, world.session_over(reference)


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
    if world.is_owner:
        stranger = world.stranger()[2]
        hidden = stranger("GET", STATUS, reference)
        check("online.other-context", hidden.refuses(21173) or hidden.status == 403, hidden.summary)
    else:
        check.miss(
            "online.other-context", "the login is somebody's own; no other taxpayer is made up"
        )
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
        # A taxpayer's own login may lack the right to send PEF: then it is refused by right, not by form.
        check(fact, answer.status == 201 or answer.status == 403, answer.summary)
    unknown = opened(
        world, form={"systemCode": "FA_PEF (3)", "schemaVersion": "2-1", "value": "PEF"}
    )[0]
    check("form.unknown", unknown.refuses(21405), unknown.summary)


@facts(
    "online.close-204",
    "online.close-twice",
    "online.send-after-close",
    "online.empty-440",
    "online.440-text",
    "session.terminal-200-up",
)
def test_an_empty_session(world, check):
    answer, key = opened(world)
    reference = answer.json["referenceNumber"]
    closed = world.ask("POST", CLOSE, reference)
    check("online.close-204", (closed.status, closed.body) == (204, b""), closed.summary)
    again = world.ask("POST", CLOSE, reference)
    check("online.close-twice", again.refuses(21180), again.summary)
    late = world.ask("POST", SEND, reference, json=invoice_body(world.document(), key))
    check("online.send-after-close", late.refuses(21180), late.summary)
    codes = []
    status = world.session_over(reference, codes)["status"]
    check("online.empty-440", status["code"] == 440, codes)
    check("online.440-text", status.get("details") == ["Nie przesłano faktur"], status)
    waiting = all(code < 200 for code in codes[:-1])
    check("session.terminal-200-up", waiting and codes[-1] >= 200, codes)


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
        time.sleep(0.03 if world.environment.is_loopback else 2)
    check("session.settling-170", set(codes) <= {170, 200} and codes[-1] == 200, codes)
