"""The public values that callers make or get, stated."""

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import assert_type

from ksef_facade import (
    ENVIRONMENTS,
    AccessTokenAuth,
    AllowedIps,
    Archive,
    AsyncBatchSession,
    AsyncKsef,
    AsyncSession,
    AuthReference,
    AuthSession,
    BatchProgress,
    BatchResult,
    BatchSession,
    CertificateAuth,
    Context,
    Environment,
    FormCode,
    GroupBudget,
    InvoiceFacts,
    InvoiceLimits,
    InvoiceProblem,
    InvoiceSet,
    InvoiceStatus,
    Ksef,
    KsefNumber,
    Nip,
    Package,
    PackageEntry,
    PackageLimits,
    PackagePart,
    ReportedInvoice,
    SavedReceipt,
    SendItem,
    SendProgress,
    SendReport,
    SendSession,
    Session,
    SessionReference,
    SessionReport,
    SessionStatus,
    SigningIdentity,
    StatusInfo,
    TokenAuth,
    UpoReference,
    self_signed_person,
    self_signed_seal,
)
from ksef_facade.upo import render_html, render_pdf


def places() -> None:
    assert_type(ENVIRONMENTS, dict[str, Environment])
    assert_type(ENVIRONMENTS["test"].base_url, str)
    assert_type(ENVIRONMENTS["test"].contract_url, str)
    assert_type(ENVIRONMENTS["test"].is_loopback, bool)
    assert_type(ENVIRONMENTS["test"].resolve_link("x"), str)


def budgets(ksef: Ksef) -> None:
    assert_type(ksef.budget(), dict[str, GroupBudget])
    assert_type(ksef.budget()["invoiceSend"].hour, int | None)
    assert_type(ksef.budget()["invoiceSend"].made, int)


async def contract(ksef: Ksef, other: AsyncKsef) -> None:
    assert_type(ksef.published_contract(), bytes)
    assert_type(await other.published_contract(), bytes)


def logins(identity: SigningIdentity) -> None:
    assert_type(TokenAuth("token", nip="5265877635").context, Context)
    assert_type(CertificateAuth(identity, nip="5265877635").identity, SigningIdentity)
    assert_type(AccessTokenAuth("token", nip="5265877635").refresh_token, str | None)
    assert_type(Context("Nip", "5265877635").value, str)
    assert_type(AllowedIps.parse("192.0.2.1"), AllowedIps)
    assert_type(SigningIdentity.from_pem("file"), SigningIdentity)
    assert_type(SigningIdentity.from_pkcs12("file", "password"), SigningIdentity)
    assert_type(identity.fingerprint, str)
    assert_type(identity.valid_to, datetime)
    assert_type(self_signed_seal(nip="5265877635"), SigningIdentity)
    assert_type(self_signed_person(nip="5265877635"), SigningIdentity)


def login_sessions(session: AuthSession) -> None:
    assert_type(session.reference_number, str)
    assert_type(session.is_current, bool)
    assert_type(session.status, StatusInfo)
    assert_type(session.date_started, datetime | None)


def identifiers() -> None:
    assert_type(SessionReference.of("x"), SessionReference)
    assert_type(UpoReference.parse("x"), UpoReference)
    assert_type(AuthReference.parse("x").checksum_matches, bool)
    assert_type(KsefNumber.of("x").seller_nip, str)
    assert_type(Nip.parse("x"), Nip)


def statuses(status: StatusInfo) -> None:
    assert_type(status.code, int)
    assert_type(status.description, str)
    assert_type(status.details, tuple[str, ...])
    assert_type(status.extensions, Mapping[str, str])
    assert_type(status.is_final, bool)


def forms() -> None:
    assert_type(FormCode.FA_3, FormCode)
    assert_type(FormCode.FA_3.system_code, str)
    assert_type(FormCode.PEF_3.to_json(), dict[str, str])


def packages(package: Package, entry: PackageEntry, part: PackagePart) -> None:
    assert_type(package.entries, tuple[PackageEntry, ...])
    assert_type(package.parts, tuple[PackagePart, ...])
    assert_type(package.archive_size, int)
    assert_type(entry.invoice_hash, str)
    assert_type(part.path, Path)
    assert_type(PackageLimits().part_size, int)
    assert_type(InvoiceLimits().largest, int)
    assert_type(Archive("invoices.zip"), Archive)


def invoices(invoices: InvoiceSet, facts: InvoiceFacts) -> None:
    assert_type(invoices.add(facts), tuple[InvoiceProblem, ...])


def batches(batch: BatchSession, progress: BatchProgress, result: BatchResult) -> None:
    assert_type(batch.reference, SessionReference)
    assert_type(batch.session, Session)
    assert_type(batch.wait(), SessionStatus)
    assert_type(batch.results(), Iterator[BatchResult])
    assert_type(progress.bytes_done, int)
    assert_type(progress.bytes_total, int | None)
    assert_type(result.status, InvoiceStatus | None)


def reports(report: SendReport, progress: SendProgress) -> None:
    assert_type(report.is_complete, bool)
    assert_type(report.items, tuple[SendItem, ...])
    assert_type(report.items[0].ksef_number, str | None)
    assert_type(report.items[0].is_delivered, bool)
    assert_type(report.sessions, tuple[SendSession, ...])
    assert_type(report.sessions[0].receipt, SavedReceipt | None)
    assert_type(progress.done, int)
    assert_type(progress.total, int | None)


async def asynchronous(batch: AsyncBatchSession) -> None:
    assert_type(batch.session, AsyncSession)
    assert_type(await batch.wait(), SessionStatus)
    assert_type(batch.results(), AsyncIterator[BatchResult])


async def session_reports(session: Session, other: AsyncSession) -> None:
    report = session.report(on_page=print)
    assert_type(report, SessionReport)
    assert_type(await other.report(), SessionReport)
    assert_type(report.code, int)
    assert_type(report.total_count, int)
    assert_type(report.date_created, datetime | None)
    assert_type(report.upo_references, tuple[str, ...])
    assert_type(report.invoices, tuple[ReportedInvoice, ...])
    assert_type(report.invoices[0].ordinal_number, int | None)
    assert_type(report.invoices[0].receipt, str | None)
    assert_type(report.to_html("en"), str)


def rendered(path: Path) -> None:
    assert_type(render_pdf([path, b""], language="both", pdfa=True, attach=False), bytes)
    assert_type(render_html(path, language="en"), str)
