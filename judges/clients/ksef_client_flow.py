"""ksef-client from PyPI: its own workflows, from login to export, with nothing but the base URL changed."""

from __future__ import annotations

import base64
import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from ksef_client import KsefClient, KsefClientOptions
from ksef_client import models as m
from ksef_client.services.crypto import build_encryption_data
from ksef_client.services.workflows import (
    AuthCoordinator,
    BatchSessionWorkflow,
    ExportWorkflow,
    OnlineSessionWorkflow,
)

from judges.clients.steps import CASE, need, step, until

NIP = CASE["nip"]
FA_3 = m.FormCode(system_code="FA (3)", schema_version="1-0E", value="FA")
INVOICES = [base64.b64decode(text) for text in CASE["invoices"]]
#: Accepted, rejected: the last of the invoices has no valid schema.
GOOD, BAD = INVOICES[:-1], INVOICES[-1]
OTHER_NIP, PESEL = "7980332920", "30112206276"


def logins(client: KsefClient) -> str:
    """Log in by token and by signature; the access token of the latter."""
    coordinator = AuthCoordinator(client.auth)
    certificate = client.security.get_public_key_certificate("KsefTokenEncryption")
    with_token = step(
        "login with token",
        lambda: coordinator.authenticate_with_ksef_token(
            token=CASE["token"],
            public_certificate=certificate.certificate,
            public_key_id=certificate.public_key_id,
            context_identifier_type="nip",
            context_identifier_value=NIP,
            poll_interval_seconds=0.1,
        ),
    )
    if with_token is not None:
        step("refresh", lambda: client.auth.refresh_access_token(with_token.refresh_token))
    signed = step(
        "login with certificate",
        lambda: coordinator.authenticate_with_xades(
            context_identifier_type="nip",
            context_identifier_value=NIP,
            subject_identifier_type="certificateSubject",
            certificate_pem=CASE["certificate"],
            private_key_pem=CASE["private_key"],
            poll_interval_seconds=0.1,
        ),
    )
    found = signed or with_token
    need(found, "no login works")
    access: str = found.access_token
    step(
        "list of logins",
        lambda: need(client.auth.get_active_sessions(access_token=access).items, "none"),
    )
    return access


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


def permissions(client: KsefClient, access: str) -> None:
    """Grant, find, revoke."""
    grant = m.PersonPermissionsGrantRequest(
        subject_identifier=m.PersonPermissionsSubjectIdentifier(
            type=m.PersonPermissionsSubjectIdentifierType.PESEL, value=PESEL
        ),
        permissions=[m.PersonPermissionType.INVOICEREAD],
        description="Dostęp do faktur",
        subject_details=m.PersonPermissionSubjectDetails(
            subject_details_type=m.PersonPermissionSubjectDetailsType.PERSONBYIDENTIFIER,
            person_by_id=m.PersonDetails(first_name="Anna", last_name="Kowalska"),
        ),
    )
    granted = step(
        "permissions: grant to a person",
        lambda: client.permissions.grant_person(grant, access_token=access),
    )
    entity = m.EntityPermissionsGrantRequest(
        subject_identifier=m.EntityPermissionsSubjectIdentifier(
            type=m.EntityPermissionsSubjectIdentifierType.NIP, value=OTHER_NIP
        ),
        permissions=[
            m.EntityPermission(type=m.EntityPermissionType.INVOICEWRITE, can_delegate=True)
        ],
        description="Biuro rachunkowe",
        subject_details=m.EntityDetails(full_name="Biuro Rachunkowe Alfa"),
    )
    step(
        "permissions: grant to a company",
        lambda: finished(
            client, access, client.permissions.grant_entity(entity, access_token=access)
        ),
    )
    if granted is not None:
        step("permissions: operation", lambda: finished(client, access, granted))
    query = m.PersonPermissionsQueryRequest(
        query_type=m.PersonPermissionsQueryType.PERMISSIONSGRANTEDINCURRENTCONTEXT
    )
    found = step(
        "permissions: of persons",
        lambda: client.permissions.query_persons_grants(query, access_token=access, page_size=10),
    )
    step(
        "permissions: of companies",
        lambda: need(
            client.permissions.query_entities_grants(
                m.EntityPermissionsQueryRequest(), access_token=access
            )
            is not None,
            "no",
        ),
    )
    step(
        "permissions: own",
        lambda: client.permissions.query_personal_grants(
            m.PersonalPermissionsQueryRequest(), access_token=access
        ),
    )
    step("permissions: roles", lambda: client.permissions.query_entities_roles(access_token=access))
    if found is not None:
        mine = [row for row in found.permissions if row.authorized_identifier.value == PESEL]
        step("permissions: granted is found", lambda: need(mine, f"not in {found}"))
        step(
            "permissions: revoke",
            lambda: finished(
                client,
                access,
                client.permissions.revoke_common_permission(mine[0].id, access_token=access),
            ),
        )


def finished(client: KsefClient, access: str, operation: Any) -> None:
    status = until(
        lambda: client.permissions.get_operation_status(
            operation.reference_number, access_token=access
        ),
        lambda found: found.status.code != 100,
    )
    need(status.status.code == 200, f"ended with {status}")


def tokens(client: KsefClient, access: str) -> None:
    """Make a token, log in with it, revoke it."""
    request = m.GenerateTokenRequest(
        description="Token programu księgowego",
        permissions=[m.TokenPermissionType.INVOICEREAD, m.TokenPermissionType.INVOICEWRITE],
    )
    made = step(
        "tokens: generate", lambda: client.tokens.generate_token(request, access_token=access)
    )
    if made is None:
        return
    reference = made.reference_number
    step(
        "tokens: becomes active",
        lambda: until(
            lambda: client.tokens.get_token_status(reference, access_token=access),
            lambda found: str(getattr(found.status, "value", found.status)) == "Active",
        ),
    )
    certificate = client.security.get_public_key_certificate("KsefTokenEncryption")
    step(
        "tokens: log in with the new one",
        lambda: AuthCoordinator(client.auth).authenticate_with_ksef_token(
            token=made.token,
            public_certificate=certificate.certificate,
            context_identifier_type="Nip",
            context_identifier_value=NIP,
            poll_interval_seconds=0.1,
        ),
    )
    step(
        "tokens: list",
        lambda: need(client.tokens.list_tokens(access_token=access, page_size=10).tokens, "none"),
    )
    step("tokens: revoke", lambda: client.tokens.revoke_token(reference, access_token=access))


def limits(client: KsefClient, access: str) -> None:
    """What may be asked, how often, how much."""
    step("peppol: providers", lambda: client.peppol.list_providers())
    step("limits: context", lambda: client.limits.get_context_limits(access))
    step("limits: subject", lambda: client.limits.get_subject_limits(access))
    step("limits: rates", lambda: client.rate_limits.get_rate_limits(access))
    step("limits: certificates", lambda: client.certificates.get_limits(access))
    step(
        "permissions: attachments",
        lambda: client.permissions.check_attachment_permission_status(access),
    )


def certificates(client: KsefClient, access: str) -> None:
    """Enrol a certificate, fetch it, log in with it, revoke it."""
    data = step("certificates: data", lambda: client.certificates.get_enrollment_data(access))
    if data is None:
        return
    key = ec.generate_private_key(ec.SECP256R1())
    request = m.EnrollCertificateRequest(
        certificate_name="Certyfikat programu",
        certificate_type=m.KsefCertificateType.AUTHENTICATION,
        csr=signing_request(data, key),
    )
    applied = step(
        "certificates: enrol",
        lambda: client.certificates.send_enrollment(request, access_token=access),
    )
    if applied is None:
        return
    issued = step(
        "certificates: issued",
        lambda: until(
            lambda: client.certificates.get_enrollment_status(
                applied.reference_number, access_token=access
            ),
            lambda found: found.status.code != 100,
        ),
    )
    serial = issued.certificate_serial_number
    fetched = step(
        "certificates: retrieve",
        lambda: client.certificates.retrieve_certificate(
            m.RetrieveCertificatesRequest(certificate_serial_numbers=[serial]), access_token=access
        ).certificates[0],
    )
    pem = x509.load_der_x509_certificate(base64.b64decode(fetched.certificate)).public_bytes(
        serialization.Encoding.PEM
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    step(
        "certificates: log in with the new one",
        lambda: AuthCoordinator(client.auth).authenticate_with_xades(
            context_identifier_type="nip",
            context_identifier_value=NIP,
            subject_identifier_type="certificateSubject",
            certificate_pem=pem.decode(),
            private_key_pem=secret.decode(),
            poll_interval_seconds=0.1,
        ),
    )
    step(
        "certificates: query",
        lambda: need(
            client.certificates.query_certificates(
                m.QueryCertificatesRequest(), access_token=access
            ).certificates,
            "none",
        ),
    )
    step(
        "certificates: revoke",
        lambda: client.certificates.revoke_certificate(
            serial, m.RevokeCertificateRequest(), access_token=access
        ),
    )


def signing_request(data: Any, key: Any) -> str:
    """PKCS #10 with exactly the attributes that the service wants to see."""
    names = {
        x509.NameOID.COMMON_NAME: data.common_name,
        x509.NameOID.SURNAME: data.surname,
        x509.NameOID.GIVEN_NAME: data.given_name,
        x509.NameOID.ORGANIZATION_NAME: data.organization_name,
        x509.NameOID.ORGANIZATION_IDENTIFIER: data.organization_identifier,
        x509.NameOID.COUNTRY_NAME: data.country_name,
        x509.NameOID.SERIAL_NUMBER: data.serial_number,
        x509.NameOID.X500_UNIQUE_IDENTIFIER: data.unique_identifier,
    }
    subject = x509.Name([x509.NameAttribute(oid, text) for oid, text in names.items() if text])
    request = (
        x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    )
    return base64.b64encode(request.public_bytes(serialization.Encoding.DER)).decode()


def main() -> None:
    with KsefClient(KsefClientOptions(base_url=CASE["base_url"])) as client:
        access = logins(client)
        number = step("online", lambda: online(client, access))
        step("batch", lambda: batch(client, access))
        step("reading", lambda: reading(client, access, number))
        step("permissions", lambda: permissions(client, access))
        step("tokens", lambda: tokens(client, access))
        step("limits", lambda: limits(client, access))
        step("certificates", lambda: certificates(client, access))
        step("logout", lambda: client.auth.revoke_current_session(access))


if __name__ == "__main__":
    main()
