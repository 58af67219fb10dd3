"""The public types, stated: checked by mypy strict, never run.

A change that this file does not survive is a change for callers too.
"""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import assert_type

from ksef_api import AuthenticatedClient
from ksef_facade import (
    AccessTokenAuth,
    AllowedIps,
    Archive,
    AsyncBatchSession,
    AsyncKsef,
    AsyncOnlineSession,
    AsyncPager,
    AsyncSession,
    AsyncSessionInvoice,
    AsyncSessionUpo,
    AuthSession,
    BatchProgress,
    BatchResult,
    BatchSession,
    CertificateAuth,
    Context,
    Environment,
    Handle,
    InvoiceChecker,
    InvoiceFacts,
    InvoiceProblem,
    InvoiceReference,
    InvoiceReport,
    InvoiceSchemas,
    InvoiceStatus,
    Ksef,
    OnlineSession,
    Package,
    PackageEntry,
    Page,
    Pager,
    SavedReceipt,
    SavedUpo,
    SendItem,
    SendReport,
    SendSession,
    SentInvoice,
    Session,
    SessionInvoice,
    SessionReference,
    SessionStatus,
    SessionSummary,
    SessionUpo,
    SigningIdentity,
    TokenAuth,
    Upo,
    UpoPageLink,
    check_invoice_file,
    check_set,
    installed_schemas,
    read_invoice,
    self_signed_person,
    self_signed_seal,
)


def client() -> None:
    with Ksef("test", auth=TokenAuth("token", nip="5265877635"), timeout=timedelta(1)) as ksef:
        assert_type(ksef, Ksef)
        assert_type(ksef.environment, Environment)
        assert_type(ksef.options(timeout=3), Ksef)
        assert_type(ksef.session("x"), Session)
        assert_type(ksef.resume("{}"), Session | SessionInvoice)
        assert_type(ksef.sessions("online", statuses=["failed"]), Pager[SessionSummary])
        assert_type(ksef.open_online_session(), OnlineSession)
        assert_type(ksef.raw_client(), AuthenticatedClient)


def login(ksef: Ksef) -> None:
    identity = SigningIdentity.from_pem("certificate.pem", b"key", "password")
    assert_type(identity, SigningIdentity)
    assert_type(SigningIdentity.from_pkcs12(Path("id.p12")), SigningIdentity)
    assert_type(SigningIdentity.from_files("id.p12"), SigningIdentity)
    assert_type(self_signed_person(pesel="30112206276"), SigningIdentity)
    assert_type(self_signed_seal("5265877635", key="ec"), SigningIdentity)
    assert_type(identity.nip, str | None)
    auth = CertificateAuth(
        identity, peppol_id="PPL123456", subject="fingerprint", allowed_ips=AllowedIps.parse("::")
    )
    assert_type(auth.context, Context)
    assert_type(ksef.for_context(auth), Ksef)
    assert_type(ksef.for_context(AccessTokenAuth("a", nip="1", refresh_token="r")), Ksef)
    assert_type(ksef.auth_sessions(), Pager[AuthSession])
    for row in ksef.auth_sessions(page_size=10):
        ksef.end_auth_session(row)
        ksef.end_auth_session(row.reference_number)
    ksef.log_in()
    ksef.log_out()


async def login_async(ksef: AsyncKsef, auth: CertificateAuth) -> None:
    assert_type(ksef.for_context(auth), AsyncKsef)
    assert_type(ksef.auth_sessions(), AsyncPager[AuthSession])
    async for row in ksef.auth_sessions():
        await ksef.end_auth_session(row)
    await ksef.log_in()
    await ksef.log_out()


def session(session: Session) -> None:
    assert_type(session.reference, SessionReference)
    assert_type(session.status(), SessionStatus)
    assert_type(session.wait(timeout=timedelta(minutes=15)), SessionStatus)
    assert_type(session.wait(timeout=None, on_poll=print), SessionStatus)
    assert_type(session.invoices(), Pager[InvoiceStatus])
    assert_type(session.failed_invoices(page_size=10), Pager[InvoiceStatus])
    for invoice in session.invoices():
        assert_type(invoice, InvoiceStatus)
    assert_type(session.invoices().by_page("token"), Iterator[Page[InvoiceStatus]])
    assert_type(session.invoice("x"), SessionInvoice)
    assert_type(session.upo, SessionUpo)
    assert_type(session.handle, Handle)
    assert_type(session.handle.dumps(), str)


def invoice(invoice: SessionInvoice) -> None:
    assert_type(invoice.reference, InvoiceReference)
    assert_type(invoice.status(), InvoiceStatus)
    assert_type(invoice.wait(3), InvoiceStatus)
    assert_type(invoice.upo(), Upo)


def before_sending(path: Path) -> None:
    assert_type(read_invoice(b"<a/>"), InvoiceFacts)
    assert_type(installed_schemas(), InvoiceSchemas)
    assert_type(check_invoice_file(path, environment="prod"), tuple[InvoiceProblem, ...])
    report = InvoiceChecker(schema=installed_schemas()).check(path)
    assert_type(report, InvoiceReport)
    assert_type(report.facts, InvoiceFacts | None)
    assert_type(report.errors, tuple[InvoiceProblem, ...])
    assert_type(check_set([read_invoice(b"")]), dict[int, tuple[InvoiceProblem, ...]])


def receipts(upo: SessionUpo, status: InvoiceStatus) -> None:
    assert_type(upo.wait(), SessionStatus)
    assert_type(upo.pages(), Iterator[Upo])
    assert_type(upo.page("x"), Upo)
    assert_type(upo.by_ksef_number("x"), Upo)
    assert_type(upo.by_invoice("x"), Upo)
    assert_type(upo.by_invoice(status), Upo)
    receipt = upo.save("folder", timeout=timedelta(minutes=5))
    assert_type(receipt, SavedReceipt)
    assert_type(receipt.pages, tuple[SavedUpo, ...])
    assert_type(receipt.problems, tuple[str, ...])
    assert_type(receipt.complete, bool)
    assert_type(upo.page("x").content, bytes)
    assert_type(upo.page("x").save(Path("folder")), Path)


def sending(online: OnlineSession) -> None:
    with online as opened:
        assert_type(opened, OnlineSession)
        assert_type(opened.send(b"", offline=True), SentInvoice)
        assert_type(opened.session, Session)


def sending_everything(ksef: Ksef) -> None:
    report = ksef.send(
        ["folder", Path("a.xml"), ("name", b"")],
        journal="sent.sqlite3",
        mode="batch",
        upo_to=Path("upo"),
        timeout=timedelta(hours=1),
    )
    assert_type(report, SendReport)
    assert_type(ksef.send(corrects="hash", again=True, dry_run=True), SendReport)
    assert_type(report.items, tuple[SendItem, ...])
    assert_type(report.sessions, tuple[SendSession, ...])
    assert_type(report.items[0].ksef_number, str | None)
    assert_type(report.items[0].same_document, bool | None)
    assert_type(report.sessions[0].receipt, SavedReceipt | None)
    assert_type(report.journal, Path | None)
    assert_type(report.is_complete, bool)


def batches(ksef: Ksef) -> None:
    with ksef.open_batch_session(["folder", ("a.xml", b""), Path("b.xml")]) as batch:
        assert_type(batch, BatchSession)
        assert_type(batch.prepare(), Package)
        assert_type(batch.entries, tuple[PackageEntry, ...])
        batch.upload()
    assert_type(batch.session, Session)
    assert_type(batch.wait(timeout=60), SessionStatus)
    assert_type(batch.results(), Iterator[BatchResult])
    ksef.open_batch_session(((name, b"") for name in "ab"), compression="targz")
    ksef.open_batch_session(Archive("a.zip"), on_progress=progress)
    assert_type(ksef.resume_batch("state.json"), BatchSession)


def progress(told: BatchProgress) -> None:
    assert_type(told.bytes_total, int | None)


def values(status: SessionStatus, invoice: InvoiceStatus) -> None:
    assert_type(status.status.code, int)
    assert_type(status.is_terminal, bool)
    assert_type(status.upo_pages, tuple[UpoPageLink, ...])
    assert_type(status.raise_for_failure(), SessionStatus)
    assert_type(invoice.ksef_number, str | None)
    assert_type(invoice.original_session, str | None)


async def asynchronous() -> None:
    async with AsyncKsef("demo", auth=TokenAuth("token")) as ksef:
        assert_type(ksef, AsyncKsef)
        session = ksef.session("x")
        assert_type(session, AsyncSession)
        assert_type(await session.status(), SessionStatus)
        assert_type(await session.wait(), SessionStatus)
        assert_type(session.invoices(), AsyncPager[InvoiceStatus])
        async for invoice in session.failed_invoices():
            assert_type(invoice, InvoiceStatus)
        assert_type(session.invoices().by_page(), AsyncIterator[Page[InvoiceStatus]])
        assert_type(session.invoice("x"), AsyncSessionInvoice)
        assert_type(await session.invoice("x").upo(), Upo)
        assert_type(session.upo, AsyncSessionUpo)
        assert_type(await session.upo.save("folder"), SavedReceipt)
        async for page in session.upo.pages():
            assert_type(page, Upo)
        async with ksef.open_online_session() as online:
            assert_type(online, AsyncOnlineSession)
            assert_type(await online.send(b"", corrects="hash"), SentInvoice)
        assert_type(await ksef.send(["folder"], journal=False), SendReport)
        async with ksef.open_batch_session("folder") as batch:
            assert_type(batch, AsyncBatchSession)
            await batch.upload()
        async with await ksef.resume_batch("state.json") as batch:
            async for result in batch.results():
                assert_type(result.status, InvoiceStatus | None)
        async for summary in ksef.sessions("batch"):
            assert_type(summary, SessionSummary)
