"""Links of KOD II against certificates: what holds, and each reason why one does not."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade import ConfigurationError, Context, InvalidIdentifier
from ksef_facade.qr import CertificateLink, certificate_link, check_certificate_link
from tests.link_signatures import signed_text
from tests.unit.crypto.conftest import make_key
from tests.unit.invoices.documents import OTHER, fa
from tests.unit.qr.offline_identities import NOW, certificate, offline_identity
from tests.unit.qr.test_certificate_links import KINDS, SIGNED
from tests.unit.qr.test_invoice_links import EXAMPLE

GOOD = certificate_link(EXAMPLE, "test", offline_identity(), now=NOW)
# Nothing but the signature is wrong with it.
SHAPED = f"https://{SIGNED}/{'A' * 86}"
DER = certificate().public_bytes(Encoding.DER)


def signed_by_hand(kind: str, encoding: str = "p1363", salt: int = 32) -> str:
    """The documentation's example, signed by code of the test's own."""
    signature = signed_text(make_key(kind), SIGNED, encoding=encoding, salt=salt)
    return f"https://{SIGNED}/{urlsafe_b64encode(signature).decode().rstrip('=')}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("encoding", ["p1363", "der"])
def test_links_signed_elsewhere_hold(kind: str, encoding: str) -> None:
    made = certificate(kind)
    check = check_certificate_link(
        signed_by_hand(kind, encoding),
        made.public_bytes(Encoding.PEM),
        invoice=EXAMPLE,
        environment="test",
        now=NOW,
    )
    assert (check.is_valid, check.reason) == (True, None)
    assert check.link is not None
    assert check.link.site == "https://qr-test.ksef.mf.gov.pl"
    assert check.link.context == Context("Nip", "1111111111")
    assert check.link.seller_nip == "1111111111"
    assert check.link.certificate_serial == "01F20A5D352AE590"
    assert check.link.invoice_hash == EXAMPLE.invoice_hash
    assert check.link.signed == SIGNED


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("encoding", ["p1363", "der"])
@pytest.mark.parametrize("environment", ["simulator", "test", "demo", "prod"])
def test_our_own_links_hold(kind: str, encoding: Any, environment: str) -> None:
    identity = offline_identity(kind)
    link = certificate_link(fa(), environment, identity, encoding=encoding, now=NOW)
    check = check_certificate_link(
        link, identity.certificate_der, invoice=fa(), environment=environment, now=NOW
    )
    assert check.reason is None


def test_a_salt_of_another_length_does_not_hold() -> None:
    der = certificate("rsa-2048").public_bytes(Encoding.DER)
    check = check_certificate_link(signed_by_hand("rsa-2048", salt=20), der, now=NOW)
    assert "the signature is not that of the certificate" in (check.reason or "")


def test_of_several_certificates_the_one_that_the_link_names(tmp_path: Path) -> None:
    path = tmp_path / "both.pem"
    both = [certificate(serial=7), certificate()]
    path.write_bytes(b"".join(made.public_bytes(Encoding.PEM) for made in both))
    assert check_certificate_link(GOOD, path, now=NOW).is_valid
    path.write_bytes(both[0].public_bytes(Encoding.PEM))
    reason = check_certificate_link(GOOD, path, now=NOW).reason
    assert reason == "the link names the certificate 01F20A5D352AE590, not this one"


@pytest.mark.parametrize(
    ("usages", "changes", "sentence"),
    [
        (("digital_signature",), {}, "for logging in"),
        ((), {"silent": True}, "lacks nonRepudiation"),
        ((), {"end": NOW - timedelta(days=1) + timedelta(seconds=1)}, "expired on"),
        ((), {"start": NOW + timedelta(days=1)}, "not valid before"),
    ],
)
def test_an_unfit_certificate_is_a_reason(
    usages: tuple[str, ...], changes: dict[str, Any], sentence: str
) -> None:
    der = certificate("p256", *usages, **changes).public_bytes(Encoding.DER)
    check = check_certificate_link(GOOD, der, now=NOW)
    assert sentence in (check.reason or "")
    assert check.link is not None


def test_another_key_another_site_another_invoice() -> None:
    foreign = certificate("rsa-2048").public_bytes(Encoding.DER)
    assert "not that of the certificate" in (
        check_certificate_link(GOOD, foreign, now=NOW).reason or ""
    )
    check = check_certificate_link(GOOD, DER, environment="prod", now=NOW)
    sites = "https://qr-test.ksef.mf.gov.pl, not https://qr.ksef.mf.gov.pl"
    assert check.reason == f"the link leads to {sites}"
    check = check_certificate_link(GOOD, DER, invoice=fa(), now=NOW)
    assert check.reason == "the link is of another invoice: its hash is not that of this one"
    other = evolve(EXAMPLE, seller_nip=OTHER)
    check = check_certificate_link(GOOD, DER, invoice=other, now=NOW)
    assert check.reason == f"the link names the seller 1111111111, the invoice {OTHER}"


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("", "is no KOD II"),
        ("https://qr-test.ksef.mf.gov.pl/invoice/1111111111/01-02-2026/x", "is no KOD II"),
        (f"https://{SIGNED}", "is no KOD II"),
        (f"https://{SIGNED}/", "is no KOD II"),
        (SHAPED + "=", "is no KOD II"),
        (SHAPED + "?x=1", "is no KOD II"),
        (SHAPED + "A" * 5000, "is no KOD II"),
        (SHAPED.replace("01F20A5D352AE590", "01f20a5d352ae590"), "is no KOD II"),
        (SHAPED.replace("qr-test.ksef.mf.gov.pl", "qr-test.ksef.example"), "is no site of KSeF"),
        (SHAPED.replace("https", "http"), "is no site of KSeF"),
        (SHAPED.replace("qr-test.ksef.mf.gov.pl", "127.0.0.1:99999"), "is no site of KSeF"),
        (SHAPED.replace("https://", "https://user@"), "is no site of KSeF"),
        (SHAPED.replace("/Nip/", "/Pesel/"), "names no context"),
        (SHAPED.replace("/Nip/", "/nip/"), "names no context"),
        (f"https://{SIGNED}/A", "is no Base64URL"),
        (f"https://{SIGNED}/AB", "is no Base64URL"),
    ],
    ids=lambda value: value[-20:],
)
def test_what_is_no_kod_ii(link: str, sentence: str) -> None:
    check = check_certificate_link(link, DER, now=NOW)
    assert sentence in (check.reason or "")
    assert (check.is_valid, check.link) == (False, None)
    with pytest.raises(InvalidIdentifier, match=sentence):
        CertificateLink.parse(link)


def test_what_the_caller_gave_wrong_is_an_error_not_a_reason() -> None:
    with pytest.raises(ConfigurationError, match=r"no X\.509"):
        check_certificate_link(GOOD, b"nonsense")
    with pytest.raises(ConfigurationError, match="there is no environment"):
        check_certificate_link(GOOD, DER, environment="mars")
    with pytest.raises(ConfigurationError, match="which is no date"):
        check_certificate_link(GOOD, DER, invoice=fa(issued="?"))


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_/.:=%?# "


@given(place=st.integers(0, len(GOOD) - 1), letter=st.sampled_from(LETTERS))
def test_no_letter_can_be_changed(place: int, letter: str) -> None:
    changed = GOOD[:place] + letter + GOOD[place + 1 :]
    check = check_certificate_link(changed, DER, now=NOW)
    # Blanks around a link come of copying it, and belong to nothing.
    assert check.is_valid == (changed.strip() == GOOD)


@given(st.text(max_size=200) | st.binary(max_size=99).map(lambda raw: f"https://{SIGNED}/{raw!r}"))
def test_any_text_gets_a_verdict(text: str) -> None:
    assert check_certificate_link(text, DER, now=NOW).reason


def test_what_is_shaped_like_one_is_judged_by_its_signature() -> None:
    check = check_certificate_link(SHAPED, DER, now=NOW)
    assert check.reason == "the signature is not that of the certificate over this link"


@given(st.binary(min_size=1, max_size=100))
def test_any_signature_gets_a_verdict(signature: bytes) -> None:
    link = f"https://{SIGNED}/{urlsafe_b64encode(signature).decode().rstrip('=')}"
    check = check_certificate_link(link, DER, now=NOW)
    assert check.reason == "the signature is not that of the certificate over this link"
