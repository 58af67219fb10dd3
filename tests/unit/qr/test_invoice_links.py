"""KOD I: the published examples, every schema, every environment, and what has no link."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode, urlsafe_b64decode
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade import (
    ENVIRONMENTS,
    ConfigurationError,
    Environment,
    InvalidIdentifier,
    UnreadableInvoice,
    read_invoice,
)
from ksef_facade.qr import CodedInvoice, invoice_link
from tests.unit.invoices.documents import (
    FA_2,
    OFFICIAL,
    SELLER,
    WHY_SKIPPED,
    fa,
    fa_rr,
    ubl,
)

# Example of the documentation of KOD I.
EXAMPLE = CodedInvoice(
    "1111111111", date(2026, 2, 1), "UtQp9Gpc51y+u3xApZjIjgkpZ01js+J8KflSPW8WzIE="
)
LINK = (
    "https://qr-test.ksef.mf.gov.pl/invoice/1111111111/01-02-2026/"
    "UtQp9Gpc51y-u3xApZjIjgkpZ01js-J8KflSPW8WzIE"
)


def test_the_documented_example() -> None:
    assert invoice_link(EXAMPLE, "test") == LINK
    assert invoice_link(EXAMPLE, "demo") == LINK.replace("qr-test", "qr-demo")
    assert invoice_link(EXAMPLE, "prod") == LINK.replace("qr-test", "qr")


@pytest.mark.parametrize(
    ("environment", "site"),
    [
        ("simulator", "http://127.0.0.1:8095"),
        (Environment("simulator", "http://[::1]:8095/v2"), "http://[::1]:8095"),
        (Environment("test", "http://localhost:1234/v2"), "http://localhost:1234"),
        (ENVIRONMENTS["prod"], "https://qr.ksef.mf.gov.pl"),
        # The host of the API says which KSeF it is, whatever it is called.
        (
            Environment("mine", "https://api-demo.ksef.mf.gov.pl/v2"),
            "https://qr-demo.ksef.mf.gov.pl",
        ),
        (Environment("test", "https://api.ksef.mf.gov.pl/v2"), "https://qr.ksef.mf.gov.pl"),
        (Environment("prod", "https://proxy.example/v2"), "https://qr.ksef.mf.gov.pl"),
    ],
)
def test_the_site_of_an_environment(environment: Any, site: str) -> None:
    assert invoice_link(EXAMPLE, environment) == LINK.replace(
        "https://qr-test.ksef.mf.gov.pl", site
    )


@pytest.mark.parametrize(
    "environment", ["mars", "", Environment("mine", "https://proxy.example/v2")]
)
def test_no_site_without_a_known_environment(environment: Any) -> None:
    if environment == "":
        # Leaving it out must choose no KSeF; an empty text is what a template leaves.
        environment = Environment("", "https://proxy.example/v2")
    with pytest.raises(ConfigurationError, match="test, demo"):
        invoice_link(EXAMPLE, environment)


@pytest.mark.parametrize(
    "content",
    [
        fa(),
        fa(namespace=FA_2, system_code="FA (2)"),
        fa_rr(),
        ubl(),
        ubl("CreditNote"),
    ],
    ids=["FA(3)", "FA(2)", "FA_RR", "PEF", "PEF_KOR"],
)
def test_every_schema(content: bytes) -> None:
    link = invoice_link(content, "test")
    digest = urlsafe_b64decode(link[-43:] + "=")
    assert digest == hashlib.sha256(content).digest()
    assert link[:-43] == f"https://qr-test.ksef.mf.gov.pl/invoice/{SELLER}/20-11-2026/"
    assert invoice_link(read_invoice(content), "test") == link
    assert invoice_link(CodedInvoice.of(content), "test") == link


@pytest.mark.skipif(not OFFICIAL.exists(), reason=WHY_SKIPPED)
def test_every_official_example_has_a_link() -> None:
    found = sorted((OFFICIAL / "samples" / "fa3-mf").glob("*.xml"))
    assert len(found) > 20
    for path in found:
        content = path.read_bytes()
        issued = re.search(rb"<P_1>(\d{4})-(\d\d)-(\d\d)<", content)
        seller = re.search(rb"<NIP>(\d{10})<", content)
        assert issued is not None
        assert seller is not None
        year, month, day = (part.decode() for part in issued.groups())
        start = f"https://qr.ksef.mf.gov.pl/invoice/{seller[1].decode()}/{day}-{month}-{year}/"
        assert invoice_link(content, "prod").startswith(start), path.name


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (fa(seller=""), "no NIP of the seller"),
        (fa(issued=""), "no date of issue"),
        (fa(issued="yesterday"), "date of issue is 'yesterday'.*no date; .* one like 2026-11-21"),
        (fa(issued="2026-02-30"), "date of issue is '2026-02-30'"),
        (fa(namespace="urn:mine"), "no invoice of a schema that KSeF takes"),
        (ubl(seller="DE123456789"), "'DE123456789' is not a NIP"),
        (fa(seller="../../login"), "is not a NIP"),
        (b"", "empty"),
        (b"<html>", "well-formed"),
    ],
)
def test_what_has_no_link(content: bytes, sentence: str) -> None:
    with pytest.raises((ConfigurationError, InvalidIdentifier), match=sentence) as caught:
        invoice_link(content, "test")
    assert isinstance(caught.value, UnreadableInvoice) == (content[:6] in (b"", b"<html>"))


@pytest.mark.parametrize(
    "hash_", ["", "AAAA", "not Base64 !", "ż", "A" * 43, "A" * 44, "A" * 42 + "B="]
)
def test_a_hash_is_of_32_bytes(hash_: str) -> None:
    with pytest.raises(ConfigurationError, match="SHA-256"):
        CodedInvoice("1111111111", date(2026, 2, 1), hash_)


@given(
    seller=st.from_regex(r"[0-9]{10}", fullmatch=True),
    issued=st.dates(),
    digest=st.binary(min_size=32, max_size=32),
)
def test_any_link_says_what_it_was_made_of(seller: str, issued: date, digest: bytes) -> None:
    invoice = CodedInvoice(seller, issued, b64encode(digest).decode())
    *_, kind, nip, day, code = invoice_link(invoice, "prod").split("/")
    assert (kind, nip, len(code)) == ("invoice", seller, 43)
    assert date(*(int(part) for part in reversed(day.split("-")))) == issued
    assert re.fullmatch(r"\d{2}-\d{2}-\d{4}", day)
    assert urlsafe_b64decode(code + "=") == digest
