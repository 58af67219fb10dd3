"""Attachments to invoices: by batch and with the seller's consent, larger than others, and once online."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from scripts.contract_tests.checking import facts
from tests.contract.other_documents import filled, with_attachment
from tests.contract.submitting import CLOSE, INVOICE, SEND, opened, settled
from tests.contract.test_batch_sessions import Package, zipped
from tests.contract.test_receiving import QUERY, filters
from tests.contract.world import digest, invoice_body, until

CONSENT = "/permissions/attachments/status"
#: Larger than an invoice may be without an attachment, and with one (documented rule).
LARGE, TOO_LARGE = 1_000_100, 3_000_100


@pytest.fixture(scope="module")
def company(world):
    """A taxpayer of its own, who has consented to nothing so far."""
    nip, client, ask = world.stranger()
    return evolve(world, nip=nip, ksef=client, ask=ask)


def consented(company):
    return company.ask("GET", CONSENT).json or {}


def ask_for(company, what):
    """Have test data about the company changed."""
    return company.ask("POST", f"/testdata/{what}", bearer=None, json={"nip": company.nip})


def codes_of(company, package):
    """The codes of a package's invoices by the names of their files, when it has ended."""
    package.whole()
    rows = company.ask(
        "GET", "/sessions/{referenceNumber}/invoices", package.reference, params={"pageSize": 10}
    ).json["invoices"]
    return {row["invoiceFileName"]: row["status"]["code"] for row in rows}


@pytest.fixture(scope="module")
def without_consent(company):
    """What became of attachments before the seller consented: the consent, and a package's codes."""
    before = consented(company)
    package = Package(company, zipped([("small.xml", with_attachment(company.document()))]))
    return before, codes_of(company, package)


@pytest.fixture(scope="module")
def documents(company):
    """Invoices with and without attachment, within and beyond the sizes, by the names of files."""
    return {
        "small.xml": with_attachment(company.document()),
        "large.xml": with_attachment(company.document(), size=LARGE),
        "too-large.xml": with_attachment(company.document(), size=TOO_LARGE),
        "without.xml": filled(company.document(), LARGE),
    }


@pytest.fixture(scope="module")
def with_consent(company, without_consent, documents):
    """The codes of a package after the consent."""
    ask_for(company, "attachment")
    company.afterwards("consent to attachments", lambda: ask_for(company, "attachment/revoke"))
    until(company, lambda: consented(company).get("isAttachmentAllowed"), 30)
    return codes_of(company, Package(company, zipped(documents.items())))


@facts("attachment.unasked", "attachment.410-no-consent")
def test_attachments_need_the_consent_of_the_seller(check, without_consent):
    before, codes = without_consent
    check("attachment.unasked", before.get("isAttachmentAllowed") is False, before)
    check("attachment.410-no-consent", codes == {"small.xml": 410}, codes)


@facts("attachment.batch", "attachment.large", "attachment.too-large", "attachment.none-large")
def test_a_batch_takes_attachments_of_who_consented(check, with_consent):
    codes = with_consent
    check("attachment.batch", codes.get("small.xml") == 200, codes)
    check("attachment.large", codes.get("large.xml") == 200, codes)
    for fact, name in (
        ("attachment.too-large", "too-large.xml"),
        ("attachment.none-large", "without.xml"),
    ):
        check(fact, codes.get(name, 0) >= 400, codes)


@facts("attachment.415-online", "attachment.correction")
def test_online_an_attachment_comes_with_a_technical_correction_alone(company, check, with_consent):
    answer, key = opened(company)
    session = answer.json["referenceNumber"]

    def code(document, **changes):
        sent = company.ask("POST", SEND, session, json=invoice_body(document, key, **changes))
        if sent.status != 202:
            return sent.summary
        return settled(company, session, sent.json["referenceNumber"])["status"]["code"]

    online = code(with_attachment(company.document()))
    check("attachment.415-online", online == 415, online)
    invoice = company.invoice(issued=company.today + timedelta(days=2))
    wrong = with_attachment(invoice.document(datetime.now(UTC)))
    code(wrong, offlineMode=True)
    right = with_attachment(evolve(invoice, issued=company.today).document(datetime.now(UTC)))
    corrected = code(right, offlineMode=True, hashOfCorrectedInvoice=digest(wrong))
    company.ask("POST", CLOSE, session)
    check("attachment.correction", corrected == 200, corrected)


@facts("attachment.metadata", "attachment.filter")
def test_metadata_tell_of_attachments(company, check, documents, with_consent):
    plain = company.document()
    answer, key = opened(company)
    session = answer.json["referenceNumber"]
    sent = company.ask("POST", SEND, session, json=invoice_body(plain, key))
    reference = sent.json["referenceNumber"]
    settled(company, session, reference)
    company.ask("POST", CLOSE, session)

    def is_stored():
        row = company.ask("GET", INVOICE, session, reference).json
        return row.get("permanentStorageDate")

    # What was sent before is stored by then, too.
    until(company, is_stored)
    found = company.ask("POST", QUERY, json=filters(company), params={"pageSize": 250}).json
    told = {one["invoiceHash"]: one["hasAttachment"] for one in found["invoices"]}
    wanted = {digest(documents[name]): True for name in ("small.xml", "large.xml")}
    held = {name: told.get(name) for name in (*wanted, digest(plain))}
    check("attachment.metadata", held == {**wanted, digest(plain): False}, held)
    narrow = {**filters(company), "hasAttachment": True}
    found = company.ask("POST", QUERY, json=narrow, params={"pageSize": 250}).json
    hashes = {one["invoiceHash"] for one in found["invoices"]}
    check(
        "attachment.filter", set(wanted) <= hashes and digest(plain) not in hashes, sorted(hashes)
    )


@facts("attachment.revoked", "attachment.revoked-date")
def test_a_consent_is_taken_back(company, check, with_consent):
    ask_for(company, "attachment/revoke")
    ended = until(company, lambda: consented(company).get("isAttachmentAllowed") is False, 30)
    status = consented(company)
    check("attachment.revoked", ended, status)
    check("attachment.revoked-date", status.get("revokedDate"), status)
    ask_for(company, "attachment")
    until(company, lambda: consented(company).get("isAttachmentAllowed"), 30)
