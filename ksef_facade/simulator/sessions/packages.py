"""The package of a batch session: what was declared, what has arrived, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from attrs import define, field, frozen

Compression = Literal["Zip", "TarGz"]


@frozen
class DeclaredPart:
    """One encrypted part as the manifest announces it."""

    ordinal: int
    size: int
    hash: str


@frozen
class ReceivedPart:
    """One encrypted part as it arrived."""

    path: Path
    size: int
    hash: str


@define
class Package:
    """A package on its way through the system."""

    size: int
    hash: str
    compression: Compression
    parts: tuple[DeclaredPart, ...]
    is_offline: bool
    #: Until when an upload may begin.
    upload_until: datetime
    received: dict[int, ReceivedPart] = field(factory=dict, repr=False)
    #: Code and details when the package fails as a whole.
    failure: tuple[int, tuple[str, ...]] | None = None
    #: When the package had been processed; None until then.
    finished: datetime | None = None

    def first_missing(self) -> int | None:
        """The lowest ordinal of the declared parts that never arrived."""
        return next(
            (part.ordinal for part in self.parts if part.ordinal not in self.received), None
        )

    def first_of_other_size(self) -> int | None:
        """The lowest ordinal of the parts that arrived with another size than declared."""
        for part in self.parts:
            arrived = self.received.get(part.ordinal)
            if arrived is not None and arrived.size != part.size:
                return part.ordinal
        return None

    def first_of_other_hash(self) -> DeclaredPart | None:
        """The first of the parts, which are all there, that has another content than declared."""
        return next(
            (part for part in self.parts if self.received[part.ordinal].hash != part.hash), None
        )

    def declares(self, ordinal: int) -> bool:
        """Whether a part of that ordinal number was announced."""
        return any(part.ordinal == ordinal for part in self.parts)

    def forget_lost_parts(self) -> None:
        """Take parts whose files have not survived for parts that never came."""
        for ordinal, part in list(self.received.items()):
            if not part.path.is_file() or part.path.stat().st_size != part.size:
                del self.received[ordinal]

    def discard(self) -> None:
        """Delete the parts from the disk."""
        for part in self.received.values():
            part.path.unlink(missing_ok=True)


def read_package(body: Mapping[str, Any], upload_until: datetime) -> Package:
    """The package that a request to open a batch session declares."""
    file = body["batchFile"]
    parts = (
        DeclaredPart(part["ordinalNumber"], part["fileSize"], part["fileHash"])
        for part in file["fileParts"]
    )
    return Package(
        size=file["fileSize"],
        hash=file["fileHash"],
        compression=file.get("compressionType") or "Zip",
        parts=tuple(sorted(parts, key=lambda part: part.ordinal)),
        is_offline=bool(body.get("offlineMode", False)),
        upload_until=upload_until,
    )
