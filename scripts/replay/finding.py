"""Which files are meant by what stands on the command line: files, and folders with contracts in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import Factory, frozen

from scripts.document import ENDINGS, load
from scripts.failure import BadInput, PipelineError

_SHOWN_NAMES = 8
_START = 200_000
"""Bytes of a broken file that are looked through for the words that every contract has."""


@frozen
class Found:
    """The contracts to try, and the files of folders that are none."""

    contracts: tuple[Path, ...] = ()
    passed_over: dict[str, tuple[Path, ...]] = Factory(dict)

    def notes(self) -> Iterator[str]:
        """What was passed over, by its reason, in lines."""
        for reason, paths in self.passed_over.items():
            names = ", ".join(path.name for path in paths[:_SHOWN_NAMES])
            more = len(paths) - _SHOWN_NAMES
            yield f"passed over, {reason}: {names}{f' and {more} more' if more > 0 else ''}"


def find(arguments: list[str]) -> Found:
    """The files named, whatever they are, and the contracts below the folders named, each once.

    A file in a folder is passed over where nobody can have meant it as a contract; a contract that
    is broken is not.

    Raises:
        BadInput: nothing is named, something named is not there, or no contract is in any folder.
    """
    if not arguments:
        endings = " or *".join(ENDINGS)
        raise BadInput(f"name contracts to try: files, or folders with *{endings} in them")
    contracts: dict[Path, None] = {}
    others: dict[str, dict[Path, None]] = {}
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            for inner in _files(path):
                if reason := _why_none(inner):
                    others.setdefault(reason, {})[inner] = None
                else:
                    contracts[inner] = None
        elif path.exists():
            contracts[path] = None
        else:
            raise BadInput(f"{argument} is neither a file nor a folder")
    found = Found(tuple(contracts), {reason: tuple(paths) for reason, paths in others.items()})
    if not contracts:
        raise BadInput("; ".join([f"no contract in {' or '.join(arguments)}", *found.notes()]))
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in inside):
            yield path


def _why_none(path: Path) -> str:
    """Why a file of a folder is no contract; empty where it is one, be it a broken one."""
    if path.suffix.lower() not in ENDINGS:
        return f"neither *{' nor *'.join(ENDINGS)}"
    try:
        content = path.read_bytes()
    except OSError:
        # That it cannot be read is told where it is tried.
        return ""
    try:
        document = load(content, path.name)
    except PipelineError:
        # Half a download of a contract is a failure, a page of HTML under a wrong name is not.
        start = content[:_START].replace(b"\x00", b"")
        return "" if b"openapi" in start and b"paths" in start else "not readable, and no contract"
    if isinstance(document, dict) and {"openapi", "swagger", "paths"} & document.keys():
        return ""
    return "without openapi and paths"
