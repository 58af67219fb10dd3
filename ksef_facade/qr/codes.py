"""The codes that an invoice must show, with what stands below each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

from ksef_facade.errors import InvalidIdentifier
from ksef_facade.identifiers import KsefNumber
from ksef_facade.qr.coded_invoices import CodedInvoice
from ksef_facade.qr.links import certificate_link, invoice_link
from ksef_facade.qr.pictures import PIXELS, draw_png, draw_svg

if TYPE_CHECKING:
    from ksef_facade.crypto.identities import SigningIdentity
    from ksef_facade.environments import Environment
    from ksef_facade.invoices.facts import InvoiceFacts
    from ksef_facade.logins.contexts import Context

# Documented words below the codes.
_NO_NUMBER: Final = "OFFLINE"
_SIGNED: Final = "CERTYFIKAT"


@frozen
class QrCode:
    """A code of an invoice.

    Attributes:
        kind: `invoice` for KOD I, `certificate` for KOD II.
        link: what the code says.
        label: what must stand below it (documented rule): the KSeF number, or `OFFLINE` while there
            is none; below KOD II `CERTYFIKAT`.
    """

    kind: Literal["invoice", "certificate"]
    link: str
    label: str

    def svg(self, pixels: int = PIXELS) -> bytes:
        """The code with its label as an SVG file; a module has so many pixels.

        Raises:
            ConfigurationError: `pixels` is not 1 to 100.
            ExtraNeeded: the extra `pdf` is not installed.
        """
        return draw_svg(self.link, self.label, pixels)

    def png(self, pixels: int = PIXELS) -> bytes:
        """The code with its label as a PNG file; a module has so many pixels.

        Raises:
            ConfigurationError: `pixels` is not 1 to 100.
            ExtraNeeded: the extra `pdf` is not installed.
        """
        return draw_png(self.link, self.label, pixels)


def verification_codes(
    invoice: bytes | InvoiceFacts | CodedInvoice,
    environment: str | Environment,
    *,
    ksef_number: str | None = None,
    identity: SigningIdentity | None = None,
    context: Context | None = None,
    now: datetime | None = None,
) -> tuple[QrCode, ...]:
    """The codes that the visualisation of an invoice must show: KOD I and, with a certificate, KOD II.

    An invoice issued online shows KOD I alone. One issued in an offline mode and not sent yet must
    show both; once it is sent, KOD I has the number below it (documented rules). No request is made.

    Args:
        invoice: its bytes, exactly those that are or will be sent; what `read_invoice` said of them;
            or a `CodedInvoice`.
        environment: `test`, `demo` or `prod`, or the environment of a simulator.
        ksef_number: the invoice's KSeF number, once it has one.
        identity: a KSeF certificate of the type Offline with its key, for KOD II.
        context: on whose behalf the invoice was issued; by default the seller's.
        now: the moment at which the certificate must be valid; by default this one.

    Raises:
        ConfigurationError: as `invoice_link` and `certificate_link`.
        InvalidIdentifier: the KSeF number is none or of another seller, or another shape of the
            context or the seller's NIP.
    """
    coded = CodedInvoice.of(invoice)
    label = _NO_NUMBER
    if ksef_number is not None:
        number = KsefNumber.parse(ksef_number)
        if number.seller_nip != coded.seller_nip:
            raise InvalidIdentifier(
                f"{number} is the number of another seller's invoice; this one is of {coded.seller_nip}"
            )
        label = str(number)
    codes = [QrCode("invoice", invoice_link(coded, environment), label)]
    if identity is not None:
        signed = certificate_link(coded, environment, identity, context, now=now)
        codes.append(QrCode("certificate", signed, _SIGNED))
    return tuple(codes)
