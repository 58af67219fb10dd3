"""Archives when KSeF, the disk or a file misbehaves: what is noted, what is mended, what is never lost."""

import errno
import json
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from random import Random

import pytest

from ksef_facade import ArchiveReader, KsefError, ServerError, TransportError
from ksef_facade.samples.invoices import demo_invoices
from ksef_facade.store import files as atomic_files
from tests.cli.conftest import SELLER
from tests.facade.archive.conftest import NIP, asked, files, rows

HISTORY = "/sessions"
STATUS = "/sessions/{referenceNumber}"
INVOICES = "/sessions/{referenceNumber}/invoices"
PAGE = "/sessions/{referenceNumber}/upo/{upoReferenceNumber}"
LINK = "/storage/{shard}/{session}/session-upo/{name}"


def test_a_session_that_is_not_shown_is_noted_and_the_others_are_archived(sim, archive, folder):
    for _ in range(3):
        sim.seed_session(NIP, "online", accepted=1)
    sim.faults.add("GET", STATUS, status=403)
    sim.faults.add("GET", STATUS, exception_code=21173)
    report = archive.sync()
    assert report.looked_at == {"inaccessible": 2, "complete": 1}
    assert [reason.split(":")[0] for _, reason in report.problems] == ["KSeF does not show it"] * 2
    noted = archive.status().not_complete
    assert {session.state for session in noted} == {"inaccessible"}
    # It is asked again in the next run, and only it.
    sim.requests.clear()
    assert archive.sync().looked_at == {"complete": 2}
    assert asked(sim)[f"GET {STATUS}"] == 2


def test_only_what_the_login_may_see(sim, connect, folder):
    sim.seed_session(NIP, "online", accepted=1)
    nobody = connect(permissions=["CredentialsRead"]).archive(folder)
    with pytest.raises(KsefError):
        nobody.sync()
    assert rows(folder, "SELECT * FROM sessions") == []
    assert connect().archive(folder).sync().looked_at == {"complete": 1}


@pytest.mark.parametrize(
    "fault",
    [
        {"body": "<html><body>blocked</body></html>"},
        {"truncate": 100},
        {"status": 400},
    ],
    ids=["html", "cut", "refused"],
)
def test_an_answer_that_is_wrong_is_noted_and_asked_again(sim, archive, fault):
    for _ in range(2):
        sim.seed_session(NIP, "online", accepted=1)
    sim.faults.add("GET", INVOICES, **fault)
    report = archive.sync()
    assert report.looked_at == {"faulty": 1, "complete": 1}
    assert not report.is_done
    assert archive.sync().looked_at == {"complete": 1}
    assert archive.sync().is_done


def test_a_page_that_is_wrong_is_never_filed(sim, archive, folder):
    reference = sim.seed_session(NIP, "online", accepted=1)
    sim.faults.add("GET", LINK, times=None, body="<html/>")
    sim.faults.add("GET", PAGE, times=2, body="<html/>")
    report = archive.sync()
    assert report.looked_at == {"faulty": 1}
    assert not [name for name in files(folder) if name.endswith(".xml")]
    assert rows(folder, "SELECT * FROM receipts") == []
    assert archive.sync().looked_at == {"complete": 1}
    (page,) = folder.rglob("*.xml")
    assert page.read_bytes() == sim.upo_bytes(reference, 1)
    assert rows(folder, "SELECT source, hash_verified FROM receipts") == [("api", 1)]


def test_rows_that_name_no_session_are_passed_over(sim, archive):
    sim.seed_session(NIP, "batch", accepted=1)
    row = {"status": {"code": 200}}
    page = {"sessions": [row, {**row, "referenceNumber": "../evil"}]}
    sim.faults.add("GET", HISTORY, body=json.dumps(page))
    report = archive.sync()
    assert report.looked_at == {"complete": 1}
    assert report.problems == (
        ("", "2 rows of the history name no session; they were passed over"),
    )


def test_what_an_old_run_was_told_of_an_open_session_is_not_believed(sim, connect, folder):
    ksef = connect(SELLER.tax_number)
    archive = ksef.archive(folder)
    now = datetime.now(UTC)
    with ksef.open_online_session() as online:
        online.send(demo_invoices(SELLER, now.date(), Random(7))[0].document(now))
        # Two pages of the history and the status; the list is for the next run.
        assert archive.sync(max_requests=3).stopped == "max_requests"
    sim.clock.advance(300)
    connection = sqlite3.connect(folder / "ledger.sqlite3")
    connection.execute("UPDATE work_walks SET began_at = '2026-01-01T00:00:00.000Z'")
    connection.commit()
    connection.close()
    assert archive.sync().looked_at == {"complete": 1}


def test_a_service_that_is_down_ends_the_run(sim, archive, folder):
    for _ in range(5):
        sim.seed_session(NIP, "online", accepted=1)
    sim.faults.add("GET", STATUS, times=None, status=503)
    with pytest.raises(ServerError):
        archive.sync()
    assert asked(sim)[f"GET {STATUS}"] == 3
    sim.faults.clear()
    assert archive.sync().looked_at == {"complete": 5}


@pytest.mark.parametrize("template", [HISTORY, STATUS, INVOICES])
def test_a_lost_answer_loses_nothing(sim, archive, folder, template):
    for _ in range(3):
        sim.seed_session(NIP, "online", accepted=3)
    sim.faults.add("GET", template, skip=1, drop="after")
    with pytest.raises(TransportError):
        archive.sync()
    assert archive.sync().is_done
    counted = asked(sim)
    assert counted.pop(f"GET {template}") == {HISTORY: 2, STATUS: 3, INVOICES: 3}[template] + 1
    assert sum(counted.values()) == 2 + 3 + 3 + 6 - {HISTORY: 2, STATUS: 3, INVOICES: 3}[template]


def test_a_token_that_is_not_taken_any_more_begins_the_list_anew(sim, connect, folder):
    for _ in range(12):
        sim.seed_session(NIP, "online", accepted=1)
    # The newest, so that its list is the first.
    sim.clock.advance(60)
    reference = sim.seed_session(NIP, "online", accepted=25)
    archive = connect().archive(folder)
    for template in (HISTORY, INVOICES):
        sim.faults.add("GET", template, skip=1, drop="after")
        with pytest.raises(TransportError):
            archive.sync(page_size=10)
        sim.faults.add("GET", template, exception_code=21418)
    assert archive.sync(page_size=10).is_done
    lists = rows(folder, f"SELECT ordinal FROM invoices WHERE session = '{reference}' ORDER BY id")
    assert [ordinal for (ordinal,) in lists] == list(range(1, 26))
    (place,) = folder.glob(f"sessions/*/{reference}")
    assert len((place / "invoices.jsonl").read_text().splitlines()) == 25


def test_another_size_of_pages_begins_the_list_anew(sim, connect, folder):
    reference = sim.seed_session(NIP, "online", accepted=25)
    archive = connect().archive(folder)
    sim.faults.add("GET", INVOICES, skip=1, drop="after")
    with pytest.raises(TransportError):
        archive.sync(page_size=10)
    assert archive.sync(page_size=20).is_done
    assert len(archive.find(session=reference)) == 25


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        ("status.json", "changed"),
        ("invoices.jsonl", "gone"),
        ("manifest.json", "changed"),
        ("*.xml", "changed"),
        ("*.xml", "gone"),
    ],
)
def test_a_file_that_is_damaged_is_found_and_mended(sim, archive, folder, name, harm):
    reference = sim.seed_session(NIP, "online", accepted=3, rejected=1)
    other = sim.seed_session(NIP, "batch", accepted=1)
    archive.sync()
    assert archive.verify().is_intact
    before = files(folder)
    (place,) = folder.glob(f"sessions/*/{reference}")
    target = next(place.glob(name))
    if harm == "gone":
        target.unlink()
    else:
        content = bytearray(target.read_bytes())
        content[len(content) // 2] ^= 1
        target.write_bytes(content)
    found = archive.verify()
    assert [finding.session for finding in found.findings] == [reference]
    assert found.findings[0].file == target
    assert archive.status().sessions == {"complete": 1, "faulty": 1}
    sim.requests.clear()
    assert archive.sync().looked_at == {"complete": 1}
    assert files(folder) == before
    assert archive.verify().is_intact
    # One page at most comes again, and nothing of the other session.
    assert asked(sim).get(f"GET {LINK}", 0) == (name == "*.xml")
    assert not any(other in call.path for call in sim.requests.calls)


def test_a_folder_that_is_gone_comes_again(sim, archive, folder):
    sim.seed_session(NIP, "online", accepted=3)
    archive.sync()
    before = files(folder)
    shutil.rmtree(folder / "sessions")
    assert len(archive.verify().findings) == 3
    assert archive.sync().is_done
    assert files(folder) == before


@pytest.mark.parametrize("writes", [0, 3, 5])
def test_a_full_disk_loses_nothing(sim, archive, folder, monkeypatch, writes):
    for _ in range(2):
        sim.seed_session(NIP, "online", accepted=3)
    genuine = os.write
    left = [writes]

    def write(descriptor, data):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return genuine(descriptor, data)

    monkeypatch.setattr(atomic_files.os, "write", write)
    with pytest.raises(OSError, match="No space left on device") as caught:
        archive.sync()
    assert str(folder) in str(caught.value.filename)
    monkeypatch.undo()
    assert not list(folder.rglob("*.part"))
    assert archive.verify().is_intact
    sim.requests.clear()
    assert archive.sync().is_done
    assert archive.status().sessions == {"complete": 2}
    assert f"GET {HISTORY}" not in asked(sim)


def test_a_full_disk_under_the_ledger_loses_nothing(sim, archive, folder):
    sim.seed_session(NIP, "online", accepted=1)
    archive.sync()
    for _ in range(3):
        sim.seed_session(NIP, "batch", accepted=60)
    # What SQLite says of a full disk comes with any statement that writes.
    from ksef_facade.store.ledger.file import LedgerFile

    genuine = LedgerFile._connect

    def connect(self, path):
        connection = genuine(self, path)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 10}")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LedgerFile, "_connect", connect)
        with pytest.raises(KsefError, match="full"):
            archive.sync()
    assert ArchiveReader(folder).verify().is_intact
    assert archive.sync().is_done
    assert archive.status().sessions == {"complete": 4}
