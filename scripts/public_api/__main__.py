"""Compare the public interface with the recorded one: `python -m scripts.public_api [--record]`.

`--record` writes `tests/public_api.json` anew. What a release has carried is removed or changed only
when `ksef_facade/deprecation.py` lists it and the time of its removal has come. `--release` says that
a release now carries all that is recorded.
"""

from __future__ import annotations

import sys

from ksef_facade.deprecation import DEPRECATIONS
from ksef_facade.version import VERSION
from scripts.failure import BadInput, exit_with
from scripts.folders import write_text
from scripts.layout import shown
from scripts.public_api.guard import (
    ADVICE,
    RECORD,
    compared,
    current,
    dumped,
    load,
    recorded,
    released,
)


def main(arguments: list[str]) -> int:
    """Print the differences; write them down if asked to and allowed."""
    if arguments not in ([], ["--record"], ["--release"]):
        raise BadInput("public_api takes --record, --release or nothing")
    names = current()
    record = load(RECORD.read_text(encoding="utf-8"))
    found = compared(record, names, DEPRECATIONS, VERSION)
    for line in found.told():
        print(line)
    if found.refused:
        print(ADVICE, file=sys.stderr)
        return 1
    if not arguments:
        return 1 if found.told() else 0
    record = recorded(record, names)
    if write_text(RECORD, dumped(released(record) if "--release" in arguments else record)):
        print(f"changed {shown(RECORD)}")
    return 0


if __name__ == "__main__":
    exit_with(main)
