"""Parts of packages on their way in: streamed to files, never held in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from attrs import define, field

from ..clock import Clock
from ..messages import Request, Response
from ..settings import Settings
from ..storage import PARTS_FOLDER, PREFIX, Storage, Target
from ..workspace import Workspace
from .encryption import write_hash
from .packages import Package, ReceivedPart
from .register import SessionRegister


def is_upload(request: Request) -> bool:
    """Whether a request brings a part, whose body must not be read into memory."""
    return request.method == "PUT" and request.path.startswith(PREFIX)


@define
class Upload:
    """One request that brings a part: its body piece by piece, then its answer.

    A refused upload takes its body all the same, so that the answer finds its reader.
    """

    #: Answers once the body is there; gets the part, or None when nothing was kept.
    _answer: Callable[[ReceivedPart | None], Response]
    #: Tells that the connection broke.
    _note_break: Callable[[], Response]
    path: Path | None = None
    #: How many bytes arrive before the connection breaks; None lets it live.
    breaks_after: int | None = None
    size: int = 0
    _file: BinaryIO | None = field(default=None, init=False)
    _digest: hashlib._Hash = field(factory=hashlib.sha256, init=False, repr=False)

    def write(self, piece: bytes) -> bool:
        """Take a piece of the body; false when the connection breaks here."""
        self.size += len(piece)
        if self.breaks_after is not None and self.size >= self.breaks_after:
            return False
        if self.path is not None and piece:
            if self._file is None:
                self._file = self.path.open("wb", buffering=0)
            self._file.write(piece)
            self._digest.update(piece)
        return True

    def finish(self) -> Response:
        """The answer, after the whole body."""
        if self.path is None:
            return self._answer(None)
        if self._file is None:
            self.path.touch()
        self._close()
        return self._answer(ReceivedPart(self.path, self.size, write_hash(self._digest.digest())))

    def break_off(self) -> Response:
        """Forget what arrived: the connection broke."""
        self._close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)
        return self._note_break()

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


@define
class PartStore:
    """Takes parts in for the sessions that announced them."""

    clock: Clock
    settings: Settings
    sessions: SessionRegister
    storage: Storage
    workspace: Workspace

    def admit(self, request: Request) -> Target | Response:
        """What a part is for, or the refusal: by the link, then by the headers."""
        target = self.storage.admit(request)
        if isinstance(target, Response):
            return target
        if target.folder != PARTS_FOLDER or self._package(target) is None:
            return self.storage.error(404, "ResourceNotFound", "There is no such part.")
        for name, value in self.settings.part_headers.items():
            given = request.headers.get(name.lower())
            if given is None:
                return self.storage.error(
                    400, "MissingRequiredHeader", f"The header {name} is missing."
                )
            if given != value:
                return self.storage.error(
                    400, "InvalidHeaderValue", f"The header {name} has another value than asked."
                )
        if "content-length" not in request.headers:
            return self.storage.error(
                411, "MissingContentLengthHeader", "The length of the part is missing."
            )
        return target

    def keep(self, target: Target, part: ReceivedPart) -> Response:
        """Take a whole part in, in place of one that came before."""
        package = self._package(target)
        session = self.sessions.find(target.session)
        if package is None or session is None or session.closed_at(self.clock.now()) is not None:
            part.path.unlink(missing_ok=True)
            return self.storage.error(
                403, "AuthorizationPermissionMismatch", "The session takes no more parts."
            )
        ordinal = int(target.name)
        before = package.received.get(ordinal)
        package.received[ordinal] = part
        if before is not None:
            before.path.unlink(missing_ok=True)
        return Response(201)

    def _package(self, target: Target) -> Package | None:
        session = self.sessions.find(target.session)
        if session is None or session.package is None or not target.name.isdigit():
            return None
        package = session.package
        return package if package.declares(int(target.name)) else None
