"""`python -m scripts.fuzz_responses [--count N] [--seed S] [--case NUMBER]`: mutate what KSeF answers.

Every case must end in a value or a `KsefError`. Prints how often each kind of mutation was made and
what came of it; 1 when a case ended otherwise, with the smallest form of it.
"""

from __future__ import annotations

import argparse
import os
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from attrs import define, field

from scripts.failure import exit_with
from scripts.fuzz.case import make_case, run
from scripts.fuzz.shrinking import report
from scripts.fuzz.targets import TARGETS

DEFAULT_COUNT = 100_000
DEFAULT_SEED = 20261120
_BATCH = 500
_MOST_REPORTS = 20
_SHOWN_OUTCOMES = 4


@define
class Tally:
    """What came of a number of cases."""

    cases: int = 0
    by_kind: dict[str, Counter[str]] = field(factory=dict)
    violations: list[tuple[int, str]] = field(factory=list)

    def add(self, kind: str, outcome: str) -> None:
        """Count one case."""
        self.cases += 1
        self.by_kind.setdefault(kind, Counter())[outcome] += 1

    def absorb(self, other: Tally) -> None:
        """Take over another process's counts."""
        self.cases += other.cases
        self.violations += other.violations
        for kind, outcomes in other.by_kind.items():
            self.by_kind.setdefault(kind, Counter()).update(outcomes)


def run_range(numbers: range, seed: int) -> Tally:
    """Run the cases of some numbers in this process."""
    tally = Tally()
    for number in numbers:
        case = make_case(seed, number)
        outcome = run(case)
        tally.add(case.kind, "VIOLATION" if outcome.violation else outcome.name)
        if outcome.violation is not None:
            tally.violations.append((number, f"{case.target.name}: {outcome.name}"))
    return tally


def fuzz(count: int, seed: int, processes: int) -> Tally:
    """Run so many cases, in that many processes."""
    batches = [range(start, min(start + _BATCH, count)) for start in range(0, count, _BATCH)]
    tally = Tally()
    if processes == 1:
        for batch in batches:
            tally.absorb(run_range(batch, seed))
        return tally
    with ProcessPoolExecutor(processes) as pool:
        for part in pool.map(partial(run_range, seed=seed), batches):
            tally.absorb(part)
    return tally


def lines(tally: Tally, seed: int, seconds: float) -> Iterator[str]:
    """The figures, line by line."""
    width = max(map(len, tally.by_kind), default=0)
    for kind, outcomes in sorted(tally.by_kind.items()):
        common = outcomes.most_common(_SHOWN_OUTCOMES)
        told = ", ".join(f"{name} {times}" for name, times in common)
        rest = outcomes.total() - sum(times for _, times in common)
        others = f", others {rest}" if rest else ""
        yield f"{kind:{width}}  {outcomes.total():6}  {told}{others}"
    yield ""
    values = sum(outcomes["value"] for outcomes in tally.by_kind.values())
    wrong = len(tally.violations)
    yield (
        f"{tally.cases} mutated answers of {len(TARGETS)} uses, {len(tally.by_kind)} kinds, seed {seed}: "
        f"{values} values, {tally.cases - values - wrong} KsefErrors, {wrong} violations; "
        f"{seconds:.0f} s"
    )


def reports(tally: Tally, seed: int) -> Iterator[str]:
    """The smallest form of one violation of each sort."""
    first: dict[str, int] = {}
    for number, sort in sorted(tally.violations):
        first.setdefault(sort, number)
    for number in list(first.values())[:_MOST_REPORTS]:
        case = make_case(seed, number)
        yield ""
        yield from report(case, run(case))


def show_case(seed: int, number: int) -> int:
    """Run one case and print all there is to see."""
    case = make_case(seed, number)
    outcome = run(case)
    print(
        f"{case.target.name}, {', '.join(kind.__name__ for kind in case.mutations)}: {outcome.name}"
    )
    if outcome.violation is None:
        return 0
    traceback.print_exception(outcome.violation)
    for line in report(case, outcome):
        print(line)
    return 1


def main(arguments: list[str]) -> int:
    """Run the cases, print the figures and any violation."""
    parser = argparse.ArgumentParser(prog="python -m scripts.fuzz_responses", description=__doc__)
    parser.add_argument("--count", type=int, default=DEFAULT_COUNT)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--case", type=int, help="run this one case and show it")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    if options.case is not None:
        return show_case(options.seed, options.case)
    started = time.monotonic()
    tally = fuzz(options.count, options.seed, options.processes)
    for line in lines(tally, options.seed, time.monotonic() - started):
        print(line)
    for line in reports(tally, options.seed):
        print(line)
    return 1 if tally.violations else 0


if __name__ == "__main__":
    exit_with(main)
