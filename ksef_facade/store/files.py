"""Files that are either there whole or not there at all.

A receipt is evidence: a half-written one, or one that silently took another's place, is worse
than none. Bytes go to a hidden file beside the target and take its name only when all of them are
on the disk.
"""

from __future__ import annotations

import base64
import contextlib
import errno
import hashlib
import os
import secrets
import stat
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

from attrs import frozen

from ksef_facade.errors import FileConflict, InvalidIdentifier
from ksef_facade.store.file_errors import about

# Receipts are no secrets of the operating system's users; the umask may still take rights away.
_MODE: Final = 0o644
PRIVATE: Final = 0o600
"""Mode of a file that holds secrets."""

# O_EXCL refuses a name that exists, a symbolic link included; O_BINARY keeps Windows from
# rewriting line ends.
_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

_READ_SIZE: Final = 1 << 20

# File systems without a meaning for the fsync of a folder answer with one of these.
_NO_FOLDER_SYNC: Final = frozenset(
    {errno.EACCES, errno.EBADF, errno.EINVAL, errno.ENOTSUP, errno.EPERM, errno.EROFS}
)

# File systems without hard links answer with one of these.
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV})

# Longest name of common file systems is 255 bytes; the temporary name adds 22 to it.
_LONGEST_NAME: Final = 200

# Names that Windows keeps for devices, with any suffix.
_DEVICE_NAMES: Final = frozenset(
    {"AUX", "CON", "NUL", "PRN", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}
)
_FORBIDDEN_CHARACTERS: Final = frozenset('<>:"/\\|?*')


@frozen
class Saved:
    """A file as it is on the disk now.

    Attributes:
        path: where it is.
        size: its bytes.
        sha256: SHA-256 of its bytes, Base64, as the header `x-ms-meta-hash` has it.
        outcome: "written" as a new file, "replaced" another content, or "unchanged" because the
            same bytes were there already.
    """

    path: Path
    size: int
    sha256: str
    outcome: Literal["written", "replaced", "unchanged"]


class AtomicFile:
    """A file that appears under its name only by `commit`, whole and flushed to the disk.

    Use it as a context manager; whatever ends the block before `commit`, an interrupt too, leaves
    the folder as it was. A file that is at the target already stays untouched when it has the
    same bytes, and is never replaced by other bytes unless `overwrite` is true. Memory does not
    grow with the size.

    Args:
        target: where the file shall be; its folder must exist.
        overwrite: let other content at the target be replaced.
        mode: who may read and write it; `PRIVATE` is for what only its owner may see.
    """

    __slots__ = ("_descriptor", "_hash", "_mode", "_size", "_temporary", "overwrite", "target")

    def __init__(
        self, target: str | os.PathLike[str], *, overwrite: bool = False, mode: int = _MODE
    ) -> None:
        """Say what shall be written; nothing is touched before the block begins."""
        self.target = Path(target)
        self.overwrite = overwrite
        self._mode = mode
        self._hash = hashlib.sha256()
        self._size = 0
        self._descriptor: int | None = None
        self._temporary: Path | None = None

    def __enter__(self) -> Self:
        """Make the temporary file.

        Raises:
            FileConflict: the target is a folder or a device.
            OSError: the folder is absent, cannot be written, or its disk is full.
        """
        self._existing()
        self._temporary = self.target.with_name(f".{self.target.name}.{secrets.token_hex(8)}.part")
        try:
            with about(self.target):
                self._descriptor = os.open(self._temporary, _FLAGS, self._mode)
        except OSError:
            # Nothing was made, so there is nothing to remove.
            self._temporary = None
            raise
        except BaseException:
            self.abort()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop what was not committed."""
        self.abort()

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._size

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes written so far, Base64."""
        return base64.b64encode(self._hash.digest()).decode("ascii")

    @property
    def temporary(self) -> Path | None:
        """Where the bytes are until `commit`, to be inspected; `None` before and after."""
        return self._temporary

    def write(self, chunk: bytes) -> None:
        """Append `chunk`, all of it.

        Raises:
            OSError: the disk is full or failed.
        """
        rest = memoryview(chunk)
        with about(self.target):
            while rest:
                rest = rest[os.write(self._open(), rest) :]
        self._hash.update(chunk)
        self._size += len(chunk)

    def restart(self) -> None:
        """Forget what was written so far, so that another attempt can begin.

        Raises:
            OSError: the disk failed.
        """
        descriptor = self._open()
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        self._hash = hashlib.sha256()
        self._size = 0

    def commit(self) -> Saved:
        """Flush the bytes to the disk and give them the target's name, in one step.

        Raises:
            FileConflict: other content is at the target and `overwrite` is false.
            OSError: the disk is full or failed; the target is as it was.
        """
        with about(self.target):
            return self._commit()

    def _commit(self) -> Saved:
        descriptor = self._open()
        there = self._existing()
        if there == "file" and self._same_as_target():
            self.abort()
            self._keep_private()
            return Saved(self.target, self._size, self.sha256, "unchanged")
        if there != "nothing" and not self.overwrite:
            what = "other content" if there == "file" else "a symbolic link"
            raise FileConflict(
                f"{self.target} is there already ({what}) and was left as it is;"
                " move it away or allow overwriting",
                is_replaceable=True,
            )
        os.fsync(descriptor)
        self._descriptor = None
        os.close(descriptor)
        temporary = self._temporary
        assert temporary is not None, "an open file has a temporary name"
        if there == "nothing" and not self.overwrite and not self._link(temporary):
            # Somebody else's file has come in the meantime: look at it as at one that was there.
            return self._met_another()
        if self._temporary is not None:
            os.replace(temporary, self.target)
            self._temporary = None
        _sync_folder(self.target.parent)
        outcome: Literal["written", "replaced"] = "written" if there == "nothing" else "replaced"
        return Saved(self.target, self._size, self.sha256, outcome)

    def _link(self, temporary: Path) -> bool:
        """Give the temporary file the target's name unless there is one; tells whether it did.

        Unlike a replacement a hard link never takes another file's place, so of two writers at once
        one wins and the other notices. Where the file system has none, a replacement must do.
        """
        try:
            os.link(temporary, self.target)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            return True
        self._temporary = None
        os.unlink(temporary)
        return True

    def _met_another(self) -> Saved:
        same = self._existing() == "file" and self._same_as_target()
        self.abort()
        if same:
            return Saved(self.target, self._size, self.sha256, "unchanged")
        raise FileConflict(
            f"{self.target} was written by somebody else in the meantime, with other content, and "
            "was left as it is",
            is_replaceable=True,
        )

    def abort(self) -> None:
        """Remove the temporary file, if there is one; harmless after `commit` and when repeated."""
        descriptor, self._descriptor = self._descriptor, None
        temporary, self._temporary = self._temporary, None
        try:
            if descriptor is not None:
                os.close(descriptor)
        finally:
            if temporary is not None:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(temporary)

    def _open(self) -> int:
        if self._descriptor is None:
            raise ValueError("the file is not open: use it in a with block, before commit")
        return self._descriptor

    def _existing(self) -> Literal["nothing", "file", "link"]:
        try:
            mode = os.lstat(self.target).st_mode
        except FileNotFoundError:
            return "nothing"
        if stat.S_ISREG(mode):
            return "file"
        if stat.S_ISLNK(mode):
            return "link"
        raise FileConflict(f"{self.target} is not a file, so no file can take its place")

    def _keep_private(self) -> None:
        """Take rights that a private file has too many: another program may have made it."""
        rights = stat.S_IMODE(os.lstat(self.target).st_mode)
        if self._mode == PRIVATE and rights & ~PRIVATE and os.name != "nt":
            os.chmod(self.target, rights & PRIVATE)

    def _same_as_target(self) -> bool:
        with self.target.open("rb") as existing:
            if os.fstat(existing.fileno()).st_size != self._size:
                return False
            digest = hashlib.sha256()
            while chunk := existing.read(_READ_SIZE):
                digest.update(chunk)
        return digest.digest() == self._hash.digest()


def write_atomically(
    target: str | os.PathLike[str], content: bytes, *, overwrite: bool = False, mode: int = _MODE
) -> Saved:
    """Write `content` to `target` as `AtomicFile` does, and say what became of it.

    Raises:
        FileConflict: other content is at the target and `overwrite` is false.
        OSError: the folder is absent or cannot be written, or the disk is full or failed.
    """
    with AtomicFile(target, overwrite=overwrite, mode=mode) as file:
        file.write(content)
        return file.commit()


def safe_name(reference: str, suffix: str = "") -> str:
    """`reference` plus `suffix` as the name of a file on every platform, unchanged.

    Nothing is replaced, since two references must never end in one file.

    Raises:
        InvalidIdentifier: it is empty, too long, hidden, reserved by Windows, or holds characters
            that separate folders or are not allowed in a name somewhere.
    """
    name = f"{reference}{suffix}"
    if not name.isprintable() or not _FORBIDDEN_CHARACTERS.isdisjoint(name):
        raise InvalidIdentifier(f"{name[:60]!a} holds characters that no file name may have")
    size = len(os.fsencode(name))
    if not reference or size > _LONGEST_NAME:
        raise InvalidIdentifier(
            f"A file name of {size} bytes cannot be used; 1 to {_LONGEST_NAME} can"
        )
    if name[0] in ". " or name[-1] in ". " or name.split(".")[0].upper() in _DEVICE_NAMES:
        raise InvalidIdentifier(f"{name!r} cannot be a file name on every platform")
    return name


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
