"""Receipts: three ways to an invoice's UPO, the session's pages, links, hashes, and what stands in them."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from lxml import etree

from ksef_facade.local_time import poland
from ksef_facade.upo import verify_signature
from scripts.contract_tests.checking import facts, probes
from tests.contract.submitting import CLOSE, INVOICE, SEND, STATUS, opened, settled
from tests.contract.world import PATIENCE, digest, invoice_body, moment, token_claims

BY_NUMBER = "/sessions/{referenceNumber}/invoices/ksef/{ksefNumber}/upo"
BY_REFERENCE = "/sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}/upo"
PAGE = "/sessions/{referenceNumber}/upo/{upoReferenceNumber}"
NAMESPACE = "http://upo.schematy.mf.gov.pl/KSeF/v4-3"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
HASH = "x-ms-meta-hash"
NOTHING = "20250625-EE-319D7EE000-B67F415CDC-2C"


def parse(body):
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))


def text(root, path):
    return root.findtext("/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/")))


@pytest.fixture(scope="module")
def received(world):
    """A session with two accepted invoices and a rejected one, and everything that proves it."""
    answer, key = opened(world)
    session = answer.json["referenceNumber"]
    documents = [world.document(), world.document(), b"Faktura"]
    sent = [
        world.ask("POST", SEND, session, json=invoice_body(document, key)).json["referenceNumber"]
        for document in documents
    ]
    statuses = [settled(world, session, one) for one in sent]
    # The receipt of an invoice is there while its session is open.
    early = world.ksef.session(session).invoice(sent[0]).upo()
    world.ask("POST", CLOSE, session)
    raw = world.session_over(session)
    at_once = bool((raw.get("upo") or {}).get("pages"))
    if not (raw.get("upo") or {}).get("pages"):
        # The receipt may come a little after the end of the session.
        world.ksef.session(session).upo.wait(PATIENCE)
        raw = world.ask("GET", STATUS, session).json
    rows = [world.ask("GET", INVOICE, session, one).json for one in sent]
    page = raw["upo"]["pages"][0]
    return {
        "session": session,
        "documents": documents,
        "sent": sent,
        "statuses": statuses,
        "early": early,
        "raw": raw,
        "at_once": at_once,
        "rows": rows,
        "page": page,
        "by_number": world.ask("GET", BY_NUMBER, session, rows[0]["ksefNumber"]),
        "by_reference": world.ask("GET", BY_REFERENCE, session, sent[0]),
        "by_link": world.ask.link("GET", rows[0]["upoDownloadUrl"]),
        "page_api": world.ask("GET", PAGE, session, page["referenceNumber"]),
        "page_link": world.ask.link("GET", page["downloadUrl"]),
    }


@probes("upo-with-200")
@facts(
    "upo.invoice-while-open",
    "upo.three-ways",
    "upo.same-bytes",
    "upo.page-same-bytes",
    "upo.hash-api",
    "upo.hash-link",
    "upo.media-type",
    "upo.page-reference",
    "upo.after-200",
    "upo.by-reference",
)
def test_the_ways_to_a_receipt(world, check, received):
    ways = [received[name] for name in ("by_number", "by_reference", "by_link")]
    told = "already there" if received["at_once"] else "not there yet"
    check.probe("upo-with-200", f"with the first status of 200 the pages are {told}")
    check("upo.invoice-while-open", received["early"].content, received["early"].source)
    check("upo.three-ways", all(way.status == 200 for way in ways), [way.summary for way in ways])
    check("upo.by-reference", ways[1].status == 200, ways[1].summary)
    same = len({way.body for way in ways} | {received["early"].content}) == 1
    check("upo.same-bytes", same, [len(way.body) for way in ways])
    pages = received["page_api"], received["page_link"]
    check("upo.page-same-bytes", pages[0].body == pages[1].body, [page.summary for page in pages])
    for way in (received["by_number"], received["by_reference"], received["page_api"]):
        check("upo.hash-api", way.headers.get(HASH) == digest(way.body), way.headers.get(HASH))
    for way in (received["by_link"], received["page_link"]):
        check("upo.hash-link", way.headers.get(HASH) == digest(way.body), way.headers.get(HASH))
    media = received["page_api"].headers.get("content-type", "")
    check("upo.media-type", media.startswith("application/xml"), media)
    reference = received["page"]["referenceNumber"]
    check(
        "upo.page-reference",
        re.fullmatch(r"\d{8}-EU-[0-9A-F]{10}-[0-9A-F]{10}-[0-9A-F]{2}", reference),
        reference,
    )
    check("upo.after-200", received["raw"]["status"]["code"] == 200, received["raw"]["status"])


@facts(
    "link.absolute",
    "link.same-host",
    "link.no-login",
    "link.renewed",
    "link.three-days",
    "link.spoilt-403",
    "upo.invoice-link-expiry",
)
@probes("download-url-form")
def test_links(world, check, received):
    url = received["page"]["downloadUrl"]
    parts = urlsplit(url)
    check(
        "link.absolute",
        parts.scheme in ("http", "https") and parts.netloc,
        f"{parts.scheme}://{parts.netloc}",
    )
    host = urlsplit(world.environment.base_url).hostname
    check("link.same-host", parts.hostname == host, parts.hostname)
    shape = re.sub(
        r"[0-9A-Za-z]{8}-S[OB]-[0-9A-Za-z-]+", "{session}", parts.path, flags=re.IGNORECASE
    )
    check.probe("download-url-form", f"{'absolute' if parts.netloc else 'relative'}, path {shape}")
    # The link itself was fetched without any login: `ask.link` sends no token.
    check("link.no-login", received["page_link"].status == 200, received["page_link"].summary)
    again = world.ask("GET", STATUS, received["session"]).json["upo"]["pages"][0]
    check(
        "link.renewed",
        again["downloadUrlExpirationDate"]
        and again["referenceNumber"] == received["page"]["referenceNumber"],
        again["referenceNumber"],
    )
    lives = moment(received["page"]["downloadUrlExpirationDate"]) - datetime.now(UTC)
    check("link.three-days", timedelta(hours=71) < lives < timedelta(hours=73), lives)
    spoilt = world.ask.link("GET", re.sub(r"sig=[^&]{4}", "sig=AAAA", url))
    check("link.spoilt-403", spoilt.status in (401, 403), spoilt.summary)
    row = received["rows"][0]
    check(
        "upo.invoice-link-expiry",
        row.get("upoDownloadUrlExpirationDate"),
        row.get("upoDownloadUrlExpirationDate"),
    )


@facts(
    "upo.rejected-21178",
    "upo.rejected-no-link",
    "upo.wrong-page-21178",
    "upo.by-reference-21178",
    "upo.unknown-session",
)
def test_receipts_that_do_not_exist(world, check, received):
    session = received["session"]
    foreign = "5265877635-20250826-0100001AF629-AF"
    answer = world.ask("GET", BY_NUMBER, session, foreign)
    check("upo.rejected-21178", answer.refuses(21178), answer.summary)
    link = received["rows"][2].get("upoDownloadUrl")
    check("upo.rejected-no-link", link is None, "none" if link is None else "a link")
    answer = world.ask("GET", PAGE, session, "20250901-EU-47FDBE3000-5961A5D232-BF")
    check("upo.wrong-page-21178", answer.refuses(21178), answer.summary)
    answer = world.ask("GET", BY_REFERENCE, session, received["sent"][2])
    check("upo.by-reference-21178", answer.refuses(21178), answer.summary)
    answer = world.ask(
        "GET", PAGE, "20250925-SO-2F67776000-97273B191A-65", received["page"]["referenceNumber"]
    )
    check("upo.unknown-session", answer.refuses(21173, 21178), answer.summary)


@facts(
    "upo.root",
    "upo.authority",
    "upo.session-reference",
    "upo.context",
    "upo.proof-of-login",
    "upo.structure-name",
    "upo.form-code",
    "upo.invoice-without-page",
    "upo.one-document",
)
@probes("upo-authority-name")
def test_what_stands_in_a_receipt(world, check, received):
    root = parse(received["by_number"].body)
    check("upo.root", root.tag == f"{{{NAMESPACE}}}Potwierdzenie", root.tag)
    authority = text(root, "NazwaPodmiotuPrzyjmujacego") or ""
    check(
        "upo.authority",
        authority.startswith("Ministerstwo Finansów") and "(TE)" in authority,
        authority,
    )
    check.probe("upo-authority-name", authority)
    check(
        "upo.session-reference",
        text(root, "NumerReferencyjnySesji") == received["session"],
        text(root, "NumerReferencyjnySesji"),
    )
    context = text(root, "Uwierzytelnienie/IdKontekstu/Nip")
    check("upo.context", context == world.nip, context)
    proof = [child.tag.partition("}")[2] for child in root.find(f"{{{NAMESPACE}}}Uwierzytelnienie")]
    wanted = {"SkrotDokumentuUwierzytelniajacego", "NumerReferencyjnyTokenaKSeF"}
    check("upo.proof-of-login", wanted & set(proof), proof)
    structure = text(root, "NazwaStrukturyLogicznej")
    check("upo.structure-name", structure == "Schemat_FA(3)_v1-0E.xsd", structure)
    check("upo.form-code", text(root, "KodFormularza") == "FA (3)", text(root, "KodFormularza"))
    check(
        "upo.invoice-without-page",
        root.find(f"{{{NAMESPACE}}}OpisPotwierdzenia") is None,
        "OpisPotwierdzenia",
    )
    documents = root.findall(f"{{{NAMESPACE}}}Dokument")
    check("upo.one-document", len(documents) == 1, len(documents))


@facts(
    "upo.page-description",
    "upo.page-counts-from-1",
    "upo.page-total",
    "upo.page-only-accepted",
    "upo.document-order",
    "upo.document-hash",
    "upo.document-number",
    "upo.document-seller",
    "upo.document-mode",
    "upo.document-issued",
    "upo.document-times",
    "upo.one-page",
)
@probes("upo-range-inclusive")
def test_what_stands_in_a_page(world, check, received):
    root = parse(received["page_link"].body)
    about = root.find(f"{{{NAMESPACE}}}OpisPotwierdzenia")
    check("upo.page-description", about is not None, "OpisPotwierdzenia")
    numbers = [
        int(text(about, name))
        for name in (
            "Strona",
            "LiczbaStron",
            "ZakresDokumentowOd",
            "ZakresDokumentowDo",
            "CalkowitaLiczbaDokumentow",
        )
    ]
    check("upo.page-counts-from-1", numbers[0] == 1, numbers)
    check("upo.one-page", numbers[1] == len(received["raw"]["upo"]["pages"]) == 1, numbers)
    documents = root.findall(f"{{{NAMESPACE}}}Dokument")
    check(
        "upo.page-total",
        numbers[4] == len(documents) == received["raw"]["successfulInvoiceCount"],
        (numbers, len(documents)),
    )
    told = "inclusive" if numbers[3] - numbers[2] + 1 == len(documents) else "exclusive"
    check.probe(
        "upo-range-inclusive",
        f"{numbers[2]} to {numbers[3]} for {len(documents)} documents: {told}",
    )
    good = received["rows"][:2]
    inside = [text(one, "NumerKSeFDokumentu") for one in documents]
    check("upo.page-only-accepted", set(inside) == {row["ksefNumber"] for row in good}, inside)
    check("upo.document-order", inside == [row["ksefNumber"] for row in good], inside)
    for one, row in zip(documents, good, strict=True):
        check(
            "upo.document-hash",
            text(one, "SkrotDokumentu") == row["invoiceHash"],
            text(one, "SkrotDokumentu"),
        )
        check(
            "upo.document-number",
            text(one, "NumerFaktury") == row["invoiceNumber"],
            text(one, "NumerFaktury"),
        )
        check(
            "upo.document-seller",
            text(one, "NipSprzedawcy") == row["ksefNumber"][:10],
            text(one, "NipSprzedawcy"),
        )
        check(
            "upo.document-mode",
            text(one, "TrybWysylki") == row["invoicingMode"],
            text(one, "TrybWysylki"),
        )
        issued = text(one, "DataWystawieniaFaktury")
        check("upo.document-issued", issued == world.today.isoformat(), issued)
        given = moment(text(one, "DataNadaniaNumeruKSeF"))
        offset = given.astimezone(poland()).utcoffset()
        check("upo.document-times", given.utcoffset() == offset, given.isoformat())


@facts("upo.signature-last-child", "upo.signature-intact")
@probes("upo-signature")
def test_the_signature_of_a_receipt(check, received):
    body = received["page_link"].body
    root = parse(body)
    at = (
        [child.tag for child in root].index(SIGNATURE) if root.find(SIGNATURE) is not None else None
    )
    check("upo.signature-last-child", at is not None and at == len(root) - 1, at)
    found = verify_signature(body)
    check("upo.signature-intact", found.integrity == "intact", found.integrity)
    methods = [
        element.get("Algorithm")
        for element in root.iter("{http://www.w3.org/2000/09/xmldsig#}SignatureMethod")
    ]
    held = len(list(root.iter("{http://www.w3.org/2000/09/xmldsig#}X509Certificate")))
    check.probe("upo-signature", f"{methods}; {held} certificate(s) in KeyInfo; {found.integrity}")


@facts("login.document-hash")
def test_the_receipt_names_the_login(world, check, received):
    root = parse(received["page_link"].body)
    hashed = text(root, "Uwierzytelnienie/SkrotDokumentuUwierzytelniajacego")
    token = text(root, "Uwierzytelnienie/NumerReferencyjnyTokenaKSeF")
    if world.is_owner:
        check(
            "login.document-hash", hashed and len(hashed) == 44 and token is None, (hashed, token)
        )
    else:
        check.miss("login.document-hash", "how this login was made is not known")
    assert token_claims(world.ask.token)
