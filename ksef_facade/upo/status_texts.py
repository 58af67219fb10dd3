"""What the codes of sessions and invoices mean, in Polish and in English, with what to do."""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["pl", "en"]
Kind = Literal["session", "invoice"]

# Codes: contract, StatusInfo and InvoiceStatusInfo. The words are ours.
_WORDS: Final[dict[Kind, dict[int, tuple[str, str]]]] = {
    "invoice": {
        100: ("przyjęta, czeka na przetworzenie", "taken, waiting to be processed"),
        150: ("jest przetwarzana", "being processed"),
        200: ("przyjęta, ma numer KSeF", "accepted, it has a KSeF number"),
        405: (
            "nieprzetworzona, bo cała sesja zakończyła się błędem",
            "not processed, because its whole session failed",
        ),
        410: (
            "odrzucona: brak uprawnienia do wystawienia faktury w imieniu tego sprzedawcy",
            "rejected: no permission to issue invoices for this seller",
        ),
        415: (
            "odrzucona: faktury z załącznikiem nie można tak wysłać",
            "rejected: an invoice with an attachment cannot be sent this way",
        ),
        430: (
            "odrzucona: rozmiar lub skrót pliku jest inny niż zadeklarowany",
            "rejected: the file's size or hash is not what was declared",
        ),
        435: (
            "odrzucona: pliku nie udało się odszyfrować",
            "rejected: the file could not be decrypted",
        ),
        440: (
            "duplikat: taka faktura ma już numer KSeF",
            "a duplicate: this invoice has a KSeF number already",
        ),
        450: (
            "odrzucona: treść nie spełnia wymagań struktury lub reguł",
            "rejected: its content breaks the schema or a rule",
        ),
        500: ("odrzucona: nieznany błąd po stronie KSeF", "rejected: an unknown error of KSeF"),
        550: (
            "przerwana przez system; wyślij ją ponownie",
            "cancelled by the system; send it again",
        ),
    },
    "session": {
        100: ("otwarta", "open"),
        150: ("jest przetwarzana", "being processed"),
        170: ("zamknięta, jest przetwarzana", "closed, being processed"),
        200: ("przetworzona, UPO jest dostępne", "processed, the UPO is available"),
        405: (
            "odrzucona: elementy paczki nie zgadzają się z deklaracją",
            "failed: parts of the package are not what was declared",
        ),
        415: (
            "odrzucona: klucza nie udało się odszyfrować",
            "failed: the key could not be decrypted",
        ),
        420: ("odrzucona: za dużo faktur w sesji", "failed: too many invoices in the session"),
        430: (
            "odrzucona: archiwum nie udało się rozpakować",
            "failed: the archive could not be unpacked",
        ),
        435: (
            "odrzucona: części archiwum nie udało się odszyfrować",
            "failed: parts of the archive could not be decrypted",
        ),
        440: (
            "anulowana: nie przesłano faktur lub minął czas",
            "cancelled: no invoice came, or the time was over",
        ),
        445: (
            "odrzucona: żadna faktura nie jest poprawna",
            "failed: not one invoice is valid",
        ),
        500: ("nieznany błąd po stronie KSeF", "an unknown error of KSeF"),
        550: ("przerwana przez system", "cancelled by the system"),
    },
}
_UNKNOWN: Final = {
    "pl": ("nieznany kod", "kod spoza listy, w toku", "kod spoza listy, sukces", "odrzucenie"),
    "en": (
        "unknown code",
        "an unlisted code, in progress",
        "an unlisted code, success",
        "a failure",
    ),
}
_PLACES: Final = {"pl": 0, "en": 1}
# Terminal means at least 200, a failure at least 400 (contract); in every version so far.
_FINAL: Final = 200
_FAILURE: Final = 400


def status_words(kind: Kind, code: int, language: Language = "en") -> str:
    """What a status code means, in words without a full stop.

    Args:
        kind: of a "session" or of an "invoice".
        code: `status.code`; one that is not listed is explained by its range.
        language: "pl" or "en".
    """
    words = _WORDS[kind].get(code)
    if words is not None:
        return words[_PLACES[language]]
    nothing, going, success, failure = _UNKNOWN[language]
    if code <= 0:
        return nothing
    if code < _FINAL:
        return going
    return success if code < _FAILURE else failure
