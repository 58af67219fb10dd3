"""How much memory `ksef upo save` needs beyond the same process when it is idle.

10,000 accepted invoices in UPO pages of 2,500. Idle is `ksef --version`: the command line loaded,
nothing done; so the client, TLS, cryptography and the XML parser all count as the work's.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.peak_memory import peak_megabytes
from ksef_facade.simulator import Simulator

_NIP = "5265877635"
_LIMIT_MB = 30


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
            idle, _ = peak_megabytes([command, "--version"], {})
            work, _ = peak_megabytes(
                [command, "upo", "save", reference, "--to", folder], environment
            )
    finally:
        shutil.rmtree(folder)
    yield Figure("ksef upo save, 10,000 invoices, beyond idle", work - idle, "MB", _LIMIT_MB)
