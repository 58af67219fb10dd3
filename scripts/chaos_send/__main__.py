"""`python -m scripts.chaos_send [--runs N] [--seed N]`: prints what happened; fails on any double or loss."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from scripts.chaos_send.runs import Run, chaos

_SEED = 20260201
"""Seed of the first run unless told otherwise: the day on which KSeF became compulsory."""


def main() -> int:
    """Make the runs and say what came of them."""
    parser = argparse.ArgumentParser(prog="python -m scripts.chaos_send", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=_SEED, help="seed of the first run")
    options = parser.parse_args()
    started = time.monotonic()
    done: list[Run] = []
    for run in chaos(options.runs, options.seed):
        done.append(run)
        if not run.is_clean:
            print(_complaint(run), file=sys.stderr)
        if len(done) % 100 == 0:
            print(f"{len(done):,} runs, {time.monotonic() - started:.0f} s", file=sys.stderr)
    for line in summary(done):
        print(line)
    return 0 if all(run.is_clean for run in done) else 1


def summary(runs: list[Run]) -> list[str]:
    """The counts, a line each."""
    kills: Counter[str] = sum((run.kills for run in runs), Counter())
    faults: Counter[str] = sum((run.faults for run in runs), Counter())
    modes = Counter(run.mode for run in runs)
    lines = [
        f"runs      {len(runs):,} ({modes['online']:,} online, {modes['batch']:,} batch)",
        f"attempts  {sum(run.attempts for run in runs):,}",
        f"kills     {kills.total():,}",
        *(f"          {count:>6,} {name}" for name, count in sorted(kills.items())),
        f"faults    {faults.total():,}",
        *(f"          {count:>6,} {name}" for name, count in sorted(faults.items()) if count),
        f"invoices  {sum(run.invoices for run in runs):,}",
        f"doubles   {sum(run.verdict.doubles for run in runs):,}",
        f"lost      {sum(run.verdict.lost for run in runs):,}",
        f"journals that disagree  {sum(1 for run in runs if run.verdict.disagreements):,}",
    ]
    bad = [run.seed for run in runs if not run.is_clean]
    if bad:
        lines.append(f"NOT CLEAN: seeds {', '.join(map(str, bad[:20]))}")
    return lines


def _complaint(run: Run) -> str:
    verdict = run.verdict
    told = [*([run.problem] if run.problem else []), *verdict.disagreements]
    return (
        f"seed {run.seed} ({run.mode}): {verdict.doubles} doubles, {verdict.lost} lost; "
        f"{'; '.join(told)}\n  again: python -m scripts.chaos_send --runs 1 --seed {run.seed}"
    )


if __name__ == "__main__":
    sys.exit(main())
