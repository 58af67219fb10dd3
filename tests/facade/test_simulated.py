"""The whole way against the simulator over HTTP: send, follow, receive; what it costs; what breaks."""

import tracemalloc
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from types import SimpleNamespace

import pytest

from ksef_facade import (
    AuthenticationFailed,
    DuplicateInvoice,
    Forbidden,
    FormCode,
    PollingDeadlineExceeded,
    TokenAuth,
    Unauthorized,
    UnknownSession,
    UpoNotReady,
    UpoWillNotExist,
)
from ksef_facade.samples.invoices import demo_invoices, seller
from ksef_facade.simulator import Latencies, Simulator

INVOICES = "GET /sessions/{referenceNumber}/invoices"
FAILED = "GET /sessions/{referenceNumber}/invoices/failed"
STATUS = "GET /sessions/{referenceNumber}"
PAGE = "GET /sessions/{referenceNumber}/upo/{upoReferenceNumber}"
LINK = "GET /storage/{shard}/{session}/session-upo/{name}"


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(upo_page_size=2) as simulator:
        yield simulator
        assert simulator.contract_violations == []


@pytest.fixture
def party() -> SimpleNamespace:
    """A seller and its invoices, five good ones and a duplicate."""
    random = Random(7)
    firm = seller(random)
    now = datetime.now(UTC)
    invoices = [invoice.document(now) for invoice in demo_invoices(firm, now.date(), random)]
    return SimpleNamespace(nip=firm.tax_number, invoices=invoices)


@pytest.fixture
def connect(sim, make):
    def connect(nip, **options):
        auth = TokenAuth(sim.issue_token(nip, **options))
        return make(base_url=sim.base_url, auth=auth)

    return connect


def counts(sim):
    return sim.requests.counts


def test_the_main_job_from_sending_to_receipts(sim, connect, party, tmp_path):
    ksef = connect(party.nip)
    with ksef.open_online_session() as online:
        sent = [online.send(invoice) for invoice in party.invoices]
        first = online.session.invoice(sent[0].reference_number)
        assert first.wait(timeout=20).outcome == "accepted"
        early = first.upo()
        reference = online.reference

    # From here on the reference alone is enough, in a client that has not opened the session.
    session = connect(party.nip).session(str(reference))
    status = session.upo.wait(timeout=20)
    accepted, rejected = status.successful_invoice_count, status.failed_invoice_count
    assert (accepted, rejected) == (len(sent) - 1, 1)

    listed = list(session.invoices())
    assert [row.reference_number for row in listed] == [item.reference_number for item in sent]
    assert [row.invoice_hash for row in listed] == [item.invoice_hash for item in sent]
    (failed,) = session.failed_invoices()
    assert failed.outcome == "duplicate"
    original = listed[0]
    assert failed.original_ksef_number == original.ksef_number
    with pytest.raises(DuplicateInvoice) as caught:
        failed.raise_for_failure()
    assert caught.value.original_session == reference

    receipt = session.upo.save(tmp_path)
    assert receipt.complete
    assert receipt.document_count == accepted
    assert len(receipt.pages) == 3
    for number, page in enumerate(receipt.pages, start=1):
        served = sim.upo_bytes(reference, number)
        assert page.path.read_bytes() == served
        assert page.sha256 == b64encode(sha256(served).digest()).decode()
        assert page.hash_verified
        assert session.upo.page(page.upo_reference).content == served
    assert [page.content for page in session.upo.pages()] == [
        page.path.read_bytes() for page in receipt.pages
    ]

    ways = [
        session.upo.by_ksef_number(original.ksef_number),
        session.upo.by_invoice(original.reference_number),
        session.upo.by_invoice(original),
        early,
    ]
    assert len({upo.content for upo in ways}) == 1
    assert [upo.source for upo in ways] == ["api", "api", "link", "api"]
    with pytest.raises(UpoWillNotExist) as never:
        session.upo.by_invoice(failed.reference_number)
    assert never.value.original_ksef_number == original.ksef_number
    for item, invoice in zip(sent, party.invoices, strict=True):
        assert sim.invoice_bytes(reference, item.reference_number) == invoice


def test_what_10025_invoices_cost(sim, connect, tmp_path):
    nip = "5265877635"
    reference = sim.seed_session(nip, "batch", accepted=10_000, rejected=25, upo_page_size=2_500)
    session = connect(nip).session(reference)
    assert len(list(session.invoices())) == 10_025
    assert len(list(session.failed_invoices())) == 25
    assert (counts(sim)[INVOICES], counts(sim)[FAILED]) == (11, 1)
    tracemalloc.start()
    receipt = session.upo.save(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert receipt.complete
    assert (counts(sim)[STATUS], counts(sim)[LINK], counts(sim).get(PAGE, 0)) == (1, 4, 0)
    total = sum(page.size for page in receipt.pages)
    assert total > 5_000_000
    # The simulator in this process holds the pages; the client must not hold them too.
    served = sum(len(sim.upo_bytes(reference, number)) for number in range(1, 5))
    assert peak < 5 * served


def test_the_history_finds_sessions_by_every_filter(sim, connect):
    nip = "5265877635"
    ksef = connect(nip)
    references = [sim.seed_session(nip, "online", accepted=1) for _ in range(3)]
    bad = sim.seed_session(nip, "online", accepted=0, rejected=2)
    batch = sim.seed_session(nip, "batch", accepted=5)
    found = [row.reference_number for row in ksef.sessions("online")]
    assert sorted(found) == sorted([*references, bad])
    assert [row.reference_number for row in ksef.sessions("batch")] == [batch]
    assert [row.reference_number for row in ksef.sessions("online", statuses=["failed"])] == [bad]
    (one,) = ksef.sessions("online", reference_number=references[1])
    assert (one.total_invoice_count, one.successful_invoice_count) == (1, 1)
    future = datetime.now(UTC) + timedelta(days=1)
    for bound in ("created_from", "closed_from", "modified_from"):
        assert list(ksef.sessions("online", **{bound: future})) == []
    for bound in ("created_to", "closed_to", "modified_to"):
        assert len(list(ksef.sessions("online", **{bound: future}))) == 4
    today = datetime.now(UTC).date()
    assert len(list(ksef.sessions("online", created_from=today - timedelta(days=1)))) == 4


def test_short_and_empty_pages_lose_and_double_nothing(sim, connect):
    sim.settings.short_pages = sim.settings.trailing_empty_page = True
    reference = sim.seed_session("5265877635", "online", accepted=95, rejected=5)
    rows = list(connect("5265877635").session(reference).invoices(page_size=10))
    assert [row.ordinal_number for row in rows] == list(range(1, 101))


def test_links_that_expire_are_refreshed(sim, connect, tmp_path, monkeypatch):
    reference = sim.seed_session("5265877635", "online", accepted=5, upo_page_size=2)
    sign = sim.core.storage.link

    def sign_first_for_the_past(*arguments, **options):
        if STATUS not in counts(sim):
            options["expires"] = datetime(2020, 1, 1)
        return sign(*arguments, **options)

    # Whichever page comes first: a number of faults could be used up by a link that is new already.
    monkeypatch.setattr(sim.core.storage, "link", sign_first_for_the_past)
    receipt = connect("5265877635").session(reference).upo.save(tmp_path)
    assert receipt.complete
    assert {page.source for page in receipt.pages} == {"refreshed-link"}
    assert (counts(sim)[STATUS], counts(sim)[LINK]) == (2, 6)


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 200, "body": "<!DOCTYPE html><html>Incapsula</html>"},
        {"headers": {"x-ms-meta-hash": "A" * 43 + "="}},
        {"truncate": 500},
        {"drop": "midway"},
        {"status": 500},
    ],
)
def test_spoiled_links_lead_to_the_api(sim, connect, tmp_path, fault):
    reference = sim.seed_session("5265877635", "online", accepted=1)
    sim.faults.add("GET", LINK.removeprefix("GET "), times=None, **fault)
    session = connect("5265877635").options(retry_deadline=0.5).session(reference)
    (page,) = session.upo.save(tmp_path).pages
    assert page.source == "api"
    assert page.path.read_bytes() == sim.upo_bytes(reference, 1)


def test_no_credential_ever_reaches_the_storage(sim, connect, tmp_path):
    reference = sim.seed_session("5265877635", "online", accepted=9, upo_page_size=2)
    connect("5265877635").session(reference).upo.save(tmp_path)
    calls = [call for call in sim.requests.calls if call.path.startswith("/storage")]
    assert len(calls) == 5
    assert not any(call.has_authorization for call in calls)


def test_a_session_without_a_good_invoice_has_no_upo(sim, connect, tmp_path):
    reference = sim.seed_session("5265877635", "online", accepted=0, rejected=3)
    session = connect("5265877635").session(reference)
    status = session.wait(timeout=5)
    assert (status.status.code, status.invoice_count, status.failed_invoice_count) == (445, 3, 3)
    assert status.successful_invoice_count is None
    with pytest.raises(UpoWillNotExist):
        session.upo.wait(timeout=5)


def test_an_empty_session_is_cancelled(sim, connect):
    ksef = connect("5265877635")
    with ksef.open_online_session() as online:
        pass
    status = online.session.wait(timeout=20)
    assert (status.status.code, status.outcome) == (440, "cancelled")
    assert status.status.details == ("Nie przesłano faktur",)


def test_a_wait_that_is_cut_short_goes_on_from_its_handle(sim, connect, party, make):
    sim.settings.latencies = Latencies(session_done=1.5)
    ksef = connect(party.nip)
    with ksef.open_online_session(FormCode.FA_3) as online:
        online.send(party.invoices[0])
    with pytest.raises(PollingDeadlineExceeded) as caught:
        online.session.wait(timeout=0.2)
    with pytest.raises(UpoNotReady):
        online.session.upo.save("unused")
    other = make(base_url=sim.base_url, auth=TokenAuth(sim.issue_token(party.nip)))
    assert other.resume(caught.value.handle.dumps()).wait(timeout=20).outcome == "succeeded"


def test_another_context_does_not_see_the_session(sim, connect):
    reference = sim.seed_session("5265877635", "online", accepted=1)
    with pytest.raises(UnknownSession):
        connect("7980332920").session(reference).status()


def test_a_missing_permission_is_named(sim, connect):
    reference = sim.seed_session("5265877635", "online", accepted=1)
    ksef = connect("5265877635", permissions=["InvoiceRead"])
    with pytest.raises(Forbidden) as caught:
        ksef.session(reference).status()
    assert "InvoiceWrite" in caught.value.required_permissions
    assert caught.value.present_permissions == ("InvoiceRead",)


def test_expired_access_tokens_are_renewed_and_revoked_logins_end(sim, make):
    reference = sim.seed_session("5265877635", "online", accepted=1)
    token = sim.issue_token("5265877635")
    session = make(base_url=sim.base_url, auth=TokenAuth(token)).session(reference)
    session.status()
    sim.clock.advance(timedelta(minutes=16))
    assert session.status().status.code == 200
    assert counts(sim)["POST /auth/token/refresh"] == 1
    sim.clock.advance(timedelta(minutes=16))
    sim.revoke_token(token)
    with pytest.raises((AuthenticationFailed, Unauthorized)):
        session.status()


def test_rotated_keys_are_found_by_themselves(sim, connect, party):
    ksef = connect(party.nip)
    with ksef.open_online_session():
        pass
    for usage in ("SymmetricKeyEncryption", "KsefTokenEncryption"):
        sim.keys.rotate(usage, emergency=True)
    with ksef.open_online_session() as online:
        online.send(party.invoices[0])
    assert online.session.wait(timeout=20).outcome == "succeeded"


def test_a_limit_of_the_service_is_waited_out(sim, connect):
    reference = sim.seed_session("5265877635", "online", accepted=1)
    sim.faults.add("GET", STATUS.removeprefix("GET "), status=429, retry_after=1)
    session = connect("5265877635").session(reference)
    assert session.status().status.code == 200
    assert counts(sim)[STATUS] == 2
