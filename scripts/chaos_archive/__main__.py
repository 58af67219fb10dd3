"""Kill syncs and compare: `python -m scripts.chaos_archive [--kills N] [--sessions N] [--seed N]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from scripts.chaos_archive.runs import Tokens, calm_run, disturbed_runs
from scripts.chaos_archive.service import service

KILLS = 500
SESSIONS = 200
_MOST_TOLD = 10


def main(arguments: list[str]) -> int:
    """Run, print figures, and tell what is wrong; 0 when nothing is."""
    parser = argparse.ArgumentParser(prog="python -m scripts.chaos_archive")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args(arguments)
    seed = options.seed if options.seed is not None else int(time.time())
    random = Random(seed)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch, service(options.sessions, random) as running:
        folder = Path(scratch)
        tokens = Tokens(running)
        begun = time.monotonic()
        calm, asked = calm_run(running, tokens, folder / "calm")
        pages = sum(name.endswith(".xml") for name in calm)
        print(
            f"undisturbed: {options.sessions} sessions, {pages} UPO pages,"
            f" {asked.requests} requests, {time.monotonic() - begun:.1f} s; seed {seed}"
        )
        problems = list(asked.problems)
        kills = 0
        for number, run in enumerate(
            disturbed_runs(running, tokens, folder, calm, options.kills, random), 1
        ):
            kills += run.kills
            print(
                f"archive {number}: {run.kills} kills in {run.attempts} attempts,"
                f" {run.asked.requests} requests, {run.asked.repeated} of them again"
                f" (in flight at a kill); {'as undisturbed' if not run.problems else 'WRONG'}",
                flush=True,
            )
            problems += [f"archive {number}: {problem}" for problem in run.problems]
    print(f"{kills} kills, {len(problems)} problems, {time.monotonic() - started:.0f} s")
    for problem in problems[:_MOST_TOLD]:
        print(f"problem: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
