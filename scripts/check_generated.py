"""Fail when something derived is stale or edited: `python -m scripts.check_generated`."""

from __future__ import annotations

import sys

from scripts.failure import BadInput, exit_with
from scripts.generate import changes, derive_all, show


def main(arguments: list[str]) -> int:
    """Derive everything aside; list the files that differ from it and return 1 if there are any."""
    if arguments:
        raise BadInput("check_generated takes no arguments")
    lines = list(changes(derive_all()))
    if lines:
        print("not what `make generate` writes:", file=sys.stderr)
        show(lines, lambda line: print(f"  {line}", file=sys.stderr))
    return 1 if lines else 0


if __name__ == "__main__":
    exit_with(main)
