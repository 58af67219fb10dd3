"""How a failure is told: a sentence on stderr, perhaps a hint, and with --json a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksef_facade import errors
from ksef_facade.cli.documents import error_document
from ksef_facade.cli.exit_codes import ExitCode
from ksef_facade.cli.output import Output

if TYPE_CHECKING:
    from cyclopts import CycloptsError


def report(error: BaseException, code: ExitCode, output: Output) -> int:
    """Tell what went wrong; returns the exit code."""
    return _tell(error, _sentence(error), _hint(error), code, output)


def report_usage(error: CycloptsError, output: Output) -> int:
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
    output.document(error_document(error, message, code, hint))
    return code


def _sentence(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return "stopped"
    if isinstance(error, OSError) and not isinstance(error, errors.KsefError):
        # "No such file or directory: 'x'", without the number of the error.
        return f"{error.strerror or error}: {error.filename}" if error.filename else str(error)
    return " ".join(str(error).split())


def _hint(error: BaseException) -> str | None:
    if isinstance(error, errors.PollingDeadlineExceeded):
        return "nothing is lost: run the same command again, or give it a longer --timeout"
    if isinstance(error, errors.FileConflict):
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
