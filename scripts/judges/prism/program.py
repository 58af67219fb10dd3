"""Prism as a program of its own, on a port of this machine."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Seconds until Prism has read the contract and listens.
_PATIENCE = 60.0
_BETWEEN = 0.1


class PrismFailed(Exception):
    """Prism did not come up."""


@contextmanager
def prism(node: Path, folder: Path, contract: Path, mode: str, *arguments: str) -> Iterator[str]:
    """Prism in a mode, `proxy` or `mock`; its address. Violations become answers of its own."""
    port = _free_port()
    log = folder / f"prism-{mode}.log"
    options = ("--errors", "--port", str(port), "--verboseLevel", "warn")
    command = (node / "node_modules" / ".bin" / "prism", mode, *options, contract, *arguments)
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            list(map(str, command)), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            _wait(process, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    limit = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < limit:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(_BETWEEN)
        else:
            return
    raise PrismFailed(f"Prism did not start:\n{log.read_text('utf-8')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
