"""Exports ordered, fetched and opened with the standard library, httpx and cryptography."""

from __future__ import annotations

import io
import tarfile
import zipfile
from typing import Any

import httpx
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from tests.simulator.plain_client import Sender, sha256
from tests.simulator.queries import filters


def order_request(sender: Sender, wanted: dict[str, Any], **changes: Any) -> httpx.Response:
    body = {"encryption": sender.encryption(), "filters": wanted, **changes}
    return sender.post("/invoices/exports", json=body)


def order(sender: Sender, wanted: dict[str, Any] | None = None, **changes: Any) -> str:
    """Reference of an export."""
    response = order_request(sender, wanted or filters(), **changes)
    assert response.status_code == 201, response.text
    reference: str = response.json()["referenceNumber"]
    return reference


def status(sender: Sender, reference: str) -> dict[str, Any]:
    response = sender.get(f"/invoices/exports/{reference}")
    assert response.status_code == 200, response.text
    document: dict[str, Any] = response.json()
    return document


def exported(
    sender: Sender, wanted: dict[str, Any] | None = None, **changes: Any
) -> dict[str, Any]:
    """The package of an export, when it is there."""
    reference = order(sender, wanted, **changes)
    sender.wait(0.1)
    document = status(sender, reference)
    assert document["status"]["code"] == 200, document
    package: dict[str, Any] = document["package"]
    return package


def decrypt(sender: Sender, content: bytes) -> bytes:
    decryptor = Cipher(algorithms.AES(sender.key), modes.CBC(sender.iv)).decryptor()
    padded = decryptor.update(content) + decryptor.finalize()
    unpadder = PKCS7(128).unpadder()
    return unpadder.update(padded) + unpadder.finalize()


def fetch(sender: Sender, package: dict[str, Any]) -> bytes:
    """The archive of a package: fetched without a login, checked, decrypted, joined."""
    pieces = []
    for ordinal, part in enumerate(package["parts"], start=1):
        assert (part["ordinalNumber"], part["method"]) == (ordinal, "GET")
        answer = sender.http.get(part["url"])
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/octet-stream"
        assert len(answer.content) == part["encryptedPartSize"]
        assert sha256(answer.content) == part["encryptedPartHash"]
        assert answer.headers["x-ms-meta-hash"] == part["encryptedPartHash"]
        piece = decrypt(sender, answer.content)
        assert (len(piece), sha256(piece)) == (part["partSize"], part["partHash"])
        pieces.append(piece)
    archive = b"".join(pieces)
    assert len(archive) == package["size"]
    return archive


def unzip(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def untar(archive: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as opened:
        files = {entry.name: opened.extractfile(entry) for entry in opened}
        return {name: file.read() for name, file in files.items() if file is not None}
