"""Every word that a rendered document says of its own, in Polish and in English."""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["pl", "en", "both"]
"""Polish, English, or Polish with the English beside it."""

_LANGUAGES: Final = ("pl", "en", "both")
_THIN: Final = "\u00a0"

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Urzędowe poświadczenie odbioru", "Official confirmation of receipt"),
    "upo": ("UPO", "UPO"),
    "system": ("Krajowy System e-Faktur", "National e-Invoicing System (KSeF)"),
    "of_invoice": ("UPO faktury", "UPO of one invoice"),
    "of_session": ("UPO sesji", "UPO of a session"),
    # Head of the document.
    "receipt": ("Poświadczenie", "Confirmation"),
    "invoice": ("Faktura", "Invoice"),
    "authority": ("Podmiot przyjmujący", "Receiving authority"),
    "session": ("Numer referencyjny sesji", "Session reference number"),
    "Nip": ("Kontekst: NIP", "Context: tax number (NIP)"),
    "InternalId": ("Kontekst: identyfikator wewnętrzny", "Context: internal identifier"),
    "NipVatUe": ("Kontekst: NIP i numer VAT UE", "Context: NIP and EU VAT number"),
    "PeppolId": ("Kontekst: dostawca usług Peppol", "Context: Peppol service provider"),
    "context": ("Kontekst", "Context"),
    "token": ("Numer referencyjny tokena KSeF", "KSeF token reference number"),
    "auth_hash": ("Skrót dokumentu uwierzytelniającego", "Authentication document hash"),
    "page": ("Strona UPO", "UPO page"),
    "range": ("Zakres dokumentów", "Range of documents"),
    "total": ("Całkowita liczba dokumentów", "Total number of documents"),
    "here": ("Dokumenty na tej stronie UPO", "Documents on this UPO page"),
    "structure": ("Struktura logiczna", "Logical structure"),
    "form_code": ("Kod formularza", "Form code"),
    "version": ("Wersja UPO", "UPO version"),
    "signature": ("Podpis elektroniczny", "Electronic signature"),
    "signed": ("w pliku XML (tu nie sprawdzany)", "in the XML file (not verified here)"),
    "unsigned": ("brak w pliku XML", "none in the XML file"),
    "digest": ("SHA-256 pliku XML", "SHA-256 of the XML file"),
    # Of each invoice.
    "number": ("Lp.", "No."),
    "ksef_number": ("Numer KSeF", "KSeF number"),
    "invoice_hash": ("Skrót dokumentu (SHA-256)", "Document hash (SHA-256)"),
    "invoice_number": ("Numer faktury", "Invoice number"),
    "seller_nip": ("NIP sprzedawcy", "Seller's NIP"),
    "issue_date": ("Data wystawienia", "Issue date"),
    "sent_at": ("Data przesłania", "Sent"),
    "acquired_at": ("Data nadania numeru KSeF", "KSeF number assigned"),
    "mode": ("Tryb wysyłki", "Sending mode"),
    "Online": ("Online", "Online"),
    "Offline": ("Offline", "Offline"),
    "not_told": ("—", "—"),
    # Environments that are not production.
    "test": ("ŚRODOWISKO TESTOWE", "TEST ENVIRONMENT"),
    "demo": ("ŚRODOWISKO PRZEDPRODUKCYJNE", "PRE-PRODUCTION ENVIRONMENT"),
    # What stands around.
    "sum_here": ("Razem dokumentów na tej stronie UPO", "Documents on this UPO page"),
    "sum_total": ("we wszystkich stronach UPO", "on all UPO pages"),
    "sheet": ("Strona {number} z {count}", "Page {number} of {count}"),
    "verify": ("Sprawdź fakturę w KSeF", "Verify the invoice in KSeF"),
    "more": ("dalsze elementy są w pliku XML", "further elements are in the XML file"),
    "note": (
        "Wizualizacja UPO. Dowodem odbioru jest plik XML wydany przez KSeF; jego skrót SHA-256 podano "
        "powyżej.",
        "Visualisation of a UPO. The evidence of receipt is the XML file that KSeF issued; its SHA-256 is "
        "given above.",
    ),
    "attached": ("Plik XML jest w załączniku.", "The XML file is attached."),
    # Report of a session.
    "report": ("Raport sesji KSeF", "KSeF session report"),
    "status": ("Status", "Status"),
    "created": ("Data utworzenia", "Created"),
    "updated": ("Ostatnia aktywność", "Last activity"),
    "valid_until": ("Ważna do", "Valid until"),
    "all": ("Faktury: wszystkie", "Invoices: all"),
    "accepted": ("Faktury: przyjęte", "Invoices: accepted"),
    "rejected": ("Faktury: odrzucone", "Invoices: rejected"),
    "upo_pages": ("Strony UPO sesji", "UPO pages of the session"),
    "as_of": ("Stan na", "As of"),
    "ordinal": ("Nr w sesji", "No. in session"),
    "code": ("Kod", "Code"),
    "description": ("Opis", "Description"),
    "acquisition": ("Data nadania numeru KSeF", "KSeF number assigned"),
    "upo_file": ("UPO", "UPO"),
    "invoices": ("Faktury", "Invoices"),
}
"""Key -> Polish, English."""


def checked(language: str) -> Language:
    """The language, if it is one.

    Raises:
        ValueError: it is none of `pl`, `en` and `both`.
    """
    for known in _LANGUAGES:
        if language == known:
            return known
    raise ValueError(f"{language[:20]!r} is no language of a UPO; choose pl, en or both")


def lines(key: str, language: Language) -> tuple[str, ...]:
    """The word in each language wanted, one to a line."""
    polish, english = WORDS[key]
    if language == "both":
        return (polish,) if polish == english else (polish, english)
    return (polish if language == "pl" else english,)


def say(key: str, language: Language, **values: str) -> str:
    """The word on one line, both languages beside each other if both are wanted."""
    return " / ".join(lines(key, language)).format(**values)


def grouped(number: int, language: Language) -> str:
    """A number as people of the language write it; for both, as in Poland."""
    return f"{number:,}".replace(",", "," if language == "en" else _THIN)
