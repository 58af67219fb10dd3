"""Batches made and sent with the standard library and plain httpx."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import httpx

from tests.simulator.plain_client import FA_3, Sender, sha256

PART = "/storage/{shard}/{session}/batch-parts/{name}"


def zipped(files: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive with these files, in this order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    """A gzipped tar archive with these files, in this order."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return target.getvalue()


class Batch:
    """One batch session of a sender, step by step."""

    def __init__(self, sender: Sender, archive: bytes, parts: int = 1, **changes: Any) -> None:
        """`changes` replace members of the request or, by name, of its manifest."""
        self.sender = sender
        length = -(-len(archive) // parts)
        pieces = [archive[start : start + length] for start in range(0, len(archive), length)]
        self.parts = [sender.encrypt(piece) for piece in pieces]
        self.manifest: dict[str, Any] = {
            "fileSize": len(archive),
            "fileHash": sha256(archive),
            "fileParts": [
                {"ordinalNumber": number, "fileSize": len(part), "fileHash": sha256(part)}
                for number, part in enumerate(self.parts, start=1)
            ],
        }
        for name in ("fileSize", "fileHash", "fileParts", "compressionType"):
            if name in changes:
                self.manifest[name] = changes.pop(name)
        self.body = {
            "formCode": FA_3,
            "batchFile": self.manifest,
            "encryption": sender.encryption(),
            **changes,
        }
        self.reference = ""
        self.uploads: list[dict[str, Any]] = []

    def open_request(self) -> httpx.Response:
        return self.sender.post("/sessions/batch", json=self.body)

    def open(self) -> str:
        """Reference of the session."""
        response = self.open_request()
        assert response.status_code == 201, response.text
        self.reference = response.json()["referenceNumber"]
        self.uploads = response.json()["partUploadRequests"]
        return self.reference

    def put(self, index: int = 0, content: bytes | None = None, **headers: str) -> httpx.Response:
        """Upload one part, counted from 0."""
        upload = self.uploads[index]
        return self.sender.http.request(
            upload["method"],
            upload["url"],
            content=self.parts[index] if content is None else content,
            headers={**upload["headers"], **headers},
        )

    def close_request(self) -> httpx.Response:
        return self.sender.post(f"/sessions/batch/{self.reference}/close")

    def send(self) -> str:
        """Open, upload everything, close; reference of the session."""
        self.open()
        for index in range(len(self.parts)):
            response = self.put(index)
            assert (response.status_code, response.content) == (201, b""), response.text
        response = self.close_request()
        assert response.status_code == 204, response.text
        return self.reference

    def status(self) -> dict[str, Any]:
        document: dict[str, Any] = self.sender.get(f"/sessions/{self.reference}").json()
        return document

    def invoices(self) -> list[dict[str, Any]]:
        page = self.sender.get(f"/sessions/{self.reference}/invoices?pageSize=1000").json()
        invoices: list[dict[str, Any]] = page["invoices"]
        return invoices


def ended(batch: Batch) -> dict[str, Any]:
    """Send a batch and wait for its end: the status within its status."""
    batch.send()
    batch.sender.wait(1)
    status: dict[str, Any] = batch.status()["status"]
    return status
