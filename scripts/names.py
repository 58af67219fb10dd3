"""The pinned names of operations (`openapi/operations.yaml`), and derived ones for what is new."""

from __future__ import annotations

import re
import unicodedata
from keyword import iskeyword
from pathlib import Path
from typing import NamedTuple

import yaml

from scripts.document import Document, Operation, operations, shape
from scripts.failure import PipelineError, Tell, refuse
from scripts.layout import OPERATIONS, shown

Key = tuple[str, str]

PAGES = ("none", "token", "offset")


class Name(NamedTuple):
    """What an operation is called and how it is used; the file `operations.yaml` says it."""

    tag: str
    name: str
    summary: str
    pages: str = "none"
    #: The operation to poll until its `status.code` is 200 or more; empty: nothing to wait for.
    waits: str = ""


class Named(NamedTuple):
    """The operations of a document by name, and how they compare with the pinned ones."""

    by_key: dict[Key, Name]
    missing: list[Key]
    unpinned: list[Key]


def load(path: Path = OPERATIONS) -> dict[Key, Name]:
    """Read the pinned names by (METHOD, shape); an inconsistent file is refused."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    pinned: dict[Key, Name] = {}
    for line, entry in content.items():
        method, _, where = line.partition(" ")
        key = method, shape(where)
        if key in pinned:
            raise PipelineError(f"{shown(path)} names {line} twice")
        try:
            pinned[key] = Name(**entry)
        except TypeError as problem:
            raise PipelineError(f"{shown(path)}, {line}: {problem}") from None
    _check(pinned, shown(path))
    return pinned


def name_operations(document: Document, pinned: dict[Key, Name], tell: Tell = refuse) -> Named:
    """Name every operation of the document: as pinned, else by words derived from its path.

    `tell` hears of names that two operations would have; a number is put behind the second one.
    """
    by_key: dict[Key, Name] = {}
    unpinned = []
    taken = {name.name for name in pinned.values()}
    for operation in operations(document):
        if operation.key in by_key:
            raise PipelineError(f"{operation} has the same shape as another operation")
        name = pinned.get(operation.key)
        if name is None:
            unpinned.append(operation.key)
            name = derived_name(operation)
            if name.name in taken:
                tell(f"several operations would be called {name.name}")
                name = name._replace(name=_free(name.name, taken))
            taken.add(name.name)
        by_key[operation.key] = name
    missing = [key for key in pinned if key not in by_key]
    return Named(by_key, missing, unpinned)


def derived_name(operation: Operation) -> Name:
    """A name for an operation that is new in the contract: its method and its path, in words."""
    method, where = operation.key
    parts = where.strip("/").split("/")
    words = ["item" if part == "{}" else _snake(part) for part in parts if part] or ["root"]
    parameters = {parameter.get("name") for parameter in operation.body.get("parameters", [])}
    pages = "none"
    if "x-continuation-token" in parameters:
        pages = "token"
    elif "pageOffset" in parameters:
        pages = "offset"
    return Name(
        tag=_identifier(words[0]),
        name="_".join([method.lower(), *words]),
        summary=f"{operation.method} {operation.path}, new in the contract and not named yet.",
        pages=pages,
    )


def _check(pinned: dict[Key, Name], source: str) -> None:
    names = {name.name for name in pinned.values()}
    if len(names) != len(pinned):
        raise PipelineError(f"{source} gives one name to several operations")
    for key, name in pinned.items():
        where = f"{source}, {' '.join(key)}"
        if not (name.name.isidentifier() and name.tag.isidentifier()):
            raise PipelineError(f"{where}: tag and name must be Python identifiers")
        if name.pages not in PAGES:
            raise PipelineError(f"{where}: pages must be one of {', '.join(PAGES)}")
        if name.waits and name.waits not in names:
            raise PipelineError(f"{where}: waits for {name.waits}, which no operation is called")


def _free(name: str, taken: set[str]) -> str:
    return next(
        other for count in range(2, len(taken) + 3) if (other := f"{name}_{count}") not in taken
    )


def _identifier(word: str) -> str:
    # Digits may begin a word of a path, and some words of paths are Python's own.
    return word if word.isidentifier() and not iskeyword(word) else f"tag_{word}"


def _snake(word: str) -> str:
    """The word in lower case with underscores, without accents: it becomes a folder's name."""
    plain = word.replace("ł", "l").replace("Ł", "L")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"\W+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain)).lower().strip("_")
