"""What the exit codes of `ksef` tell, and which error leads to which: said here alone."""

from __future__ import annotations

from enum import IntEnum

from ksef_facade import errors
from ksef_facade.cli.terminal import interruptions


class ExitCode(IntEnum):
    """Exit codes of `ksef`; they are part of the interface and do not change."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    AUTHENTICATION = 3
    NOT_READY = 4
    NETWORK = 5
    INTEGRITY = 6
    # EX_SOFTWARE of sysexits.h: far from the codes that tell something about KSeF.
    BUG = 70
    # What shells expect of a program that a signal stopped: 128 plus its number.
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


MEANINGS = {
    ExitCode.DONE: "done",
    ExitCode.REFUSED: "KSeF said no, or would: rejected invoice, failed or unknown session, no UPO ever",
    ExitCode.USAGE: "usage: an option, reference, number or setting is wrong, or a file cannot be used",
    ExitCode.AUTHENTICATION: "authentication: login refused, or a permission is missing",
    ExitCode.NOT_READY: "not ready in time, or the rate limit asks for a longer wait; try later",
    ExitCode.NETWORK: "network or server",
    ExitCode.INTEGRITY: "integrity: what came is not what it must be",
    ExitCode.BUG: "a mistake in ksef itself",
    ExitCode.HUNG_UP: "stopped: its terminal was closed",
    ExitCode.INTERRUPTED: "stopped by Ctrl-C",
    ExitCode.TERMINATED: "stopped by SIGTERM",
}

# The first class that fits decides, so a special case stands before its base.
_CODES: tuple[tuple[type[BaseException], ExitCode], ...] = (
    (errors.IntegrityFailure, ExitCode.INTEGRITY),
    (errors.ConfigurationError, ExitCode.USAGE),
    (errors.InvalidIdentifier, ExitCode.USAGE),
    (errors.OperationUnavailable, ExitCode.USAGE),
    (errors.FileConflict, ExitCode.USAGE),
    (errors.AuthenticationFailed, ExitCode.AUTHENTICATION),
    (errors.Unauthorized, ExitCode.AUTHENTICATION),
    (errors.Forbidden, ExitCode.AUTHENTICATION),
    (errors.PollingDeadlineExceeded, ExitCode.NOT_READY),
    (errors.UpoNotReady, ExitCode.NOT_READY),
    (errors.RateLimited, ExitCode.NOT_READY),
    (errors.BudgetExhausted, ExitCode.NOT_READY),
    # A link that leads away from the service is as little to be trusted as bytes with a wrong hash.
    (errors.UnsafeUrl, ExitCode.INTEGRITY),
    (errors.SessionFailed, ExitCode.REFUSED),
    (errors.InvoiceRejected, ExitCode.REFUSED),
    (errors.UpoWillNotExist, ExitCode.REFUSED),
    (errors.BatchExpired, ExitCode.REFUSED),
    (errors.BatchIncomplete, ExitCode.REFUSED),
    (errors.Gone, ExitCode.REFUSED),
    (errors.BadRequest, ExitCode.REFUSED),
    # TransportError, ServerError, UndecodableBody, NotFound (a wrong base URL), RepeatedToken.
    (errors.KsefError, ExitCode.NETWORK),
    # What the network does comes as TransportError: this is a file or folder of this machine.
    (OSError, ExitCode.USAGE),
)


def exit_code(error: BaseException) -> ExitCode:
    """The exit code for an error; one that nobody thought of is a mistake of this program."""
    if isinstance(error, KeyboardInterrupt):
        return ExitCode(interruptions.exit_code(error))
    return next((code for kind, code in _CODES if isinstance(error, kind)), ExitCode.BUG)


def described() -> str:
    """The exit codes as a Markdown list, for `ksef --help`."""
    return "\n".join(f"- {code.value}: {meaning}" for code, meaning in MEANINGS.items())
