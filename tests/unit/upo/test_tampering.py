"""What a forger may do to a receipt, and which verdict notices it: exactly these, and no other."""

# ruff: noqa: E501 - a table is read by its rows, so each is a line

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence

import pytest
from attrs import evolve, frozen

from ksef_facade.logins.contexts import Context
from ksef_facade.models.sessions import InvoiceStatus, SessionStatus, StatusInfo
from ksef_facade.upo import ReceiptReport, verify_receipt, verify_upo

from .signers import (
    HASHES,
    NUMBERS,
    SELLER,
    SESSION,
    SIGNED_AT,
    canonical,
    entry,
    issue,
    seal,
    signed,
    usage,
    xmlsec_accepts,
)

OTHER_SESSION = "20250625-SO-2C3E6C8000-B675CF5D68-07"
FIRST, SECOND = (canonical((0, 1), 1, 2, 4), canonical((2, 3), 2, 2, 4))
FORGER = issue(6, "Seal", usage(digital_signature=True))


@frozen
class Case:
    """A receipt and all that its reader knows of it."""

    pages: tuple[bytes, ...]
    told: tuple[str | None, ...] = ()
    invoices: tuple[InvoiceStatus, ...] = ()
    sent: tuple[str, ...] = ()
    session: SessionStatus | None = None


def accepted(position: int) -> InvoiceStatus:
    return InvoiceStatus(
        reference_number=f"20250925-EE-{position}",
        status=StatusInfo(code=200),
        ordinal_number=position + 1,
        invoice_number=f"FA/{position + 1}",
        ksef_number=NUMBERS[position],
        invoice_hash=HASHES[position],
        invoicing_mode="Online",
    )


def whole() -> Case:
    """The receipt as it is."""
    return Case(
        pages=(signed(FIRST), signed(SECOND)),
        invoices=tuple(map(accepted, range(4))),
        sent=HASHES,
        session=SessionStatus(
            reference_number=SESSION,
            status=StatusInfo(code=200),
            successful_invoice_count=4,
        ),
    )


def checked(case: Case) -> ReceiptReport:
    return verify_receipt(
        case.pages,
        case.session,
        case.invoices,
        case.sent,
        context=Context("Nip", SELLER),
        environment="test",
        transport_hashes=case.told or None,
        pins=[seal().fingerprint],
    )


Forgery = Callable[[Case], Case]


def pages(change: Callable[[Sequence[bytes]], Sequence[bytes]]) -> Forgery:
    return lambda case: evolve(case, pages=tuple(change(case.pages)))


def first(change: Callable[[bytes], bytes]) -> Forgery:
    return pages(lambda found: [change(found[0]), *found[1:]])


def text(old: str, new: str, count: int = -1) -> Forgery:
    """A text of the first page replaced; nothing is signed anew."""

    def change(content: bytes) -> bytes:
        changed = content.replace(old.encode(), new.encode(), count)
        assert changed != content, old
        return changed

    return first(change)


def resigned(old: str, new: str) -> Forgery:
    """A text of the first page replaced by whoever holds the Ministry's key: signatures hold."""
    assert old in FIRST
    return pages(lambda found: [signed(FIRST.replace(old, new, 1)), *found[1:]])


def told(*hashes: str | None) -> Forgery:
    return lambda case: evolve(case, told=hashes)


def digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def signature_of(content: bytes) -> bytes:
    start, end = content.index(b"<ds:Signature "), content.index(b"</ds:Signature>") + 15
    return content[start:end]


def without_signature(content: bytes) -> bytes:
    return content.replace(signature_of(content), b"")


def moved_into(element: bytes) -> Callable[[bytes], bytes]:
    """The signature under another element than the root."""

    def change(content: bytes) -> bytes:
        inner = b"<" + element + b">"
        assert inner in content
        return without_signature(content).replace(inner, inner + signature_of(content), 1)

    return change


def wrapped(content: bytes) -> bytes:
    """A forged document, with the signed one inside of it."""
    forged = FIRST.replace("FA/1<", "FA/9<").encode()
    body = content[content.index(b"<Potwierdzenie") :]
    return forged.replace(b"</Potwierdzenie>", b"<Nowy>" + body + b"</Nowy></Potwierdzenie>")


def wrapped_by_id(content: bytes) -> bytes:
    """The forged document refers to a copy of the signed one by its Id."""
    signature = signature_of(content)
    signature = signature.replace(b'Type="" URI=""', b'Type="" URI="#copy"')
    original = without_signature(content[content.index(b"<Potwierdzenie") :])
    original = original.replace(b"<Potwierdzenie", b'<Potwierdzenie Id="copy"', 1)
    forged = FIRST.replace("FA/1<", "FA/9<").encode()
    inside = b"<Nowy>" + original + b"</Nowy>" + signature + b"</Potwierdzenie>"
    return forged.replace(b"</Potwierdzenie>", inside)


def other_signature(content: bytes) -> bytes:
    return without_signature(content).replace(
        b"</Potwierdzenie>", signature_of(signed(SECOND)) + b"</Potwierdzenie>"
    )


def other_certificate(content: bytes) -> bytes:
    def certificate(of: bytes) -> bytes:
        start = of.index(b"<ds:X509Certificate>")
        return of[start : of.index(b"</ds:X509Certificate>")]

    return content.replace(certificate(content), certificate(signed(signer=FORGER)))


def with_doctype(subset: str) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(
        b"?>", f"?><!DOCTYPE Potwierdzenie {subset}>".encode(), 1
    )


HTML = b"<html><body>Request unsuccessful. Incapsula incident ID: 1</body></html>"
UNREADABLE = {"document", "pages", "reconciliation"}
DS = "http://www.w3.org/2000/09/xmldsig#"

# Kind of tampering, how it is done, the verdicts that must fail, and a word of what they must say.
TABLE: list[tuple[str, Forgery, set[str], str]] = [
    # Bytes.
    ("a byte of a number", text("FA/1<", "FA/7<"), {"signature", "reconciliation"}, "FA/7"),
    ("a byte of the hash", text(HASHES[0], HASHES[0][:-2] + "0="), {"signature", "reconciliation"}, "hash"),
    ("a date", text("2025-09-24", "2025-09-23", 1), {"signature"}, "changed since"),
    ("a time", text("13:50:01", "13:40:01", 1), {"signature"}, "changed since"),
    ("the mode", text("Online", "Offline", 1), {"signature", "reconciliation"}, "mode"),
    ("a blank between elements", text("<Dokument>", "\n<Dokument>", 1), {"signature"}, "changed"),
    ("an instruction before the root", text("?><Potw", "?><?xml-stylesheet href='x'?><Potw"), {"signature"}, "changed"),
    ("an element nobody knows", text("<KodFormularza>", "<Nowy>1</Nowy><KodFormularza>"), {"signature"}, "changed"),
    ("an attribute of the root", text("<Potwierdzenie ", '<Potwierdzenie a="b" '), {"signature"}, "changed"),
    ("a namespace version", text("KSeF/v4-3", "KSeF/v4-2"), {"signature"}, "changed"),
    ("cut off in the middle", first(lambda content: content[:2500]), UNREADABLE, "not well-formed"),
    ("emptied", first(lambda content: b""), UNREADABLE, "is empty"),
    ("bytes behind the end", first(lambda content: content + b"<x/>"), UNREADABLE, "not well-formed"),
    # Transport.
    ("other bytes than were sent", told(digest(b"x"), None), {"transport"}, "KSeF told"),
    ("the pages' hashes swapped", told(digest(signed(SECOND)), digest(signed(FIRST))), {"transport"}, "file 1"),
    # What is no UPO.
    ("HTML instead of XML", first(lambda content: HTML), UNREADABLE, "HTML page"),
    ("JSON instead of XML", first(lambda content: b'{"status": 429}'), UNREADABLE, "not well-formed"),
    ("an invoice instead", text("Potwierdzenie", "Faktura"), UNREADABLE, "root element"),
    ("a namespace of nobody", text("http://upo.schematy", "http://upo.example"), UNREADABLE, "root element"),
    ("a DOCTYPE", first(with_doctype("")), UNREADABLE, "DOCTYPE"),
    ("an entity of a file", first(with_doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]')), UNREADABLE, "DOCTYPE"),
    ("entities that multiply", first(with_doctype('[<!ENTITY a "ha"><!ENTITY x "&a;&a;&a;">]')), UNREADABLE, "DOCTYPE"),
    ("an entity that nobody declared", text("FA/1<", "&x;<"), UNREADABLE, "not well-formed"),
    ("a second session reference", text("<Uwierzytelnienie>", f"<NumerReferencyjnySesji>{OTHER_SESSION}</NumerReferencyjnySesji><Uwierzytelnienie>"), UNREADABLE, "more than one"),
    # Pages.
    ("the files of the pages swapped", pages(lambda found: [found[1], found[0]]), set(), ""),
    ("a page dropped", pages(lambda found: found[:1]), {"pages", "reconciliation"}, "1 of 2 pages are missing: 2"),
    ("a page doubled", pages(lambda found: [*found, found[0]]), {"pages", "semantics", "reconciliation"}, "more than once"),
    ("a page of another receipt", pages(lambda found: [found[0], signed(SECOND.replace(SESSION, OTHER_SESSION))]), {"pages", "semantics"}, "different sessions"),
    ("a page's number", resigned("<Strona>1", "<Strona>2"), {"pages"}, "more than once: 2"),
    ("the number of pages", resigned("<LiczbaStron>2", "<LiczbaStron>3"), {"pages"}, "disagree on the number of pages"),
    ("the number of documents", resigned("Dokumentow>4", "Dokumentow>5"), {"pages"}, "disagree on the number of documents"),
    ("a document dropped", resigned(entry(1), ""), {"pages", "reconciliation"}, "does not prove it"),
    ("a document doubled", resigned(entry(1), entry(1) * 2), {"pages", "semantics", "reconciliation"}, "more than once"),
    ("every document dropped", resigned(entry(0) + entry(1), ""), {"pages", "reconciliation"}, "no document"),
    # Signed by the right key, and yet not right.
    ("another session", resigned(SESSION, OTHER_SESSION), {"pages", "semantics"}, f"not of {SESSION}"),
    ("another taxpayer", resigned(f"<Nip>{SELLER}", "<Nip>1111111111"), {"semantics"}, "is for 1111111111"),
    ("another environment", resigned(" - środowisko testowe (TE)", ""), {"semantics"}, "is from prod"),
    ("a KSeF number's checksum", resigned("-AF<", "-AE<"), {"semantics", "reconciliation"}, "last two digits"),
    ("another seller than the number's", resigned(f"<NipSprzedawcy>{SELLER}", "<NipSprzedawcy>1111111111"), {"semantics"}, "the KSeF number is of seller"),
    ("a hash that is none", resigned(HASHES[0], "x" * 44), {"semantics", "reconciliation"}, "no SHA-256"),
    ("a second KSeF number", resigned("<NumerFaktury>", f"<NumerKSeFDokumentu>{NUMBERS[3]}</NumerKSeFDokumentu><NumerFaktury>"), {"semantics"}, "doubled"),
    ("two hashes swapped", pages(lambda found: [signed(FIRST.replace(HASHES[0], "?").replace(HASHES[1], HASHES[0]).replace("?", HASHES[1])), found[1]]), {"reconciliation"}, "the hash is"),
    ("a missing KSeF number", resigned(f"<NumerKSeFDokumentu>{NUMBERS[0]}</NumerKSeFDokumentu>", ""), {"semantics"}, "has no KSeF number"),
    # Signatures.
    ("the signature stripped", first(without_signature), {"signature"}, "not signed"),
    ("the signature emptied", first(lambda content: content.replace(signature_of(content), f'<ds:Signature xmlns:ds="{DS}"/>'.encode())), {"signature"}, "SignedInfo"),
    ("the signature moved into an invoice", first(moved_into(b"Dokument")), {"signature"}, "directly under its root"),
    ("the signature of another page", first(other_signature), {"signature"}, "changed since"),
    ("a second signature", first(lambda content: content.replace(b"</Potwierdzenie>", signature_of(signed(SECOND)) + b"</Potwierdzenie>")), {"signature"}, "2 signatures"),
    ("the signature's value", first(lambda content: _value_changed(content)), {"signature"}, "does not match"),
    ("the signing time", text("<xades:SigningTime>2025", "<xades:SigningTime>2024"), {"signature"}, "changed since"),
    ("another certificate put in", first(other_certificate), {"signature"}, "does not match"),
    ("a reference taken out", first(lambda content: _reference_dropped(content)), {"signature"}, "whole document"),
    ("a method that is too weak", text("more#rsa-sha256", "more#rsa-sha512"), {"signature"}, "is not accepted"),
    ("a digest that is too weak", text("xmlenc#sha256", "xmldsig-more#md5"), {"signature"}, "is not accepted"),
    ("a transform of a stranger", text("xmldsig#enveloped-signature", "xmldsig#base64"), {"signature"}, "is not known here"),
    ("wrapped in a forged document", first(wrapped), {"signature", "reconciliation"}, "directly under its root"),
    ("wrapped and referred to by Id", first(wrapped_by_id), {"signature", "reconciliation"}, "whole document"),
    ("signed by somebody of the same name", pages(lambda found: [signed(FIRST.replace("FA/1<", "FA/9<"), FORGER), found[1]]), {"trust", "reconciliation"}, "none of those that are pinned"),
    ("signed outside of the certificate's time", pages(lambda found: [signed(FIRST, at=SIGNED_AT.replace(year=2020)), found[1]]), {"trust"}, "was not valid"),
    # What was sent, and what the session says.
    ("an invoice that was not sent", lambda case: evolve(case, sent=HASHES[:3]), {"reconciliation"}, "not among those that were sent"),
    ("an invoice that the session does not know", lambda case: evolve(case, sent=(*HASHES, digest(b"x"))), {"reconciliation"}, "was sent, and"),
    ("an invoice struck from the list", lambda case: evolve(case, invoices=case.invoices[:3]), {"reconciliation"}, "does not list"),
    ("an invoice called rejected", lambda case: evolve(case, invoices=(*case.invoices[:3], evolve(case.invoices[3], ksef_number=None, status=StatusInfo(code=450)))), {"reconciliation"}, "was not accepted"),
]  # fmt: skip


def _value_changed(content: bytes) -> bytes:
    place = (
        content.index(b"<ds:SignatureValue")
        + content[content.index(b"<ds:SignatureValue") :].index(b">")
        + 5
    )
    letter = b"A" if content[place : place + 1] != b"A" else b"B"
    return content[:place] + letter + content[place + 1 :]


def _reference_dropped(content: bytes) -> bytes:
    start = content.index(b"<ds:Reference Id=")
    end = content.index(b"</ds:Reference>") + len(b"</ds:Reference>")
    return content[:start] + content[end:]


def test_the_receipt_as_it_is_passes_every_check() -> None:
    case = whole()
    report = checked(evolve(case, told=tuple(digest(page) for page in case.pages)))
    assert {verdict.name: verdict.outcome for verdict in report.verdicts} == {
        "transport": "ok",
        "document": "ok",
        "schema": "skipped",
        "pages": "ok",
        "semantics": "ok",
        "reconciliation": "ok",
        "signature": "ok",
        "trust": "ok",
    }


@pytest.mark.parametrize(
    ("forgery", "verdicts", "word"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_every_kind_of_tampering_is_caught_by_the_verdicts_that_should(
    forgery: Forgery, verdicts: set[str], word: str
) -> None:
    report = checked(forgery(whole()))
    assert {verdict.name for verdict in report.failed} == verdicts
    said = [line for verdict in report.failed for line in (verdict.message, *verdict.details)]
    assert not verdicts or any(word in line for line in said), said
    assert all(line.isprintable() for line in said)


def test_the_table_has_forty_kinds_that_are_caught() -> None:
    assert sum(1 for row in TABLE if row[2]) >= 40
    assert len({row[0] for row in TABLE}) == len(TABLE)


# Where the signature stands makes no difference to what it covers; to us it does, because whoever
# moves it has something in mind.
STRICTER_THAN_XMLSEC = {"the signature moved into an invoice"}


def test_xmlsec_says_the_same_of_every_signature() -> None:
    compared = 0
    for kind, forgery, _, _ in TABLE:
        page = forgery(whole()).pages[0]
        if b"<ds:X509Certificate>" not in page:
            continue
        verdict = verify_upo(page).verdict("signature")
        if verdict.outcome == "unknown":
            continue  # it is no UPO, so that its signature is not looked at
        assert (verdict.outcome == "ok") == (
            xmlsec_accepts(page) and kind not in STRICTER_THAN_XMLSEC
        ), kind
        compared += 1
    assert compared > 40
