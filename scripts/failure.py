"""The one way a step of the pipeline says that it cannot go on."""

from __future__ import annotations

import sys
from collections.abc import Callable

USAGE = 2


class PipelineError(Exception):
    """A step failed; the message is one sentence for the person at the keyboard."""

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class BadInput(PipelineError):
    """What was passed in cannot be used (exit code 2)."""

    def __init__(self, message: str) -> None:
        super().__init__(message, USAGE)


Tell = Callable[[str], None]
"""What a step does with something odd that it could go on with: `refuse` it, or note it."""


def refuse(oddity: str) -> None:
    """Stop the run: nothing odd may get into what is committed."""
    raise PipelineError(oddity)


def exit_with(command: Callable[[list[str]], int], arguments: list[str] | None = None) -> None:
    """Run a command of the pipeline; a `PipelineError` becomes its message and its exit code."""
    try:
        code = command(sys.argv[1:] if arguments is None else arguments)
    except PipelineError as problem:
        print(f"error: {problem}", file=sys.stderr)
        code = problem.exit_code
    raise SystemExit(code)
