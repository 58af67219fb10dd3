"""`python -m scripts.contract_tests [TARGET]`: check every fact against the simulator or against TEST.

TARGET is `simulator` (default: one is started for the run), `test` (the Ministry's TEST
environment), or the http address of a simulator on this machine. Production and DEMO are refused.
Exit code 0: every fact that was checked holds; 1: a fact is refuted; 2: nothing was run, the target
or a credential cannot be used; 3: nothing was checked, the target cannot be reached; 4: a check
broke off. (make itself turns every code but 0 into 2; the last line names the code.)
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from scripts.contract_tests.exit_codes import USAGE
from scripts.contract_tests.runs import run
from scripts.contract_tests.targets import BadTarget, choose
from scripts.layout import ROOT

_REPORTS = ROOT / "build" / "contract"


def main(arguments: list[str]) -> int:
    """Run the suite; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.contract_tests", description=__doc__)
    parser.add_argument("target", nargs="?", default="simulator", metavar="TARGET")
    parser.add_argument("--report", type=Path, default=_REPORTS, help="folder of the report")
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="checks whose names fit (pytest -k)"
    )
    parser.add_argument("--quiet", action="store_true", help="no line for each fact")
    parser.add_argument(
        "--within-contract",
        action="store_true",
        help="pass over checks whose requests the contract does not allow",
    )
    chosen = parser.parse_args(arguments)
    try:
        target = choose(chosen.target)
    except BadTarget as problem:
        print(f"error: {problem} (exit code {USAGE})", file=sys.stderr)
        return USAGE
    return run(
        target,
        chosen.report,
        only=chosen.only,
        quiet=chosen.quiet,
        variables=dict(os.environ),
        is_within_contract=chosen.within_contract,
    )


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
