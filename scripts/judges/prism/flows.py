"""What the facade does, once each: its flows against a simulator, its operations one by one."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from attrs import define, field

from ksef_facade import (
    AccessTokenAuth,
    AllowedIps,
    CertificateAuth,
    FormCode,
    Ksef,
    KsefError,
    KsefSystemWarning,
    SigningIdentity,
    TokenAuth,
    self_signed_seal,
)
from ksef_facade.samples.invoices import demo_invoices, seller
from ksef_facade.simulator import Simulator

#: References and numbers with the shapes of the contract, which belong to nothing.
SESSION = "20250925-SO-2F67776000-97273B191A-65"
BATCH = "20250626-SB-213D593000-4DE10D80A5-E9"
LOGIN = "20251010-AU-19F5E39000-39B5B182BA-B8"
INVOICE = "20250625-EE-319D7EE000-B67F415CDC-2C"
CHALLENGE = "20250514-CR-226FB7B000-3ACF9BE4C0-10"
PAGE = "20250901-EU-47FDBE3000-5961A5D232-BF"
NUMBER = "5265877635-20250626-010080DD2B5E-26"
NIP = "5265877635"
_SECRET_TOKEN = f"20251010-EC-1DCE3E3000-12ECB5B36E-45|nip-{NIP}|{'ab' * 32}"
_PATIENCE = 20


@define
class Flows:
    """Steps and what went wrong in them."""

    done: int = 0
    #: Of calls to the mock: those that gave a value, and those that raised an error of the facade.
    values: int = 0
    errors: int = 0
    failures: list[str] = field(factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One step: what it raises is a failure, and the next step goes on."""
        try:
            yield
        except Exception as error:
            self.failures.append(f"{name}: {type(error).__name__}: {error}")
        else:
            self.done += 1


def against_simulator(base_url: str, accused: Simulator, folder: Path) -> Flows:
    """Log in, send, follow, fetch, list, resume: every flow of the facade."""
    flows = Flows()
    random = Random(accused.port)
    company = seller(random)
    nip, now = company.tax_number, datetime.now(UTC)
    documents = [invoice.document(now) for invoice in demo_invoices(company, now.date(), random)]
    seal = self_signed_seal(nip)
    options: dict[str, Any] = {"base_url": base_url, "login_timeout": _PATIENCE}
    with Ksef(auth=TokenAuth(accused.issue_token(nip)), **options) as ksef:
        with flows.step("login by token"):
            ksef.log_in()
        with flows.step("online session"):
            _online(ksef, documents)
        with flows.step("batch session"):
            _batch(ksef, documents, folder)
        with flows.step("report of a session"):
            reference = accused.seed_session(
                nip, "online", accepted=30, rejected=12, upo_page_size=7
            )
            _look_through(ksef, reference, folder)
        with flows.step("lists of sessions"):
            _list(ksef)
        with flows.step("archive"):
            ksef.archive(folder / "archive").sync()
    with Ksef(auth=_allowed(seal), **options) as ksef:
        with flows.step("login by certificate"):
            ksef.log_in()
        with flows.step("list and end of logins"):
            others = [row for row in ksef.auth_sessions(page_size=10) if not row.is_current]
            for other in others:
                ksef.end_auth_session(other)
        with flows.step("renewal of a login"):
            accused.clock.advance(timedelta(hours=3))
            ksef.session(reference_of(accused, nip)).status()
        with flows.step("logout"):
            ksef.log_out()
    return flows


def _allowed(seal: SigningIdentity) -> CertificateAuth:
    return CertificateAuth(seal, allowed_ips=AllowedIps.parse("127.0.0.1"))


def reference_of(accused: Simulator, nip: str) -> str:
    """A finished session of a company."""
    return accused.seed_session(nip)


def _online(ksef: Ksef, documents: list[bytes]) -> None:
    with ksef.open_online_session(FormCode.FA_3) as online:
        sent = [online.send(document).reference_number for document in documents[:3]]
        online.send(documents[0], offline=True)
    status = online.session.wait(timeout=_PATIENCE)
    assert (status.successful_invoice_count, status.failed_invoice_count) == (3, 1), status
    invoice = online.session.invoice(sent[0])
    number = invoice.wait(timeout=_PATIENCE).ksef_number
    assert number is not None
    upo = online.session.upo
    contents = [page.content for page in upo.pages()]
    contents += [upo.by_ksef_number(number).content, upo.by_invoice(sent[0]).content]
    contents += [upo.page(page.reference_number).content for page in status.upo_pages]
    assert all(b"Potwierdzenie" in content for content in contents)


def _batch(ksef: Ksef, documents: list[bytes], folder: Path) -> None:
    source = folder / "invoices"
    source.mkdir()
    for number, document in enumerate(documents[3:5]):
        (source / f"{number}.xml").write_bytes(document)
    with ksef.open_batch_session(source, work_dir=folder) as batch:
        pass
    status = batch.wait(timeout=_PATIENCE)
    assert status.successful_invoice_count == 2, status
    assert len(list(batch.results())) == 2


def _look_through(ksef: Ksef, reference: str, folder: Path) -> None:
    session = ksef.session(reference)
    assert len(list(session.invoices(page_size=10))) == 42
    assert len(list(session.failed_invoices())) == 12
    receipt = session.upo.save(folder / "receipts")
    assert len(receipt.pages) == 5
    session.report()


def _list(ksef: Ksef) -> None:
    day = date.today()
    limits: dict[str, Any] = {
        f"{what}_{end}": moment
        for what in ("created", "closed", "modified")
        for end, moment in (("from", day - timedelta(days=7)), ("to", day + timedelta(days=1)))
    }
    for kind in ("online", "batch"):
        found = list(ksef.sessions(kind, page_size=10, **limits))
        assert found, kind
        list(
            ksef.sessions(
                kind, statuses=["succeeded", "failed"], reference_number=found[0].reference_number
            )
        )


def against_mock(base_url: str, folder: Path) -> Flows:
    """Every operation once, against answers made from the contract alone.

    A value is good, and so is an error of the facade's own: what the contract allows need not make
    sense. Anything else that is raised is a failure.
    """
    flows = Flows()
    seal = self_signed_seal(NIP)
    held = AccessTokenAuth("access", nip=NIP, refresh_token="refresh")
    options: dict[str, Any] = {
        "base_url": base_url,
        "timeout": 10,
        "retry_deadline": 5,
        "login_timeout": 2,
    }
    # The contract has a header for warnings, so the mock warns at every answer.
    warnings.simplefilter("ignore", KsefSystemWarning)
    with Ksef(auth=held, **options) as ksef:
        for name, action in _calls(ksef, folder):
            _try(flows, name, action)
    for auth in (TokenAuth(_SECRET_TOKEN), CertificateAuth(seal)):
        with Ksef(auth=auth, **options) as ksef:
            _try(flows, f"login by {type(auth).__name__}", ksef.log_in)
    return flows


def _calls(ksef: Ksef, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    session, upo = ksef.session(SESSION), ksef.session(SESSION).upo
    yield "status", session.status
    yield "wait", lambda: session.wait(timeout=1)
    yield "invoices", lambda: next(iter(session.invoices().by_page()))
    yield "failed invoices", lambda: next(iter(session.failed_invoices().by_page()))
    yield "invoice", session.invoice(INVOICE).status
    yield "pages of the receipt", lambda: list(upo.pages())
    yield "page of the receipt", lambda: upo.page(PAGE)
    yield "receipt by number", lambda: upo.by_ksef_number(NUMBER)
    yield "receipt by invoice", lambda: upo.by_invoice(INVOICE)
    yield "sessions", lambda: next(iter(ksef.sessions("online").by_page()))
    yield "logins", lambda: next(iter(ksef.auth_sessions().by_page()))
    yield "end of a login", lambda: ksef.end_auth_session(LOGIN)
    yield "online session", lambda: _send_one(ksef)
    yield "batch session", lambda: _send_package(ksef, folder)
    yield "logout", ksef.log_out


def _send_one(ksef: Ksef) -> None:
    with ksef.open_online_session() as online:
        online.send(b"<Faktura/>")


def _send_package(ksef: Ksef, folder: Path) -> None:
    source = folder / "package"
    source.mkdir()
    (source / "1.xml").write_bytes(b"<Faktura/>")
    with ksef.open_batch_session(source, work_dir=folder):
        pass


def _try(flows: Flows, name: str, action: Callable[[], object]) -> None:
    with flows.step(name):
        try:
            action()
        except KsefError:
            flows.errors += 1
        else:
            flows.values += 1
