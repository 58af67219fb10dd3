"""What an invoice says of itself, as far as its way through KSeF depends on it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from ksef_facade.form_codes import FormCode
from ksef_facade.invoices.forms import InvoiceForm


@frozen
class Party:
    """A party with a tax number or an internal identifier (`IDWew`), and where it stands."""

    element: str
    number: str
    line: int
    is_internal_id: bool = False


@frozen(kw_only=True)
class InvoiceFacts:
    """The facts of an invoice. What it does not say, or says without sense, is `None` or empty.

    Attributes:
        name: the file's name, or what the caller calls it.
        size: bytes of the file.
        sha256: Base64 SHA-256 of the file, KSeF's `invoiceHash`.
        namespace: namespace of the root element.
        root: local name of the root element.
        form: the schema that goes with them.
        declared_form: `kodSystemowy`, `wersjaSchemy` and text of `KodFormularza`; empty in UBL.
        seller_nip: NIP of the seller (`Podmiot1`, in UBL `AccountingSupplierParty`).
        buyer_nip: NIP of the buyer, if it has one.
        kind: `RodzajFaktury`, in UBL the name of the root element.
        number: `P_2`, in FA_RR `P_4C`, in UBL `ID`.
        issue_date: `P_1`, in FA_RR `P_4B`, in UBL `IssueDate`.
        issue_date_text: the same as it stands there.
        made: `DataWytworzeniaFa` as it stands there.
        is_self_invoicing: whether it says that the buyer issued it (`P_17` is 1; in UBL type 389 or
            261 of the code list UNTDID 1001).
        has_attachment: whether it has a `Zalacznik`, in UBL an embedded document.
        parties: every tax number that KSeF checks, with its place.
        lines: element name -> line, for the elements named here.
    """

    name: str = ""
    size: int
    sha256: str
    namespace: str
    root: str
    form: InvoiceForm | None
    declared_form: tuple[str, str, str] | None = None
    seller_nip: str | None = None
    buyer_nip: str | None = None
    kind: str | None = None
    number: str | None = None
    issue_date: date | None = None
    issue_date_text: str | None = None
    made: str | None = None
    is_self_invoicing: bool = False
    has_attachment: bool = False
    parties: tuple[Party, ...] = ()
    lines: Mapping[str, int] = field(factory=dict, repr=False, eq=False)

    @property
    def form_code(self) -> FormCode | None:
        """The form code that a session for this invoice is opened with, by the namespace."""
        return self.form.form_code if self.form else None

    @property
    def unique_key(self) -> tuple[str, str, str] | None:
        """Seller, kind and number: KSeF takes each combination once (documented rule)."""
        if self.seller_nip and self.kind and self.number:
            return (self.seller_nip, self.kind, self.number)
        return None


def hash_of(content: bytes) -> str:
    """Base64 SHA-256 of a file, as the contract writes `invoiceHash`."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode("ascii")
