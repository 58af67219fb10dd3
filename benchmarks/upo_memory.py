"""How much memory `ksef upo save` needs beyond the same process when it is idle.

10,000 accepted invoices in UPO pages of 2,500. Idle is `ksef --version`: the command line loaded,
nothing done; so the client, TLS, cryptography and the XML parser all count as the work's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from ksef_facade.simulator import Simulator

_NIP = "5265877635"
_LIMIT_MB = 30
# A process's peak includes what it inherited when it was forked, so a small one starts it and reads
# the kernel's figure.
_PEAK = (
    "import os, subprocess, sys\n"
    "child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
    "_, status, usage = os.wait4(child.pid, 0)\n"
    "assert status == 0, status\n"
    "print(usage.ru_maxrss)\n"
)


def measure() -> Iterator[Figure]:
    """Peak resident memory of both processes, and their difference."""
    command = str(Path(sys.executable).with_name("ksef"))
    folder = tempfile.mkdtemp()
    try:
        with Simulator() as simulator:
            reference = simulator.seed_session(_NIP, "batch", 10_000, 25, 2_500)
            environment = {
                "KSEF_TOKEN": simulator.issue_token(_NIP),
                "KSEF_BASE_URL": simulator.base_url,
            }
            idle = _peak([command, "--version"], {})
            work = _peak([command, "upo", "save", reference, "--to", folder], environment)
    finally:
        shutil.rmtree(folder)
    yield Figure("ksef upo save, 10,000 invoices, beyond idle", work - idle, "MB", _LIMIT_MB)


def _peak(command: list[str], environment: dict[str, str]) -> float:
    ran = subprocess.run(
        [sys.executable, "-c", _PEAK, *command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(ran.stdout) * 1024 / 1e6
