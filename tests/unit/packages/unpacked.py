"""Takes a package apart with code of its own: parts to plain archive to files."""

import io
import tarfile
import zipfile
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from ksef_facade.crypto.encryption import SessionKey
from ksef_facade.packages.manifest import Package
from ksef_facade.packages.packing import Packing


def digest(content: bytes) -> str:
    return b64encode(sha256(content).digest()).decode()


def packed(sources, folder: Path, **options) -> tuple[Package, bytes]:
    """The package made of the sources, and its plain archive, all declarations checked."""
    folder.mkdir(exist_ok=True)
    key = SessionKey.generate()
    packing = Packing(sources, folder, key, **options)
    while packing.step():
        pass
    return packing.package, plain_archive(packing.package, key)


def plain_archive(package: Package, key: SessionKey) -> bytes:
    plain = b""
    for number, part in enumerate(package.parts, start=1):
        content = part.path.read_bytes()
        assert (part.ordinal, part.size, part.sha256) == (number, len(content), digest(content))
        decryptor = Cipher(algorithms.AES(key.key), modes.CBC(key.iv)).decryptor()
        padded = decryptor.update(content) + decryptor.finalize()
        assert padded.endswith(bytes([padded[-1]]) * padded[-1])
        plain += padded[: -padded[-1]]
    assert (package.archive_size, package.archive_sha256) == (len(plain), digest(plain))
    return plain


def files(package: Package, plain: bytes) -> dict[str, bytes]:
    if package.compression == "zip":
        with zipfile.ZipFile(io.BytesIO(plain)) as archive:
            assert archive.testzip() is None
            return {name: archive.read(name) for name in archive.namelist()}
    found = {}
    with tarfile.open(fileobj=io.BytesIO(plain), mode="r:gz") as archive:
        for member in archive:
            assert member.isreg()
            file = archive.extractfile(member)
            assert file is not None
            found[member.name] = file.read()
    return found
