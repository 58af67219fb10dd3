"""The `ksef` command: its commands, its global options, and how a failure is told."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, CycloptsError, Group, Parameter

from ksef_facade.cli import exit_codes, settings
from ksef_facade.cli.arguments import BadArgument, Flag
from ksef_facade.cli.commands import (
    archive,
    check,
    contract,
    demo,
    login,
    qr,
    render,
    schemas,
    send,
    session,
    session_report,
    sessions,
    simulate,
    upo,
    verify,
)
from ksef_facade.cli.exit_codes import ExitCode
from ksef_facade.cli.failures import report, report_usage
from ksef_facade.cli.logins.credential_choice import (
    CERTIFICATE_VARIABLE,
    KEY_VARIABLE,
    NIP_VARIABLE,
    PASSWORD_VARIABLE,
    TOKEN_VARIABLE,
)
from ksef_facade.cli.settings import Settings
from ksef_facade.cli.terminal import read_ahead, streams
from ksef_facade.cli.terminal.output import Output
from ksef_facade.cli.terminal.printable import printable
from ksef_facade.errors import KsefSystemWarning
from ksef_facade.version import VERSION

if TYPE_CHECKING:
    from rich.console import Console

_ABOUT = f"""\
Sessions and receipts (UPO) of Poland's e-invoicing system KSeF.

`ksef login` tries a KSeF token or a certificate and keeps it for later commands. The variables
{TOKEN_VARIABLE}, or {CERTIFICATE_VARIABLE} with {KEY_VARIABLE} and {PASSWORD_VARIABLE},
count before it, and {NIP_VARIABLE} says for whom to act. Try `ksef demo`: it needs none of them,
only the extra `simulator`.
"""
_EPILOGUE = f"Exit codes:\n\n{exit_codes.described()}"
# What `main` reports with, for the launched command to use too: one call says one document.
_OUTPUT: ContextVar[Output] = ContextVar("ksef_output")
# Of the help in a JSON document; its reader is no terminal.
_HELP_WIDTH = 100
_GLOBAL = Group("Global options, before or after the command", sort_key=100)


def _version() -> str:
    return "ksef-facade {version}, KSeF contract {contract}".format_map(_version_document())


def _version_document() -> dict[str, str]:
    from ksef_api.operations import API_VERSION

    return {"version": VERSION, "contract": API_VERSION}


app = App(
    name="ksef",
    help=_ABOUT,
    help_format="markdown",
    help_epilogue=_EPILOGUE,
    version=_version,
    default_parameter=Parameter(negative=()),
)
# Otherwise it would end the program before `main` can say so.
app.meta.suppress_keyboard_interrupt = False
app.command(demo.demo)
app.command(simulate.simulate)
app.command(login.login)
app.command(login.logout)
app.command(check.check)
app.command(send.send)
app.command(sessions.sessions)
_session = app.command(App(name="session", help="One session, by its reference."))
_session.command(session.status)
_session.command(session.wait)
_session.command(session.invoices)
_session.command(session_report.report)
_upo = app.command(App(name="upo", help="Receipts (UPO) of a session and its invoices."))
_upo.command(upo.save)
_upo.command(upo.get)
_upo.command(render.render)
_upo.command(verify.verify)
_qr = app.command(App(name="qr", help="Codes that invoices must show, for people to verify them."))
_qr.command(qr.make)
_qr.command(qr.verify)
_archive = app.command(App(name="archive", help="All sessions with their receipts, in a folder."))
_archive.command(archive.sync)
_archive.command(archive.status)
_archive.command(archive.verify)
_archive.command(archive.find)
_archive.command(archive.export)
_archive.command(archive.record)
_schemas = app.command(App(name="schemas", help="The Ministry's XML schemas, on this machine."))
_schemas.command(schemas.install)
_schemas.command(schemas.show, name="list")
_schemas.command(schemas.check)
_contract = app.command(App(name="contract", help="The contract of KSeF that this package obeys."))
_contract.command(contract.check)
_contract.command(contract.show)


@app.meta.default
def _launch(
    *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    env: Annotated[
        Literal["simulator", "test", "demo", "prod"] | None,
        Parameter(
            group=_GLOBAL,
            help=f"Which KSeF; else {settings.ENVIRONMENT_VARIABLE}, else that of ksef login, else "
            "test; prod never by default.",
        ),
    ] = None,
    base_url: Annotated[
        str | None,
        Parameter(
            group=_GLOBAL,
            help=f"Base URL in place of the environment's own; else {settings.BASE_URL_VARIABLE}. "
            "A loopback http URL alone means the simulator.",
        ),
    ] = None,
    json: Annotated[
        Flag, Parameter(group=_GLOBAL, help="Print one JSON document instead of tables.")
    ] = False,
    verbose: Annotated[
        Flag,
        Parameter(name=("-v", "--verbose"), group=_GLOBAL, help="Log every request to stderr."),
    ] = False,
) -> int:
    if json and not tokens:
        raise BadArgument("name a command; see ksef --help")
    command, bound, wanted = app.parse_args(tokens, exit_on_error=False, print_error=False)
    if json and isinstance(getattr(command, "__self__", None), App):
        raise BadArgument(f"name a command of ksef {tokens[0]}; see ksef {tokens[0]} --help")
    extra: dict[str, Any] = {}
    if "settings" in wanted:
        output = _OUTPUT.get()
        output.as_json = json
        extra["settings"] = Settings(
            variables=os.environ, output=output, env=env, base_url=base_url
        )
    with _requests_logged(verbose):
        result = command(*bound.args, **bound.kwargs, **extra)
    return result if isinstance(result, int) else ExitCode.DONE


@contextmanager
def _requests_logged(wanted: bool) -> Iterator[None]:
    """Log to stderr what the client logs: method, path template, status and duration."""
    if not wanted:
        yield
        return
    logger = logging.getLogger("ksef_facade")
    handler = logging.StreamHandler()
    handler.setFormatter(_Harmless())
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)


class _Harmless(logging.Formatter):
    """Lines of the log without anything that a terminal would obey."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return printable(super().format(record))


def main(arguments: Sequence[str]) -> int:
    """Run one call of `ksef` and return its exit code, whatever happens in it."""
    output = Output(as_json=read_ahead.wants(arguments, read_ahead.JSON))
    _OUTPUT.set(output)
    try:
        with warnings.catch_warnings():
            # The settings' own hook tells them, one line each; Python's form would repeat them.
            warnings.simplefilter("ignore", KsefSystemWarning)
            code = _run(arguments, output)
        # Not later: what cannot be written is a failure of this call.
        sys.stdout.flush()
        return code
    except CycloptsError as error:
        return report_usage(error, output)
    except BrokenPipeError:
        # Whoever read the output has had enough.
        streams.abandon(sys.stdout)
        return ExitCode.DONE
    except SystemExit as end:
        # What rich makes of a broken pipe, having stopped writing.
        if not isinstance(end.__context__, BrokenPipeError):
            raise
        return ExitCode.DONE
    except (Exception, KeyboardInterrupt) as error:
        return report(error, output, arguments)


def _run(arguments: Sequence[str], output: Output) -> int:
    if not output.as_json:
        return _call(arguments, None)
    from io import StringIO

    from rich.console import Console

    told = StringIO()
    code = _call(arguments, Console(file=told, width=_HELP_WIDTH, color_system=None))
    if text := told.getvalue().strip():
        output.document(_version_document() if text == _version() else {"help": text})
    return code


def _call(arguments: Sequence[str], console: Console | None) -> int:
    """Parse and run; help and version go to the console, if there is one, instead of stdout."""
    result = app.meta(
        arguments,
        console=console,
        exit_on_error=False,
        print_error=False,
        result_action="return_value",
    )
    return int(result or ExitCode.DONE)


def run(arguments: Sequence[str]) -> int:
    """What the console script does: as `main`, in a process of its own."""
    _spare_the_command_line_of_httpx()
    return main(arguments)


def _spare_the_command_line_of_httpx() -> None:
    """Keep httpx from importing a command of its own, with click and pygments: 6 MB for nothing.

    Done in our own process only, never where the library is imported by others.
    """
    unused = ModuleType("httpx._main")
    unused.main = lambda: None  # type: ignore[attr-defined]
    sys.modules.setdefault("httpx._main", unused)
