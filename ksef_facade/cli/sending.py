"""Documents through one online session, to the status of each: for `ksef send` and `ksef demo`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from attrs import frozen

from ksef_facade.errors import KsefError

if TYPE_CHECKING:
    from ksef_facade import Ksef, Session
    from ksef_facade.cli.output import Output
    from ksef_facade.models import InvoiceStatus, SessionStatus


@frozen
class Sent:
    """A session that is over, and the final status of every document, in the order of sending."""

    session: Session
    status: SessionStatus
    invoices: tuple[InvoiceStatus, ...]


def send_documents(
    ksef: Ksef, documents: Sequence[bytes], timeout: timedelta, output: Output
) -> Sent:
    """Open a session, send, close, wait until it is processed, and ask for every invoice's status.

    A session of which no invoice was accepted has failed; its status and its invoices tell so.

    Raises:
        PollingDeadlineExceeded: the session goes on in KSeF, and can be waited for later.
        KsefError: a request failed; the session's reference has been said by then.
    """
    with output.progress("opening a session") as progress:
        progress.update(total=len(documents))
        references: list[str] = []
        with ksef.open_online_session() as online:
            session = online.session
            try:
                for number, document in enumerate(documents, start=1):
                    progress.update(f"sending {number} of {len(documents)}")
                    references.append(str(online.send(document).reference_number))
                    progress.advance()
            except KsefError:
                output.remark(
                    f"ksef: {len(references)} of {len(documents)} documents were sent in session "
                    f"{session.reference}; see: ksef session invoices {session.reference}"
                )
                raise
        progress.update("waiting for KSeF")
        status = session.wait(
            timeout=timeout, on_poll=lambda seen: progress.update(f"session: {seen.status}")
        )
        by_reference = {invoice.reference_number: invoice for invoice in session.invoices()}
    return Sent(session, status, tuple(by_reference[reference] for reference in references))
