"""The public types of the codes on invoices, stated."""

from typing import Literal, assert_type

from ksef_facade import Context, Environment, ExtraNeeded, SigningIdentity, read_invoice
from ksef_facade.qr import (
    CertificateLink,
    CertificateLinkCheck,
    CodedInvoice,
    QrCode,
    certificate_link,
    check_certificate_link,
    invoice_link,
    verification_codes,
)


def making(invoice: bytes, identity: SigningIdentity, environment: Environment) -> None:
    coded = CodedInvoice.of(read_invoice(invoice))
    assert_type(coded, CodedInvoice)
    assert_type(invoice_link(invoice, "test"), str)
    assert_type(invoice_link(coded, environment), str)
    acting = Context("Nip", "5265877635")
    assert_type(certificate_link(invoice, "prod", identity, acting, encoding="der"), str)
    codes = verification_codes(invoice, "demo", ksef_number="x", identity=identity, context=acting)
    assert_type(codes, tuple[QrCode, ...])
    for code in codes:
        assert_type(code.kind, Literal["invoice", "certificate"])
        assert_type(code.label, str)
        assert_type(code.svg(), bytes)
        assert_type(code.png(pixels=10), bytes)


def checking(link: str, invoice: bytes) -> None:
    check = check_certificate_link(link, "certificate.pem", invoice=invoice, environment="test")
    assert_type(check, CertificateLinkCheck)
    assert_type(check.is_valid, bool)
    assert_type(check.reason, str | None)
    assert_type(check.link, CertificateLink | None)
    assert_type(CertificateLink.parse(link).context, Context)


def without_the_extra(error: ExtraNeeded) -> None:
    assert_type(error.extra, str)
