"""One UPO under every check, each with a verdict of its own."""

from __future__ import annotations

import base64
import hashlib
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from ksef_facade.errors import NotAUpo
from ksef_facade.upo.digests import read_digests
from ksef_facade.upo.documents import UpoDocument, facts_of, read_upo
from ksef_facade.upo.facts import check_bounds
from ksef_facade.upo.schema_check import check_schema
from ksef_facade.upo.semantics import Seen, check_entry, check_header
from ksef_facade.upo.signature.checking import SignatureReport, verify_signature
from ksef_facade.upo.verdicts import Check, Findings, Outcome, Verdict, worst
from ksef_facade.upo.walking import UpoSource, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ksef_facade.logins.contexts import Context
    from ksef_facade.upo.entries import UpoEntry
    from ksef_facade.upo.signature.trust import PinsLike

_CHUNK = 1 << 20
# Version of the UPOs of KSeF 1.0.
_KSEF_1_0 = "v3"
# Largest page of a session's UPO (contract: documents on a page; schema: Dokument, maxOccurs).
_MOST_DOCUMENTS = 10_000


@frozen(kw_only=True)
class UpoReport:
    """What every check found in one UPO.

    Attributes:
        verdicts: one for each check, in the order of `Verdict.name`'s description.
        document: what it says; `None` when it is no UPO.
        signature: the whole report on its signature; `None` when it is no UPO.
        sha256: Base64 SHA-256 of its bytes.
    """

    verdicts: tuple[Verdict, ...]
    document: UpoDocument | None = field(default=None, repr=False)
    signature: SignatureReport | None = field(default=None, repr=False)
    sha256: str = ""

    def verdict(self, name: Check) -> Verdict:
        """The verdict of one check.

        Raises:
            LookupError: there was no such check.
        """
        for verdict in self.verdicts:
            if verdict.name == name:
                return verdict
        raise LookupError(name)

    @property
    def outcome(self) -> Literal["ok", "warning", "failed"]:
        """All verdicts in one word: the worst of them."""
        return worst(self.verdicts)

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The verdicts that failed."""
        return tuple(verdict for verdict in self.verdicts if verdict.outcome == "failed")


def verify_upo(
    source: bytes | str | PathLike[str],
    *,
    session_reference: str | None = None,
    context: Context | None = None,
    environment: str | None = None,
    transport_hash: str | None = None,
    pins: PinsLike = None,
    ca_pem: bytes | str | PathLike[str] | None = None,
    at: datetime | None = None,
    schema: bytes | str | PathLike[str] | None = None,
) -> UpoReport:
    """Check one UPO in every way; what is wrong with it is in the report, never raised.

    No request is made. Memory grows with the document while its schema and its signature are
    checked: a page of 10,000 invoices takes about 100 MB.

    Args:
        source: the bytes, or the path of a file.
        session_reference: the session that it must be of.
        context: for whom it must be.
        environment: "test", "demo" or "prod", where it must be from; it decides which pins count.
        transport_hash: SHA-256 of the bytes as KSeF told it (header `x-ms-meta-hash`, or
            `SavedUpo.sha256`).
        pins: fingerprints of certificates to trust (see `Pins`).
        ca_pem: certificates of authorities to trust.
        at: when the signer's certificate must have been valid; by default when it signed.
        schema: the XSD of the UPO, by default that of the installed schemas, if it is there.

    Raises:
        ConfigurationError: the pins, authorities or schema cannot be used, or `at` has no time zone.
        OSError: a file cannot be read.
    """
    kept: UpoSource = bytes(source) if isinstance(source, bytes | bytearray) else Path(source)
    return check_one(
        kept,
        session_reference=session_reference,
        context=context,
        environment=environment,
        transport_hash=transport_hash,
        pins=pins,
        ca_pem=ca_pem,
        at=at,
        schema=schema,
    )


def check_one(
    source: UpoSource,
    *,
    session_reference: str | None,
    context: Context | None,
    environment: str | None,
    transport_hash: str | None,
    pins: PinsLike,
    ca_pem: bytes | str | PathLike[str] | None,
    at: datetime | None,
    schema: bytes | str | PathLike[str] | None,
    seen: Seen | None = None,
    on_entry: Callable[[UpoEntry], object] | None = None,
) -> UpoReport:
    """As `verify_upo`; `seen` holds the numbers of the pages before, and `on_entry` takes each
    invoice.
    """
    sha256 = _digest(source)
    transport = _transport(sha256, transport_hash)
    try:
        document = read_upo(source)
    except NotAUpo as error:
        return UpoReport(verdicts=(transport, *_no_document(str(error))), sha256=sha256)
    semantics = _semantics(
        document,
        session_reference=session_reference,
        context=context,
        environment=environment,
        seen=seen or Seen(),
        on_entry=on_entry,
    )
    signature = verify_signature(document, pins=pins, ca_pem=ca_pem, at=at, environment=environment)
    schema_verdict = check_schema(source, document.namespace, schema)
    # A file is read once for each check: all of them must have seen the same.
    if not isinstance(source, bytes) and _digest(source) != sha256:
        message = "the file was changed while it was being checked"
        transport = Verdict("transport", "failed", message, (message,))
    verdicts = (
        transport,
        Verdict("document", "ok", f"it is a UPO, {document.version}"),
        schema_verdict,
        check_page_of(document),
        semantics,
        *_signature_verdicts(signature, demanded=bool(pins) or ca_pem is not None),
    )
    return UpoReport(verdicts=verdicts, document=document, signature=signature, sha256=sha256)


def _no_document(reason: str) -> tuple[Verdict, ...]:
    names: tuple[Check, ...] = ("schema", "pages", "semantics", "signature", "trust")
    return (
        Verdict("document", "failed", reason, (reason,)),
        *(Verdict(name, "unknown", "it is no UPO that could be read") for name in names),
    )


def _digest(source: UpoSource) -> str:
    hasher = hashlib.sha256()
    with opened(source) as stream:
        while chunk := stream.read(_CHUNK):
            hasher.update(chunk)
    return base64.b64encode(hasher.digest()).decode()


def _transport(actual: str, told: str | None) -> Verdict:
    if told is None:
        return Verdict("transport", "skipped", "no hash was given to compare with")
    wanted = read_digests(told)
    if not wanted:
        return Verdict("transport", "unknown", "the given hash is no SHA-256")
    if wanted == {actual}:
        return Verdict("transport", "ok", "the bytes are those that KSeF sent")
    message = f"the bytes have SHA-256 {actual}, and KSeF told {', '.join(sorted(wanted))}"
    return Verdict("transport", "failed", message, (message,))


def check_page_of(document: UpoDocument) -> Verdict:
    """The verdict "pages" on one document by itself; the other pages are not known here."""
    found = Findings()
    page, pages, total = document.page, document.pages, document.total
    count = document.document_count
    if count == 0:
        found.add("the UPO lists no document")
    if count > _MOST_DOCUMENTS:
        found.add(f"the UPO lists {count} documents; a page has {_MOST_DOCUMENTS} at most")
    for path, text in document.extras:
        if path.startswith("OpisPotwierdzenia/"):
            found.add(f"{path} is {text[:40]!a}")
    if not document.is_session_page:
        if count > 1:
            found.add(f"the UPO lists {count} documents without saying which page it is")
        return found.verdict("pages", "it is the UPO of one invoice")
    if page is None or pages is None or total is None:
        found.add("the UPO does not say which page of how many it is, or of how many documents")
    else:
        if page > pages:
            found.add(f"the UPO says it is page {page} of {pages}")
        if pages == 1 and total != count:
            found.add(f"the only page lists {count} documents and says that there are {total}")
        if pages > 1 and total < count + pages - 1:
            found.add(f"a page lists {count} documents, and all {pages} pages {total}")
    if not found.count and (odd := check_bounds([facts_of(document)])):
        return Verdict("pages", "warning", odd[0], odd)
    if found.count or pages == 1:
        return found.verdict("pages", "it is the only page, and its counts are right")
    return Verdict("pages", "unknown", f"it is page {page} of {pages}; the others were not given")


def _semantics(
    document: UpoDocument,
    *,
    session_reference: str | None,
    context: Context | None,
    environment: str | None,
    seen: Seen,
    on_entry: Callable[[UpoEntry], object] | None,
) -> Verdict:
    found = Findings()
    differing = check_header(
        document,
        found,
        session_reference=session_reference,
        context=context,
        environment=environment,
    )
    has_checksums = document.version != _KSEF_1_0
    for position, entry in enumerate(document.documents(), start=1):
        check_entry(entry, f"document {position}", found, seen, has_checksums=has_checksums)
        if on_entry is not None:
            on_entry(entry)
    fine = "its numbers, hashes, session and taxpayer fit together"
    if found.count or not differing:
        return found.verdict("semantics", fine)
    return Verdict("semantics", "warning", differing[0], differing)


def _signature_verdicts(report: SignatureReport, *, demanded: bool) -> tuple[Verdict, Verdict]:
    who = report.subject or "nobody"
    match report.integrity:
        case "intact":
            integrity = Verdict(
                "signature", "ok", f"the signature covers exactly this document; it says {who}"
            )
        case "broken":
            integrity = Verdict("signature", "failed", report.problems[0], report.problems)
        case "unsupported":
            # A forger could make it so: an error for those who say whom they trust.
            outcome: Outcome = "failed" if demanded else "unknown"
            integrity = Verdict("signature", outcome, report.problems[0], report.problems)
        case "unsigned":
            # The official samples are, and so is whatever a signature was stripped from.
            outcome = "failed" if demanded else "warning"
            integrity = Verdict("signature", outcome, report.problems[0], report.problems)
    if report.integrity != "intact":
        return integrity, Verdict("trust", "unknown", "there is no intact signature to trust")
    match report.trust:
        case "trusted":
            return integrity, Verdict("trust", "ok", f"the signer is known: {who}")
        case "untrusted":
            return integrity, Verdict("trust", "failed", report.problems[0], report.problems)
        case "unknown":
            message = "nothing was given to know the signer by; see its fingerprint"
            return integrity, Verdict("trust", "skipped", message, report.problems)
