"""A client of the simulator that owes nothing to the facade: plain httpx and cryptography."""

from __future__ import annotations

import base64
import hashlib
import os
import time
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from ksef_facade.simulator import Simulator
from tests.simulator.signers import request, seal, sign_by_signxml

FA_3 = {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"}
_OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def sha256(data: bytes) -> str:
    return b64(hashlib.sha256(data).digest())


def over_core(simulator: Simulator) -> httpx.Client:
    """An httpx client whose requests reach the simulator without a socket."""

    def answer(request: httpx.Request) -> httpx.Response:
        status, headers, body = simulator.handle(
            request.method, str(request.url), dict(request.headers), request.read()
        )
        return httpx.Response(status, headers=headers, content=body)

    return httpx.Client(transport=httpx.MockTransport(answer), base_url="http://simulator.test/v2")


class Sender:
    """One taxpayer's program: logs in with a token and works with online sessions."""

    def __init__(self, simulator: Simulator, http: httpx.Client, nip: str) -> None:
        self.simulator = simulator
        self.http = http
        self.nip = nip
        self.key, self.iv = os.urandom(32), os.urandom(16)
        self.headers: dict[str, str] = {}

    def wait(self, seconds: float) -> None:
        if self.simulator.clock.is_manual:
            self.simulator.clock.advance(seconds)
        else:
            time.sleep(seconds)

    def certificate(self, usage: str) -> tuple[rsa.RSAPublicKey, str]:
        published = self.http.get("/security/public-key-certificates").json()
        entry = [item for item in published if usage in item["usage"]][-1]
        certificate = x509.load_der_x509_certificate(base64.b64decode(entry["certificate"]))
        key = certificate.public_key()
        assert isinstance(key, rsa.RSAPublicKey)
        return key, entry["publicKeyId"]

    def log_in(self, token: str, **changes: Any) -> httpx.Response:
        """Submit a token; `changes` replace members of the request."""
        challenge = self.http.post("/auth/challenge").json()
        key, key_id = self.certificate("KsefTokenEncryption")
        secret = f"{token}|{challenge['timestampMs']}".encode()
        body = {
            "challenge": challenge["challenge"],
            "contextIdentifier": {"type": "Nip", "value": self.nip},
            "encryptedToken": b64(key.encrypt(secret, _OAEP)),
            "publicKeyId": key_id,
            **changes,
        }
        return self.http.post("/auth/ksef-token", json=body)

    def authenticate(self, token: str | None = None) -> dict[str, Any]:
        """Go through the whole login; later requests carry the access token."""
        return self.finish(self.log_in(token or self.simulator.issue_token(self.nip)))

    def authenticate_as_owner(self) -> dict[str, Any]:
        """Log in with the company's seal, which may do all that there is to do."""
        challenge = self.http.post("/auth/challenge").json()["challenge"]
        document = request(challenge, self.nip)
        return self.finish(self.sign_in(sign_by_signxml(document, seal(f"VATPL-{self.nip}"))))

    def sign_in(self, signed: bytes, **options: Any) -> httpx.Response:
        """Submit a signed request to log in."""
        headers = {"Content-Type": "application/xml", **options.pop("headers", {})}
        return self.http.post("/auth/xades-signature", content=signed, headers=headers, **options)

    def login_status(self, started: httpx.Response) -> dict[str, Any]:
        """Status of a login, once it is decided."""
        assert started.status_code == 202, started.text
        document = started.json()
        bearer = {"Authorization": f"Bearer {document['authenticationToken']['token']}"}
        self.wait(0.06)
        status: dict[str, Any] = self.http.get(
            f"/auth/{document['referenceNumber']}", headers=bearer
        ).json()
        return status

    def finish(self, started: httpx.Response) -> dict[str, Any]:
        """Redeem a login that has succeeded; later requests carry the access token."""
        status = self.login_status(started)
        assert status["status"]["code"] == 200, status
        bearer = {"Authorization": f"Bearer {started.json()['authenticationToken']['token']}"}
        tokens: dict[str, Any] = self.http.post("/auth/token/redeem", headers=bearer).json()
        self.headers = {"Authorization": f"Bearer {tokens['accessToken']['token']}"}
        return tokens

    def get(self, path: str, **options: Any) -> httpx.Response:
        headers = {**self.headers, **options.pop("headers", {})}
        return self.http.get(path, headers=headers, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        headers = {**self.headers, **options.pop("headers", {})}
        return self.http.post(path, headers=headers, **options)

    def encryption(self) -> dict[str, str]:
        key, key_id = self.certificate("SymmetricKeyEncryption")
        return {
            "encryptedSymmetricKey": b64(key.encrypt(self.key, _OAEP)),
            "initializationVector": b64(self.iv),
            "publicKeyId": key_id,
        }

    def open(self, **changes: Any) -> str:
        """Reference of a new online session."""
        body = {"formCode": FA_3, "encryption": self.encryption(), **changes}
        response = self.post("/sessions/online", json=body)
        assert response.status_code == 201, response.text
        reference: str = response.json()["referenceNumber"]
        return reference

    def encrypt(self, plain: bytes) -> bytes:
        padder = PKCS7(128).padder()
        padded = padder.update(plain) + padder.finalize()
        encryptor = Cipher(algorithms.AES(self.key), modes.CBC(self.iv)).encryptor()
        return encryptor.update(padded) + encryptor.finalize()

    def send_request(self, session: str, plain: bytes, **changes: Any) -> httpx.Response:
        """Send an invoice; `changes` replace members of the request."""
        cipher = self.encrypt(plain)
        body = {
            "invoiceHash": sha256(plain),
            "invoiceSize": len(plain),
            "encryptedInvoiceHash": sha256(cipher),
            "encryptedInvoiceSize": len(cipher),
            "encryptedInvoiceContent": b64(cipher),
            **changes,
        }
        return self.post(f"/sessions/online/{session}/invoices", json=body)

    def send(self, session: str, plain: bytes, **changes: Any) -> str:
        """Reference of an invoice that was taken in."""
        response = self.send_request(session, plain, **changes)
        assert response.status_code == 202, response.text
        reference: str = response.json()["referenceNumber"]
        return reference

    def verdict(self, plain: bytes, **changes: Any) -> dict[str, Any]:
        """Status of one invoice sent in a session of its own, when it is decided."""
        session = self.open()
        invoice = self.send(session, plain, **changes)
        self.wait(0.1)
        status: dict[str, Any] = self.get(f"/sessions/{session}/invoices/{invoice}").json()
        return status

    def close(self, session: str) -> httpx.Response:
        return self.post(f"/sessions/online/{session}/close")


def codes(response: httpx.Response) -> list[int]:
    """Exception codes of a legacy error."""
    entries = response.json()["exception"]["exceptionDetailList"]
    return [entry["exceptionCode"] for entry in entries]
