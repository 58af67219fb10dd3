"""What a batch session needs to be finished by another process: one private file.

It names the session, the files, and for every part where its encrypted bytes are, where they go and
whether they have gone. It holds no key: KSeF got the wrapped key when the session was opened, and
what is left to upload is encrypted already, so nobody needs the key again. The upload addresses are
secrets, since whoever has one can write that part; so the file is for its owner alone, and the
addresses leave it when the session is closed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field, frozen

from ksef_facade.errors import ConfigurationError
from ksef_facade.identifiers import SessionReference
from ksef_facade.packages.manifest import PackageEntry
from ksef_facade.store.files import PRIVATE, AtomicFile

_VERSION: Final = 1
_PART_NAME: Final = re.compile(r"part-[0-9]{3,}\.aes")
WINDOW_PER_PART: Final = timedelta(minutes=20)
"""Every part may be uploaded for this time multiplied by the number of parts (documented rule)."""


@frozen(kw_only=True)
class UploadTarget:
    """Where a part goes (contract `PartUploadRequest`); a secret."""

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


@frozen(kw_only=True)
class PartState:
    """One part: what it is, where it goes (`None` once the session is closed), whether it is there."""

    ordinal: int
    file_name: str
    size: int
    sha256: str
    target: UploadTarget | None
    uploaded: bool = False


@frozen(kw_only=True)
class BatchState:
    """A batch session between its opening and the end of its closing."""

    environment: str
    base_url: str
    context: str
    reference: SessionReference
    opened_at: datetime
    archive_size: int
    archive_sha256: str
    folder: Path
    parts: tuple[PartState, ...]
    entries: tuple[PackageEntry, ...] = field(repr=False)
    closed: bool = False

    @property
    def upload_ends(self) -> datetime:
        """Until when KSeF promises to take parts."""
        return self.opened_at + WINDOW_PER_PART * len(self.parts)

    @property
    def missing(self) -> tuple[PartState, ...]:
        """Parts that are not known to have arrived."""
        return tuple(part for part in self.parts if not part.uploaded)

    def with_uploaded(self, ordinals: frozenset[int], uploaded: bool = True) -> BatchState:
        """This state after parts arrived, or turned out not to have arrived."""
        return evolve(
            self,
            parts=tuple(
                evolve(part, uploaded=uploaded) if part.ordinal in ordinals else part
                for part in self.parts
            ),
        )

    def after_closing(self) -> BatchState:
        """This state once the session is closed: without the addresses, which nobody needs now."""
        parts = tuple(evolve(part, target=None) for part in self.parts)
        return evolve(self, parts=parts, closed=True)

    def path_of(self, part: PartState) -> Path:
        """Where a part's bytes are."""
        return self.folder / part.file_name

    def save(self, path: Path, *, new: bool = False) -> None:
        """Write the state for its owner alone, in one step.

        Args:
            path: where to.
            new: the file may not be there yet.

        Raises:
            FileConflict: it is there, and of another session.
            OSError: the file cannot be written.
        """
        with AtomicFile(path, overwrite=not new, mode=PRIVATE) as file:
            file.write(self.dumps().encode())
            file.commit()

    def dumps(self) -> str:
        """The state as JSON; it holds secrets."""
        return json.dumps(
            {
                "ksef_batch": _VERSION,
                "environment": self.environment,
                "base_url": self.base_url,
                "context": self.context,
                "session": self.reference,
                "opened_at": self.opened_at.isoformat(),
                "closed": self.closed,
                "archive": {"size": self.archive_size, "sha256": self.archive_sha256},
                "folder": str(self.folder),
                "parts": [_part_to_json(part) for part in self.parts],
                "invoices": [
                    [entry.source_name, entry.file_name, entry.invoice_hash, entry.size]
                    for entry in self.entries
                ],
            }
        )

    @classmethod
    def load(cls, path: Path) -> BatchState:
        """The state that `save` wrote.

        Raises:
            ConfigurationError: there is no such file, or it is not one of these.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise ConfigurationError(f"{path}: {error.strerror}") from error
        try:
            return cls._read(json.loads(content))
        except ConfigurationError:
            raise
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
            raise ConfigurationError(f"{path} is not the state of a batch session") from error

    @classmethod
    def _read(cls, value: dict[str, Any]) -> BatchState:
        version = value["ksef_batch"]
        if version != _VERSION:
            raise ConfigurationError(
                f"this batch state is of version {version}, this package reads {_VERSION}"
            )
        opened_at = datetime.fromisoformat(value["opened_at"])
        if opened_at.tzinfo is None:
            raise ValueError("opened_at has no time zone")
        return cls(
            environment=str(value["environment"]),
            base_url=str(value["base_url"]),
            context=str(value["context"]),
            reference=SessionReference.from_server(value["session"]),
            opened_at=opened_at,
            archive_size=int(value["archive"]["size"]),
            archive_sha256=str(value["archive"]["sha256"]),
            folder=Path(value["folder"]),
            parts=tuple(_part_from_json(part) for part in value["parts"]),
            entries=tuple(
                PackageEntry(
                    source_name=str(source),
                    file_name=str(name),
                    invoice_hash=str(sha),
                    size=int(size),
                )
                for source, name, sha, size in value["invoices"]
            ),
            closed=bool(value["closed"]),
        )


def _part_to_json(part: PartState) -> dict[str, Any]:
    target = part.target
    return {
        "ordinal": part.ordinal,
        "file": part.file_name,
        "size": part.size,
        "sha256": part.sha256,
        "uploaded": part.uploaded,
        "target": target
        and {"method": target.method, "url": target.url, "headers": dict(target.headers)},
    }


def _part_from_json(value: dict[str, Any]) -> PartState:
    target = value["target"]
    name = str(value["file"])
    # Only a file that we made may be uploaded, whatever somebody wrote into the state.
    if not _PART_NAME.fullmatch(name):
        raise ValueError("not the name of a part")
    return PartState(
        ordinal=int(value["ordinal"]),
        file_name=name,
        size=int(value["size"]),
        sha256=str(value["sha256"]),
        uploaded=bool(value["uploaded"]),
        target=target
        and UploadTarget(
            method=str(target["method"]),
            url=str(target["url"]),
            headers={str(name): str(text) for name, text in target["headers"].items()},
        ),
    )
