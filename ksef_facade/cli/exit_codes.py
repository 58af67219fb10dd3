"""What the exit codes of `ksef` tell, and which error leads to which: said here alone."""

from __future__ import annotations

from enum import IntEnum

from ksef_facade import errors


class ExitCode(IntEnum):
    """Exit codes of `ksef`; they are part of the interface and do not change."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    AUTHENTICATION = 3
    NOT_READY = 4
    NETWORK = 5
    INTEGRITY = 6
    # What shells expect of a program stopped by Ctrl-C: 128 plus the number of SIGINT.
    INTERRUPTED = 130


MEANINGS = {
    ExitCode.DONE: "done",
    ExitCode.REFUSED: "KSeF said no, or would: rejected invoice, failed or unknown session, no UPO ever",
    ExitCode.USAGE: "usage: an option, reference, number, file or setting is wrong",
    ExitCode.AUTHENTICATION: "authentication: login refused, or a permission is missing",
    ExitCode.NOT_READY: "not ready in time, or the rate limit asks for a longer wait; try later",
    ExitCode.NETWORK: "network or server",
    ExitCode.INTEGRITY: "integrity: what came is not what it must be",
}

# The first class that fits decides, so a special case stands before its base.
_CODES: tuple[tuple[type[BaseException], ExitCode], ...] = (
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
    (errors.IntegrityFailure, ExitCode.INTEGRITY),
    # A link that leads away from the service is as little to be trusted as bytes with a wrong hash.
    (errors.UnsafeUrl, ExitCode.INTEGRITY),
    (errors.SessionFailed, ExitCode.REFUSED),
    (errors.BatchExpired, ExitCode.REFUSED),
    (errors.BatchIncomplete, ExitCode.REFUSED),
    (errors.InvoiceRejected, ExitCode.REFUSED),
    (errors.UpoWillNotExist, ExitCode.REFUSED),
    (errors.Gone, ExitCode.REFUSED),
    (errors.BadRequest, ExitCode.REFUSED),
    # TransportError, ServerError, UndecodableBody, NotFound (a wrong base URL), RepeatedToken.
    (errors.KsefError, ExitCode.NETWORK),
    (KeyboardInterrupt, ExitCode.INTERRUPTED),
    # What the network does comes as TransportError: this is a file or folder of this machine.
    (OSError, ExitCode.USAGE),
)


def exit_code(error: BaseException) -> ExitCode | None:
    """The exit code for an error, or `None` for one that is a mistake of this program."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), None)


def described() -> str:
    """The exit codes as a Markdown list, for `ksef --help`."""
    return "\n".join(f"- {code.value}: {meaning}" for code, meaning in MEANINGS.items())
