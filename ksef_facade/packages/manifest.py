"""What is known of a package once it is built: its invoices, its archive and its parts."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from attrs import field, frozen

Compression = Literal["zip", "targz"]

WIRE_NAMES: dict[Compression, str] = {"zip": "Zip", "targz": "TarGz"}
"""Contract enumeration `CompressionType`."""


@frozen(kw_only=True)
class PackageEntry:
    """One invoice of a package.

    Attributes:
        source_name: where it came from: the path, or the name that the caller gave.
        file_name: its name in the archive, which KSeF repeats as `invoiceFileName`.
        invoice_hash: Base64 SHA-256 of the plain XML.
        size: bytes of the plain XML.
    """

    source_name: str
    file_name: str
    invoice_hash: str
    size: int


@frozen(kw_only=True)
class PackagePart:
    """One encrypted part of a package, as a file.

    Attributes:
        ordinal: its number, from 1.
        path: where its bytes are.
        size: bytes after encryption.
        sha256: Base64 SHA-256 after encryption.
    """

    ordinal: int
    path: Path = field(repr=False)
    size: int
    sha256: str


@frozen(kw_only=True)
class Package:
    """A package that is ready to be sent; `archive_size` and `archive_sha256` are of the plain
    archive.
    """

    compression: Compression
    archive_size: int
    archive_sha256: str
    parts: tuple[PackagePart, ...]
    entries: tuple[PackageEntry, ...] = field(repr=False)

    @property
    def upload_size(self) -> int:
        """Bytes of all encrypted parts."""
        return sum(part.size for part in self.parts)
