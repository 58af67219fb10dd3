"""What a run of sending does and tells: choice, checks, journal, duplicates, corrections, receipts."""

from datetime import UTC, datetime, timedelta

import pytest

from ksef_facade import (
    Archive,
    ConfigurationError,
    FormCode,
    PackageRefused,
)
from ksef_facade.invoices.facts import hash_of
from tests.facade.sending.conftest import LIST, NIP, OPEN, OPEN_BATCH, SEND
from tests.simulator.invoice_maker import make_invoice

OTHER = "7980332920"


def outcomes(report):
    return [item.outcome for item in report.items]


def test_few_go_online_and_many_in_a_batch(sim, connect, invoices, journal, proof):
    ksef = connect()
    few = invoices(2)
    report = ksef.send(few, journal=journal)
    assert report.mode == "online"
    assert "within a minute" in report.reason
    proof(report, few)
    many = invoices(31)
    report = ksef.send(many, journal=journal.with_name("other.sqlite3"))
    assert report.mode == "batch"
    assert "30 a minute" in report.reason
    (session,) = report.sessions
    assert (session.kind, session.status.code) == ("batch", 200)
    assert outcomes(report) == ["accepted"] * 31
    assert sim.requests.counts.get(SEND) == 2


def test_files_and_folders(sim, connect, invoices, journal, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    for name, content in invoices(3):
        (folder / name).write_bytes(content)
    single = tmp_path / "single.xml"
    single.write_bytes(invoices(1)[0][1])
    report = connect().send([folder, str(single)], journal=journal)
    names = [item.source_name for item in report.items]
    assert names == [*sorted(str(path) for path in folder.iterdir()), str(single)]
    assert report.is_complete
    by_hash = {invoice.hash: invoice for invoice in sim.accepted_invoices()}
    for item in report.items:
        with open(item.source_name, "rb") as file:
            assert item.invoice_hash == hash_of(file.read())
        held = by_hash[item.invoice_hash]
        assert (item.ksef_number, item.session_reference) == (held.ksef_number, held.session)
        assert item.status.code == 200
        assert item.invoice_reference


def test_form_codes_are_told_apart_by_namespace(sim, connect, journal, invoices):
    today = datetime.now(UTC).date().isoformat()
    fa2 = make_invoice(
        NIP,
        issued=today,
        namespace="http://crd.gov.pl/wzor/2023/06/29/12648/",
        system_code="FA (2)",
    )
    report = connect().send([*invoices(2), ("old.xml", fa2)], journal=journal)
    assert report.is_complete
    assert len(report.sessions) == 2
    assert "a session takes one form code" in report.reason


def test_a_form_code_and_a_mode_can_be_given(sim, connect, invoices, journal):
    ksef = connect()
    report = ksef.send(
        invoices(1), journal=journal, form_code=FormCode.FA_3, mode="batch", offline=True
    )
    assert (report.mode, report.reason) == ("batch", "batch as asked for")
    (item,) = report.items
    (listed,) = ksef.session(item.session_reference).invoices()
    assert listed.invoicing_mode == "Offline"


def test_what_the_checks_refuse_is_not_sent(sim, connect, invoices, journal):
    good, same, other = invoices(3)
    number = make_invoice(NIP, number="one/1", issued=datetime.now(UTC).date().isoformat())
    sources = [
        good,
        ("copy.xml", good[1]),
        ("empty.xml", b""),
        ("bom.xml", b"\xef\xbb\xbf" + same[1]),
        ("foreign.xml", invoices(1, OTHER)[0][1]),
        ("first.xml", number),
        ("second.xml", number.replace(b"Piekarnia", b"Cukiernia")),
        other,
    ]
    report = connect().send(sources, journal=journal)
    assert outcomes(report) == [
        "accepted",
        *["refused_locally"] * 4,
        "accepted",
        "refused_locally",
        "accepted",
    ]
    codes = [[problem.code for problem in item.findings] for item in report.items]
    assert codes[1:5] == [["same-bytes"], ["empty"], ["bom"], ["seller-context"]]
    assert codes[6] == ["duplicate-number"]
    assert "byte order mark" in report.items[3].problems[0]
    assert len(sim.accepted_invoices()) == 3
    assert not report.is_complete


def test_without_checks_ksef_judges(sim, connect, invoices, journal):
    (good,) = invoices(1)
    foreign = ("foreign.xml", make_invoice(OTHER))
    sources = [good, ("copy.xml", good[1]), foreign, ("junk.xml", b"junk")]
    report = connect().send(sources, journal=journal, checks=False)
    # The same bytes are one invoice in any case.
    assert outcomes(report) == ["accepted", "refused_locally", "rejected", "rejected"]
    assert [item.status.code for item in report.items if item.status] == [200, 410, 450]


def test_a_second_call_sends_nothing(sim, connect, invoices, journal):
    sources = invoices(3)
    ksef = connect()
    first = ksef.send(sources, journal=journal)
    sim.requests.clear()
    second = ksef.send(sources, journal=journal)
    assert (second.mode, [item.earlier for item in second.items]) == ("none", [True] * 3)
    assert "earlier runs" in second.reason
    assert not any(item.earlier for item in first.items)
    assert [item.ksef_number for item in second.items] == [item.ksef_number for item in first.items]
    # On this machine one look makes sure that it is still the same KSeF.
    metered = [call for call in sim.requests.calls if call.has_authorization]
    assert [call.template for call in metered] == ["/sessions/{referenceNumber}"]
    third = ksef.send([*sources, *invoices(1)], journal=journal)
    assert third.is_complete
    assert sim.requests.counts[SEND] == 1


def test_rejected_ones_are_sent_again_only_when_asked(sim, connect, invoices, journal):
    sources = invoices(1)
    sim.outcomes.decide("invoice", 410)
    ksef = connect()
    assert outcomes(ksef.send(sources, journal=journal)) == ["rejected"]
    (item,) = ksef.send(sources, journal=journal).items
    assert (item.outcome, item.status.code, item.earlier) == ("rejected", 410, True)
    assert sim.requests.counts[SEND] == 1
    (item,) = ksef.send(sources, journal=journal, again=True).items
    assert (item.outcome, item.earlier) == ("accepted", False)


def test_a_refusal_of_one_request_is_that_invoices_alone(sim, connect, invoices, journal):
    sim.faults.add("POST", SEND.split()[1], skip=1, exception_code=21405, details=("za długie",))
    report = connect().send(invoices(3), journal=journal)
    assert outcomes(report) == ["accepted", "rejected", "accepted"]
    status = report.items[1].status
    assert (status.code, status.details) == (21405, ("za długie",))
    assert len(report.sessions) == 1


def test_a_duplicate_of_our_own_is_a_delivery(sim, connect, invoices, tmp_path):
    sources = invoices(2)
    ksef = connect()
    first = ksef.send(sources, journal=tmp_path / "lost.sqlite3")
    for mode in ("online", "batch"):
        second = ksef.send(sources, journal=tmp_path / f"{mode}.sqlite3", mode=mode)
        assert outcomes(second) == ["already_delivered"] * 2
        for one, other in zip(first.items, second.items, strict=True):
            assert one.ksef_number == other.ksef_number == other.original_ksef_number
            assert one.session_reference == other.session_reference
            assert other.same_document is True
        assert second.is_complete


def test_originals_of_one_session_are_looked_up_once(sim, connect, invoices, tmp_path):
    sources = invoices(5)
    ksef = connect()
    ksef.send(sources, journal=tmp_path / "lost.sqlite3")
    sim.requests.clear()
    assert ksef.send(sources, journal=tmp_path / "new.sqlite3").is_complete
    # One list of the session itself, one of that with the originals.
    assert sim.requests.counts[LIST] == 2


def test_a_duplicate_of_another_document_is_told(sim, connect, invoices, tmp_path):
    today = datetime.now(UTC).date().isoformat()
    content = make_invoice(NIP, number="two/1", issued=today)
    ksef = connect()
    journal = tmp_path / "one.sqlite3"
    first = ksef.send([("a.xml", content)], journal=journal)
    changed = content.replace(b"Piekarnia", b"Cukiernia")
    for place in (journal, tmp_path / "other.sqlite3"):
        (item,) = ksef.send([("b.xml", changed)], journal=place).items
        assert (item.outcome, item.same_document) == ("duplicate", False)
        assert item.original_ksef_number == first.items[0].ksef_number
        assert item.original_session == first.items[0].session_reference
        assert item.ksef_number is None


def test_a_duplicate_that_cannot_be_looked_at_is_told_as_such(sim, connect, invoices, tmp_path):
    sources = invoices(1)
    ksef = connect()
    ksef.send(sources, journal=tmp_path / "one.sqlite3")
    # Its own session is listed first, then that of the original.
    sim.faults.add("GET", LIST.split()[1], skip=1, status=403)
    (item,) = ksef.send(sources, journal=tmp_path / "two.sqlite3").items
    assert (item.outcome, item.same_document) == ("duplicate", None)
    assert "nobody can tell" in item.problems[0]


def test_a_technical_correction(sim, connect, journal, tmp_path):
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    today = datetime.now(UTC).date().isoformat()
    wrong = make_invoice(NIP, number="three/1", issued=tomorrow)
    right = make_invoice(NIP, number="three/1", issued=today)
    ksef = connect()
    sources = [("w.xml", wrong)]
    assert outcomes(ksef.send(sources, journal=journal, offline=True, checks=False)) == ["rejected"]
    path = tmp_path / "wrong.xml"
    path.write_bytes(wrong)
    report = ksef.send([("r.xml", right)], journal=journal, corrects=path)
    assert (report.mode, report.is_complete) == ("online", True)
    assert "technical corrections" in report.reason
    again = right.replace(b"Piekarnia", b"Cukiernia").replace(b"three/1", b"three/2")
    (item,) = ksef.send([("x.xml", again)], journal=journal, corrects=hash_of(wrong)).items
    assert (item.outcome, item.status.code) == ("rejected", 21166)
    (item,) = ksef.send([("y.xml", again)], journal=journal, corrects=hash_of(right)).items
    # What the journal says was rejected may be corrected anew; this one KSeF had accepted.
    assert (item.outcome, item.status.code) == ("rejected", 21167)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"corrects": "no hash"}, "Base64 SHA-256"),
        ({"corrects": "YQ=="}, "Base64 SHA-256"),
        ({"corrects": hash_of(b"x")}, "one invoice"),
        ({"mode": "fast"}, "auto, online or batch"),
    ],
)
def test_settings_that_cannot_work_are_refused(sim, connect, invoices, journal, settings, words):
    with pytest.raises(ConfigurationError, match=words):
        connect().send(invoices(2), journal=journal, **settings)
    assert not journal.exists()
    assert sim.requests.calls == []


def test_sources_that_are_not_there_are_refused(connect, journal, tmp_path):
    for source in (tmp_path / "absent.xml", Archive(tmp_path / "x.zip"), tmp_path):
        with pytest.raises(PackageRefused):
            connect().send([source], journal=journal)


def test_a_dry_run_asks_nothing_and_writes_nothing(sim, connect, invoices, journal):
    report = connect().send([*invoices(2), ("bad.xml", b"")], journal=journal, dry_run=True)
    assert outcomes(report) == ["planned", "planned", "refused_locally"]
    assert (report.mode, report.journal) == ("online", None)
    assert not journal.exists()
    assert sim.requests.calls == []


def test_receipts_of_all_that_was_delivered(sim, connect, invoices, journal, tmp_path):
    sources = invoices(2)
    ksef = connect()
    ksef.send(sources, journal=tmp_path / "lost.sqlite3")
    folder = tmp_path / "upo"
    folder.mkdir()
    report = ksef.send([*sources, *invoices(1)], journal=journal, upo_to=folder)
    (session,) = report.sessions
    assert session.receipt.complete
    assert session.receipt.document_count == 1
    names = {path.name for path in folder.iterdir()}
    assert {f"{item.ksef_number}-upo.xml" for item in report.items[:2]} < names
    assert len(names) == 3


def test_a_receipt_that_does_not_come_is_told(sim, connect, invoices, journal, tmp_path):
    sim.settings.latencies = sim.settings.latencies.__class__(session_upo=3000)
    report = connect().send(invoices(1), journal=journal, upo_to=tmp_path / "upo", timeout=2)
    (session,) = report.sessions
    assert session.receipt is None
    assert "not saved" in session.problem
    assert report.is_complete


def test_progress_is_told(sim, connect, invoices, journal, tmp_path):
    seen = []
    ksef = connect()
    ksef.send(invoices(20), journal=journal, on_progress=seen.append)
    assert [one.stage for one in seen if one.stage == "reading"]
    sending = [one for one in seen if one.stage == "sending"]
    assert (sending[-1].done, sending[-1].total) == (20, 20)
    assert any(one.stage == "waiting" for one in seen)
    seen.clear()
    ksef.send(invoices(40), journal=journal, on_progress=seen.append, upo_to=tmp_path, mode="batch")
    stages = {one.stage for one in seen}
    assert {"packing", "uploading", "waiting", "receipts"} <= stages


def test_attachments_go_by_batch(sim, connect, journal, invoices):
    sim.taxpayers.allow_attachments(NIP)
    today = datetime.now(UTC).date().isoformat()
    content = make_invoice(NIP, issued=today, extra="<Zalacznik><Blok/></Zalacznik>")
    report = connect().send([("a.xml", content)], journal=journal)
    assert (report.mode, outcomes(report)) == ("batch", ["accepted"])
    assert OPEN not in sim.requests.counts
    assert sim.requests.counts[OPEN_BATCH] == 1
