"""Every error of the package leads to a documented exit code."""

import signal
from collections.abc import Iterator
from typing import Any

import pytest

from ksef_facade import errors
from ksef_facade.cli.arguments import BadArgument
from ksef_facade.cli.exit_codes import MEANINGS, ExitCode, described, exit_code
from ksef_facade.cli.terminal.interruptions import Stopped
from ksef_facade.cli.terminal.streams import NotWritten

EXPECTED = {
    errors.SessionFailed: 1,
    errors.InvoiceRejected: 1,
    errors.DuplicateInvoice: 1,
    errors.UpoWillNotExist: 1,
    errors.UnknownSession: 1,
    errors.BadRequest: 1,
    errors.Gone: 1,
    errors.BatchExpired: 1,
    errors.BatchIncomplete: 1,
    errors.ConfigurationError: 2,
    errors.ExtraNeeded: 2,
    errors.InvalidIdentifier: 2,
    errors.OperationUnavailable: 2,
    errors.FileConflict: 2,
    errors.UnreadableInvoice: 2,
    errors.PackageRefused: 2,
    errors.ArchiveRefused: 2,
    errors.JournalRefused: 2,
    BadArgument: 2,
    NotWritten: 2,
    FileNotFoundError: 2,
    PermissionError: 2,
    errors.AuthenticationFailed: 3,
    errors.Unauthorized: 3,
    errors.Forbidden: 3,
    errors.PollingDeadlineExceeded: 4,
    errors.UpoNotReady: 4,
    errors.RateLimited: 4,
    errors.BudgetExhausted: 4,
    errors.TransportError: 5,
    errors.ServerError: 5,
    errors.UndecodableBody: 5,
    errors.NotFound: 5,
    errors.RepeatedToken: 5,
    errors.IntegrityFailure: 6,
    errors.NotAUpo: 6,
    errors.UnsafeUrl: 6,
    errors.UnusableReference: 6,
    ZeroDivisionError: 70,
    AssertionError: 70,
    KeyboardInterrupt: 130,
}


def bare(kind: type[BaseException]) -> BaseException:
    """An instance without what its constructor wants: only its class is looked at."""
    made: Any = kind.__new__(kind)
    return made


def kinds_of_error() -> Iterator[type[BaseException]]:
    pending: list[type[BaseException]] = [errors.KsefError]
    while pending:
        kind = pending.pop()
        yield kind
        pending += kind.__subclasses__()


@pytest.mark.parametrize(("kind", "code"), EXPECTED.items(), ids=lambda value: str(value))
def test_code_of(kind: type[BaseException], code: int) -> None:
    assert exit_code(bare(kind)) == code


def test_no_error_of_the_package_counts_as_a_mistake_in_it() -> None:
    assert [kind for kind in kinds_of_error() if exit_code(bare(kind)) == ExitCode.BUG] == []


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no such signal")
def test_signals_lead_to_the_codes_that_shells_expect() -> None:
    assert exit_code(Stopped(signal.SIGTERM)) == 143
    assert exit_code(Stopped(signal.SIGHUP)) == 129


def test_every_kind_of_error_was_thought_of() -> None:
    # Which other modules are loaded depends on the tests that ran before this one.
    public = {kind for kind in kinds_of_error() if kind.__module__.startswith(errors.__name__)}
    general = {errors.KsefError, errors.ResponseError}
    assert public - set(EXPECTED) - general == set()


def test_every_code_is_described() -> None:
    assert set(MEANINGS) == set(ExitCode)
    told = [int(line.removeprefix("- ").partition(":")[0]) for line in described().splitlines()]
    assert told == [0, 1, 2, 3, 4, 5, 6, 70, 129, 130, 143]
