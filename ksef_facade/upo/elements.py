"""What the elements of a UPO are called, in every version so far."""

from __future__ import annotations

import re
from typing import Final

NAMESPACE: Final = re.compile(r"http://upo\.schematy\.mf\.gov\.pl/KSeF/(v[0-9]+(?:-[0-9]+)*)")
"""Every UPO namespace of KSeF so far has this form; versions after v4-3 are expected to keep it."""

ROOT: Final = "Potwierdzenie"
DOCUMENT: Final = "Dokument"
DS: Final = "http://www.w3.org/2000/09/xmldsig#"
XADES: Final = "http://uri.etsi.org/01903/v1.3.2#"
SIGNATURE: Final = f"{{{DS}}}Signature"

SESSION: Final = ("NumerReferencyjnySesji", "NumerReferencyjny")
"""Element of the session's reference, since v4 and in v3."""

AUTHORITY: Final = "NazwaPodmiotuPrzyjmujacego"
STRUCTURE: Final = "NazwaStrukturyLogicznej"
FORM_CODE: Final = "KodFormularza"
KSEF_NUMBER: Final = "NumerKSeFDokumentu"

CONTEXTS: Final = {
    "Nip": "Nip",
    "IdWewnetrzny": "InternalId",
    "IdZlozonyVatUE": "NipVatUe",
    "IdDostawcyUslugPeppol": "PeppolId",
}
"""Kinds of context under `IdKontekstu`, by the contract's names; v3 has a tax number only."""

AUTHENTICATION: Final = "Uwierzytelnienie/"
CONTEXT: Final = "Uwierzytelnienie/IdKontekstu/"
CONTEXT_V3: Final = "IdentyfikatorPodatkowyPodmiotu"
TOKEN: Final = "Uwierzytelnienie/NumerReferencyjnyTokenaKSeF"
AUTH_DOCUMENT: Final = "Uwierzytelnienie/SkrotDokumentuUwierzytelniajacego"

DESCRIPTION: Final = "OpisPotwierdzenia/"
PAGE: Final = "OpisPotwierdzenia/Strona"
PAGES: Final = "OpisPotwierdzenia/LiczbaStron"
FIRST: Final = "OpisPotwierdzenia/ZakresDokumentowOd"
LAST: Final = "OpisPotwierdzenia/ZakresDokumentowDo"
TOTAL: Final = "OpisPotwierdzenia/CalkowitaLiczbaDokumentow"

POSITIVE: Final = re.compile(r"\+?0*[1-9][0-9]{0,8}")
"""The schema's positive numbers; more digits mean nothing here and cost time to convert."""

LONGEST_TEXT: Final = 512
"""The schema's longest text has 256 characters; what is longer is not kept whole."""
