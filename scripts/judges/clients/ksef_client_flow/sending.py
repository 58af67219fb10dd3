"""Sessions: online and batch, with their receipts."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from ksef_client import KsefClient
from ksef_client.services.workflows import BatchSessionWorkflow, OnlineSessionWorkflow

from scripts.judges.clients.ksef_client_flow.case import BAD, FA_3, GOOD
from scripts.judges.clients.steps import need, step, until


def online(client: KsefClient, access: str) -> str | None:
    """Send, follow, list what failed, fetch every receipt; a KSeF number."""
    certificate = client.security.get_public_key_certificate("SymmetricKeyEncryption")
    workflow = OnlineSessionWorkflow(client.sessions)
    session = step(
        "online: open",
        lambda: workflow.open_session(
            form_code=FA_3,
            public_certificate=certificate.certificate,
            public_key_id=certificate.public_key_id,
            access_token=access,
        ),
    )
    if session is None:
        return None
    sent = [step("online: send", lambda: session.send_invoice(GOOD[0]))]
    sent.append(step("online: send a bad one", lambda: session.send_invoice(BAD)))
    step("online: close", session.close)
    status = step(
        "online: status",
        lambda: until(session.get_status, lambda found: found.status.code >= 200),
    )
    step("online: counts", lambda: need(counts(status) == (2, 1, 1), f"got {counts(status)}"))
    listed = step("online: invoices", lambda: session.list_invoices(page_size=10))
    failed = step("online: failed invoices", lambda: session.list_failed_invoices(page_size=10))
    step("online: one failed", lambda: need(len(failed.invoices) == 1, f"got {failed}"))
    one = step(
        "online: invoice status", lambda: session.get_invoice_status(sent[0].reference_number)
    )
    number: str | None = one.ksef_number if one else None
    page = status.upo.pages[0]
    pages = [
        step("upo: page", lambda: session.get_upo(page.reference_number)),
        step("upo: by reference", lambda: session.get_invoice_upo_by_ref(sent[0].reference_number)),
        step("upo: by KSeF number", lambda: session.get_invoice_upo_by_ksef(number)),
        step(
            "upo: by link",
            lambda: client.http_client.request("GET", page.download_url, skip_auth=True).content,
        ),
    ]
    step(
        "upo: all are documents",
        lambda: need(all(b"Potwierdzenie" in found for found in pages), "no"),
    )
    step(
        "sessions",
        lambda: need(
            client.sessions.get_sessions(session_type="Online", access_token=access).sessions,
            "none",
        ),
    )
    need(listed, "no list")
    return number


def counts(status: Any) -> tuple[Any, Any, Any]:
    return status.invoice_count, status.successful_invoice_count, status.failed_invoice_count


def batch(client: KsefClient, access: str) -> None:
    """Send a package."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for number, invoice in enumerate(GOOD[1:]):
            opened.writestr(f"{number}.xml", invoice)
    certificate = client.security.get_public_key_certificate("SymmetricKeyEncryption")
    reference = step(
        "batch: open, upload, close",
        lambda: BatchSessionWorkflow(client.sessions, client.http_client).open_upload_and_close(
            form_code=FA_3,
            archive_bytes=archive.getvalue(),
            public_certificate=certificate.certificate,
            public_key_id=certificate.public_key_id,
            access_token=access,
        ),
    )
    if reference is None:
        return
    status = step(
        "batch: status",
        lambda: until(
            lambda: client.sessions.get_session_status(reference, access_token=access),
            lambda found: found.status.code >= 200,
        ),
    )
    wanted = len(GOOD) - 1
    step(
        "batch: all accepted",
        lambda: need(status.successful_invoice_count == wanted, f"got {status}"),
    )
    step(
        "batch: receipt",
        lambda: client.sessions.get_session_upo(
            reference, status.upo.pages[0].reference_number, access_token=access
        ),
    )
