"""Archives: what is fetched, what is written, what is never fetched again."""

import json
import sqlite3
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from ksef_facade import ArchiveReader, ArchiveRefused, ConfigurationError
from ksef_facade.samples.invoices import demo_invoices
from ksef_facade.simulator import Latencies
from tests.cli.conftest import SELLER
from tests.facade.archive.conftest import NIP, asked, files, rows
from tests.facade.contract_at_hand import limit_of

HISTORY = "GET /sessions"
STATUS = "GET /sessions/{referenceNumber}"
INVOICES = "GET /sessions/{referenceNumber}/invoices"
LINK = "GET /storage/{shard}/{session}/session-upo/{name}"


def b64(content):
    return b64encode(sha256(content).digest()).decode()


def test_every_session_is_filed_whole(sim, archive, folder):
    online = sim.seed_session(NIP, "online", accepted=3, rejected=1)
    batch = sim.seed_session(NIP, "batch", accepted=1)
    failed = sim.seed_session(NIP, "online", accepted=0, rejected=2)
    report = archive.sync()
    assert report.is_done
    assert report.looked_at == {"complete": 2, "without_upo": 1}
    assert (report.pages_saved, report.remaining, report.problems) == (3, 0, ())
    assert asked(sim) == {HISTORY: 2, STATUS: 3, INVOICES: 3, LINK: 3}
    assert report.requests == 8

    (place,) = folder.glob(f"sessions/*/{online}")
    assert place.parent.name == f"{online[:4]}-{online[4:6]}"
    pages = sorted(place.glob("*.xml"))
    served = {sim.upo_bytes(online, number) for number in (1, 2)}
    assert {page.read_bytes() for page in pages} == served

    status = json.loads((place / "status.json").read_text())
    assert status["status"]["code"] == 200
    lines = (place / "invoices.jsonl").read_text().splitlines()
    assert [json.loads(line)["ordinalNumber"] for line in lines] == [1, 2, 3, 4]
    # Links are secrets: none may be left anywhere.
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"sig=" not in everything

    manifest = json.loads((place / "manifest.json").read_text())
    assert (manifest["session"], manifest["state"]) == (online, "complete")
    assert {entry["name"] for entry in manifest["files"]} == {
        path.name for path in place.iterdir() if path.name != "manifest.json"
    }
    for entry in manifest["files"]:
        content = (place / entry["name"]).read_bytes()
        assert (entry["size"], entry["sha256"]) == (len(content), b64(content))
    assert [entry["came"] for entry in manifest["files"][2:]] == ["link", "link"]

    assert dict(rows(folder, "SELECT reference, state FROM sessions")) == {
        online: "complete",
        batch: "complete",
        failed: "without_upo",
    }
    ((reason,),) = rows(folder, f"SELECT reason FROM sessions WHERE reference = '{failed}'")
    assert reason.startswith("it ended with 445")
    (proven,) = rows(folder, "SELECT count(*), count(issue_date) FROM invoices WHERE code = 200")
    assert proven == (4, 4)


def test_what_is_final_is_never_fetched_again(sim, archive, folder):
    sim.seed_session(NIP, "online", accepted=2)
    archive.sync()
    before = files(folder)
    sim.requests.clear()
    later = sim.seed_session(NIP, "online", accepted=1)
    report = archive.sync()
    assert report.looked_at == {"complete": 1}
    assert asked(sim) == {HISTORY: 2, STATUS: 1, INVOICES: 1, LINK: 1}
    now = files(folder)
    assert {name: now[name] for name in before} == before
    assert all(later in name for name in now.keys() - before.keys())
    sim.requests.clear()
    assert archive.sync().looked_at == {}
    assert asked(sim) == {HISTORY: 2}
    queries = [call.query for call in sim.requests.calls if call.template == "/sessions"]
    assert all("dateModifiedFrom" in query for query in queries)


def test_a_session_is_followed_until_its_receipt_is_there(sim, connect, folder):
    ksef = connect(SELLER.tax_number)
    archive = ksef.archive(folder)
    sim.settings.latencies = Latencies(session_done=0, session_upo=60)
    now = datetime.now(UTC)
    with ksef.open_online_session() as online:
        for invoice in demo_invoices(SELLER, now.date(), Random(7))[:2]:
            online.send(invoice.document(now))
        open_report = archive.sync()
        assert open_report.looked_at == {"open": 1}
        assert archive.status().not_complete[0].reason.startswith("not final yet: 100")
    sim.clock.advance(5)
    assert archive.sync().looked_at == {"waiting": 1}
    (waiting,) = archive.status().not_complete
    assert waiting.reason == "its UPO is not there yet"
    sim.requests.clear()
    sim.clock.advance(120)
    assert archive.sync().looked_at == {"complete": 1}
    assert archive.status().not_complete == ()
    assert asked(sim)[LINK] == 1


def test_since_limits_and_later_widens(sim, archive, folder):
    sim.seed_session(NIP, "online", accepted=1)
    sim.clock.advance(timedelta(days=10))
    young = sim.seed_session(NIP, "online", accepted=1)
    border = sim.clock.now() - timedelta(days=3)
    assert archive.sync(border).looked_at == {"complete": 1}
    assert rows(folder, "SELECT reference FROM sessions") == [(young,)]
    assert archive.status().covers_since == border.replace(
        microsecond=border.microsecond // 1000 * 1000
    )
    assert archive.sync().looked_at == {}
    assert archive.sync(border + timedelta(days=1)).looked_at == {}
    assert archive.sync(date(2020, 1, 1)).looked_at == {"complete": 1}
    assert len(rows(folder, "SELECT * FROM sessions")) == 2


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_order_is_the_callers(sim, archive, newest_first):
    seeded = []
    for _ in range(3):
        seeded.append(sim.seed_session(NIP, "online", accepted=1))
        sim.clock.advance(60)
    seen = []

    def note(progress):
        if progress.stage == "sessions":
            seen.append((progress.session.reference, progress.done, progress.total))
            assert progress.budget["sessionMisc"].hour < limit_of("sessionMisc").per_hour

    archive.sync(newest_first=newest_first, on_session=note)
    order = seeded[::-1] if newest_first else seeded
    assert seen == [(reference, place, 3) for place, reference in enumerate(order, start=1)]


def test_a_number_of_requests_is_kept_to_and_gone_on_from(sim, archive, folder):
    for _ in range(4):
        sim.seed_session(NIP, "online", accepted=3)
    reports = [archive.sync(max_requests=3)]
    while not reports[-1].is_done:
        reports.append(archive.sync(max_requests=3))
    assert [report.stopped for report in reports] == [
        "max_requests",
        "max_requests",
        "max_requests",
        None,
    ]
    assert [report.requests for report in reports] == [3, 3, 3, 1]
    # Nothing twice: what one run got, the next did not ask for.
    assert asked(sim) == {HISTORY: 2, STATUS: 4, INVOICES: 4, LINK: 8}
    assert archive.status().sessions == {"complete": 4}


def test_the_limits_end_a_run_and_nothing_is_lost(sim, connect, folder):
    lists = limit_of("sessionInvoiceList").per_minute
    if lists > 50:
        pytest.skip(f"no run can be sure to make {lists} requests in a minute")
    for _ in range(lists + 5):
        sim.seed_session(NIP, "online", accepted=1)
    archive = connect(rate_limits="contract", max_rate_limit_wait=2.0).archive(folder)
    report = archive.sync()
    assert report.looked_at == {"complete": lists}
    assert (report.stopped, report.remaining) == ("budget", 5)
    assert 0 < report.retry_after <= 60
    assert report.budget["sessionInvoiceList"].minute == 0
    assert connect().archive(folder).sync().looked_at == {"complete": 5}
    assert asked(sim)[STATUS] == lists + 5


def test_an_archive_is_of_one_context_and_environment(sim, connect, folder):
    connect().archive(folder).sync()
    other = connect("7980332920").archive(folder)
    with pytest.raises(ArchiveRefused, match=r"belongs to simulator at .* and Nip:5265877635"):
        other.sync()


def test_two_runs_exclude_each_other_and_reading_goes_on(sim, connect, folder):
    sim.seed_session(NIP, "online", accepted=1)
    archive = connect().archive(folder)
    second = connect().archive(folder)
    met = []

    def meddle(progress):
        if progress.stage == "history" and not met:
            with pytest.raises(ArchiveRefused, match="another run is at work on the archive"):
                ArchiveReader(folder).verify()
            met.append(ArchiveReader(folder).status().sessions)

    archive.sync(on_session=meddle)
    assert met == [{"listed": 1}]
    assert second.sync().looked_at == {}


def test_an_archive_that_is_none(connect, tmp_path):
    archive = connect().archive(tmp_path)
    with pytest.raises(ArchiveRefused, match="is no archive"):
        archive.status()
    with pytest.raises(ArchiveRefused, match="is no archive"):
        archive.verify()
    (tmp_path / "ledger.sqlite3").write_bytes(b"not a database, and long enough to look at" * 40)
    with pytest.raises(ArchiveRefused, match="cannot be used"):
        archive.sync()
    with pytest.raises(ConfigurationError, match="max_requests"):
        archive.sync(max_requests=0)


def test_the_files_have_names_for_every_system(sim, archive, folder):
    sim.seed_session(NIP, "batch", accepted=1)
    archive.sync()
    for name in files(folder):
        assert len(Path(name).name) < 150
        assert name.isascii()


def test_a_run_counts_what_the_runs_before_it_have_spent(sim, connect, folder):
    for _ in range(15):
        sim.seed_session(NIP, "online", accepted=1)
    first = connect().archive(folder).sync(max_requests=20)
    assert first.stopped == "max_requests"
    other = connect(rate_limits="contract", max_rate_limit_wait=0.5)
    other.archive(folder).sync(max_requests=1)
    groups = ("sessionList", "sessionMisc", "sessionInvoiceList")

    def spent():
        left = other.budget()
        return [limit_of(name).per_hour - left[name].hour for name in groups]

    # 2 pages of the history, 9 whole sessions, and the status of the next.
    assert spent() == [2, 10, 9]
    # Once is enough: the same client's own requests are not counted twice.
    other.archive(folder).sync(max_requests=1)
    assert sum(spent()[1:]) == 20


def test_a_block_is_kept_to_by_the_next_run(sim, connect, folder):
    sim.seed_session(NIP, "online", accepted=1)
    sim.faults.add("GET", "/sessions/{referenceNumber}", status=429, retry_after=300)
    report = connect().archive(folder).sync()
    assert (report.stopped, report.retry_after) == ("budget", 300)
    sim.requests.clear()
    later = connect(rate_limits="contract").archive(folder).sync()
    assert (later.stopped, later.requests) == ("budget", 0)
    assert 290 < later.retry_after <= 300
    assert asked(sim) == {}


def test_receipts_are_verified_and_the_verdicts_kept(sim, archive, folder):
    reference = sim.seed_session(NIP, "online", accepted=3, rejected=2)
    sim.seed_session(NIP, "online", accepted=0, rejected=1)
    archive.sync()
    assert archive.verify(receipts=True).is_intact
    pin = sha256(sim.upo_certificate).hexdigest()
    assert archive.verify(receipts=True, pins=[pin]).is_intact
    statement = f"SELECT name, outcome FROM checks WHERE session = '{reference}'"
    assert dict(rows(folder, statement)) == {
        "file": "ok",
        "transport": "ok",
        "document": "ok",
        "schema": "skipped",
        "pages": "ok",
        "semantics": "ok",
        "reconciliation": "ok",
        "signature": "ok",
        "trust": "ok",
    }


def test_a_receipt_that_proves_nothing_is_a_finding(sim, archive, folder):
    sim.seed_session(NIP, "online", accepted=1)
    archive.sync()
    # Whoever rewrites a page must rewrite manifest and ledger too, and still cannot sign it.
    (page,) = folder.rglob("*.xml")
    (manifest,) = folder.rglob("manifest.json")
    forged = page.read_bytes().replace(b"FV/000001", b"FV/000002")
    old, new = b64(page.read_bytes()), b64(forged)
    page.write_bytes(forged)
    manifest.write_text(manifest.read_text().replace(old, new))
    connection = sqlite3.connect(folder / "ledger.sqlite3")
    connection.execute("UPDATE receipts SET sha256 = ?", (new,))
    connection.execute("UPDATE sessions SET manifest_sha256 = ?", (b64(manifest.read_bytes()),))
    connection.commit()
    connection.close()
    assert archive.verify().is_intact
    found = archive.verify(receipts=True)
    told = [finding.message.split(":")[0] for finding in found.findings]
    assert told == ["reconciliation", "signature"]
