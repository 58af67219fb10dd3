"""What the codes tell of an invoice: its seller, its date of issue, and the hash of its bytes."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode, urlsafe_b64encode
from datetime import date
from typing import TYPE_CHECKING, Final, Self

from attrs import frozen

from ksef_facade.errors import ConfigurationError, InvalidIdentifier
from ksef_facade.identifiers import shown

if TYPE_CHECKING:
    from ksef_facade.invoices.facts import InvoiceFacts

# No checksum: TEST takes parties without one (documented rule), and a code says what the invoice says.
_NIP: Final = re.compile(r"[0-9]{10}")
_SHA256_SIZE: Final = 32


@frozen
class CodedInvoice:
    """An invoice as its codes name it.

    Attributes:
        seller_nip: NIP of the seller, as the invoice has it.
        issue_date: date of issue (`P_1`, in FA_RR `P_4B`, in UBL `IssueDate`).
        invoice_hash: Base64 SHA-256 of the bytes that are or will be sent, KSeF's `invoiceHash`.
    """

    seller_nip: str
    issue_date: date
    invoice_hash: str

    def __attrs_post_init__(self) -> None:
        """Check that a link can be made of it.

        Raises:
            InvalidIdentifier: the NIP is not ten digits.
            ConfigurationError: the hash is not the Base64 of 32 bytes.
        """
        if not _NIP.fullmatch(self.seller_nip):
            raise InvalidIdentifier(f"{shown(self.seller_nip)} is not a NIP: 10 digits")
        self._digest()

    @classmethod
    def of(cls, invoice: bytes | InvoiceFacts | CodedInvoice) -> Self:
        """What the codes tell of an invoice: of its very bytes, or of what was read from them.

        Raises:
            UnreadableInvoice: the bytes are empty, not UTF-8, not well-formed XML, or have a DOCTYPE.
            ConfigurationError: an unknown schema, or no seller's NIP or readable date of issue in it.
            InvalidIdentifier: the seller's NIP is not ten digits.
        """
        if isinstance(invoice, CodedInvoice):
            return cls(invoice.seller_nip, invoice.issue_date, invoice.invoice_hash)
        if isinstance(invoice, bytes):
            from ksef_facade.invoices.reading import read_invoice

            invoice = read_invoice(invoice)
        if invoice.form is None:
            raise ConfigurationError(
                "the document is no invoice of a schema that KSeF takes, so it has no codes"
            )
        if invoice.issue_date is None and invoice.issue_date_text:
            raise ConfigurationError(
                f"the invoice's date of issue is {shown(invoice.issue_date_text)}, which is no date; "
                "its codes must tell one like 2026-11-21"
            )
        if invoice.seller_nip is None or invoice.issue_date is None:
            lacking = "NIP of the seller" if invoice.seller_nip is None else "date of issue"
            raise ConfigurationError(f"the invoice has no {lacking}, which its codes must tell")
        return cls(invoice.seller_nip, invoice.issue_date, invoice.sha256)

    @property
    def hash_in_links(self) -> str:
        """The hash as links have it: Base64URL without padding, 43 characters (documented rule)."""
        return urlsafe_b64encode(self._digest()).decode().rstrip("=")

    @property
    def date_in_links(self) -> str:
        """The date of issue as links have it: DD-MM-YYYY (documented rule)."""
        issued = self.issue_date
        return f"{issued.day:02}-{issued.month:02}-{issued.year:04}"

    def _digest(self) -> bytes:
        try:
            digest = b64decode(self.invoice_hash, validate=True)
        except ValueError:
            digest = b""
        # Of the texts that decode to the same bytes only one is what KSeF writes.
        if len(digest) != _SHA256_SIZE or b64encode(digest).decode() != self.invoice_hash:
            raise ConfigurationError(
                "the hash of an invoice is the Base64 of a SHA-256: 44 characters, the last one ="
            )
        return digest
