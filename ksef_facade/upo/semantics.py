"""Whether what a UPO says fits together: numbers, hashes, session, taxpayer, environment."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import TYPE_CHECKING, Final

from ksef_facade.errors import InvalidIdentifier
from ksef_facade.identifiers import KsefNumber
from ksef_facade.upo.entries import KNOWN
from ksef_facade.upo.verdicts import Findings

if TYPE_CHECKING:
    from ksef_facade.logins.contexts import Context
    from ksef_facade.upo.documents import UpoDocument
    from ksef_facade.upo.entries import UpoEntry

_SHA256_SIZE: Final = 32
_SHA256_LETTERS: Final = 44
# KSeF numbers that KSeF 1.0 gave have a hyphen more (contract schema KsefNumber).
_LENGTH_OF_1_0: Final = 36
_MODES: Final = ("Online", "Offline")
# The Ministry's environments; a receipt of another one, e.g. a simulator's, may say anything.
_ENVIRONMENTS: Final = ("test", "demo", "prod")


class Seen:
    """KSeF numbers of all documents so far, so that doubled ones are noticed across pages."""

    def __init__(self) -> None:
        self._numbers: set[str] = set()

    def again(self, number: str) -> bool:
        """Whether the number was there before; remembers it."""
        if number in self._numbers:
            return True
        self._numbers.add(number)
        return False


def check_entry(
    entry: UpoEntry, place: str, found: Findings, seen: Seen, *, has_checksums: bool
) -> None:
    """Add what does not fit in one invoice of a UPO.

    Checksum of the KSeF number and its first part being the seller's NIP: documented rules. Numbers
    of KSeF 1.0 need not follow that of the checksum (observed on one with a genuine signature).
    Elements that are mandatory: UPO schema.
    """
    number = entry.ksef_number
    if number is None:
        found.add(f"{place} has no KSeF number")
    else:
        place = f"{place} ({number[:40]})"
        if has_checksums and len(number) != _LENGTH_OF_1_0:
            try:
                KsefNumber.parse(number)
            except InvalidIdentifier as error:
                found.add(f"{place}: {error}")
        if number != number.upper():
            found.add(f"{place}: its KSeF number is not in upper case")
        seller = number.partition("-")[0]
        if entry.seller_nip is not None and seller != entry.seller_nip:
            found.add(
                f"{place}: the KSeF number is of seller {seller[:20]}, the document of "
                f"{entry.seller_nip[:20]}"
            )
        if seen.again(number):
            found.add(f"{place} is there more than once")
    if not is_sha256(entry.invoice_hash):
        found.add(f"{place}: its hash is no SHA-256 in Base64")
    for what, value in (
        ("the invoice's number", entry.invoice_number),
        ("the moment of sending", entry.sent_at),
        ("the moment of the number", entry.acquired_at),
    ):
        if value is None:
            found.add(f"{place}: {what} is missing or cannot be read")
    if entry.mode is not None and entry.mode not in _MODES:
        found.add(f"{place}: its mode {entry.mode[:20]!a} is neither Online nor Offline")
    for path, text in entry.extras:
        if path in KNOWN:
            found.add(f"{place}: {path} {text[:40]!a} is doubled or cannot be read")


def is_sha256(text: str | None) -> bool:
    """Whether a text is a SHA-256 in Base64, as the contract writes it."""
    if text is None or len(text) != _SHA256_LETTERS:
        return False
    try:
        return len(b64decode(text, validate=True)) == _SHA256_SIZE
    except (ValueError, binascii.Error):
        return False


def check_header(
    document: UpoDocument,
    found: Findings,
    *,
    session_reference: str | None,
    context: Context | None,
    environment: str | None,
) -> tuple[str, ...]:
    """Add what contradicts what the caller expects; returns what merely differs."""
    told: list[str] = []
    if (
        session_reference is not None
        and document.session_reference.upper() != session_reference.upper()
    ):
        found.add(f"the UPO is of session {document.session_reference}, not of {session_reference}")
    if context is not None:
        actual = (document.context_kind, document.context_value)
        if document.context_value is None:
            told.append("the UPO does not say for whom it is")
        elif actual[0] != context.type:
            # A company may see what its unit sent.
            told.append(f"the UPO is for {actual[0]} {actual[1]}, not for {context}")
        elif actual[1] != context.value:
            found.add(f"the UPO is for {actual[1]}, not for {context.value}")
    name = document.environment_name
    if environment in _ENVIRONMENTS:
        if name is None:
            told.append("the UPO does not say which environment it is from")
        elif name != environment:
            found.add(f"the UPO is from {name}, not from {environment}")
    return tuple(told)
