"""How a failure is told: a sentence on stderr, perhaps a hint, and with --json a document."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

from ksef_facade import errors
from ksef_facade.cli.exit_codes import ExitCode, exit_code
from ksef_facade.cli.extras import asking_for, extra_of, missing
from ksef_facade.cli.results.documents import error_document
from ksef_facade.cli.terminal import read_ahead, streams
from ksef_facade.cli.terminal.output import Output

_PACKAGE: Final = Path(__file__).parent.parent


def report(error: BaseException, output: Output, arguments: Sequence[str] = ()) -> int:
    """Tell what went wrong; returns the exit code. `arguments` are those of the command line.

    A failure that nobody thought of is told in one sentence too, by type and place; its text could
    hold anything, so it is shown with `--verbose` only.
    """
    if isinstance(error, streams.NotWritten):
        streams.abandon(sys.stdout)
    if isinstance(error, ImportError) and (extra := extra_of(error)):
        error = errors.ConfigurationError(asking_for(missing(extra, arguments)))
    code = exit_code(error)
    message = _sentence(error) if code is not ExitCode.BUG else _place(error)
    if code is ExitCode.BUG and read_ahead.wants(arguments, read_ahead.VERBOSE):
        output.remark("".join(traceback.format_exception(error)).rstrip(), lines=True)
    return _tell(error, message, _hint(error), code, output)


def report_usage(error: Exception, output: Output) -> int:
    """Tell that the command line cannot be understood; returns the exit code."""
    return _tell(error, " ".join(str(error).split()), "see ksef --help", ExitCode.USAGE, output)


def _tell(
    error: BaseException, message: str, hint: str | None, code: ExitCode, output: Output
) -> int:
    output.remark(f"ksef: {message}")
    for note in getattr(error, "__notes__", ()):
        output.remark(f"note: {note}")
    if hint:
        output.remark(f"hint: {hint}")
    try:
        output.document(error_document(error, message, code, hint))
    except OSError:
        # It has been said on stderr, and there is no other place.
        streams.abandon(sys.stdout)
    return code


def _sentence(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return "stopped"
    if isinstance(error, streams.NotWritten):
        return f"standard output cannot be written: {error.strerror}"
    if isinstance(error, OSError) and not isinstance(error, errors.KsefError):
        # "No such file or directory: 'x'", without the number of the error.
        reason = error.strerror or str(error)
        return f"{reason}: {error.filename}" if error.filename else reason
    return " ".join(str(error).split())


def _place(error: BaseException) -> str:
    where = _innermost(error.__traceback__)
    return (
        f"this is a mistake in ksef itself ({type(error).__name__}{where}); please report it, with "
        "what --verbose says"
    )


def _innermost(trace: TracebackType | None) -> str:
    ours = [
        frame
        for frame in traceback.extract_tb(trace)
        if Path(frame.filename).is_relative_to(_PACKAGE)
    ]
    if not ours:
        return ""
    return f" at {Path(ours[-1].filename).relative_to(_PACKAGE.parent)}:{ours[-1].lineno}"


def _hint(error: BaseException) -> str | None:
    if isinstance(error, errors.PollingDeadlineExceeded):
        return "nothing is lost: run the same command again, or give it a longer --timeout"
    if isinstance(error, errors.FileConflict) and error.is_replaceable:
        return "choose another folder, or replace the file with --overwrite"
    if isinstance(error, errors.UnknownSession):
        return "a session is known only in the environment and to the company that opened it"
    if isinstance(error, errors.UpoWillNotExist) and error.original_session:
        return f"the original's receipt is in session {error.original_session}"
    if (
        isinstance(error, errors.RateLimited | errors.BudgetExhausted)
        and error.retry_after is not None
    ):
        return f"KSeF takes this request again in {error.retry_after:.0f} seconds"
    return None
