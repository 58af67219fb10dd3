"""The batch side of the scripted KSeF: opens, keeps what is uploaded, and can take a package apart."""

import io
import json
import tarfile
import zipfile
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.facade.scripted import Server, ok, private_key

BATCH = "20250626-SB-213D593000-4DE10D80A5-E9"
OPEN = "POST /sessions/batch"
CLOSE = f"POST /sessions/batch/{BATCH}/close"
LIST = f"GET /sessions/{BATCH}/invoices"
STATUS = f"GET /sessions/{BATCH}"
SIGNATURE = "sig=%2BUW%2Fv%3D%3D"


def part_path(ordinal: int) -> str:
    return f"/storage/00/{BATCH.lower()}/batch-parts/{ordinal}"


def put(ordinal: int) -> str:
    return f"PUT {part_path(ordinal)}"


class BatchServer(Server):
    """Answers openings with addresses, and keeps the parts that reach them."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: dict[str, Any] = {}
        self.stored: dict[int, bytes] = {}
        self.on(OPEN, self.accept)
        self.on(CLOSE, httpx.Response(204))
        for ordinal in range(1, 51):
            self.on(put(ordinal), self.store)

    def accept(self, request: httpx.Request) -> httpx.Response:
        self.opened = json.loads(request.content)
        parts = [
            {
                "ordinalNumber": part["ordinalNumber"],
                "method": "PUT",
                "url": f"https://api-test.ksef.mf.gov.pl{part_path(part['ordinalNumber'])}?sp=w&{SIGNATURE}",
                "headers": {
                    "x-ms-blob-type": "BlockBlob",
                    "x-empty": None,
                    # Contradicts the body, so it must not come back.
                    "content-length": "999999",
                },
            }
            for part in self.opened["batchFile"]["fileParts"]
        ]
        return ok({"referenceNumber": BATCH, "partUploadRequests": parts[::-1]}, 201)

    def store(self, request: httpx.Request) -> httpx.Response:
        ordinal = int(request.url.path.rpartition("/")[2])
        self.stored[ordinal] = request.content
        return httpx.Response(201)

    def archive(self) -> bytes:
        """The plain archive of what was uploaded, every declaration about it checked."""
        encryption = self.opened["encryption"]
        key = private_key().decrypt(
            b64decode(encryption["encryptedSymmetricKey"]),
            padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None),
        )
        iv = b64decode(encryption["initializationVector"])
        declared = self.opened["batchFile"]
        plain = b""
        for number, part in enumerate(declared["fileParts"], start=1):
            assert part["ordinalNumber"] == number
            content = self.stored[number]
            assert (part["fileSize"], part["fileHash"]) == (len(content), digest(content))
            decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
            padded = decryptor.update(content) + decryptor.finalize()
            assert padded.endswith(bytes([padded[-1]]) * padded[-1])
            plain += padded[: -padded[-1]]
        assert (declared["fileSize"], declared["fileHash"]) == (len(plain), digest(plain))
        return plain

    def files(self) -> dict[str, bytes]:
        """The files of the archive that was uploaded."""
        archive = io.BytesIO(self.archive())
        if self.opened["batchFile"].get("compressionType", "Zip") == "Zip":
            with zipfile.ZipFile(archive) as opened:
                return {name: opened.read(name) for name in opened.namelist()}
        with tarfile.open(fileobj=archive, mode="r:gz") as tar:
            return {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]


def digest(content: bytes) -> str:
    return b64encode(sha256(content).digest()).decode()
