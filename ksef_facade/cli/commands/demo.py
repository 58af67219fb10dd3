"""`ksef demo`: the whole way of an invoice, to a KSeF on this machine and back with a receipt."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from ksef_facade.cli.settings import Settings

DEFAULT_FOLDER = Path("ksef-demo-receipts")
# So small that the receipt of a handful of invoices has more than one page.
_UPO_PAGE_SIZE = 3
_LONGEST_WAIT_SECONDS = 60


def demo(
    *, to: Path = DEFAULT_FOLDER, settings: Annotated[Settings, Parameter(parse=False)]
) -> int:
    """Send six made-up invoices to a KSeF on this machine and save the receipts. No network needed.

    It needs no token and no NIP, but the extra `simulator`.

    Parameters
    ----------
    to
        Folder for the receipts (UPO).
    """
    from datetime import UTC, datetime, timedelta
    from random import Random

    from ksef_facade import Ksef, TokenAuth
    from ksef_facade.cli.exit_codes import ExitCode
    from ksef_facade.cli.results.documents import (
        invoice_document,
        receipt_document,
        session_document,
    )
    from ksef_facade.cli.results.tables import show_invoices, show_receipt
    from ksef_facade.cli.steps.receipt_saving import save_receipt, target_folder
    from ksef_facade.local_time import poland
    from ksef_facade.samples.invoices import DEMO_SEED, demo_invoices, seller
    from ksef_facade.simulator import Simulator

    output = settings.output
    longest = timedelta(seconds=_LONGEST_WAIT_SECONDS)
    now = datetime.now(UTC)
    random = Random(DEMO_SEED)
    shop = seller(random)
    # KSeF counts days in Polish time: just after midnight there, UTC's date would be yesterday's,
    # and every invoice would count as issued offline.
    invoices = demo_invoices(shop, now.astimezone(poland()).date(), random)
    with target_folder(to), Simulator(upo_page_size=_UPO_PAGE_SIZE) as simulator:
        auth = TokenAuth(simulator.issue_token(shop.tax_number), nip=shop.tax_number)
        with Ksef("simulator", base_url=simulator.base_url, auth=auth) as ksef:
            output.line(f"A KSeF runs at {simulator.base_url} for the time of this demo.")
            output.line(f"{shop.name}, NIP {shop.tax_number}, sends {len(invoices)} invoices.")
            documents = [(invoice.number, invoice.document(now)) for invoice in invoices]
            with output.progress("sending"):
                # One of them is a duplicate on purpose, and KSeF shall say so.
                report = ksef.send(documents, journal=False, checks=False, timeout=longest)
                session = ksef.session(report.sessions[0].reference)
                status = session.status()
                found = list(session.invoices())
                receipt = save_receipt(session, to, longest, output)
    output.document(
        {
            "seller_nip": shop.tax_number,
            "session": session_document(status),
            "invoices": [invoice_document(invoice) for invoice in found],
            "receipt": receipt_document(receipt),
        }
    )
    output.line()
    output.line(f"Session {status.reference_number}: {status.status}", style="bold")
    output.line()
    show_invoices(found, output)
    show_receipt(receipt, output, "Receipt (UPO), page by page")
    return ExitCode.DONE if receipt.complete else ExitCode.INTEGRITY
