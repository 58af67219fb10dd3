"""Signals that ask `ksef` to stop: each unwinds the command, so that nothing half-done is left."""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn

_BASE = 128
"""Shells add it to a signal's number to make an exit code."""
# Those of a closed terminal and of `kill`. Ctrl-C raises KeyboardInterrupt by Python's own doing.
_NAMES = ("SIGHUP", "SIGTERM")


class Stopped(KeyboardInterrupt):
    """A signal other than that of Ctrl-C asked the program to stop.

    A `KeyboardInterrupt`, because whatever tidies up after the one must tidy up after the other.
    """

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


def install() -> None:
    """Turn the signals into `Stopped`; one that is ignored, as by `nohup`, stays ignored."""
    for number in _known():
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def uninstall() -> None:
    """Let the next signal end the process at once: this one was heard, and all is tidied up."""
    for number in (signal.SIGINT, *_known()):
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)


def exit_code(interrupt: KeyboardInterrupt) -> int:
    """128 plus the number of the signal, as shells have it."""
    number = interrupt.number if isinstance(interrupt, Stopped) else signal.SIGINT
    return _BASE + number


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise Stopped(number)


def _known() -> list[signal.Signals]:
    return [signal.Signals[name] for name in _NAMES if name in signal.Signals.__members__]
