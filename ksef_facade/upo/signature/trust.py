"""Who signed: pins of certificates that are known, and certificates of authorities.

The Ministry does not publish the certificate that it signs UPOs with, and test and demo are said to
share one. So trust is what the caller knows: the fingerprint of the certificate, or the authority
that issued it. Nothing is trusted because it was seen first.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from attrs import field, frozen

from ksef_facade.errors import ConfigurationError
from ksef_facade.upo.signature.certificates import SignerCertificate

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

Trust = Literal["trusted", "untrusted", "unknown"]

_FINGERPRINT: Final = re.compile(r"[0-9A-F]{64}")
_ANY: Final = "*"
_LARGEST: Final = 1 << 20
"""Bytes of a file of pins or authorities; longer ones were not meant."""


def parse_fingerprint(text: str) -> str:
    """A SHA-256 fingerprint of a certificate's DER, in 64 upper-case hexadecimal digits.

    Colons and blanks between the digits are dropped, as other programs write them.

    Raises:
        ConfigurationError: it is none.
    """
    tidy = re.sub(r"[\s:]", "", text).upper()
    if not _FINGERPRINT.fullmatch(tidy):
        raise ConfigurationError(
            f"{text[:80]!a} is not a fingerprint: the SHA-256 of a certificate, 64 hexadecimal digits"
        )
    return tidy


@frozen
class Pins:
    """Fingerprints of certificates whose signatures are trusted, by name of the environment.

    The name "*" stands for every environment. Fill it from what the Ministry or an auditor told
    you, not from the document in question.
    """

    by_environment: Mapping[str, frozenset[str]] = field(factory=dict)

    @classmethod
    def of(cls, fingerprints: Iterable[str], environment: str = _ANY) -> Pins:
        """Pins for one environment, or for every one.

        Raises:
            ConfigurationError: a text is no fingerprint.
        """
        return cls({environment: frozenset(map(parse_fingerprint, fingerprints))})

    @classmethod
    def load(cls, path: str | PathLike[str] | None = None) -> Pins:
        """Pins from a JSON file: an object of lists of fingerprints, by environment.

        Args:
            path: the file; by default `upo-pins.json` among this user's data, which may be absent.

        Raises:
            ConfigurationError: it is not such a file.
            OSError: the named file cannot be read.
        """
        chosen = Path(path) if path is not None else pins_file()
        if path is None and not chosen.exists():
            return cls()
        with open(chosen, "rb") as stream:
            text = stream.read(_LARGEST)
        try:
            content = json.loads(text)
            return cls(
                {
                    name: frozenset(map(parse_fingerprint, _listed(name, fingerprints)))
                    for name, fingerprints in content.items()
                }
            )
        except RecursionError:
            raise ConfigurationError(f"{chosen} holds no pins: it is nested too deeply") from None
        except (ValueError, AttributeError, TypeError) as error:
            raise ConfigurationError(f"{chosen} holds no pins: {error}") from None

    def with_pin(self, fingerprint: str, environment: str = _ANY) -> Pins:
        """These pins and one more.

        Raises:
            ConfigurationError: the text is no fingerprint.
        """
        known = self.by_environment.get(environment, frozenset())
        return Pins({**self.by_environment, environment: known | {parse_fingerprint(fingerprint)}})

    def save(self, path: str | PathLike[str] | None = None) -> Path:
        """Write them to a file, by default the one that `load` reads; returns which.

        Raises:
            OSError: it cannot be written.
        """
        from ksef_facade.store.files import write_atomically

        chosen = Path(path) if path is not None else pins_file()
        chosen.parent.mkdir(parents=True, exist_ok=True)
        content = {name: sorted(pins) for name, pins in sorted(self.by_environment.items())}
        write_atomically(chosen, (json.dumps(content, indent=2) + "\n").encode(), overwrite=True)
        return chosen

    def of_environment(self, name: str | None) -> frozenset[str]:
        """What is trusted in an environment; where it is not known, what is trusted in every one."""
        everywhere = self.by_environment.get(_ANY, frozenset())
        return everywhere | self.by_environment.get(name or _ANY, frozenset())

    def __bool__(self) -> bool:
        """Whether there is any."""
        return any(self.by_environment.values())


def _listed(name: str, fingerprints: object) -> list[str]:
    """The list behind a name; anything else would be pins that its author believes in, and no more."""
    if not isinstance(fingerprints, list):
        raise TypeError(f"behind {name[:80]!a} there is no list of fingerprints")
    return fingerprints


def pins_file() -> Path:
    """Where pins are kept unless told otherwise: a file among this user's data."""
    from platformdirs import user_data_path

    return user_data_path("ksef-facade", appauthor=False) / "upo-pins.json"


PinsLike = Pins | Iterable[str] | None
"""Pins, or fingerprints that are trusted in every environment."""


def as_pins(pins: PinsLike) -> Pins:
    """Pins, however they were given.

    Raises:
        ConfigurationError: a text is no fingerprint.
    """
    if pins is None:
        return Pins()
    if isinstance(pins, Pins):
        return pins
    return Pins.of([pins] if isinstance(pins, str) else pins)


def load_authorities(ca_pem: bytes | str | PathLike[str]) -> tuple[Certificate, ...]:
    """The certificates of authorities, from PEM bytes or a PEM file.

    Raises:
        ConfigurationError: there is none in it.
        OSError: the file cannot be read.
    """
    from cryptography import x509

    if isinstance(ca_pem, bytes):
        text = ca_pem
    else:
        with open(ca_pem, "rb") as stream:
            text = stream.read(_LARGEST)
    try:
        found = tuple(x509.load_pem_x509_certificates(text))
    except ValueError:
        name = "what was given" if isinstance(ca_pem, bytes) else os.fspath(ca_pem)
        raise ConfigurationError(
            f"the authorities' certificates cannot be read: {name} holds none in PEM"
        ) from None
    return found


def issued_by(
    certificate: SignerCertificate,
    others: Iterable[SignerCertificate],
    authorities: Iterable[Certificate],
    at: datetime,
) -> str | None:
    """Why the certificate does not lead to one of the authorities at a moment; `None` when it does.

    A certificate for signing documents need have contentCommitment alone (ETSI EN 319 412-2), which
    is accepted beside digitalSignature. Whether it was revoked is not looked at.
    """
    from cryptography import x509
    from cryptography.x509 import verification

    def may_sign(policy: object, cert: Certificate, usage: x509.KeyUsage | None) -> None:
        if usage is not None and not (usage.digital_signature or usage.content_commitment):
            raise ValueError("the certificate is not for signing")

    policy = verification.ExtensionPolicy.permit_all()
    agnostic = verification.Criticality.AGNOSTIC
    try:
        leaf = x509.load_der_x509_certificate(certificate.der)
        between = [x509.load_der_x509_certificate(other.der) for other in others]
        builder = (
            verification.PolicyBuilder()
            .store(verification.Store(list(authorities)))
            .time(at)
            .extension_policies(
                ee_policy=policy.may_be_present(x509.KeyUsage, agnostic, may_sign),
                ca_policy=verification.ExtensionPolicy.webpki_defaults_ca(),
            )
        )
        builder.build_client_verifier().verify(leaf, between)
    except (verification.VerificationError, ValueError, OverflowError) as error:
        return "".join(c if c.isprintable() else " " for c in str(error)[:200])
    return None
