"""What must be known of a command line before it is understood: how to report that it is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

JSON: Final = ("--json",)
VERBOSE: Final = ("--verbose", "-v")

_NO: Final = frozenset({"0", "f", "false", "n", "no"})
"""Values by which the parser of options takes a flag as not given."""
_WITH_VALUE: Final = frozenset({"--env", "--base-url"})
"""Global options before a command whose value could be taken for one."""
_END_OF_OPTIONS: Final = "--"


def wants(arguments: Sequence[str], names: tuple[str, ...]) -> bool:
    """Whether a flag is given, as `--json` or `--json=true`; the last one counts."""
    wanted = False
    for argument in arguments:
        if argument == _END_OF_OPTIONS:
            break
        name, equals, value = argument.partition("=")
        if name in names:
            wanted = not equals or value.strip().lower() not in _NO
    return wanted


def command(arguments: Sequence[str]) -> str | None:
    """The name of the command, if there is one."""
    remaining = iter(arguments)
    for argument in remaining:
        if argument in _WITH_VALUE:
            next(remaining, None)
        elif not argument.startswith("-"):
            return argument
    return None
