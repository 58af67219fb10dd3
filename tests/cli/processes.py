"""`ksef` as a process of its own, with variables and streams as a test wants them."""

import os
import subprocess
import sys
from typing import Any

COMMAND = [sys.executable, "-c", "from ksef_facade.cli.extras import run; run()"]


def environment(**variables: str) -> dict[str, str]:
    """Our own variables without those of a developer's KSeF."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KSEF_")}
    return {**kept, "PYTHONIOENCODING": "utf-8", **variables}


def start(*arguments: object, variables: dict[str, str] | None = None, **options: Any) -> Any:
    """A process that runs; its streams are pipes of text unless `options` say otherwise."""
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        encoding="utf-8",
        env=environment(**(variables or {})),
        **{**streams, **options},
    )
