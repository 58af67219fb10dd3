"""The folder with the schemas: filled from bytes of any origin, read with a look at the hash."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

from attrs import frozen

from ksef_facade.errors import ConfigurationError, IntegrityFailure
from ksef_facade.schemas.catalogue import (
    FILES,
    LARGEST_FILE,
    SETS,
    SchemaFile,
    SchemaSet,
    file_with,
)
from ksef_facade.store.files import write_atomically

FOLDER_VARIABLE: Final = "KSEF_SCHEMAS"
"""Environment variable with the folder to keep the schemas in, in place of the usual one."""

State = Literal["installed", "incomplete", "missing", "damaged"]


def schema_folder(variables: Mapping[str, str] | None = None) -> Path:
    """Where the schemas are kept: `KSEF_SCHEMAS`, else a folder of this user's data.

    Args:
        variables: in place of those of the process.
    """
    chosen = (os.environ if variables is None else variables).get(FOLDER_VARIABLE, "").strip()
    if chosen:
        return Path(chosen).expanduser()
    # Loaded late: whoever names a folder needs it as little as whoever checks no schema.
    from platformdirs import user_data_path

    return user_data_path("ksef-facade", appauthor=False) / "schemas"


@frozen
class SchemaState:
    """How one schema stands: which of its files are not there, and which are not what they were."""

    schema: SchemaSet
    missing: tuple[str, ...]
    damaged: tuple[str, ...]

    @property
    def state(self) -> State:
        """In one word."""
        if self.damaged:
            return "damaged"
        if not self.missing:
            return "installed"
        return "missing" if self.schema.root in self.missing else "incomplete"


@frozen
class SchemaStore:
    """The schemas in a folder. Files are known by their hash, whatever they were called before."""

    folder: Path

    def add(self, content: bytes) -> SchemaFile | None:
        """Keep a file if it is one of the schemas; returns which, or `None`.

        Line ends that a checkout on Windows has changed are changed back.

        Raises:
            OSError: the folder cannot be made or written.
        """
        for candidate in (content, content.replace(b"\r\n", b"\n")):
            file = file_with(hashlib.sha256(candidate).hexdigest())
            if file is not None:
                self.folder.mkdir(parents=True, exist_ok=True)
                write_atomically(self.folder / file.name, candidate, overwrite=True)
                return file
        return None

    def add_from(self, folder: Path) -> tuple[SchemaFile, ...]:
        """Keep every schema file in a folder and the folders in it; returns which were found.

        Raises:
            ConfigurationError: it is not a folder.
            OSError: a file cannot be read or written.
        """
        if not folder.is_dir():
            raise ConfigurationError(f"{folder} is not a folder")
        found: dict[str, SchemaFile] = {}
        for path in _files(folder):
            file = self.add(path.read_bytes())
            if file is not None:
                found[file.name] = file
            if len(found) == len(FILES):
                break
        return tuple(found.values())

    def read(self, name: str) -> bytes:
        """A schema file, byte for byte as it was published.

        Raises:
            ConfigurationError: it is no schema file, or not installed.
            IntegrityFailure: it is not what was installed.
        """
        file = FILES.get(name)
        if file is None:
            raise ConfigurationError(f"{name[:80]!a} is none of the Ministry's schema files")
        try:
            content = (self.folder / name).read_bytes()
        except FileNotFoundError:
            raise ConfigurationError(
                f"the schema file {name} is not installed; run: ksef schemas install"
            ) from None
        if hashlib.sha256(content).hexdigest() not in file.sha256:
            raise IntegrityFailure(
                f"the schema file {self.folder / name} was changed since it was installed; "
                "run: ksef schemas install"
            )
        return content

    def state_of(self, schema: SchemaSet) -> SchemaState:
        """How a schema stands; reads all its files."""
        missing, damaged = [], []
        for name in schema.files:
            try:
                self.read(name)
            except ConfigurationError:
                missing.append(name)
            except IntegrityFailure:
                damaged.append(name)
        return SchemaState(schema, tuple(missing), tuple(damaged))

    def states(self) -> tuple[SchemaState, ...]:
        """How every schema stands."""
        return tuple(self.state_of(schema) for schema in SETS)

    def has(self, schema: SchemaSet) -> bool:
        """Whether all files of a schema are there, whatever is in them."""
        return all((self.folder / name).is_file() for name in schema.files)


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(parent, name)
            if path.is_file() and path.stat().st_size <= LARGEST_FILE:
                yield path
