"""Those who grant and hold permissions, and what they ask the simulator for."""

from __future__ import annotations

from typing import Any

import httpx

from ksef_facade.simulator import Simulator
from tests.simulator.logins import submit
from tests.simulator.plain_client import Sender
from tests.simulator.signers import Identity, person, seal

NIP, OTHER, THIRD = "5265877635", "1111111111", "5555555555"
PESEL, SECOND_PESEL = "30112206276", "38092277125"
FINGERPRINT = "AB" * 32


def with_checksum(nip: str, unit: int) -> str:
    """An InternalId of a taxpayer's unit, from four digits."""
    digits = f"{nip}{unit:04d}"
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
    return f"{nip}-{unit:04d}{total % 10}"


def party(kind: str, value: str) -> dict[str, str]:
    """An identifier as requests and answers write it."""
    return {"type": kind, "value": value}


def scopes(items: list[dict[str, Any]]) -> list[str]:
    """Names of the permissions in a list."""
    return sorted(item["permissionScope"] for item in items)


def identity_of(kind: str, value: str) -> Identity:
    if kind == "Pesel":
        return person(f"PNOPL-{value}", "p256")
    return seal(f"VATPL-{value}", "p256")


class Official(Sender):
    """Somebody who has logged in with a signature, or may try to."""

    def __init__(
        self,
        simulator: Simulator,
        http: httpx.Client,
        identity: Identity,
        context: str,
        **options: Any,
    ) -> None:
        super().__init__(simulator, http, context)
        self.identity = identity
        self.context = context
        self.options = options
        self.tokens: dict[str, Any] = {}

    def enter(self) -> int:
        """Log in; the status code that it ends with."""
        started = submit(self, self.identity, self.context, **self.options)
        code: int = self.login_status(started)["status"]["code"]
        if code == 200:
            self.tokens = self.finish(started)
        return code

    def refresh(self) -> httpx.Response:
        """Ask for a new access token, and use it from then on."""
        bearer = {"Authorization": f"Bearer {self.tokens['refreshToken']['token']}"}
        answer = self.http.post("/auth/token/refresh", headers=bearer)
        if answer.status_code == 200:
            token = answer.json()["accessToken"]["token"]
            self.headers = {"Authorization": f"Bearer {token}"}
        return answer

    @property
    def held(self) -> list[str]:
        """The permissions in the access token."""
        token = self.headers["Authorization"].removeprefix("Bearer ")
        claims = self.simulator.core.issuer.verify(token)
        assert claims is not None
        permissions: list[str] = claims["per"]
        return permissions

    def operate(self, answer: httpx.Response) -> int:
        """The code with which an operation that was taken in ends."""
        assert answer.status_code == 202, answer.text
        self.wait(0.05)
        path = f"/permissions/operations/{answer.json()['referenceNumber']}"
        status = self.get(path).json()["status"]
        code: int = status["code"]
        return code

    def grant(self, way: str, **body: Any) -> int:
        """Grant in one of the seven ways; the code with which it ends."""
        return self.operate(self.post(f"/permissions/{way}/grants", json=body))

    def revoke(self, permission: str, way: str = "common") -> int:
        """Revoke; the code with which it ends."""
        path = f"/permissions/{way}/grants/{permission}"
        return self.operate(self.http.delete(path, headers=self.headers))

    def query(self, what: str, field: str = "permissions", **body: Any) -> list[dict[str, Any]]:
        """Everything that a query finds, in pages of a hundred."""
        answer = self.post(f"/permissions/query/{what}", json=body, params={"pageSize": 100})
        assert answer.status_code == 200, answer.text
        assert answer.json()["hasMore"] is False
        found: list[dict[str, Any]] = answer.json()[field]
        return found


def owner(simulator: Simulator, http: httpx.Client, nip: str = NIP) -> Official:
    """A company that has logged in to its own context."""
    official = Official(simulator, http, identity_of("Nip", nip), nip)
    assert official.enter() == 200
    return official


def visitor(
    official: Sender, kind: str, value: str, context: str = NIP, **options: Any
) -> Official:
    """Somebody who has not logged in to a context yet."""
    identity = identity_of(kind, value)
    return Official(official.simulator, official.http, identity, context, **options)


def to_person(value: str = PESEL, *permissions: str, **changes: Any) -> dict[str, Any]:
    """A request to give a person permissions."""
    body = {
        "subjectIdentifier": {"type": "Pesel", "value": value},
        "permissions": list(permissions or ("InvoiceWrite",)),
        "description": "Praca w księgowości",
        "subjectDetails": {
            "subjectDetailsType": "PersonByIdentifier",
            "personById": {"firstName": "Adam", "lastName": "Abacki"},
        },
    }
    return {**body, **changes}


def to_entity(value: str = OTHER, *permissions: str, delegable: bool = False) -> dict[str, Any]:
    """A request to give a company permissions."""
    return {
        "subjectIdentifier": {"type": "Nip", "value": value},
        "permissions": [
            {"type": name, "canDelegate": delegable} for name in permissions or ("InvoiceWrite",)
        ],
        "description": "Biuro rachunkowe",
        "subjectDetails": {"fullName": "Biuro sp. z o.o."},
    }


def authorization(
    value: str = OTHER, permission: str = "SelfInvoicing", kind: str = "Nip"
) -> dict[str, Any]:
    """A request to let a company issue invoices on one's behalf."""
    return {
        "subjectIdentifier": {"type": kind, "value": value},
        "permission": permission,
        "description": "Wystawianie w imieniu",
        "subjectDetails": {"fullName": "Nabywca sp. z o.o."},
    }


def indirect(target: dict[str, str] | None, *permissions: str, **changes: Any) -> dict[str, Any]:
    """A request to let a person work for clients."""
    body = to_person(PESEL, *permissions, **changes)
    return body if target is None else {**body, "targetIdentifier": target}


def to_subunit(kind: str, value: str, **changes: Any) -> dict[str, Any]:
    """A request to give a unit an administrator."""
    body = to_person(PESEL)
    del body["permissions"]
    return {
        **body,
        "contextIdentifier": {"type": kind, "value": value},
        "subunitName": "Jednostka 014",
        **changes,
    }


def by_fingerprint(fingerprint: str = FINGERPRINT) -> dict[str, Any]:
    """What requests about entities of the Union say of the one who is to act for them."""
    return {
        "subjectIdentifier": {"type": "Fingerprint", "value": fingerprint},
        "description": "Podmiot unijny GmbH",
        "subjectDetails": {
            "subjectDetailsType": "EntityByFingerprint",
            "entityByFp": {"fullName": "Firma GmbH", "address": "Berlin"},
        },
    }


def to_eu_administrator(context: str, fingerprint: str = FINGERPRINT) -> dict[str, Any]:
    """A request to give an entity of the Union an administrator."""
    return {
        **by_fingerprint(fingerprint),
        "contextIdentifier": {"type": "NipVatUe", "value": context},
        "euEntityName": "Firma G.m.b.H.",
        "euEntityDetails": {"fullName": "Firma G.m.b.H.", "address": "Berlin"},
    }


def to_eu_representative(*permissions: str, fingerprint: str = FINGERPRINT) -> dict[str, Any]:
    """A request to give an entity of the Union a representative."""
    return {**by_fingerprint(fingerprint), "permissions": list(permissions)}
