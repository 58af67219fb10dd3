"""Peak resident memory of a process."""

from __future__ import annotations

import os
import subprocess
import sys

# A process's peak includes what it inherited when it was forked, so a small one starts it and reads
# the kernel's figure; what the process prints goes to standard error instead.
_PEAK = (
    "import os, subprocess, sys\n"
    "child = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)\n"
    "_, status, usage = os.wait4(child.pid, 0)\n"
    "assert status == 0, status\n"
    "print(usage.ru_maxrss)\n"
)


def peak_megabytes(command: list[str], environment: dict[str, str]) -> tuple[float, str]:
    """The most memory that a command had, in MB, and what it printed; it must succeed."""
    ran = subprocess.run(
        [sys.executable, "-c", _PEAK, *command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{ran.stderr}")
    return int(ran.stdout) * 1024 / 1e6, ran.stderr
