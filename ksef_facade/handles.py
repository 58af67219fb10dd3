"""Handles: what to keep of a wait, as text, to go on in another process.

A handle holds references only, no key and no token, so it may be stored anywhere.
"""

from __future__ import annotations

import json

from attrs import frozen

from ksef_facade.errors import ConfigurationError, KsefError
from ksef_facade.identifiers import InvoiceReference, SessionReference

_VERSION = 1


@frozen(kw_only=True)
class Handle:
    """A session, or an invoice in it, in one environment and context."""

    environment: str
    base_url: str
    context: str
    session_reference: str
    invoice_reference: str | None = None

    def dumps(self) -> str:
        """The handle as one line of JSON, for `Ksef.resume`."""
        return json.dumps(
            {
                "ksef_handle": _VERSION,
                "environment": self.environment,
                "base_url": self.base_url,
                "context": self.context,
                "session": self.session_reference,
                "invoice": self.invoice_reference,
            }
        )

    @classmethod
    def loads(cls, text: str) -> Handle:
        """The handle that `dumps` wrote.

        Raises:
            ConfigurationError: the text is not such a handle, or of a newer version of this
                package.
            InvalidIdentifier: a reference in it is malformed.
        """
        try:
            value = json.loads(text)
            if value["ksef_handle"] != _VERSION:
                raise ConfigurationError(
                    f"this handle is of version {value['ksef_handle']}, this package reads {_VERSION}"
                )
            invoice = value["invoice"]
            return cls(
                environment=str(value["environment"]),
                base_url=str(value["base_url"]),
                context=str(value["context"]),
                session_reference=SessionReference.from_server(str(value["session"])),
                invoice_reference=None
                if invoice is None
                else InvoiceReference.from_server(str(invoice)),
            )
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            if isinstance(error, KsefError):
                raise
            raise ConfigurationError(
                "this text is not a handle; pass what Handle.dumps() returned"
            ) from error
