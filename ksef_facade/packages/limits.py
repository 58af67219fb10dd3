"""What a batch package may be, checked here because KSeF tells only after everything was uploaded."""

from __future__ import annotations

import re
from typing import Final

from attrs import field, frozen, validators

from ksef_facade.errors import PackageRefused
from ksef_facade.form_codes import FormCode

_SMALLEST_DEFAULT_PART: Final = 5_000_000
"""Bytes; smaller parts cost more in round trips than they gain by going side by side."""
_MARGIN: Final = 1.05
"""Incompressible invoices with their headers are larger in the archive than outside of it."""

# Element `Zalacznik` of the schemas FA(3) and FA_RR, with any prefix.
_ATTACHMENT: Final = re.compile(rb"<(?:[\w.-]+:)?Zalacznik[\s/>]")


def _count(default: int) -> int:
    limit: int = field(default=default, validator=validators.ge(1))
    return limit


@frozen(kw_only=True)
class PackageLimits:
    """Limits of a batch package; the defaults are those that hold for everybody.

    A context can have others (contract `GET /limits/context`). Sizes are in bytes.

    Attributes:
        invoices: invoices in one session (documented rule; else status 420).
        invoice_size: an invoice without attachment, plain XML (documented rule; else status 430).
        invoice_with_attachment_size: an invoice with one.
        archive_size: the plain archive (contract `BatchFileInfo.fileSize`).
        parts: parts that the archive is cut into (contract `BatchFileInfo.fileParts`).
        part_size: a part before encryption (documented rule; else 21157).
        name_length: characters of `invoiceFileName` (contract).
    """

    invoices: int = _count(10_000)
    invoice_size: int = _count(1_000_000)
    invoice_with_attachment_size: int = _count(3_000_000)
    archive_size: int = _count(5_000_000_000)
    parts: int = _count(50)
    part_size: int = _count(100_000_000)
    name_length: int = _count(128)

    @property
    def largest_invoice(self) -> int:
        """No invoice may have more bytes than this, whatever is in it."""
        return max(self.invoice_size, self.invoice_with_attachment_size)

    def check_count(self, count: int) -> None:
        """Refuse more invoices than a session takes.

        Raises:
            PackageRefused: rule `too_many_invoices`.
        """
        if count > self.invoices:
            raise PackageRefused(
                "too_many_invoices",
                f"a batch session takes {self.invoices} invoices and there are more; "
                "send them in several sessions",
            )

    def check_size(self, name: str, size: int) -> None:
        """Refuse an invoice whose size alone rules it out.

        Raises:
            PackageRefused: rule `empty_invoice` or `invoice_too_large`.
        """
        if size == 0:
            raise PackageRefused("empty_invoice", f"{name} has 0 bytes", name)
        if size > self.largest_invoice:
            raise PackageRefused(
                "invoice_too_large",
                f"{name} has more than {self.largest_invoice} bytes, the most that an invoice may "
                "have, even with an attachment",
                name,
            )

    def check_invoice(self, name: str, content: bytes) -> None:
        """Refuse an invoice that is empty or too large for what is in it.

        Raises:
            PackageRefused: rule `empty_invoice` or `invoice_too_large`.
        """
        self.check_size(name, len(content))
        if len(content) > self.invoice_size and not has_attachment(content):
            raise PackageRefused(
                "invoice_too_large",
                f"{name} has {len(content)} bytes and no attachment; without one {self.invoice_size} "
                f"are allowed, with one {self.invoice_with_attachment_size}",
                name,
            )

    def check_part_size(self, part_size: int) -> None:
        """Refuse a size that no part may have.

        Raises:
            PackageRefused: rule `part_size`.
        """
        if not 1 <= part_size <= self.part_size:
            raise PackageRefused(
                "part_size", f"part_size is 1 to {self.part_size} bytes, not {part_size}"
            )

    def default_part_size(self, expected: int | None) -> int:
        """The part size for an archive of at most `expected` bytes, `None` when nobody knows.

        As small as is sensible, because smaller parts go up side by side and each of them adds 20
        minutes to the time that all of them have.
        """
        if expected is None:
            return self.part_size
        even = int(expected * _MARGIN) // self.parts + 1
        return min(self.part_size, max(even, _SMALLEST_DEFAULT_PART))


def has_attachment(content: bytes) -> bool:
    """Whether an invoice seems to have an attachment; found by its element, without parsing."""
    return _ATTACHMENT.search(content) is not None


def check_form_code(form_code: FormCode) -> None:
    """Refuse a schema that KSeF takes in online sessions only (documented rule: PEF, PEF_KOR).

    Raises:
        PackageRefused: rule `form_code`.
    """
    if form_code.value == FormCode.PEF_3.value:
        raise PackageRefused(
            "form_code",
            f"{form_code.system_code} invoices cannot be sent in a batch; open an online session",
        )
