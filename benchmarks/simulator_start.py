"""How long a simulator takes to start, as a multiple of importing what it is built on; and to come
and go within a process, as a multiple of reading the contract that it obeys.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import ksef_facade.simulator
from benchmarks.figures import Figure
from ksef_facade.simulator import Simulator

_ROUNDS = 9
_MANY = 50
_NOTHING = "pass"
_LIBRARIES = "import attrs, cyclopts, cryptography.x509, jsonschema_rs, lxml.etree, uvicorn"
_KSEF = "from ksef_facade.cli.extras import run; run()"
_COMMAND = [sys.executable, "-c", _KSEF, "simulate", "--port", "0", "--json"]
#: A challenge needs no key; a program that logs in needs two, which take a tenth of a second each.
_FIRST = "auth/challenge"
_CONTRACT = Path(ksef_facade.simulator.__file__).with_name("contract.json")


def measure() -> Iterator[Figure]:
    """Medians of fresh processes, taken in turns; the interpreter's own start is subtracted."""
    statements = (_NOTHING, _LIBRARIES)
    times: dict[str, list[float]] = {name: [] for name in (*statements, "served")}
    for _ in range(_ROUNDS):
        for statement in statements:
            times[statement].append(_timed(lambda code=statement: _run(code)))  # type: ignore[misc]
        times["served"].append(_first_answer())
    start = median(times[_NOTHING])
    libraries = median(times[_LIBRARIES]) - start
    yield Figure(
        "ksef simulate, until the first answer, against the import of its libraries",
        (median(times["served"]) - start) / libraries,
        "times",
        3.5,
    )
    Simulator().start().stop()
    contract = median(_timed(_read_contract) for _ in range(_MANY))
    cycle = median(_timed(_come_and_go) for _ in range(_MANY))
    yield Figure(
        "a simulator made, started and stopped, against reading the contract",
        cycle / contract,
        "times",
        3.0,
    )


def _timed(do: Callable[[], object]) -> float:
    begin = time.perf_counter()
    do()
    return time.perf_counter() - begin


def _run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def _read_contract() -> None:
    json.loads(_CONTRACT.read_text(encoding="utf-8"))


def _come_and_go() -> None:
    with Simulator():
        pass


def _first_answer() -> float:
    begin = time.perf_counter()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(_COMMAND, text=True, **streams) as process:
        assert process.stdout is not None
        text = ""
        while not text.endswith("}\n"):
            text += process.stdout.readline()
        url = f"{json.loads(text)['base_url']}/{_FIRST}"
        urllib.request.urlopen(urllib.request.Request(url, method="POST", data=b"")).read()
        taken = time.perf_counter() - begin
        os.kill(process.pid, signal.SIGTERM)
    return taken
