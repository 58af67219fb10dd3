"""Errors of the API: codes, wire texts, and the bodies they travel in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import evolve, frozen

from .clock import wire_time
from .messages import PROBLEM_JSON, Request, Response, json_response

UNREADABLE = 21001
INVALID_INPUT = 21405
BAD_CONTINUATION_TOKEN = 21418
UNKNOWN_SESSION = 21173
NO_UPO = 21178

#: Literal descriptions of the exception codes, from the 400 tables of the contract.
DESCRIPTIONS: Mapping[int, str] = {
    500: "Wystąpił nieoczekiwany błąd.",
    9101: "Nieprawidłowy dokument.",
    9102: "Brak podpisu.",
    9103: "Przekroczona liczba dozwolonych podpisów.",
    9105: "Nieprawidłowy podpis.",
    21001: "Nieczytelna treść.",
    21111: "Nieprawidłowe wyzwanie autoryzacyjne.",
    21115: "Nieprawidłowy certyfikat.",
    21117: "Nieprawidłowy identyfikator podmiotu dla wskazanego typu kontekstu.",
    21155: "Przekroczono dozwoloną liczbę faktur w sesji.",
    21157: "Nieprawidłowy rozmiar części pakietu.",
    # Observed; the contract spells the last word in the singular.
    21161: "Przekroczono dozwoloną liczbę części pakietów.",
    21164: "Faktura o podanym identyfikatorze nie istnieje.",
    21165: "Faktura o podanym numerze KSeF nie jest jeszcze dostępna.",
    21166: "Korekta techniczna niedostępna.",
    21167: "Status faktury nie pozwala na korektę techniczną.",
    21173: "Brak sesji o wskazanym numerze referencyjnym.",
    21175: "Wynik zapytania o podanym identyfikatorze nie istnieje.",
    21178: "Nie znaleziono UPO dla podanych kryteriów.",
    21180: "Status sesji nie pozwala na wykonanie operacji.",
    21181: "Nieprawidłowe żądanie eksportu faktur.",
    21182: "Osiągnięto limit trwających eksportów.",
    21183: "Zakres filtrowania wykracza poza dostępny zakres danych.",
    21184: "Sesja tymczasowo niedostępna.",
    21205: "Pakiet nie może być pusty.",
    21208: "Czas oczekiwania na requesty upload lub finish został przekroczony.",
    21217: "Nieprawidłowe kodowanie znaków.",
    21301: "Brak autoryzacji.",
    21304: "Brak uwierzytelnienia.",
    21308: "Próba wykorzystania metod autoryzacyjnych osoby zmarłej.",
    21401: "Dokument nie jest zgodny ze schemą (xsd).",
    21402: "Nieprawidłowy rozmiar pliku.",
    21403: "Nieprawidłowy skrót pliku.",
    21405: "Błąd walidacji danych wejściowych.",
    21406: "Konflikt podpisu i typu uwierzytelnienia.",
    21418: "Przekazany token kontynuacji ma nieprawidłowy format.",
    21470: "Przesłany identyfikator klucza jest nieznany lub wskazuje na wycofany klucz.",
    71001: "Faktura o podanym identyfikatorze nie istnieje.",
    71002: "Faktura jest już przypisana do maksymalnej liczby Identyfikatorów Zbiorczych.",
    71004: "Faktury mają różnych sprzedawców.",
    71005: "Powtórzony numer KSeF w żądaniu.",
    25001: "Brak możliwości pobrania danych do CSR dla wykorzystanego sposobu uwierzytelnienia.",
    25002: (
        "Brak możliwości złożenia wniosku certyfikacyjnego dla wykorzystanego sposobu "
        "uwierzytelnienia."
    ),
    25003: "Dane w CSR nie zgadzają się z danymi w użytym wektorze uwierzytelniającym.",
    25004: "Niepoprawny format CSR lub niepoprawny podpis CSR.",
    25005: "Wniosek certyfikacyjny o podanym numerze referencyjnym nie istnieje.",
    25006: "Osiągnięto limit możliwych do złożenia wniosków certyfikacyjnych.",
    25007: "Osiągnięto limit dopuszczalnej liczby posiadanych certyfikatów.",
    25008: "Certyfikat o podanym numerze seryjnym nie istnieje.",
    25009: (
        "Nie można odwołać wskazanego certyfikatu, ponieważ jest już odwołany, zablokowany lub "
        "nieważny."
    ),
    25010: "Nieprawidłowy typ lub długość klucza.",
    25011: "Nieprawidłowy algorytm podpisu CSR.",
    26001: "Nie można nadać tokenowi uprawnień których nie posiadasz.",
    26002: "Nie można wygenerować tokena dla obecnego typu kontekstu.",
    30001: "Podmiot lub uprawnienie już istnieje.",
}

TITLES: Mapping[int, str] = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    410: "Gone",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
}


@frozen
class Complaint:
    """One error of a refused request: a code and sentences about this case."""

    code: int
    details: tuple[str, ...] = ()
    #: Where an operation words a code in another way than the rest of the contract.
    description: str | None = None


class Refusal(Exception):
    """Raised by any room to end a request with 400 and one or more exception codes."""

    def __init__(self, code: int, *details: str) -> None:
        super().__init__(code, *details)
        self.complaints: tuple[Complaint, ...] = (Complaint(code, details),)

    @classmethod
    def of(cls, complaints: Iterable[Complaint]) -> Refusal:
        """A refusal for several reasons at once."""
        refusal = cls(0)
        refusal.complaints = tuple(complaints)
        return refusal


class Gone(Exception):
    """Raised to end a request with 410: what it asks about was kept for a while, and is no more."""


class Unauthenticated(Exception):
    """Raised to end a request with 401."""


#: What each reason code of a 403 says (contract, ForbiddenProblemDetails.reasonCode).
_FORBIDDEN: Mapping[str, str] = {
    "missing-permissions": "Brak wymaganych uprawnień do wykonania operacji w bieżącym kontekście.",
    "ip-not-allowed": (
        "Żądanie pochodzi z adresu IP innego niż wskazany podczas uwierzytelnienia."
    ),
    "insufficient-resource-access": "Brak dostępu do wskazanego zasobu.",
    "auth-method-not-allowed": (
        "Ta operacja nie jest dostępna dla użytej metody uwierzytelnienia."
    ),
    "security-service-blocked": "Żądanie zostało zablokowane przez mechanizmy bezpieczeństwa.",
    "context-type-not-allowed": (
        "Operacja nie jest dostępna dla uwierzytelnionego typu kontekstu."
    ),
}


class Forbidden(Exception):
    """Raised to end a request with 403, a reason code and what the contract says goes with it."""

    def __init__(self, reason: str, security: Mapping[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = _FORBIDDEN[reason]
        self.security = security


class OverLimit(Exception):
    """Raised to end a request with 429: the limit, its window, and whole seconds to wait."""

    def __init__(self, limit: int, window: str, retry_after: int) -> None:
        super().__init__(limit, window, retry_after)
        self.sentence = (
            f"Przekroczono limit {limit} żądań na {window}. "
            f"Spróbuj ponownie po {retry_after} sekundach."
        )
        self.retry_after = retry_after


class Reporter:
    """Turns what was raised into the body the caller asked for."""

    def __init__(self, trace: str, now: datetime) -> None:
        self._trace = trace
        self._now = wire_time(now)

    def refused(
        self, request: Request, complaints: Sequence[Complaint], status: int = 400
    ) -> Response:
        """400, or 500 in the same envelope: legacy, or Problem Details on demand."""
        if request.wants_problem_details and status == 400:
            errors = [_api_error(one) for complaint in complaints for one in _apart(complaint)]
            detail = "Żądanie jest nieprawidłowe."
            return self._problem(request, status, detail, {"errors": errors})
        merged: dict[int, Complaint] = {}
        for complaint in complaints:
            known = merged.get(complaint.code, evolve(complaint, details=()))
            details = (*known.details, *complaint.details)
            merged[complaint.code] = evolve(known, details=details)
        entries = [_detail_entry(complaint) for complaint in merged.values()]
        exception = {
            "exceptionDetailList": entries,
            "serviceCode": f"00-{self._trace}-{self._trace[:16]}-00",
            "timestamp": self._now,
        }
        return json_response(status, {"exception": exception})

    def unauthenticated(self, request: Request) -> Response:
        """401, always Problem Details."""
        return self._problem(request, 401, "Wymagane jest uwierzytelnienie.", {})

    def forbidden(self, request: Request, refused: Forbidden) -> Response:
        """403, always Problem Details."""
        more: dict[str, Any] = {"reasonCode": refused.reason}
        if refused.security is not None:
            more["security"] = dict(refused.security)
        return self._problem(request, 403, refused.detail, more)

    def gone(self, request: Request) -> Response:
        """410, always Problem Details."""
        return self._problem(request, 410, "Operacja wygasła i nie jest już dostępna.", {})

    def over_limit(self, request: Request, limit: OverLimit) -> Response:
        """429 in the envelope of its own, or Problem Details on demand."""
        headers = {"retry-after": str(limit.retry_after)}
        if request.wants_problem_details:
            return self._problem(request, 429, limit.sentence, {}, headers)
        status = {"code": 429, "description": TITLES[429], "details": [limit.sentence]}
        return json_response(429, {"status": status}, headers)

    def unsupported(self, request: Request, sentence: str) -> Response:
        """501 for what the simulator does not do, as Problem Details or in the legacy envelope."""
        if request.wants_problem_details:
            return self._problem(request, 501, sentence, {})
        return self.refused(request, [Complaint(501, (sentence,))], 501)

    def _problem(
        self,
        request: Request,
        status: int,
        detail: str,
        more: Mapping[str, Any],
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        document = {
            "title": TITLES[status],
            "status": status,
            "instance": request.path,
            "detail": detail,
            **more,
            "timestamp": self._now,
            "traceId": self._trace,
        }
        return json_response(status, document, headers, PROBLEM_JSON)


def _apart(complaint: Complaint) -> list[Complaint]:
    """An entry for each thing that is wrong with the input, which the legacy form gathers under
    one code (documented rule of Problem Details)."""
    if complaint.code not in (UNREADABLE, INVALID_INPUT) or not complaint.details:
        return [complaint]
    return [evolve(complaint, details=(detail,)) for detail in complaint.details]


def _describe(complaint: Complaint) -> str:
    code = complaint.code
    return complaint.description or DESCRIPTIONS.get(code) or TITLES.get(code, DESCRIPTIONS[500])


def _api_error(complaint: Complaint) -> dict[str, Any]:
    error: dict[str, Any] = {"code": complaint.code, "description": _describe(complaint)}
    if complaint.details:
        error["details"] = list(complaint.details)
    return error


def _detail_entry(complaint: Complaint) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "exceptionCode": complaint.code,
        "exceptionDescription": _describe(complaint),
    }
    if complaint.details:
        entry["details"] = list(complaint.details)
    return entry
