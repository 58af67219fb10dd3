"""The commands of `ksef`, their options and exit codes, as they are on the command line."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterator
from typing import Any

from cyclopts import App

from ksef_facade.cli.exit_codes import ExitCode
from ksef_facade.cli.main import app

Entry = tuple[str, str]

_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.VAR_POSITIONAL)


def command_names() -> Iterator[Entry]:
    """Every command, argument, option, and exit code."""
    yield from _options("ksef", app.meta)
    yield from _commands("ksef", app)
    for code in ExitCode:
        yield f"exit code {code.name}", str(int(code))


def _commands(path: str, parent: App) -> Iterator[Entry]:
    for name in parent:
        if name.startswith("-"):
            continue
        command = parent[name]
        here = f"{path} {name}"
        if command.default_command is None:
            yield from _commands(here, command)
        else:
            yield here, "command"
            yield from _options(here, command)


def _options(path: str, command: App) -> Iterator[Entry]:
    position = 0
    for argument in command.assemble_argument_collection():
        if not argument.parse or not argument.show or not argument.names:
            continue
        need = "required" if argument.required else "optional"
        # An argument is known by its place; what help calls it may change.
        if argument.field_info.kind in _POSITIONAL:
            position += 1
            name = f"{path} argument {position}"
        else:
            name = f"{path} {_spelled(argument.names)}"
        taken, words = _taken(argument.hint)
        yield name, f"{need}: {taken}"
        for word in words:
            # Each for itself: one more choice takes nothing from anybody.
            yield f"{name}={word}", "choice"


def _spelled(names: tuple[str, ...]) -> str:
    """The option's names but for their opposites: `--no-x` beside `--x` is the same option."""
    opposites = {f"--{prefix}-{name[2:]}" for name in names for prefix in ("no", "empty")}
    return "/".join(name for name in names if name not in opposites)


def _taken(hint: Any) -> tuple[str, tuple[str, ...]]:
    """What follows an option: nothing, a value or one of some words; once or several times."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _taken(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return _taken(next(item for item in arguments if item is not type(None)))
    if origin in (list, tuple):
        taken, words = _taken(arguments[0])
        return f"several, {taken}", words
    if origin is typing.Literal:
        return "choice", tuple(map(str, arguments))
    return ("flag" if hint is bool else "value"), ()
