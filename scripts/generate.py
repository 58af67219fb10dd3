"""Write everything that is derived: `python -m scripts.generate`.

The raw client (`generated/ksef_api`), the simulator's copy of the contract, and the sync package.
Prints what changed, and on stderr what is new in the contract and has no name yet.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from scripts.derive_sync import derive
from scripts.document import compact, parse
from scripts.failure import BadInput, PipelineError, exit_with
from scripts.folders import differences, replace_folder, write_text
from scripts.layout import CONTRACT, RAW_CLIENT, SIMULATOR_CONTRACT, SYNC_PACKAGE, shown
from scripts.names import Named, load
from scripts.raw_client import raw_client

#: A change of the contract touches hundreds of files; the first ones show its kind.
SHOWN_CHANGES = 40


class Derived(NamedTuple):
    """All that the pipeline writes: whole folders (path inside -> text), and single files."""

    folders: dict[Path, dict[str, str]]
    files: dict[Path, str]
    named: Named


def derive_all() -> Derived:
    """Derive everything from what is committed by hand; nothing is written.

    Raises PipelineError when a pinned operation is missing from the contract: its users would find
    out one by one.
    """
    if not CONTRACT.is_file():
        raise PipelineError(f"{shown(CONTRACT)} is missing; `python -m scripts.spec` writes it")
    contract = parse(CONTRACT.read_bytes(), shown(CONTRACT))
    files, named = raw_client(contract, load())
    if named.missing:
        listed = ", ".join(" ".join(key) for key in named.missing)
        raise PipelineError(f"the contract lacks operations that are pinned: {listed}")
    return Derived(
        folders={RAW_CLIENT: files, SYNC_PACKAGE: derive()},
        files={SIMULATOR_CONTRACT: compact(contract)},
        named=named,
    )


def changes(derived: Derived) -> Iterator[str]:
    """One line for each file that is not as it should be; nothing is written."""
    for folder, wanted in derived.folders.items():
        for inside, difference in differences(folder, wanted).items():
            yield f"{difference} {shown(folder / inside)}"
    for path, text in derived.files.items():
        if not path.is_file():
            yield f"added {shown(path)}"
        elif path.read_bytes() != text.encode():
            yield f"changed {shown(path)}"


def write(derived: Derived) -> None:
    """Write what differs."""
    for folder, wanted in derived.folders.items():
        replace_folder(folder, wanted)
    for path, text in derived.files.items():
        write_text(path, text)


def show(lines: list[str], output: Callable[[str], None] = print) -> None:
    """Print the first lines, and how many more there are."""
    for line in lines[:SHOWN_CHANGES]:
        output(line)
    if len(lines) > SHOWN_CHANGES:
        output(f"... and {len(lines) - SHOWN_CHANGES} more")


def main(arguments: list[str]) -> int:
    """Derive everything, write what differs and print it."""
    if arguments:
        raise BadInput("generate takes no arguments")
    derived = derive_all()
    for key in derived.named.unpinned:
        name = derived.named.by_key[key].name
        print(f"not pinned yet: {' '.join(key)}, for now {name}", file=sys.stderr)
    lines = list(changes(derived))
    write(derived)
    show(lines)
    return 0


if __name__ == "__main__":
    exit_with(main)
