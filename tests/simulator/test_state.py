"""State that is kept: a simulator goes on where the one before it stopped."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Clock, Simulator
from ksef_facade.simulator.keeping.folder import StateFolder
from ksef_facade.simulator.logins.credentials import Party
from ksef_facade.simulator.sessions.package_processing import PackageProcessing
from ksef_facade.simulator.sessions.packages import Package
from tests.simulator.conftest import NIP, START
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_batches import Batch, zipped
from tests.simulator.plain_client import Sender, over_core


class Runs:
    """Simulators that follow one another on one folder, with a sender that talks to each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock.stopped(START)
        self.simulator = Simulator(clock=self.clock, state=folder)
        self.sender = Sender(self.simulator, over_core(self.simulator), NIP)

    def restart(self) -> None:
        """Stop, and start another one at the same time on the clock; the sender stays as it is."""
        self.stop()
        self.simulator = Simulator(clock=Clock.stopped(self.clock.now()), state=self.folder)
        self.clock = self.simulator.clock
        self.sender.simulator, self.sender.http = self.simulator, over_core(self.simulator)

    def stop(self) -> None:
        assert self.simulator.contract_violations == []
        self.simulator.stop()
        self.sender.http.close()


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    runs = Runs(tmp_path / "state")
    yield runs
    runs.stop()


def test_a_walk_through_a_list_goes_on_after_a_restart(runs: Runs) -> None:
    sender = runs.sender
    sender.authenticate()
    references = [sender.open() for _ in range(13)]
    path = "/sessions?sessionType=Online"
    first = sender.get(path).json()

    runs.restart()
    headers = {"x-continuation-token": first["continuationToken"]}
    second = sender.get(path, headers=headers).json()
    pages = first["sessions"] + second["sessions"]
    assert sorted(item["referenceNumber"] for item in pages) == sorted(references)


def test_a_session_goes_on_after_a_restart_and_its_receipts_stay_the_same(runs: Runs) -> None:
    sender = runs.sender
    sender.authenticate()
    keys = sender.http.get("/security/public-key-certificates").json()
    session = sender.open()
    plain = make_invoice(NIP)
    first = sender.send(session, plain)

    runs.restart()
    # Neither logged in again nor opened again: token, session and key are those from before.
    second = sender.send(session, make_invoice(NIP))
    third = sender.send(session, plain)
    assert sender.close(session).status_code == 204
    sender.wait(1)
    assert sender.http.get("/security/public-key-certificates").json() == keys
    codes = [sender.get(f"/sessions/{session}/invoices/{one}").json() for one in (first, second)]
    assert [one["status"]["code"] for one in codes] == [200, 200]
    duplicate = sender.get(f"/sessions/{session}/invoices/{third}").json()["status"]
    assert duplicate["code"] == 440
    link = sender.get(f"/sessions/{session}").json()["upo"]["pages"][0]["downloadUrl"]
    page = sender.http.get(link).content
    single = sender.get(f"/sessions/{session}/invoices/{first}/upo").content
    certificate = runs.simulator.upo_certificate

    runs.restart()
    assert sender.http.get(link).content == page
    assert sender.get(f"/sessions/{session}/invoices/{first}/upo").content == single
    assert runs.simulator.upo_certificate == certificate
    assert runs.simulator.invoice_bytes(session, first) == plain
    again = sender.get(f"/sessions/{session}/invoices/{first}").json()
    assert again["ksefNumber"] == codes[0]["ksefNumber"]


def test_logins_tokens_and_challenges_outlive_a_restart(runs: Runs) -> None:
    sender = runs.sender
    good, bad = (runs.simulator.issue_token(NIP) for _ in range(2))
    runs.simulator.revoke_token(bad)
    sender.authenticate()
    before = dict(sender.headers)
    challenge = sender.http.post("/auth/challenge").json()

    runs.restart()
    assert len(runs.simulator.core.challenges) == 1
    assert challenge["challenge"] in runs.simulator.core.challenges._waiting
    assert sender.get("/auth/sessions", headers=before).status_code == 200
    found = runs.simulator.core.tokens.find(bad)
    assert found is not None
    assert found.is_revoked
    assert runs.simulator.core.tokens.find(good) is not None
    sender.authenticate()
    runs.restart()
    assert len(sender.get("/auth/sessions").json()["items"]) == 2


def test_no_number_is_given_out_twice(runs: Runs) -> None:
    numbers: list[str] = []
    for _ in range(3):
        session = runs.simulator.seed_session(NIP, accepted=50)
        numbers.append(session)
        runs.restart()
    numbers += [one.ksef_number for one in runs.simulator.accepted_invoices()]
    assert len(numbers) == len(set(numbers)) == 153


def test_what_taxpayers_may_do_is_kept(runs: Runs) -> None:
    taxpayers = runs.simulator.taxpayers
    taxpayers.grant(NIP, "12345678903", ["InvoiceRead"])
    taxpayers.block("7980332920")
    taxpayers.bury("44051401458")
    taxpayers.allow_attachments(NIP)
    runs.restart()
    taxpayers = runs.simulator.taxpayers
    assert "InvoiceRead" in taxpayers.permissions(Party("Nip", NIP), Party("Pesel", "12345678903"))
    assert taxpayers.is_blocked(Party("Nip", "7980332920"))
    assert taxpayers.is_deceased(Party("Pesel", "44051401458"))
    assert taxpayers.has_attachments(NIP)


def test_parts_of_a_package_are_still_there(runs: Runs) -> None:
    sender = runs.sender
    sender.authenticate()
    archive = zipped({"a.xml": make_invoice(NIP), "b.xml": make_invoice(NIP)})
    batch = Batch(sender, archive, parts=2)
    batch.open()
    assert batch.put(0).status_code == 201
    runs.restart()
    assert batch.put(1).status_code == 201
    runs.restart()
    assert batch.close_request().status_code == 204
    sender.wait(1)
    runs.restart()
    status = sender.get(f"/sessions/{batch.reference}").json()
    assert (status["status"]["code"], status["successfulInvoiceCount"]) == (200, 2)
    for one in runs.simulator.invoices_of(batch.reference):
        assert runs.simulator.invoice_bytes(batch.reference, one.reference) is not None
    assert list((runs.folder / "uploads").iterdir()) == []


def test_time_does_not_run_backwards(tmp_path: Path) -> None:
    ahead = Clock()
    ahead.advance(timedelta(days=10))
    Simulator(clock=ahead, state=tmp_path / "running").stop()
    later = Simulator(state=tmp_path / "running")
    assert timedelta(seconds=-5) < later.clock.now() - ahead.now() < timedelta(seconds=5)
    later.stop()

    Simulator(clock=Clock.stopped(START), state=tmp_path / "still").stop()
    for start, wanted in ((START - timedelta(1), START), (START + timedelta(1), None)):
        clock = Clock.stopped(start)
        simulator = Simulator(clock=clock, state=tmp_path / "still")
        assert abs(clock.now() - (wanted or start)) < timedelta(milliseconds=1)
        simulator.stop()


def test_a_stopped_one_can_be_read_and_not_started(tmp_path: Path) -> None:
    with Simulator(state=tmp_path) as simulator:
        session = simulator.seed_session(NIP, accepted=2)
    assert len(simulator.invoices_of(session)) == 2
    assert simulator.upo_bytes(session, 1)
    simulator.stop()
    simulator.save()
    with pytest.raises(RuntimeError, match="let go of its state"):
        simulator.start()


@pytest.mark.skipif(os.name == "nt", reason="rights of files are a matter of POSIX")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir(mode=0o755)
    with Simulator(state=folder) as simulator:
        simulator.seed_session(NIP)
        simulator.save()
        found = {folder, *folder.rglob("*")}
        assert {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_dir()} == {0o700}
        assert {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_file()} == {0o600}


KILLED = """
import os, signal, sys
from ksef_facade.simulator import Simulator
simulator = Simulator(state=sys.argv[1])
session = simulator.seed_session("5265877635", accepted=3)
simulator.upo_bytes(session, 1)
simulator.save()
simulator.issue_token("5265877635")
print(session, simulator.upo_bytes(session, 1).hex(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@contextmanager
def program(text: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", text, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_killed_process_loses_nothing_that_was_written(tmp_path: Path) -> None:
    with program(KILLED, str(tmp_path)) as process:
        assert process.stdout is not None
        session, receipt = process.stdout.read().split()
    assert process.returncode == -signal.SIGKILL
    simulator = Simulator(state=tmp_path)
    assert simulator.upo_bytes(session, 1) == bytes.fromhex(receipt)
    simulator.stop()


def test_changes_are_written_without_being_asked_for(tmp_path: Path) -> None:
    simulator = Simulator(state=tmp_path)
    assert simulator._keeper is not None
    written: list[int] = []
    original, done = StateFolder.write, threading.Event()

    def write(self: StateFolder, *arguments: object) -> None:
        original(self, *arguments)  # type: ignore[arg-type]
        written.append(1)
        done.set()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StateFolder, "write", write)
        simulator.issue_token(NIP)
        assert done.wait(20)
    simulator.stop()


def test_over_http(tmp_path: Path) -> None:
    with Simulator(state=tmp_path) as simulator:
        token = simulator.issue_token(NIP)
        with httpx.Client(base_url=simulator.base_url) as http:
            sender = Sender(simulator, http, NIP)
            sender.authenticate()
            headers = sender.headers
    with Simulator(state=tmp_path) as simulator:
        with httpx.Client(base_url=simulator.base_url) as http:
            assert http.get("/auth/sessions", headers=headers).status_code == 200
        assert simulator.core.tokens.find(token) is not None


def closed_batch(runs: Runs) -> str:
    """A package of three invoices that was closed while nobody processed packages."""
    runs.sender.authenticate()
    batch = Batch(runs.sender, zipped({f"{name}.xml": make_invoice(NIP) for name in "abc"}))
    return batch.send()


def test_a_package_that_nobody_processed_is_processed_after_a_restart(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(PackageProcessing, "_run", lambda self, session: None)
        reference = closed_batch(runs)
    runs.restart()
    runs.sender.wait(1)
    status = runs.sender.get(f"/sessions/{reference}").json()
    assert (status["status"]["code"], status["successfulInvoiceCount"]) == (200, 3)


def test_a_package_that_was_half_processed_is_finished(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish_one(self: Any, session: Any, package: Any, judged: Any) -> None:
        self._take_in(session, judged[0], self.clock.now())

    with monkeypatch.context() as patch:
        patch.setattr(PackageProcessing, "_publish", publish_one)
        patch.setattr(Package, "discard", lambda self: None)
        reference = closed_batch(runs)
    (first,) = runs.simulator.invoices_of(reference)
    runs.restart()
    runs.sender.wait(1)
    status = runs.sender.get(f"/sessions/{reference}").json()
    assert (status["status"]["code"], status["successfulInvoiceCount"]) == (200, 3)
    found = runs.simulator.invoices_of(reference)
    assert [one.file_name for one in found] == ["a.xml", "b.xml", "c.xml"]
    assert found[0] == first


def test_a_package_whose_parts_are_lost_ends_all_the_same(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(PackageProcessing, "_run", lambda self, session: None)
        reference = closed_batch(runs)
    (part,) = (runs.folder / "uploads").iterdir()
    part.unlink()
    runs.restart()
    runs.sender.wait(1)
    assert runs.sender.get(f"/sessions/{reference}").json()["status"]["code"] == 500
