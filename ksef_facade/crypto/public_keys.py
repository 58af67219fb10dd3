"""The Ministry's public keys: read from the service's list, and the right one picked.

Contract `GET /security/public-key-certificates`. The list is read tolerantly, because during a
rotation one odd entry must not hide the good ones beside it.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from attrs import field, frozen

from ksef_facade.crypto.certificate_reading import CertificateFacts, read_certificate
from ksef_facade.errors import IntegrityFailure

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

Usage: TypeAlias = Literal["KsefTokenEncryption", "SymmetricKeyEncryption"]
"""What a key may encrypt (contract schema `PublicKeyCertificateUsage`)."""

# Reasons that an error repeats; the list has two entries as a rule, and a garbled one may have
# many.
_MOST_REASONS: Final = 5


@frozen
class PublicKey:
    """A public key of the Ministry.

    Attributes:
        certificate_der: its X.509 certificate, DER.
        public_key_id: SHA-256 of its SubjectPublicKeyInfo, Base64; goes with what it encrypted, so
            that the service knows which of its keys to use.
        usages: what it may encrypt; values not known here are kept as they came.
        valid_from: first moment at which it may be used.
        valid_to: first moment at which it may no longer be used.
        is_named: whether the service names it by that id; contracts before 2.5.0 know no such id.
    """

    certificate_der: bytes = field(repr=False)
    public_key_id: str
    usages: frozenset[str]
    valid_from: datetime
    valid_to: datetime
    is_named: bool = True

    @property
    def named(self) -> dict[str, str]:
        """The property that goes with what is encrypted; none for a service that knows no names.

        Contracts before 2.1.2 close the objects that are sent: they may hold nothing unknown.
        """
        return {"publicKeyId": self.public_key_id} if self.is_named else {}

    def is_valid(self, now: datetime) -> bool:
        """Whether it may be used at `now`, which has a time zone."""
        return self.valid_from <= now < self.valid_to


class PublicKeys(tuple[PublicKey, ...]):
    """The keys that could be read.

    Attributes:
        skipped: why each other entry of the list could not be used, one sentence each.
    """

    skipped: tuple[str, ...] = ()


def read_public_keys(document: object) -> PublicKeys:
    """The keys in the decoded JSON of the list; entries that cannot be used are left out.

    A missing `publicKeyId` is computed, and missing dates are taken from the certificate. Nothing
    is raised: `select` says what was wrong when no key is left.
    """
    if not isinstance(document, list):
        return _keys([], [f"the answer is a JSON {type(document).__name__}, not a list"])
    keys, skipped = [], []
    for number, entry in enumerate(document, start=1):
        try:
            keys.append(_read_entry(entry))
        except (IntegrityFailure, ValueError) as error:
            skipped.append(f"entry {number}: {error}")
    return _keys(keys, skipped)


def select(keys: Iterable[PublicKey], usage: Usage, now: datetime) -> PublicKey:
    """The key to encrypt with: of those valid at `now`, the one that became valid last.

    Args:
        keys: as `read_public_keys` gives them.
        usage: what is to be encrypted.
        now: the present, with a time zone.

    Raises:
        IntegrityFailure: none of the keys is for this usage and valid; the message says why.
    """
    suited = [key for key in keys if usage in key.usages]
    valid = [key for key in suited if key.is_valid(now)]
    if valid:
        return max(valid, key=lambda key: key.valid_from)
    reasons = [
        f"{key.public_key_id} is valid from {key.valid_from.isoformat()}"
        f" to {key.valid_to.isoformat()}"
        for key in suited
    ]
    reasons += keys.skipped if isinstance(keys, PublicKeys) else ()
    told = "; ".join(reasons[:_MOST_REASONS]) or "none is listed for this usage"
    raise IntegrityFailure(f"KSeF publishes no public key for {usage} that is valid now: {told}")


def load_rsa_key(certificate_der: bytes) -> RSAPublicKey:
    """The RSA key in a certificate, or in a bare SubjectPublicKeyInfo; DER.

    KSeF documents RSA only for what the keys are used for.

    Raises:
        IntegrityFailure: it is neither, or the key is not RSA.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    certificate = _facts_of(certificate_der)
    try:
        key = load_der_public_key(certificate.public_key_der if certificate else certificate_der)
    except (ValueError, UnsupportedAlgorithm):
        raise IntegrityFailure("the certificate is not readable DER") from None
    if not isinstance(key, RSAPublicKey):
        raise IntegrityFailure(f"the key is {type(key).__name__}, an RSA key is wanted")
    return key


def _facts_of(der: bytes) -> CertificateFacts | None:
    try:
        return read_certificate(der)
    except ValueError:
        return None


def _keys(keys: list[PublicKey], skipped: list[str]) -> PublicKeys:
    result = PublicKeys(keys)
    result.skipped = tuple(skipped)
    return result


def _read_entry(entry: object) -> PublicKey:
    if not isinstance(entry, Mapping):
        raise IntegrityFailure("it is not a JSON object")
    encoded = entry.get("certificate")
    if not isinstance(encoded, str):
        raise IntegrityFailure("it has no certificate")
    try:
        der = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        raise IntegrityFailure("the certificate is not Base64") from None
    key = load_rsa_key(der)
    key_id = entry.get("publicKeyId")
    is_named = isinstance(key_id, str) and bool(key_id)
    usages = entry.get("usage")
    if not isinstance(usages, list):
        usages = [usages]
    certificate = _facts_of(der)
    return PublicKey(
        certificate_der=der,
        public_key_id=str(key_id) if is_named else _key_id(key),
        usages=frozenset(usage for usage in usages if isinstance(usage, str)),
        valid_from=_moment(entry, "validFrom", certificate),
        valid_to=_moment(entry, "validTo", certificate),
        is_named=is_named,
    )


def _key_id(key: RSAPublicKey) -> str:
    """`publicKeyId` by its documented rule: SHA-256 of the DER SubjectPublicKeyInfo, Base64."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(spki).digest()).decode("ascii")


def _moment(
    entry: Mapping[str, object], name: str, certificate: CertificateFacts | None
) -> datetime:
    with contextlib.suppress(TypeError, ValueError, OverflowError):
        moment = datetime.fromisoformat(entry.get(name))  # type: ignore[arg-type]
        # Without a time zone it could be Polish time or UTC; the certificate leaves no doubt.
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    if certificate is None:
        raise IntegrityFailure(f"it has no readable {name}")
    return certificate.valid_from if name == "validFrom" else certificate.valid_to
