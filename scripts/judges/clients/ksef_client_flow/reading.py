"""One invoice, the metadata, an export."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from ksef_client import KsefClient
from ksef_client import models as m
from ksef_client.services.crypto import build_encryption_data
from ksef_client.services.workflows import ExportWorkflow

from scripts.judges.clients.ksef_client_flow.case import GOOD
from scripts.judges.clients.steps import need, step, until


def reading(client: KsefClient, access: str, number: str | None) -> None:
    """One invoice, the metadata, an export."""
    now = datetime.now(UTC)
    start, end = (now - timedelta(days=1)).isoformat(), (now + timedelta(days=1)).isoformat()
    if number is not None:
        fetched = step(
            "invoice by KSeF number",
            lambda: until_stored(
                lambda: client.invoices.get_invoice_bytes(number, access_token=access)
            ),
        )
        step("invoice: same bytes", lambda: need(fetched.content == GOOD[0], "other bytes"))
    rows = step(
        "metadata of all",
        # What was sent last is stored last: it is looked for until it is there.
        lambda: until(
            lambda: list(
                client.invoices.iter_invoice_metadata_by_date_range(
                    subject_type="Subject1",
                    date_type="PermanentStorage",
                    date_from=start,
                    date_to=end,
                    access_token=access,
                    page_size=10,
                )
            ),
            lambda found: len(found) >= len(GOOD),
        ),
    )
    step("metadata: no more", lambda: need(len(rows) == len(GOOD), f"got {len(rows)}"))
    certificate = client.security.get_public_key_certificate("SymmetricKeyEncryption")
    encryption = build_encryption_data(
        certificate.certificate, public_key_id=certificate.public_key_id
    )
    filters = m.InvoiceQueryFilters(
        date_range=m.InvoiceQueryDateRange(
            date_type=m.InvoiceQueryDateType.PERMANENTSTORAGE, from_=start, to=end
        ),
        subject_type=m.InvoiceQuerySubjectType.SUBJECT1,
    )
    started = step(
        "export: start",
        lambda: client.invoices.export_invoices(
            m.InvoiceExportRequest(encryption=encryption.encryption_info, filters=filters),
            access_token=access,
        ),
    )
    if started is None:
        return
    done = step(
        "export: status",
        lambda: until(
            lambda: client.invoices.get_export_status(
                started.reference_number, access_token=access
            ),
            lambda found: found.status.code >= 200,
        ),
    )
    unpacked = step(
        "export: download and unpack",
        lambda: ExportWorkflow(client.invoices, client.http_client).download_and_process_package(
            done.package, encryption
        ),
    )
    step(
        "export: all", lambda: need(len(unpacked.invoice_xml_files) == len(GOOD), f"got {unpacked}")
    )
    step(
        "export: metadata",
        lambda: need(len(unpacked.metadata_summaries) == len(GOOD), f"got {unpacked}"),
    )


def until_stored(action: Any) -> Any:
    def attempt() -> Any:
        try:
            return action()
        except Exception as error:
            if "21165" not in repr(vars(error)):
                raise
            return None

    return until(attempt, lambda found: found is not None)
