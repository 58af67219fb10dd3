"""Batch sessions that break off: what is left, how it goes on, and when it cannot."""

import json
import os
import signal
import stat
import threading
from datetime import timedelta

import httpx
import pytest

from ksef_facade import (
    BatchExpired,
    ConfigurationError,
    FileConflict,
    Forbidden,
    IntegrityFailure,
    TokenAuth,
    UnsafeUrl,
)
from tests.facade.batch_server import CLOSE, LIST, OPEN, STATUS, BatchServer, digest, put
from tests.facade.scripted import TOKEN, invoice_status, legacy, ok, session_status

FILES = [(f"faktura-{number}.xml", os.urandom(700)) for number in range(5)]
REFUSED = httpx.Response(403, content=b"<?xml version='1.0'?><Error><Code>x</Code></Error>")


@pytest.fixture
def state_file(tmp_path):
    return tmp_path / "state" / "batch.json"


@pytest.fixture
def broken(make, state_file):
    """A session whose second part was refused, and the server that it is on."""
    state_file.parent.mkdir()
    on = BatchServer().on(put(2), REFUSED)
    with (
        pytest.raises(Forbidden) as caught,
        make(on).open_batch_session(
            FILES, state_file=state_file, part_size=1000, parallel_uploads=1
        ),
    ):
        pass
    assert "resume_batch" in "".join(caught.value.__notes__)
    assert on.count(CLOSE) == 0
    on.on(put(2), on.store)
    return on


def test_what_is_missing_goes_up_and_the_session_is_closed(make, broken, state_file):
    already = set(broken.stored)
    parts = len(broken.opened["batchFile"]["fileParts"])
    assert already == {1}
    told = []
    with make(broken).resume_batch(state_file, on_progress=told.append) as batch:
        assert [entry.source_name for entry in batch.entries] == [name for name, _ in FILES]
    assert broken.count(OPEN) == 1
    assert broken.count(put(1)) == 1
    assert set(broken.stored) == set(range(1, parts + 1))
    assert broken.files() == dict(FILES)
    assert broken.count(CLOSE) == 1
    assert (told[-1].parts_done, told[-1].parts_total) == (parts, parts)
    assert told[-1].bytes_done == told[-1].bytes_total


def test_the_state_is_private_and_loses_its_addresses_in_the_end(make, broken, state_file):
    (folder,) = state_file.parent.glob("batch.json.*.parts")
    before = state_file.read_text()
    assert "sig=" in before
    assert folder.is_dir()
    if os.name != "nt":
        assert stat.S_IMODE(state_file.stat().st_mode) == 0o600
    with make(broken).resume_batch(state_file):
        pass
    assert "sig=" not in state_file.read_text()
    assert not folder.exists()
    if os.name != "nt":
        assert stat.S_IMODE(state_file.stat().st_mode) == 0o600


def test_a_closed_session_still_has_its_results(make, broken, state_file):
    with make(broken).resume_batch(state_file):
        pass
    row = invoice_status(200, invoiceFileName=FILES[3][0], invoiceHash=digest(FILES[3][1]))
    broken.on(LIST, ok({"invoices": [row]})).on(STATUS, ok(session_status(200)))
    with make(broken).resume_batch(state_file) as batch:
        assert batch.wait(timeout=5).outcome == "succeeded"
        first, *others = batch.results()
    assert (first.source_name, first.status.status.code) == (FILES[3][0], 200)
    assert {result.status for result in others} == {None}
    assert broken.count(CLOSE) == 1


def test_only_the_closing_is_left_when_its_answer_was_lost(make, tmp_path, state_file):
    state_file.parent.mkdir()
    on = BatchServer().on(CLOSE, httpx.ReadTimeout("x"))
    with (
        pytest.raises(Exception, match="no answer"),
        make(on).open_batch_session(FILES, state_file=state_file),
    ):
        pass
    puts = on.count(put(1))
    on.on(CLOSE, legacy(21180, "Status sesji", "150")).on(STATUS, ok(session_status(150)))
    with make(on).resume_batch(state_file):
        pass
    assert on.count(put(1)) == puts
    assert json.loads(state_file.read_text())["closed"] is True


def test_an_interrupt_leaves_a_state_to_go_on_from(make, state_file):
    state_file.parent.mkdir()
    on = BatchServer()
    interrupted = threading.Event()

    def interrupt(request):
        os.kill(os.getpid(), signal.SIGINT)
        interrupted.wait(0.2)
        return on.store(request)

    on.on(put(2), interrupt)
    with (
        pytest.raises(KeyboardInterrupt),
        make(on).open_batch_session(
            FILES, state_file=state_file, part_size=500, parallel_uploads=2
        ),
    ):
        pass
    assert on.count(CLOSE) == 0
    parts = len(on.opened["batchFile"]["fileParts"])
    assert len(on.stored) < parts
    on.on(put(2), on.store)
    with make(on).resume_batch(state_file):
        pass
    assert on.files() == dict(FILES)


def test_the_first_part_that_fails_stops_the_others(make, state_file):
    state_file.parent.mkdir()
    on = BatchServer().on(put(1), REFUSED)
    with (
        pytest.raises(Forbidden),
        make(on).open_batch_session(
            FILES, state_file=state_file, part_size=100, parallel_uploads=2
        ),
    ):
        pass
    assert len(on.stored) < len(on.opened["batchFile"]["fileParts"]) - 5


def test_a_refused_address_means_expired_only_after_its_time(make, broken, state_file):
    broken.on(put(2), REFUSED)
    ksef = make(broken)
    with pytest.raises(Forbidden), ksef.resume_batch(state_file):
        pass
    parts = len(broken.opened["batchFile"]["fileParts"])
    broken.time.seconds += timedelta(minutes=20 * parts + 1).total_seconds()
    with pytest.raises(BatchExpired) as caught, ksef.resume_batch(state_file):
        pass
    assert isinstance(caught.value.__cause__, Forbidden)


def test_a_part_that_was_changed_on_the_disk_is_not_sent(make, broken, state_file):
    (part,) = state_file.parent.glob("batch.json.*.parts/part-003.aes")
    content = part.read_bytes()
    for spoiled in (content[:-1] + bytes([content[-1] ^ 1]), content[:-1], None):
        part.unlink() if spoiled is None else part.write_bytes(spoiled)
        with pytest.raises(IntegrityFailure), make(broken).resume_batch(state_file):
            pass
    assert broken.count(put(3)) == 0
    part.write_bytes(content)
    with make(broken).resume_batch(state_file):
        pass
    assert broken.files() == dict(FILES)


def test_a_part_that_vanishes_meanwhile_is_told(make, tmp_path):
    on = BatchServer()
    batch = make(on).open_batch_session(FILES, work_dir=tmp_path)
    batch.open()
    (batch.state_file.parent / "part-001.aes").write_bytes(b"short")
    with pytest.raises(IntegrityFailure):
        batch.upload()
    assert on.stored == {}


def spoil(state_file, change):
    value = json.loads(state_file.read_text())
    change(value)
    state_file.write_text(json.dumps(value))


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.update(ksef_batch=2),
        lambda value: value.pop("parts"),
        lambda value: value["parts"][1].update(file="../../secret"),
        lambda value: value["parts"][1].update(file="part-002.aes/../x"),
        lambda value: value["parts"][1].update(size="many"),
        lambda value: value.update(opened_at="2026-11-20T12:00:00"),
        lambda value: value.update(session="a/b"),
        lambda value: value.update(invoices=[["a"]]),
        lambda value: value.update(context="Nip:1111111111"),
        lambda value: value.update(environment="prod"),
    ],
)
def test_a_state_that_is_not_one_of_ours_is_refused(make, broken, state_file, change):
    spoil(state_file, change)
    requests = len(broken.requests)
    with pytest.raises(ConfigurationError):
        make(broken).resume_batch(state_file)
    assert len(broken.requests) == requests


def test_a_state_cannot_lead_elsewhere(make, broken, state_file):
    def change(value):
        value["parts"][1]["target"]["url"] = "https://evil.example/x"

    spoil(state_file, change)
    with pytest.raises(UnsafeUrl), make(broken).resume_batch(state_file):
        pass
    assert all("evil" not in str(request.url) for request in broken.requests)


@pytest.mark.parametrize("content", [None, b"", b"{}", b"[]", b"\xff", b"{" * 100_000])
def test_a_file_that_is_no_state_is_refused(make, tmp_path, content):
    path = tmp_path / "state.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError):
        make(BatchServer()).resume_batch(path)


def test_a_state_of_another_context_is_refused(make, broken, state_file):
    other = TokenAuth(TOKEN.replace("5265877635", "7980332920"))
    with pytest.raises(ConfigurationError, match="7980332920"):
        make(broken, auth=other).resume_batch(state_file)


def test_a_state_that_is_there_is_never_overwritten(make, broken, state_file):
    kept = state_file.read_bytes()
    opened = broken.count(OPEN)
    with (
        pytest.raises(FileConflict, match="resume_batch"),
        make(broken).open_batch_session(FILES, state_file=state_file),
    ):
        pass
    assert state_file.read_bytes() == kept
    assert broken.count(OPEN) == opened
    with make(broken).resume_batch(state_file):
        pass


def test_what_a_crashed_preparation_left_is_cleared_but_nothing_of_others(make, state_file):
    state_file.parent.mkdir()
    names = ("long-ago", "living", "foreign")
    old, living, foreign = (state_file.with_name(f"batch.json.{n}.parts") for n in names)
    for folder in (old, living, foreign):
        folder.mkdir()
        (folder / "part-001.aes").write_bytes(b"left behind")
    (foreign / "mine.txt").write_bytes(b"mine")
    for folder in (old, foreign):
        for path in [*folder.iterdir(), folder]:
            os.utime(path, (1, 1))
    on = BatchServer()
    with make(on).open_batch_session(FILES, state_file=state_file):
        pass
    assert on.files() == dict(FILES)
    assert sorted(state_file.parent.iterdir()) == sorted([state_file, foreign, living])
    assert [file.name for file in foreign.iterdir()] == ["mine.txt"]


def test_of_two_that_begin_with_one_state_file_only_one_goes_on(make, state_file):
    state_file.parent.mkdir()
    on = BatchServer()
    ksef = make(on)
    first = ksef.open_batch_session(FILES, state_file=state_file)
    first.prepare()
    other = ksef.open_batch_session(FILES[:2], state_file=state_file)
    with other:
        kept = state_file.read_bytes()
        with pytest.raises(FileConflict), first:
            pass
        assert state_file.read_bytes() == kept
        # The scripted server keeps one session only: let it be the other's again.
        on.accept(on.asked(OPEN)[0])
    assert on.files() == dict(FILES[:2])


def test_a_resumed_session_is_not_prepared_again(make, broken, state_file):
    batch = make(broken).resume_batch(state_file)
    with pytest.raises(ConfigurationError):
        batch.prepare()
