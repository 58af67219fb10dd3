"""A KSeF of a few lines for tests: routes to answers, a log of requests, a clock that sleeping moves."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx

from ksef_facade.concurrency import tasks, threads

BASE_URL = "https://api-test.ksef.mf.gov.pl/v2"
SESSION = "20250925-SO-2F67776000-97273B191A-65"
INVOICE = "20250625-EE-319D7EE000-B67F415CDC-2C"
PAGE_1 = "20250901-EU-47FDBE3000-5961A5D232-BF"
PAGE_2 = "20250901-EU-48D8488000-59667BB54C-C8"
NUMBER = "5265877635-20250626-010080DD2B5E-26"
NIP = "5265877635"
TOKEN = f"20251010-EC-1DCE3E3000-12ECB5B36E-45|nip-{NIP}|{'ab' * 32}"
START = datetime(2026, 11, 20, 12, tzinfo=UTC)

Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class Time:
    """What both flavours of the clock share."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds - 1000)

    def jitter(self) -> float:
        return 0.0

    def advance(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


class ThreadTime(Time, threads.Clock):  # type: ignore[misc]
    def sleep(self, seconds: float) -> None:
        self.advance(seconds)


class TaskTime(Time, tasks.Clock):  # type: ignore[misc]
    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)


class Server:
    """Answers each route from its list; the last answer of a list stays."""

    def __init__(self, *, login: bool = True) -> None:
        self.routes: dict[str, list[Answer]] = {}
        self.requests: list[httpx.Request] = []
        self.time: Time | None = None
        self.logins = 0
        if login:
            self.on("GET /security/public-key-certificates", ok([public_key()]))
            self.on("POST /auth/challenge", ok(CHALLENGE))
            self.on("POST /auth/ksef-token", self._accept_login)
            self.on("POST /auth/xades-signature", self._accept_login)
            self.on("GET /auth/20251010-AU-19F5E39000-39B5B182BA-B8", ok({"status": {"code": 200}}))
            self.on("POST /auth/token/redeem", self._redeem)
            self.on("POST /auth/token/refresh", self._refresh)

    def on(self, route: str, *answers: Answer) -> "Server":
        self.routes[route] = list(answers)
        return self

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.raw_path.decode().removeprefix("/v2").partition("?")[0]
        answers = self.routes.get(f"{request.method} {path}")
        if not answers:
            return httpx.Response(404)
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if callable(answer) else fresh(answer)

    def count(self, route: str) -> int:
        method, path = route.split(" ")
        return sum(
            1
            for request in self.requests
            if request.method == method and request.url.path.removeprefix("/v2") == path
        )

    def asked(self, route: str) -> list[httpx.Request]:
        method, path = route.split(" ")
        return [
            request
            for request in self.requests
            if request.method == method and request.url.path.removeprefix("/v2") == path
        ]

    @property
    def metered(self) -> int:
        """Requests that carried an access token."""
        return sum(
            1
            for request in self.requests
            if request.headers.get("authorization", "").startswith("Bearer access")
        )

    def _now(self) -> datetime:
        return self.time.now() if self.time else START

    def _accept_login(self, _: httpx.Request) -> httpx.Response:
        return ok(
            {
                "referenceNumber": "20251010-AU-19F5E39000-39B5B182BA-B8",
                "authenticationToken": {"token": "login-token"},
            },
            status=202,
        )

    def _redeem(self, _: httpx.Request) -> httpx.Response:
        self.logins += 1
        return ok(
            {
                "accessToken": self._token("access-1", 900),
                "refreshToken": self._token("refresh-1", 7 * 86400),
            }
        )

    def _refresh(self, _: httpx.Request) -> httpx.Response:
        count = self.count("POST /auth/token/refresh")
        return ok({"accessToken": self._token(f"access-{count + 1}", 900)})

    def _token(self, value: str, lifetime: float) -> dict[str, str]:
        return {
            "token": f"{value}.{self.logins}",
            "validUntil": (self._now() + timedelta(seconds=lifetime)).isoformat(),
        }


CHALLENGE = {
    "challenge": "20250514-CR-226FB7B000-3ACF9BE4C0-10",
    "timestamp": "2025-07-11T12:23:56.0154302+00:00",
    "timestampMs": 1752236636015,
    "clientIp": "127.0.0.1",
}


def fresh(response: httpx.Response) -> httpx.Response:
    """A copy: httpx binds a response to its request."""
    return httpx.Response(response.status_code, headers=response.headers, content=response.content)


def ok(value: Any, status: int = 200, **headers: str) -> httpx.Response:
    return httpx.Response(status, json=value, headers=headers)


def legacy(code: int, text: str = "", *details: str) -> httpx.Response:
    entry = {"exceptionCode": code, "exceptionDescription": text, "details": list(details)}
    return ok({"exception": {"exceptionDetailList": [entry], "serviceCode": "00-ab-cd-00"}}, 400)


def problem(status: int, **members: Any) -> httpx.Response:
    body = {"title": "x", "status": status, "detail": "y", "traceId": "ab" * 16, **members}
    return httpx.Response(
        status, content=json.dumps(body), headers={"Content-Type": "application/problem+json"}
    )


def html(status: int = 200) -> httpx.Response:
    page = b"<!DOCTYPE html><html><body>Request blocked</body></html>"
    return httpx.Response(status, content=page, headers={"Content-Type": "text/html"})


def xml(content: bytes, *, declared: str | None = "right") -> httpx.Response:
    headers = {"Content-Type": "application/xml"}
    if declared is not None:
        right = b64encode(sha256(content).digest()).decode()
        headers["x-ms-meta-hash"] = right if declared == "right" else declared
    return httpx.Response(200, content=content, headers=headers)


def session_status(code: int = 200, **members: Any) -> dict[str, Any]:
    return {
        "status": {"code": code, "description": "opis"},
        "dateCreated": "2025-09-25T10:00:00.1234567+00:00",
        "dateUpdated": "2025-09-25T10:05:00+00:00",
        **members,
    }


def invoice_status(code: int = 200, **members: Any) -> dict[str, Any]:
    return {
        "ordinalNumber": 1,
        "referenceNumber": INVOICE,
        "invoiceHash": "X+wQflQVyRs1fImlI+xDPnWk1V37hys4O1lkx9iJbSA=",
        "invoicingDate": "2025-09-25T10:00:00+00:00",
        "status": {"code": code, "description": "opis"},
        **members,
    }


def link(name: str) -> str:
    """A pre-signed link whose signature needs its escapes kept."""
    return f"https://api-test.ksef.mf.gov.pl/storage/01/{name}?sv=1&sig=%2BUW%2Fv%3D%3D"


def upo_pages(*pages: tuple[str, str]) -> dict[str, Any]:
    return {
        "pages": [
            {
                "referenceNumber": reference,
                "downloadUrl": url,
                "downloadUrlExpirationDate": "2026-11-23T00:00:00+00:00",
            }
            for reference, url in pages
        ]
    }


def upo(
    session: str = SESSION,
    *,
    page: int | None = 1,
    pages: int = 1,
    documents: int = 1,
    total: int = 1,
) -> bytes:
    """A UPO with only what the client reads of it."""
    described = (
        f"<OpisPotwierdzenia><Strona>{page}</Strona><LiczbaStron>{pages}</LiczbaStron>"
        "<ZakresDokumentowOd>1</ZakresDokumentowOd><ZakresDokumentowDo>1</ZakresDokumentowDo>"
        f"<CalkowitaLiczbaDokumentow>{total}</CalkowitaLiczbaDokumentow></OpisPotwierdzenia>"
        if page is not None
        else ""
    )
    document = f"<Dokument><NumerKSeFDokumentu>{NUMBER}</NumerKSeFDokumentu></Dokument>"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\r\n'
        '<Potwierdzenie xmlns="http://upo.schematy.mf.gov.pl/KSeF/v4-3">'
        "<NazwaPodmiotuPrzyjmujacego>Ministerstwo Finansów</NazwaPodmiotuPrzyjmujacego>"
        f"<NumerReferencyjnySesji>{session}</NumerReferencyjnySesji>{described}"
        f"{document * documents}</Potwierdzenie>"
    ).encode()


_KEYS: list[dict[str, Any]] = []
_PRIVATE: list[Any] = []


def private_key() -> Any:
    """What belongs to `public_key`."""
    public_key()
    return _PRIVATE[0]


def public_key() -> dict[str, Any]:
    """A key for both usages, made once a process."""
    if not _KEYS:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import rsa

        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        _PRIVATE.append(key)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(START - timedelta(days=10))
            .not_valid_after(START + timedelta(days=400))
            .sign(key, hashes.SHA256())
        )
        der = certificate.public_bytes(serialization.Encoding.DER)
        spki = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        _KEYS.append(
            {
                "certificate": b64encode(der).decode(),
                "certificateId": b64encode(sha256(der).digest()).decode(),
                "publicKeyId": b64encode(sha256(spki).digest()).decode(),
                "validFrom": (START - timedelta(days=10)).isoformat(),
                "validTo": (START + timedelta(days=400)).isoformat(),
                "usage": ["KsefTokenEncryption", "SymmetricKeyEncryption"],
            }
        )
    return _KEYS[0]
