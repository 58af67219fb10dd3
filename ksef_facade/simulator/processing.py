"""The verdict on an invoice that was sent: decrypted, compared, read, and checked by the rules."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from attrs import frozen

from .clock import local
from .credentials import is_tax_number
from .invoices import Facts, Invalid, read
from .sessions import ACCEPTED, Invoice, Session, SessionRegister, Verdict
from .settings import Settings

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

SESSION_FAILED = Verdict(405)

#: Bounds of `DataWytworzeniaFa` in FA(3) (schema FA(3), TDataCzas of the header).
_MADE_FROM, _MADE_TO = "2025-09-01T00:00:00Z", "2050-01-01T23:59:59Z"
#: A UPO holds numbers of up to 256 characters (schema of UPO v4-3, NumerFaktury).
LONGEST_NUMBER = 256
#: Weights of the checksum of a tax number (documented rule).
_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_AES_BLOCK = 16


@frozen
class Arrival:
    """One invoice as declared and sent."""

    ciphertext: bytes
    declared_hash: str
    declared_size: int
    received: datetime
    is_offline: bool
    corrects: str | None = None
    file_name: str | None = None


@frozen
class Outcome:
    """The verdict and what could be read of the invoice."""

    verdict: Verdict
    facts: Facts | None = None
    content: bytes | None = None
    mode: Literal["Online", "Offline"] | None = None


def decrypt(session: Session, ciphertext: bytes) -> bytes | None:
    """AES-256-CBC with PKCS#7 padding under the session's key; None when it does not decrypt."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.padding import PKCS7

    if session.symmetric_key is None or len(ciphertext) % _AES_BLOCK:
        return None
    try:
        cipher = Cipher(
            algorithms.AES(session.symmetric_key), modes.CBC(session.initialization_vector)
        )
        decryptor = cipher.decryptor()
        padded = decryptor.update(ciphertext) + decryptor.finalize()
        unpadder = PKCS7(_AES_BLOCK * 8).unpadder()
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        return None


def hash_of(content: bytes) -> str:
    """Base64 SHA-256, as every hash of the API is written."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def judge(
    arrival: Arrival, session: Session, register: SessionRegister, settings: Settings
) -> Outcome:
    """What becomes of an invoice. Checks run in the documented order; the first broken one wins."""
    if session.key_fails is not None:
        return Outcome(SESSION_FAILED)
    content = decrypt(session, arrival.ciphertext)
    if content is None:
        return Outcome(Verdict(435))
    broken = _compare(arrival, content)
    if broken is not None:
        return Outcome(broken, content=content)
    try:
        facts = read(content, session.form)
    except Invalid as invalid:
        return Outcome(Verdict(450, (str(invalid),)), content=content)
    verdict = (
        _check_size(content, facts, settings)
        or _check_rules(arrival, facts, session, settings)
        or _check_attachment(arrival, facts, session)
        or _check_authority(facts, session)
        or _check_duplicate(facts, register)
        or ACCEPTED
    )
    return Outcome(verdict, facts, content, _mode(arrival, facts))


def _compare(arrival: Arrival, content: bytes) -> Verdict | None:
    if len(content) != arrival.declared_size:
        sentence = (
            f"Rozmiar faktury nie zgadza się z zadeklarowaną wartością: '{arrival.declared_size}'."
        )
        return Verdict(430, (sentence,))
    if hash_of(content) != arrival.declared_hash:
        return Verdict(430, ("Skrót faktury nie zgadza się z zadeklarowaną wartością.",))
    return None


def _check_size(content: bytes, facts: Facts, settings: Settings) -> Verdict | None:
    limit = settings.invoice_size
    if facts.has_attachment:
        limit = settings.invoice_size_with_attachment
    if len(content) > limit:
        return Verdict(430, (f"Rozmiar faktury przekracza dozwolony limit {limit} bajtów.",))
    return None


def _check_rules(
    arrival: Arrival, facts: Facts, session: Session, settings: Settings
) -> Verdict | None:
    issued = _date(facts.issued)
    if issued is None:
        return _invalid(f"The value '{facts.issued}' is not a valid date.")
    if issued > local(arrival.received).date():
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
    try:
        moment = datetime.fromisoformat(made)
    except ValueError:
        return False
    if moment.tzinfo is None:
        moment = datetime.fromisoformat(f"{made}Z")
    return datetime.fromisoformat(_MADE_FROM) <= moment <= datetime.fromisoformat(_MADE_TO)


def _has_checksum(number: str) -> bool:
    if not is_tax_number(number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_NIP_WEIGHTS, number, strict=False))
    return total % 11 == int(number[9])


def _check_attachment(arrival: Arrival, facts: Facts, session: Session) -> Verdict | None:
    # A technical correction is the one online case in which an attachment may come along.
    if facts.has_attachment and session.kind == "online" and arrival.corrects is None:
        return Verdict(415)
    return None


def _check_authority(facts: Facts, session: Session) -> Verdict | None:
    context = session.context.nip
    if session.form.layout == "RR" and context is not None and context == facts.buyer:
        # The buyer issues a flat-rate farmer's invoice.
        return None
    if session.form.layout == "UBL" and session.context.kind == "PeppolId":
        return None
    if facts.seller != context:
        return Verdict(410, ("Brak uprawnienia fakturowego",))
    return None


def _check_duplicate(facts: Facts, register: SessionRegister) -> Verdict | None:
    original = register.original_of(facts.seller, facts.kind, facts.number)
    return None if original is None else duplicate_of(*original)


def duplicate_of(ksef_number: str, session: str) -> Verdict:
    """The verdict on a second invoice of the same seller, kind and number."""
    sentence = (
        f"Duplikat faktury. Faktura o numerze KSeF: {ksef_number} została już prawidłowo "
        f"przesłana do systemu w sesji: {session}"
    )
    extensions = {"originalSessionReferenceNumber": session, "originalKsefNumber": ksef_number}
    return Verdict(440, (sentence,), extensions)


def _mode(arrival: Arrival, facts: Facts) -> Literal["Online", "Offline"] | None:
    if arrival.is_offline:
        return "Offline"
    issued = _date(facts.issued)
    if issued is None:
        return None
    return "Offline" if issued < local(arrival.received).date() else "Online"


def _invalid(sentence: str) -> Verdict:
    return Verdict(450, (sentence,))


def corrected_original(hash_: str, sessions: list[Session], at: datetime) -> Invoice | None:
    """The invoice of a context that a technical correction names by its hash."""
    found = None
    for session in sessions:
        for invoice in session.invoices:
            if invoice.hash == hash_ and invoice.decided <= at:
                if invoice.verdict.is_accepted:
                    return invoice
                found = invoice
    return found
