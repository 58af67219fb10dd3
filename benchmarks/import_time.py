"""How long `import ksef_facade` takes, as a multiple of `import httpx, attrs`."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from benchmarks.figures import Figure

_ROUNDS = 15
_NOTHING = "pass"
_FLOOR = "import httpx, attrs"
_CASES = {
    "import ksef_facade": ("import ksef_facade", 1.6),
    "from ksef_facade import Ksef, TokenAuth": ("from ksef_facade import Ksef, TokenAuth", 1.6),
}


def measure() -> Iterator[Figure]:
    """Medians of fresh interpreters, taken in turns; the interpreter's own start is subtracted."""
    statements = [_NOTHING, _FLOOR, *(statement for statement, _ in _CASES.values())]
    times: dict[str, list[float]] = {statement: [] for statement in statements}
    for _ in range(_ROUNDS):
        for statement in statements:
            begin = time.perf_counter()
            subprocess.run([sys.executable, "-c", statement], check=True)
            times[statement].append(time.perf_counter() - begin)
    start = median(times[_NOTHING])
    floor = median(times[_FLOOR]) - start
    for name, (statement, target) in _CASES.items():
        ratio = (median(times[statement]) - start) / floor
        yield Figure(f"{name}, against {_FLOOR}", ratio, "times", target)
