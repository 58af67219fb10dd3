"""ksef2 from PyPI: its own handles and waits, from login to export.

It knows the Ministry's environments by name and takes no base URL, so its TEST environment leads to
the simulator.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

from ksef2 import Client, Environment, FormSchema
from ksef2.models import (
    EntityPermissionsQuery,
    InvoicesFilter,
    PersonalPermissionsQuery,
    PersonPermissionsQuery,
)

from scripts.judges.clients.steps import CASE, need, step, until

NIP = CASE["nip"]
INVOICES = [base64.b64decode(text) for text in CASE["invoices"]]
GOOD, BAD = INVOICES[:-1], INVOICES[-1]
OTHER_NIP, PESEL = "7980332920", "30112206276"
PERSONS = PersonPermissionsQuery(query_type="granted_in_context")
#: Its waits ask every so many seconds.
POLL = 0.2


def logins(client: Client) -> Any:
    """By token and by a certificate that it makes itself; the latter, which owns the context."""
    step(
        "login with token",
        lambda: client.authentication.with_token(
            ksef_token=CASE["token"], nip=NIP, poll_interval=POLL
        ),
    )
    own = step(
        "login with certificate",
        lambda: client.authentication.with_test_certificate(nip=NIP, poll_interval=POLL),
    )
    need(own, "no login works")
    step(
        "refresh",
        lambda: client.authentication.refresh(refresh_token=own.auth_tokens.refresh_token.token),
    )
    step("list of logins", lambda: need(list(own.sessions.list()), "none"))
    return own


def online(own: Any) -> str | None:
    """Send, wait, list what failed, fetch every receipt; a KSeF number."""
    with own.online_session(form_code=FormSchema.FA3) as session:
        sent = step("online: send", lambda: session.send_invoice(GOOD[0]))
        step("online: send a bad one", lambda: session.send_invoice(BAD))
        done = step("online: invoice", lambda: sent.wait(poll_interval=POLL))
        number: str | None = done.ksef_number if done else None
        step(
            "online: failed invoices",
            lambda: until(
                lambda: session.list_failed_invoices().invoices, lambda found: len(found) == 1
            ),
        )
        step(
            "online: invoices", lambda: need(len(session.list_invoices().invoices) == 2, "not two")
        )
        one = step("upo: of the invoice", sent.download_upo)
        by_number = step(
            "upo: by KSeF number",
            lambda: session.get_invoice_upo_by_ksef_number(ksef_number=number),
        )
        step("online: status", session.get_status)
        step("online: close", session.close)
        status = step("online: wait", lambda: session.wait(poll_interval=POLL))
        step("online: counts", lambda: need(status.successful_invoice_count == 1, f"got {status}"))
        pages = step("upo: of the session", session.download_upo)
        step(
            "upo: all are documents",
            lambda: need(all(b"Potwierdzenie" in page for page in (*pages, one, by_number)), "no"),
        )
    step("sessions", lambda: need(list(own.invoice_sessions.list(session_type="online")), "none"))
    return number


def batch(own: Any) -> None:
    """Send a package."""
    session = step("batch: open, upload, close", lambda: own.batch.submit(GOOD[1:]))
    status = step("batch: wait", lambda: session.wait(poll_interval=POLL))
    wanted = len(GOOD) - 1
    step(
        "batch: all accepted", lambda: need(status.successful_invoice_count == wanted, f"{status}")
    )
    step("batch: receipt", lambda: need(session.download_upo(), "none"))


def reading(own: Any, number: str | None) -> None:
    """One invoice, the metadata, an export."""
    now = datetime.now(UTC)
    filters = InvoicesFilter(
        role="seller",
        date_type="permanent_storage",
        date_from=now - timedelta(days=1),
        date_to=now + timedelta(days=1),
    )
    rows = step(
        "metadata of all",
        lambda: until(
            lambda: list(own.invoices.search(filters)), lambda found: len(found) >= len(GOOD)
        ),
    )
    step("metadata: no more", lambda: need(len(rows) == len(GOOD), f"got {len(rows)}"))
    fetched = step("invoice by KSeF number", lambda: own.invoices.download(number))
    step("invoice: same bytes", lambda: need(fetched == GOOD[0], "other bytes"))
    job = step("export: start", lambda: own.invoices.export(filters))
    package = step("export: wait, download and decrypt", lambda: job.wait(poll_interval=POLL))
    step("export: all", lambda: need(len(list(package.invoices())) == len(GOOD), "not all"))
    step("export: metadata", lambda: need(len(package.metadata or ()) == len(GOOD), "not all"))


def permissions(own: Any) -> None:
    """Grant, find, revoke."""
    granted = step(
        "permissions: grant to a person",
        lambda: own.permissions.grant_person(
            subject_type="pesel",
            subject_value=PESEL,
            permissions=["invoice_read"],
            description="Dostęp do faktur",
            first_name="Anna",
            last_name="Kowalska",
        ),
    )
    step("permissions: applied", lambda: granted.wait(poll_interval=POLL))
    step(
        "permissions: grant to a company",
        lambda: own.permissions.grant_entity(
            subject_value=OTHER_NIP,
            permissions=["invoice_write"],
            description="Biuro rachunkowe",
            entity_name="Biuro Rachunkowe Alfa",
        ).wait(poll_interval=POLL),
    )
    found = step("permissions: of persons", lambda: list(own.permissions.list_persons(PERSONS)))
    mine = [row for row in found or () if PESEL in repr(row)]
    step("permissions: granted is found", lambda: need(mine, f"not in {found}"))
    step(
        "permissions: revoke",
        lambda: own.permissions.revoke(permission_id=mine[0].id).wait(poll_interval=POLL),
    )
    step(
        "permissions: of companies",
        lambda: list(own.permissions.list_entities(EntityPermissionsQuery())),
    )
    step(
        "permissions: own", lambda: list(own.permissions.list_personal(PersonalPermissionsQuery()))
    )
    step("permissions: roles", lambda: list(own.permissions.list_entity_roles()))
    step("permissions: attachments", own.permissions.get_attachment_permission_status)


def tokens(client: Client, own: Any) -> None:
    """Make a token, log in with it, revoke it."""
    made = step(
        "tokens: generate",
        lambda: own.tokens.generate(
            permissions=["invoice_read", "invoice_write"], description="Token programu księgowego"
        ),
    )
    step("tokens: becomes active", lambda: made.wait(poll_interval=POLL))
    step(
        "tokens: log in with the new one",
        lambda: client.authentication.with_token(
            ksef_token=made.token, nip=NIP, poll_interval=POLL
        ),
    )
    listed = step("tokens: list", lambda: list(own.tokens.list()))
    step("tokens: it is there", lambda: need(listed, "none"))
    step(
        "tokens: revoke",
        lambda: own.tokens.revoke(reference_number=made.response.reference_number),
    )


def limits(client: Client, own: Any) -> None:
    """What may be asked, how often, how much."""
    step("limits: context", own.limits.get_context_limits)
    step("limits: subject", own.limits.get_subject_limits)
    step("limits: rates", own.limits.get_api_rate_limits)
    step("certificates: limits", own.certificates.get_limits)
    step("certificates: data", own.certificates.get_enrollment_data)
    step("certificates: list", lambda: list(own.certificates.list()))
    step("peppol: providers", lambda: list(client.peppol.list()))


def main() -> None:
    with Client(Environment.TEST) as client:
        own = logins(client)
        number = step("online", lambda: online(own))
        step("batch", lambda: batch(own))
        step("reading", lambda: reading(own, number))
        step("permissions", lambda: permissions(own))
        step("tokens", lambda: tokens(client, own))
        step("limits", lambda: limits(client, own))
        step("logout", own.sessions.terminate_current)


if __name__ == "__main__":
    main()
