"""`ksef send`: files through one online session."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from ksef_facade.cli.settings import Settings


def send(
    *files: Path,
    upo_to: Path | None = None,
    timeout: str = "15m",
    settings: Annotated[Settings, Parameter(parse=False)],
) -> int:
    """Send FA(3) invoices in one session, wait, and show what became of each.

    Exit code 1 when any was rejected.

    Parameters
    ----------
    files
        Invoices as XML files, sent byte for byte.
    upo_to
        Folder to save the session's UPO in.
    timeout
        Longest wait for the session, and then for the UPO, like 90s, 15m or 2h.
    """
    from ksef_facade.cli.arguments import BadArgument, duration
    from ksef_facade.cli.documents import invoice_document, receipt_document, session_document
    from ksef_facade.cli.exit_codes import ExitCode
    from ksef_facade.cli.sending import send_documents
    from ksef_facade.cli.tables import show_invoices, show_receipt, show_session

    output = settings.output
    if not files:
        raise BadArgument("name at least one file to send")
    longest = duration(timeout)
    documents = [_read(path) for path in files]
    with settings.client() as ksef:
        sent = send_documents(ksef, documents, longest, output)
        accepted = any(invoice.outcome == "accepted" for invoice in sent.invoices)
        receipt = (
            sent.session.upo.save(upo_to, timeout=longest)
            if upo_to is not None and accepted
            else None
        )
    names = [path.name for path in files]
    output.document(
        {
            "session": session_document(sent.status),
            "invoices": [
                {"file": str(path), **invoice_document(invoice)}
                for path, invoice in zip(files, sent.invoices, strict=True)
            ],
            "receipt": receipt_document(receipt) if receipt else None,
        }
    )
    show_session(sent.status, output)
    output.line()
    show_invoices(sent.invoices, output, names)
    if receipt:
        show_receipt(receipt, output, "Receipt")
    elif upo_to is not None:
        output.remark("there is no receipt: no invoice was accepted")
    if any(invoice.outcome != "accepted" for invoice in sent.invoices):
        return ExitCode.REFUSED
    return ExitCode.DONE if receipt is None or receipt.complete else ExitCode.INTEGRITY


def _read(path: Path) -> bytes:
    from ksef_facade.cli.arguments import BadArgument

    if path.is_dir():
        raise BadArgument(f"{path} is a folder; name files")
    content = path.read_bytes()
    if not content:
        raise BadArgument(f"{path} is empty")
    return content
