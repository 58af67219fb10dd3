"""The pages that follow from the code: `python -m scripts.docs.pages` writes them anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.docs.command_page import command_page
from scripts.docs.operation_page import operation_page
from scripts.failure import BadInput, exit_with
from scripts.folders import write_text
from scripts.layout import ROOT, shown

PAGES: Mapping[Path, Callable[[], str]] = {
    ROOT / "docs" / "reference" / "command-line.md": command_page,
    ROOT / "docs" / "reference" / "operations.md": operation_page,
}
COMMAND = "make generate"


def main(arguments: list[str]) -> int:
    """Write what differs, and say so."""
    if arguments:
        raise BadInput("this takes no argument")
    for path, page in PAGES.items():
        if write_text(path, page()):
            print(f"changed {shown(path)}")
    return 0


if __name__ == "__main__":
    exit_with(main)
