"""What a check found: a stable code, one sentence, and where it is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from attrs import frozen

Severity = Literal["error", "warning"]

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "attachment-online": "an attachment, which only batch sessions and corrections may carry",
        "bom": "a byte order mark",
        "creation-time": "a time of creation that the schema does not allow",
        "doctype": "a document type declaration",
        "duplicate-number": "seller, kind and number of another invoice of the set",
        "empty": "no bytes at all",
        "encoding": "bytes that are not UTF-8",
        "encoding-declaration": "a prolog that names another encoding than UTF-8",
        "forbidden-character": "a character that KSeF refuses",
        "form-code": "a KodFormularza that does not go with the namespace",
        "form-not-accepted": "a schema that this environment does not take",
        "invalid-nip": "a tax number that is not one",
        "issue-date": "a date of issue that is not a date",
        "issue-date-future": "a date of issue after today",
        "issue-date-past": "a date of issue before today, which makes the invoice an offline one",
        "missing-element": "no value where every invoice has one",
        "nip-checksum": "a tax number with a wrong checksum",
        "not-well-formed": "text that is not XML",
        "number-too-long": "an invoice number that is too long",
        "processing-instruction": "a processing instruction",
        "same-bytes": "the bytes of another invoice of the set",
        "schema": "a break of the official XML schema",
        "seller-context": "a seller for whom this context may not issue",
        "session-form-code": "another form code than the session's",
        "too-large": "more bytes than KSeF takes",
        "unknown-namespace": "a root element of no invoice schema that KSeF takes",
        "xml-version": "another version of XML than 1.0",
    }
)
"""Every code there is, and what the invoice has. Codes are interface: added to, never renamed."""

_LONGEST_QUOTE: Final = 60


@frozen(kw_only=True)
class InvoiceProblem:
    """One thing that KSeF would refuse (`error`), or that is probably not meant (`warning`).

    Attributes:
        code: one of `CODES`; it does not change between versions.
        message: one English sentence: what is wrong and what to do; `str()` puts the place before it.
        line: line of the file, from 1, if known.
        column: character of that line, from 1, if known.
        offset: bytes before the place, if known.
    """

    code: str
    message: str
    severity: Severity = "error"
    line: int | None = None
    column: int | None = None
    offset: int | None = None

    @property
    def place(self) -> str:
        """Line and column, as far as known, else the byte; empty when it is the whole file."""
        if self.line is not None:
            return f"line {self.line}" + (f", column {self.column}" if self.column else "")
        return "" if self.offset is None else f"byte {self.offset}"

    def __str__(self) -> str:
        """The place and the sentence."""
        return f"{self.place}: {self.message}" if self.place else self.message


def quoted(text: str) -> str:
    """A value of the invoice as a message may repeat it: short and on one line."""
    head = text[: _LONGEST_QUOTE + 1]
    plain = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in head)
    return f"'{plain if len(plain) <= _LONGEST_QUOTE else plain[: _LONGEST_QUOTE - 1] + '…'}'"


def quoted_name(name: str) -> str:
    """A file's name in the same way, of a long path its end."""
    plain = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)
    return f"'{plain if len(plain) <= _LONGEST_QUOTE else '…' + plain[1 - _LONGEST_QUOTE :]}'"
