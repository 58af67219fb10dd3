"""The signature of a UPO as two verdicts: is it whole, and is the signer someone known."""

from __future__ import annotations

from datetime import UTC, datetime
from os import PathLike
from typing import TYPE_CHECKING, Final, Literal

from attrs import evolve, frozen

from ksef_facade.errors import ConfigurationError, NotAUpo
from ksef_facade.upo.documents import UpoDocument, read_upo
from ksef_facade.upo.signature.errors import NotIntact, NotSupported
from ksef_facade.upo.signature.trust import PinsLike, Trust, as_pins, issued_by, load_authorities
from ksef_facade.upo.signature.xml_signature import (
    Verified,
    certificates_in,
    hardened_parser,
    signatures_in,
    verify,
)
from ksef_facade.upo.walking import UpoSource, opened

if TYPE_CHECKING:
    from lxml.etree import _Element

Integrity = Literal["intact", "broken", "unsigned", "unsupported"]

# A page of 10,000 invoices has 6 MB. A tree takes ten times the memory of its text.
_LARGEST: Final = 64 << 20


@frozen(kw_only=True)
class SignatureReport:
    """What the signature of a UPO is worth.

    Attributes:
        integrity: "intact" when it covers exactly this document; "broken" when it does not;
            "unsigned"; "unsupported" when it is of a kind that cannot be judged here.
        trust: "trusted" when the certificate is pinned or issued by a given authority, and was
            valid when it signed; "untrusted" when it is not; "unknown" when nothing was given to
            compare it with, or the signature is not intact.
        subject: who the certificate says they are.
        fingerprint: SHA-256 of the certificate, 64 hexadecimal digits.
        signing_time: when it was signed, as the signer claims.
        valid_from: first moment at which the certificate is valid.
        valid_to: last moment at which it is; that it has expired since is no problem.
        method: how it was signed, in words.
        problems: why it is not intact, or not trusted; one sentence each.
    """

    integrity: Integrity
    trust: Trust = "unknown"
    subject: str | None = None
    fingerprint: str | None = None
    signing_time: datetime | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    method: str | None = None
    problems: tuple[str, ...] = ()


def verify_signature(
    source: bytes | str | PathLike[str] | UpoDocument,
    *,
    pins: PinsLike = None,
    ca_pem: bytes | str | PathLike[str] | None = None,
    at: datetime | None = None,
    environment: str | None = None,
) -> SignatureReport:
    """Verify the signature of a UPO. No request is made, so revocation is not looked at.

    The document is built in memory, twice: a page of 10,000 invoices takes about 70 MB.

    Args:
        source: the bytes, a file, or what `read_upo` made of them.
        pins: fingerprints of certificates to trust, perhaps by environment (see `Pins`).
        ca_pem: certificates of authorities to trust, PEM bytes or the path of a PEM file.
        at: when the certificate must have been valid, e.g. when the UPO was archived; by default
            when it was signed, which the signer alone says.
        environment: whose pins count, in place of what the UPO says of itself. Before v4-3 it says
            nothing, and only pins for every environment count.

    Raises:
        NotAUpo: it is no UPO at all.
        ConfigurationError: the pins or the authorities cannot be read, or `at` has no time zone.
        OSError: a file cannot be read.
    """
    if at is not None and at.tzinfo is None:
        raise ConfigurationError(f"{at.isoformat()} has no time zone; pass an aware datetime")
    known = as_pins(pins)
    authorities = load_authorities(ca_pem) if ca_pem is not None else ()
    document = source if isinstance(source, UpoDocument) else read_upo(source)
    try:
        found = _verified(document.source)
    except NotSupported as error:
        return SignatureReport(integrity="unsupported", problems=(str(error),))
    except _Broken as error:
        return error.report
    if found is None:
        return SignatureReport(integrity="unsigned", problems=("the UPO is not signed",))
    certificate = found.certificate
    fingerprints = known.of_environment(environment or document.environment_name)
    moment = at or found.signing_time or datetime.now(UTC)
    trust: Trust = "unknown"
    problems: list[str] = []
    if known or authorities:
        is_pinned = certificate.fingerprint in fingerprints
        reason = None
        if not is_pinned and authorities:
            reason = issued_by(certificate, found.others, authorities, moment)
            if reason:
                problems.append(f"the certificate does not lead to a given authority: {reason}")
        trust = "trusted" if is_pinned or (authorities and reason is None) else "untrusted"
        if trust == "untrusted" and known:
            problems.append("the certificate that signed is none of those that are pinned")
    if not certificate.is_valid_at(moment):
        problems.append(f"the certificate was not valid at {moment.isoformat(timespec='seconds')}")
        trust = "unknown" if trust == "unknown" else "untrusted"
    return SignatureReport(
        integrity="intact",
        trust=trust,
        subject=certificate.subject,
        fingerprint=certificate.fingerprint,
        signing_time=found.signing_time,
        valid_from=certificate.facts.valid_from,
        valid_to=certificate.facts.valid_to,
        method=found.method,
        problems=tuple(problems),
    )


class _Broken(Exception):
    def __init__(self, report: SignatureReport) -> None:
        super().__init__(report)
        self.report = report


def _verified(source: UpoSource) -> Verified | None:
    """The signature, when there is one and it holds."""
    from lxml import etree

    with opened(source) as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise NotSupported("the document is too large for its signature to be verified")
    try:
        root = etree.fromstring(content, hardened_parser())
        # The tree stands for it from here on, and takes memory enough.
        del content
    except etree.XMLSyntaxError as error:
        raise NotAUpo(f"The document is not well-formed XML: {str(error.msg)[:200]!a}") from None
    signatures = signatures_in(root)
    if not signatures:
        return None
    try:
        return verify(root)
    except NotIntact as error:
        raise _Broken(_broken(signatures[0], str(error))) from None


def _broken(signature: _Element, problem: str) -> SignatureReport:
    """What a signature that does not hold claims: its certificate is told, and worth nothing."""
    report = SignatureReport(integrity="broken", problems=(problem,))
    try:
        certificate = certificates_in(signature)[0]
    except (NotIntact, NotSupported):
        return report
    return evolve(
        report,
        subject=certificate.subject,
        fingerprint=certificate.fingerprint,
        valid_from=certificate.facts.valid_from,
        valid_to=certificate.facts.valid_to,
    )
