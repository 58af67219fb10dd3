"""The commands of `ksef`, their options and exit codes, as they are on the command line."""

from __future__ import annotations

from collections.abc import Iterator

from cyclopts import App

from ksef_facade.cli.exit_codes import ExitCode
from ksef_facade.cli.main import app
from scripts.public_api.type_words import in_words

Entry = tuple[str, str]


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
    for argument in command.assemble_argument_collection():
        if not argument.parse or not argument.show:
            continue
        # `--no-x` beside `--x` is the same option.
        names = [name for name in argument.names if not name.startswith(("--no-", "--empty-"))]
        need = "required" if argument.required else "optional"
        yield f"{path} {'/'.join(names)}", f"{need}: {in_words(argument.hint)}"
