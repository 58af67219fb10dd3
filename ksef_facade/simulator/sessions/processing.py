"""The verdict on an invoice: read and checked by the rules, in the documented order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Literal

from attrs import evolve, frozen

from ..clock import local
from ..effective_limits.overrides import SessionLimits
from ..logins.credentials import is_tax_number
from ..settings import Settings
from ..taxpayers import Taxpayers
from .authority import may_issue
from .invoices import Facts, Invalid, read
from .register import SessionRegister
from .state import ACCEPTED, Session, Verdict

#: Literal descriptions of invoice codes (contract, GET /sessions/{referenceNumber}/invoices).
INVOICE_TEXTS: Mapping[int, str] = {
    100: "Faktura przyjęta do dalszego przetwarzania",
    150: "Trwa przetwarzanie",
    200: "Sukces",
    405: "Przetwarzanie anulowane z powodu błędu sesji",
    410: "Nieprawidłowy zakres uprawnień",
    415: "Brak możliwości wysyłania faktury z załącznikiem",
    430: "Błąd weryfikacji pliku faktury",
    435: "Błąd odszyfrowania pliku",
    440: "Duplikat faktury",
    450: "Błąd weryfikacji semantyki dokumentu faktury",
    500: "Nieznany błąd (500)",
    550: "Operacja została anulowana przez system",
}

_NO_CONSENT = "Brak zgody na wystawianie faktur z załącznikiem"

#: Bounds of `DataWytworzeniaFa` in FA(3) (schema FA(3), TDataCzas of the header).
_MADE_FROM, _MADE_TO = "2025-09-01T00:00:00Z", "2050-01-01T23:59:59Z"
#: What the type allows of ISO 8601 (XML Schema, part 2, dateTime); the library reads much more.
_MADE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
#: A UPO holds numbers of up to 256 characters (schema of UPO v4-3, NumerFaktury).
LONGEST_NUMBER = 256
#: Weights of the checksum of a tax number (documented rule).
_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)


@frozen
class Draft:
    """A plain invoice and how it came."""

    content: bytes
    #: The moment of acceptance: no invoice may be issued on a later day.
    received: datetime
    #: The invoicing date, which an earlier day of issue makes an offline invoice.
    sent: datetime
    is_offline: bool
    is_correction: bool = False


@frozen
class Outcome:
    """The verdict and what could be read of the invoice."""

    verdict: Verdict
    facts: Facts | None = None
    content: bytes | None = None
    mode: Literal["Online", "Offline"] | None = None

    def without_content(self) -> Outcome:
        """The same without the invoice's bytes."""
        return evolve(self, content=None)


def examine(
    draft: Draft,
    session: Session,
    settings: Settings,
    taxpayers: Taxpayers,
    limits: SessionLimits,
) -> Outcome:
    """What becomes of an invoice as far as it depends on itself. The first broken rule wins.

    Source of the order: documented rules of verification. Size comes first because it needs no
    reading, duplicates last, by `settle`.
    """
    content = draft.content
    try:
        facts = read(content, session.form)
    except Invalid as invalid:
        return Outcome(Verdict(450, (str(invalid),)), content=content)
    verdict = (
        _check_size(content, facts, limits)
        or _check_rules(draft, facts, session, settings)
        or _check_attachment(draft, facts, session, taxpayers)
        or _check_authority(facts, session, taxpayers)
        or ACCEPTED
    )
    return Outcome(verdict, facts, content, _mode(draft, facts))


def settle(outcome: Outcome, register: SessionRegister) -> Outcome:
    """The same, or the verdict on a duplicate of an invoice accepted before."""
    facts = outcome.facts
    if not outcome.verdict.is_accepted or facts is None:
        return outcome
    original = register.original_of(facts.seller, facts.kind, facts.number)
    return outcome if original is None else evolve(outcome, verdict=duplicate_of(*original))


def too_large(limit: int) -> Verdict:
    """The verdict on an invoice beyond the limit of its kind."""
    return Verdict(430, (f"Rozmiar faktury przekracza dozwolony limit {limit} bajtów.",))


def _check_size(content: bytes, facts: Facts, limits: SessionLimits) -> Verdict | None:
    limit = limits.invoice_size
    if facts.has_attachment:
        limit = limits.invoice_size_with_attachment
    if len(content) > limit:
        return too_large(limit)
    return None


def _check_rules(
    draft: Draft, facts: Facts, session: Session, settings: Settings
) -> Verdict | None:
    issued = _date(facts.issued)
    if issued is None:
        return _invalid(f"The value '{facts.issued}' is not a valid date.")
    if issued > local(draft.received).date():
        return _invalid("Data wystawienia faktury nie może być późniejsza niż data przyjęcia.")
    if len(facts.number) > LONGEST_NUMBER:
        return _invalid("The invoice number is longer than 256 characters.")
    if facts.made is not None and not _is_made_in_bounds(facts.made, session):
        return _invalid(f"The value '{facts.made}' of DataWytworzeniaFa is out of bounds.")
    if not is_tax_number(facts.seller):
        return _invalid(f"The value '{facts.seller}' is not a valid tax number of the seller.")
    if session.checks_tax_numbers or settings.check_tax_number_checksums:
        for number in (facts.seller, *facts.parties):
            if not _has_checksum(number):
                return _invalid(f"Nieprawidłowa suma kontrolna identyfikatora '{number}'.")
    return None


def _date(text: str) -> date | None:
    # The standard library also reads week dates and dates without hyphens; the schema does not.
    if len(text) != len("2026-01-31") or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_made_in_bounds(made: str, session: Session) -> bool:
    if session.form.system_code != "FA (3)":
        return True
    if not _MADE.fullmatch(made):
        return False
    try:
        moment = datetime.fromisoformat(made)
    except ValueError:
        return False
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return datetime.fromisoformat(_MADE_FROM) <= moment <= datetime.fromisoformat(_MADE_TO)


def _has_checksum(number: str) -> bool:
    if not is_tax_number(number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_NIP_WEIGHTS, number, strict=False))
    return total % 11 == int(number[9])


def _check_attachment(
    draft: Draft, facts: Facts, session: Session, taxpayers: Taxpayers
) -> Verdict | None:
    if not facts.has_attachment:
        return None
    if session.kind == "batch" or not session.form.batch:
        # What comes in no batch brings its attachments online (observed of PEF, with consent; that
        # it ends like a batch's without one is our reading).
        return None if taxpayers.has_attachments(facts.seller) else Verdict(410, (_NO_CONSENT,))
    # A technical correction is the one online case in which an attachment may come along.
    return None if draft.is_correction else Verdict(415)


def _check_authority(facts: Facts, session: Session, taxpayers: Taxpayers) -> Verdict | None:
    if may_issue(facts, session, taxpayers):
        return None
    return Verdict(410, ("Brak uprawnienia fakturowego",))


def duplicate_of(ksef_number: str, session: str) -> Verdict:
    """The verdict on a second invoice of the same seller, kind and number."""
    sentence = (
        f"Duplikat faktury. Faktura o numerze KSeF: {ksef_number} została już prawidłowo "
        f"przesłana do systemu w sesji: {session}"
    )
    extensions = {"originalSessionReferenceNumber": session, "originalKsefNumber": ksef_number}
    return Verdict(440, (sentence,), extensions)


def _mode(draft: Draft, facts: Facts) -> Literal["Online", "Offline"] | None:
    if draft.is_offline:
        return "Offline"
    issued = _date(facts.issued)
    if issued is None:
        return None
    return "Offline" if issued < local(draft.sent).date() else "Online"


def _invalid(sentence: str) -> Verdict:
    return Verdict(450, (sentence,))
