"""Errors of batch sessions: a package that may not be sent, and one that did not arrive."""

from __future__ import annotations

from ksef_facade.errors.general import ConfigurationError, KsefError


class PackageRefused(ConfigurationError):
    """A batch package would break one of KSeF's limits or rules, so nothing of it was sent.

    Attributes:
        rule: which one, a name that stays: `form_code`, `no_invoices`, `too_many_invoices`,
            `empty_invoice`, `invoice_too_large`, `archive_too_large`, `too_many_parts`,
            `part_size`, `file_name`, `archive`, `source`, `disk_space`.
        source_name: the file that breaks it, if it is one file's doing.
    """

    def __init__(self, rule: str, message: str, source_name: str | None = None) -> None:
        self.rule = rule
        self.source_name = source_name
        super().__init__(message)


class BatchExpired(KsefError):
    """The time for uploading or closing a batch session is over; KSeF cancels it and processes none
    of its invoices, so that the package may be sent anew in another session.

    Attributes:
        session_reference: reference of the session that is lost.
    """

    def __init__(self, message: str, session_reference: str) -> None:
        self.session_reference = session_reference
        super().__init__(message)


class BatchIncomplete(KsefError):
    """KSeF says that parts of the package are missing or of another size (21205, 21157), also after
    they were uploaded once more; the session is still open and none of its invoices is processed.

    Attributes:
        session_reference: reference of the session.
    """

    def __init__(self, message: str, session_reference: str) -> None:
        self.session_reference = session_reference
        super().__init__(message)
