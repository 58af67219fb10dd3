"""`ksef session ...`: one session, known by its reference, from whichever process it was opened."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from ksef_facade.cli.arguments import Flag
from ksef_facade.cli.settings import Settings


def status(ref: str, /, *, settings: Annotated[Settings, Parameter(parse=False)]) -> None:
    """Show where a session stands. One request.

    Parameters
    ----------
    ref
        Reference of the session (SO or SB).
    """
    from ksef_facade.cli.arguments import session_reference
    from ksef_facade.cli.results.documents import session_document
    from ksef_facade.cli.results.tables import show_session

    reference = session_reference(ref, settings.output)
    with settings.client() as ksef, settings.output.progress("asking for the session"):
        found = ksef.session(reference).status()
    settings.output.document(session_document(found))
    show_session(found, settings.output)


def wait(
    ref: str, /, *, timeout: str = "15m", settings: Annotated[Settings, Parameter(parse=False)]
) -> None:
    """Wait until a session is processed. Exit code 1 when it failed, 4 when it is not over in time.

    Parameters
    ----------
    ref
        Reference of the session (SO or SB).
    timeout
        Longest wait, like 90s, 15m or 2h.
    """
    from ksef_facade.cli.arguments import duration, session_reference
    from ksef_facade.cli.results.documents import session_document
    from ksef_facade.cli.results.tables import show_session, status_text

    output = settings.output
    longest = duration(timeout)
    reference = session_reference(ref, output)
    with settings.client() as ksef, output.progress("waiting for the session") as progress:
        found = ksef.session(reference).wait(
            timeout=longest,
            on_poll=lambda seen: progress.update(f"session: {status_text(seen.status)}"),
        )
    found.raise_for_failure()
    output.document(session_document(found))
    show_session(found, output)


def invoices(
    ref: str,
    /,
    *,
    failed: Flag = False,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> None:
    """List the invoices of a session with status and KSeF number.

    Parameters
    ----------
    ref
        Reference of the session (SO or SB).
    failed
        Only the rejected ones.
    """
    from ksef_facade.cli.arguments import session_reference
    from ksef_facade.cli.results.documents import invoice_document
    from ksef_facade.cli.results.tables import show_invoices

    output = settings.output
    reference = session_reference(ref, output)
    with settings.client() as ksef, output.progress("reading the invoices") as progress:
        session = ksef.session(reference)
        found = []
        for invoice in session.failed_invoices() if failed else session.invoices():
            found.append(invoice)
            progress.advance()
    output.document(
        {
            "session_reference": str(reference),
            "failed_only": failed,
            "invoices": [invoice_document(invoice) for invoice in found],
        }
    )
    if found:
        show_invoices(found, output)
    else:
        output.line("no rejected invoice" if failed else "no invoice")
