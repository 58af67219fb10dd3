"""Errors without an answer of the service: settings, identifiers, links, transport, integrity, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ksef_facade.handles import Handle


class KsefError(Exception):
    """Base of every error of this package; catching it catches them all.

    Attributes:
        continuation_token: set by a pager: the token of the page that failed, to resume the walk
            from with `by_page(continuation_token)`; `None` when the first page failed or no pager
            was involved.
        handle: set by a wait: what to store to go on waiting later, else `None`.
    """

    continuation_token: str | None = None
    handle: Handle | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Copy and pickle an error with all it carries, whatever its constructor asks for."""
        return _rebuilt, (type(self), self.args), self.__dict__


def _rebuilt(kind: type[KsefError], args: tuple[object, ...]) -> KsefError:
    error = kind.__new__(kind)
    error.args = args
    return error


class ConfigurationError(KsefError, ValueError):
    """The caller's settings cannot work; the message says which and what to do. No request was
    made.
    """


class ExtraNeeded(ConfigurationError, ImportError):
    """A package that only this feature needs is not installed; the message says how to install it.

    Attributes:
        extra: the extra of `ksef-facade` that brings it, e.g. `pdf`.
    """

    def __init__(self, feature: str, extra: str) -> None:
        self.extra = extra
        super().__init__(
            f"{feature} needs the extra {extra!r}; install it with: pip install 'ksef-facade[{extra}]'"
        )


class JournalRefused(ConfigurationError):
    """A send journal cannot be used: another run holds it, it belongs to another environment or
    context, or the file is no journal or cannot be written. What it holds stays true.
    """


class ArchiveRefused(ConfigurationError):
    """An archive cannot be used: another run is at work on it, it belongs to another environment or
    context, or its ledger is none or cannot be written. What it holds stays true.
    """


class InvalidIdentifier(KsefError, ValueError):
    """A text is not the identifier that is wanted here; the message says why. No request was made."""


class UnsafeUrl(KsefError):
    """A URL would carry data where it must not go (host, scheme, user info); it was not followed."""


class OperationUnavailable(KsefError):
    """The raw client in use was generated from a contract without this operation or parameter.

    Attributes:
        operation: `METHOD /path` as the facade names it.
        api_version: version of the contract that the raw client was generated from.
    """

    def __init__(self, operation: str, api_version: str, detail: str = "") -> None:
        self.operation = operation
        self.api_version = api_version
        super().__init__(
            f"{operation} is not in contract {api_version}{': ' + detail if detail else ''}; "
            "regenerate the raw client from a contract that has it, or avoid this feature"
        )


class TransportError(KsefError):
    """No answer came: name resolution, connection, TLS, time-out or a broken stream.

    Attributes:
        operation: `METHOD /path-template` of the request, or `GET link` for a pre-signed link.
        maybe_sent: `True` when the request may have reached the service, so that a repeated POST
            could act twice; `False` when it certainly did not.
    """

    def __init__(self, message: str, *, operation: str, maybe_sent: bool) -> None:
        self.operation = operation
        self.maybe_sent = maybe_sent
        super().__init__(message)


class BudgetExhausted(KsefError):
    """The contract's limits leave no room soon enough; the request was not made, so nothing was
    recorded.

    Attributes:
        retry_after: seconds until there is room again.
        group: the limit group (contract `x-rate-limit-group`).
    """

    def __init__(self, message: str, *, retry_after: float, group: str) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.group = group


class RepeatedToken(KsefError):
    """A list gave the same continuation token twice; the walk was stopped instead of going round."""


class IntegrityFailure(KsefError):
    """Bytes are not what they must be (hash, kind, session, count); they were not stored as
    evidence.
    """


class UnusableReference(IntegrityFailure, InvalidIdentifier):
    """The service gave a reference that cannot be one, e.g. with characters of a path in it."""


class NotAUpo(IntegrityFailure):
    """A document is not a UPO: HTML, empty, malformed, with a DOCTYPE, or with another root
    element.
    """


class FileConflict(KsefError):
    """Something else is already where a file is to be; it was left as it is.

    Attributes:
        is_replaceable: it is a file, which the caller may allow to be overwritten.
    """

    def __init__(self, message: str, *, is_replaceable: bool = False) -> None:
        super().__init__(message)
        self.is_replaceable = is_replaceable


class KsefSystemWarning(UserWarning):
    """The service sent `X-System-Warning` with an otherwise good answer (contract, all 2xx).

    Attributes:
        code: the text in brackets, e.g. `sig-001`; empty when the header had another form.
        operation: `METHOD /path-template` that it came with.
    """

    def __init__(self, message: str, code: str, operation: str) -> None:
        super().__init__(message)
        self.code = code
        self.operation = operation

    def __str__(self) -> str:
        """The warning's text with its code and operation."""
        return (
            f"[{self.code}] {self.args[0]} ({self.operation})" if self.code else str(self.args[0])
        )


class UnreadableInvoice(ConfigurationError):
    """A file has no facts to read: empty, not UTF-8, not well-formed XML, or with a DOCTYPE."""
