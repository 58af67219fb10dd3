"""What importing the simulator loads, and what is said when its extra is absent."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("starlette", "uvicorn", "lxml", "cryptography", "jsonschema_rs", "httpx", "dateutil")


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_import_is_light() -> None:
    program = (
        "import sys, ksef_facade.simulator; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert run(program) == "[]"


@pytest.mark.parametrize("missing", ["jsonschema_rs", "uvicorn"])
def test_missing_extra_is_one_sentence(missing: str) -> None:
    program = f"""
import sys
sys.modules[{missing!r}] = None
from ksef_facade.simulator import Simulator, SimulatorExtraMissing
try:
    Simulator().start()
except SimulatorExtraMissing as error:
    print(error)
"""
    expected = (
        'the simulator needs its extra: pip install "ksef-facade[simulator]" '
        f"({missing} is missing)"
    )
    assert run(program) == expected


def test_nothing_of_the_client_is_loaded() -> None:
    program = """
import sys
from ksef_facade.simulator import Simulator
with Simulator() as simulator:
    simulator.upo_bytes(simulator.seed_session("5265877635"), 1)
allowed = ("ksef_facade", "ksef_facade.simulator")
print([name for name in sys.modules if name.split(".")[0] in ("ksef_facade", "ksef_api")
       and name not in allowed and not name.startswith("ksef_facade.simulator.")])
"""
    assert run(program) == "[]"
