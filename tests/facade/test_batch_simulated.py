"""Batches the whole way against the simulator over HTTP, which decrypts and unpacks them itself."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace

import pytest

from ksef_facade import Archive, BatchExpired, Forbidden, SessionFailed, TokenAuth
from ksef_facade.concurrency import tasks, threads
from ksef_facade.samples.invoices import demo_invoices, seller
from ksef_facade.simulator import Simulator
from tests.facade.batch_server import digest

PART = "/storage/{shard}/{session}/batch-parts/{name}"
CLOSE = "/sessions/batch/{referenceNumber}/close"
OPEN = "/sessions/batch"


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator
        assert simulator.contract_violations == []


@pytest.fixture
def party() -> SimpleNamespace:
    """A seller and its invoices, five good ones and a duplicate, by file name."""
    random = Random(11)
    firm = seller(random)
    now = datetime.now(UTC)
    documents = [invoice.document(now) for invoice in demo_invoices(firm, now.date(), random)]
    files = [(f"faktura-{n}.xml", document) for n, document in enumerate(documents)]
    return SimpleNamespace(nip=firm.tax_number, files=files)


class HastyThreads(threads.Clock):
    def sleep(self, seconds: float) -> None:
        super().sleep(seconds / 20)


class HastyTasks(tasks.Clock):
    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds / 20)


@pytest.fixture
def connect(sim, make, flavour):
    """A client that waits a twentieth of what it should."""
    clock = HastyThreads if flavour == "sync" else HastyTasks

    def connect(nip):
        auth = TokenAuth(sim.issue_token(nip))
        return make(base_url=sim.base_url, auth=auth, clock=clock())

    return connect


@pytest.mark.parametrize("compression", ["zip", "targz"])
def test_the_main_job_from_files_to_receipts(sim, connect, party, tmp_path, compression):
    folder = tmp_path / "invoices"
    folder.mkdir()
    for name, content in party.files:
        (folder / name).write_bytes(content)
    told = []
    with connect(party.nip).open_batch_session(
        folder, compression=compression, part_size=1_000, on_progress=told.append
    ) as batch:
        pass
    assert told[-1].parts_total > 1
    status = batch.wait(timeout=30)
    assert (status.status.code, status.invoice_count) == (200, len(party.files))
    results = {result.source_name: result for result in batch.results()}
    assert set(results) == {str(folder / name) for name, _ in party.files}
    for name, content in party.files:
        result = results[str(folder / name)]
        assert (result.invoice_hash, result.joined_by) == (digest(content), "file_name_and_hash")
        assert result.status.invoice_file_name == name
        assert sim.invoice_bytes(batch.reference, result.status.reference_number) == content
    outcomes = sorted(result.status.outcome for result in results.values())
    assert outcomes == ["accepted"] * (len(party.files) - 1) + ["duplicate"]
    numbers = {result.status.ksef_number for result in results.values()} - {None}
    assert len(numbers) == len(party.files) - 1
    receipt = batch.session.upo.save(tmp_path / "receipts")
    assert receipt.complete
    assert receipt.document_count == len(party.files) - 1
    puts = [call for call in sim.requests.calls if call.method == "PUT"]
    assert len(puts) == told[-1].parts_total
    assert not any(call.has_authorization for call in puts)


def test_a_ready_archive_goes_through_unchanged(sim, connect, party, tmp_path):
    import zipfile

    path = tmp_path / "ready.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in party.files:
            archive.writestr(name, content)
    with connect(party.nip).open_batch_session(Archive(path)) as batch:
        pass
    assert batch.wait(timeout=30).outcome == "succeeded"
    assert all(result.joined_by == "file_name_and_hash" for result in batch.results())


@pytest.mark.parametrize(
    "fault",
    [{"status": 503}, {"status": 500}, {"drop": "before"}, {"drop": "midway"}, {"drop": "after"}],
)
def test_faults_of_the_storage_are_overcome(sim, connect, party, fault):
    sim.faults.add("PUT", PART, times=2, **fault)
    with connect(party.nip).open_batch_session(party.files, part_size=1_500) as batch:
        pass
    assert batch.wait(timeout=30).outcome == "succeeded"


@pytest.mark.parametrize("fault", [{"drop": "before"}, {"drop": "after"}, {"status": 502}])
def test_lost_answers_to_opening_and_closing_double_nothing(sim, connect, party, fault):
    sim.faults.add("POST", OPEN, times=1, **fault)
    sim.faults.add("POST", CLOSE, times=1, **fault)
    ksef = connect(party.nip)
    with ksef.open_batch_session(party.files) as batch:
        pass
    assert batch.wait(timeout=30).outcome == "succeeded"
    accepted = [
        row
        for session in ksef.sessions("batch")
        for row in ksef.session(session).invoices()
        if row.outcome == "accepted"
    ]
    assert len(accepted) == len(party.files) - 1


def test_a_broken_upload_is_finished_by_another_client(sim, connect, party, tmp_path):
    state = tmp_path / "batch.json"
    sim.faults.add("PUT", PART, times=None, skip=1, status=403)
    with (
        pytest.raises(Forbidden),
        connect(party.nip).open_batch_session(party.files, state_file=state, part_size=1_000),
    ):
        pass
    sim.faults.clear()
    with connect(party.nip).resume_batch(state) as batch:
        pass
    assert batch.wait(timeout=30).outcome == "succeeded"
    assert len(list(connect(party.nip).sessions("batch"))) == 1


CRASHING = """
import os, sys
from ksef_facade import Ksef, TokenAuth

base_url, token, folder, state = sys.argv[1:]
def die(progress):
    if progress.parts_total and progress.parts_done == 2:
        os._exit(9)

with Ksef(base_url=base_url, auth=TokenAuth(token)) as ksef:
    with ksef.open_batch_session(folder, state_file=state, part_size=1_000, on_progress=die):
        pass
"""


def test_a_killed_process_is_finished_by_another(sim, connect, party, tmp_path):
    folder, state = tmp_path / "invoices", tmp_path / "batch.json"
    folder.mkdir()
    for name, content in party.files:
        (folder / name).write_bytes(content)
    token = sim.issue_token(party.nip)
    died = subprocess.run(
        [sys.executable, "-c", CRASHING, sim.base_url, token, folder, state], check=False
    )
    assert died.returncode == 9
    ksef = connect(party.nip)
    with ksef.resume_batch(state) as batch:
        pass
    assert batch.wait(timeout=30).outcome == "succeeded"
    assert [row.reference_number for row in ksef.sessions("batch")] == [batch.reference]
    assert {result.source_name for result in batch.results()} == {
        str(folder / name) for name, _ in party.files
    }
    assert set(tmp_path.iterdir()) == {folder, state}


def test_a_package_for_another_seller_fails_as_a_whole(sim, connect, party):
    with connect("5265877635").open_batch_session(party.files) as batch:
        pass
    status = batch.wait(timeout=30)
    assert status.status.code == 445
    with pytest.raises(SessionFailed):
        status.raise_for_failure()
    assert {result.status.status.code for result in batch.results()} == {410}


def test_a_session_that_is_never_closed_is_lost(sim, connect, party):
    batch = connect(party.nip).open_batch_session(party.files)
    batch.open()
    batch.upload()
    sim.clock.advance(timedelta(hours=13))
    with pytest.raises(BatchExpired):
        batch.close()
    assert batch.wait(timeout=30).outcome == "cancelled"
    batch.discard()
