"""What a new contract means to us: `python -m scripts.spec_diff [--json|--markdown] [OLD] NEW`.

OLD and NEW are paths or https URLs; without OLD the committed contract is compared. Exit code 0:
the same but for wording, 1: additions or other limits, 2: the facade or raw callers break; 3: a
contract cannot be read. (make itself turns every code but 0 into 2.)
"""

from __future__ import annotations

import argparse
import json
import sys

from ksef_facade.contract.compare import compare
from ksef_facade.contract.rendering import as_markdown, as_text
from scripts.document import parse
from scripts.failure import PipelineError, exit_with
from scripts.layout import CONTRACT
from scripts.spec import fetch

#: 0 to 2 are answers here, so that failures of every kind have a code of their own.
UNREADABLE = 3


def main(arguments: list[str]) -> int:
    """Print the report in the form asked for; return the exit code."""
    chosen = _chosen(arguments)
    if len(chosen.contracts) > 2:
        raise PipelineError("give two contracts at most: OLD NEW", UNREADABLE)
    old, new = [str(CONTRACT), *chosen.contracts][-2:]
    try:
        report = compare(parse(*fetch(old)), parse(*fetch(new)))
    except PipelineError as problem:
        raise PipelineError(str(problem), UNREADABLE) from None
    if chosen.json:
        print(json.dumps(report.document(), ensure_ascii=False, indent=2))
    else:
        print(as_markdown(report) if chosen.markdown else as_text(report), end="")
    return report.exit_code


def _chosen(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.spec_diff", description=__doc__)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON document")
    form.add_argument("--markdown", action="store_true", help="for a pull request")
    parser.add_argument("contracts", nargs="+", metavar="CONTRACT")
    try:
        return parser.parse_args(arguments)
    except SystemExit as end:
        raise SystemExit(UNREADABLE if end.code else 0) from None


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    exit_with(main)
