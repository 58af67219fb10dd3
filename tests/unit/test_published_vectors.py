"""Hashes and facts of published documents that need files: an invoice, a certificate, six receipts.

Those that need none stand with the code that they are of: checksums, encryption, sizes.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ksef_facade.crypto.encryption import sha256_base64
from ksef_facade.invoices.reading import read_invoice
from ksef_facade.qr import invoice_link
from ksef_facade.upo import read_upo, verify_upo

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(
    not DATA.exists(), reason="../shared/data is absent: the published documents are there"
)
RECEIPTS = {
    "upo-sesja-kontekst-id-nip.xml": (1984, "q0LUCQw+RTk15I/7RQ9v0QkREQ2pnrlQCnXilqTB/bs="),
    "upo-sesja-internal-id.xml": (1988, "wfhLYL9UaXU3uiOr29Urd4mst9+UBlJRmqMC5wee8kU="),
    "upo-sesja-id-zlozony-vat-ue.xml": (2019, "0ln/lN6zamcpxcwTuXRTlTLmoau4CLdtRoDW3pkd3xo="),
    "upo-faktura-kontekst-id-nip.xml": (1193, "2laIttuTGB6UWsrt+vVfi7upGXtfNXUTJ1AbGoe9RCI="),
    "upo-faktura-internal-id.xml": (1197, "RBjKvmb/TM6iZkw8r5EfAu6vOtwjOSOQ01v0a6LLI50="),
    "upo-faktura-id-zlozony-vat-ue.xml": (1227, "Lgbtk3EAvK6CBkZmKZIiLjwU1pumB39rZc3kmjA7Ibc="),
}


@needs_data
@pytest.mark.parametrize("name", RECEIPTS)
def test_a_receipt_has_the_hash_that_the_service_would_tell(name: str) -> None:
    size, digest = RECEIPTS[name]
    path = DATA / "upo" / "v4-3" / name
    content = path.read_bytes()
    assert (len(content), sha256_base64(content)) == (size, digest)
    report = verify_upo(path, transport_hash=digest)
    assert (report.sha256, report.verdict("transport").outcome) == (digest, "ok")
    spoilt = verify_upo(content + b"\n", transport_hash=digest)
    assert spoilt.verdict("transport").outcome == "failed"
    assert read_upo(path).session_reference in content.decode()


@needs_data
def test_an_invoice_is_read_as_published() -> None:
    content = (DATA / "samples" / "fa3-mf" / "FA_3_Przyklad_01.xml").read_bytes()
    facts = read_invoice(content)
    assert (facts.seller_nip, facts.issue_date) == ("9999999999", date(2026, 2, 15))
    assert (facts.number, facts.kind, facts.size) == ("FV2026/02/150", "VAT", 3387)
    assert facts.sha256 == "X+wQflQVyRs1fImlI+xDPnWk1V37hys4O1lkx9iJbSA="
    assert invoice_link(content, "test") == (
        "https://qr-test.ksef.mf.gov.pl/invoice/9999999999/15-02-2026/"
        "X-wQflQVyRs1fImlI-xDPnWk1V37hys4O1lkx9iJbSA"
    )


@needs_data
def test_a_certificate_is_named_by_the_hash_of_its_bytes() -> None:
    der = (DATA / "certs" / "ksef-test-certificate-01F20A5D352AE590.der").read_bytes()
    assert sha256_base64(der) == "i/MGdqyV7BsnCosTCnzbE/8JP2isr+APzZ70jIE5U3E="
