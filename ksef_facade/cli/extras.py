"""The entry point of `ksef`: it is installed always, while its libraries are an optional extra."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Final

from ksef_facade.cli.terminal import interruptions, read_ahead, streams

_EXTRAS: Final = {
    "PIL": "pdf",
    "cyclopts": "cli",
    "fpdf": "pdf",
    "jsonschema_rs": "simulator",
    "keyring": "keyring",
    "rich": "cli",
    "segno": "pdf",
    "starlette": "simulator",
    "uvicorn": "simulator",
}
_BUG: Final = 70
"""As in `exit_codes`, which may be what cannot be imported."""
_NEED_A_SIMULATOR: Final = frozenset({"demo", "simulate"})
"""Commands that want more than the extra `cli`."""


def run() -> None:
    """Entry point of the console script; says what to install where the extra `cli` is missing."""
    streams.prepare()
    interruptions.install()
    try:
        from ksef_facade.cli import main
    except (Exception, KeyboardInterrupt) as error:
        code = _report(error)
    else:
        code = main.run(sys.argv[1:])
    # What could not be written has been told by now.
    for stream in (sys.stdout, sys.stderr):
        if streams.is_broken(stream):
            streams.abandon(stream)
    interruptions.uninstall()
    sys.exit(code)


def extra_of(error: ImportError) -> str | None:
    """The extra that brings what could not be imported, or `None` when no extra does."""
    # The simulator raises an error of its own from that of the missing package.
    cause = error.__cause__ if isinstance(error.__cause__, ImportError) else error
    return _EXTRAS.get((cause.name or "").partition(".")[0])


def asking_for(extras: Iterable[str]) -> str:
    """The sentence that asks for extras."""
    names = sorted(extras)
    quoted = " and ".join(map(repr, names))
    this, it = ("extra", "it") if len(names) == 1 else ("extras", "them")
    listed = ",".join(names)
    return f"this needs the {this} {quoted}; install {it} with: pip install 'ksef-facade[{listed}]'"


def missing(first: str, arguments: Iterable[str]) -> set[str]:
    """All extras that a command lacks, so that nobody is sent to install twice; `first` is one."""
    lacking = {first}
    if read_ahead.command(list(arguments)) in _NEED_A_SIMULATOR:
        lacking |= {extra for package, extra in _EXTRAS.items() if not _is_there(package)} & {
            "cli",
            "simulator",
        }
    return lacking


def _is_there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ImportError:
        return False


def _report(error: BaseException) -> int:
    try:
        from ksef_facade.cli.failures import report
        from ksef_facade.cli.terminal.output import Output
    except ImportError as broken:
        sys.stderr.write(f"ksef: its installation is not whole ({broken}); install it again\n")
        return _BUG
    arguments = sys.argv[1:]
    output = Output(as_json=read_ahead.wants(arguments, read_ahead.JSON))
    return report(error, output, arguments)
