"""stdout and stderr as they may be: closed from the start, full, or left by their reader."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class NotWritten(OSError):
    """What was printed did not get where standard output leads, e.g. because a disk is full.

    A type of its own, since no other error of writing tells that it is not about a file of ours.
    """


class _Output(io.BufferedWriter):
    """A buffer, and no file of our own beneath it: a signal that comes between the end of a write
    and the buffer's knowing of it would have everything written twice."""

    def write(self, data: ReadableBuffer, /) -> int:
        with _told():
            return super().write(data)

    def flush(self) -> None:
        with _told():
            super().flush()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NotWritten(error.errno, error.strerror) from None


def prepare() -> None:
    """Make both streams usable, whatever the process was given."""
    _occupy_standard_descriptors()
    sys.stdout = _nowhere() if sys.stdout is None else _watched(sys.stdout)
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a Polish letter shows a question mark instead.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def is_broken(stream: TextIO) -> bool:
    """Whether what was written to a stream cannot get to where it leads."""
    try:
        stream.flush()
    except OSError:
        return True
    return False


def abandon(stream: TextIO) -> None:
    """Drop what a broken stream still holds, so that Python does not complain while it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    with contextlib.suppress(OSError, ValueError):
        stream.flush()


def _occupy_standard_descriptors() -> None:
    """Keep a receipt from being opened as descriptor 1, where whatever is printed would go too."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            # The lowest free number is given, which is this one.
            os.open(os.devnull, os.O_RDWR)


def _watched(stream: TextIO) -> TextIO:
    """The same stream, whose failures are `NotWritten`; a console of Windows is left as it is."""
    if type(getattr(stream.buffer, "raw", stream.buffer)) is not io.FileIO:
        return stream
    return io.TextIOWrapper(
        _Output(io.FileIO(stream.fileno(), "wb", closefd=False)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=bool(stream.line_buffering),
    )


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
