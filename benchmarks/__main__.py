"""`python -m benchmarks [NAME ...]`: run all benchmarks, or those named, and print a line for each
figure.
"""

from __future__ import annotations

import importlib
import sys

BENCHMARKS = (
    "import_time",
    "upo_memory",
    "upo_reading",
    "upo_rendering",
    "batch_memory",
    "requests",
    "simulator_start",
)


def main(names: list[str]) -> int:
    """Run the benchmarks; the result is 1 when a figure misses its target."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(
            f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}", file=sys.stderr
        )
        return 2
    missed = 0
    for name in names or BENCHMARKS:
        for figure in importlib.import_module(f"benchmarks.{name}").measure():
            print(figure)
            missed += not figure.holds
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
