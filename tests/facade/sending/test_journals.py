"""The journal in the hands of runs: whose it is, who holds it, what is left over, what it holds."""

import sqlite3

import pytest

from ksef_facade import JournalRefused, TokenAuth
from ksef_facade.invoices.facts import hash_of
from ksef_facade.simulator import Simulator
from ksef_facade.store.journal.journal import SendJournal
from tests.facade.sending.conftest import NIP, SEND

OTHER = "7980332920"


def outcomes(report):
    return [item.outcome for item in report.items]


def test_two_runs_at_once_exclude_each_other(sim, connect, invoices, journal):
    identity = {"environment": "simulator", "base_url": sim.base_url, "context": f"Nip:{NIP}"}
    with SendJournal(journal, identity):
        with pytest.raises(JournalRefused, match="another run"):
            connect().send(invoices(1), journal=journal)
        assert SEND not in sim.requests.counts
    assert connect().send(invoices(1), journal=journal).is_complete


def test_the_journal_of_another_context_is_refused(sim, connect, invoices, journal):
    connect().send(invoices(1), journal=journal)
    with pytest.raises(JournalRefused, match=f"belongs to simulator.*{NIP}"):
        connect(OTHER).send(invoices(1, OTHER), journal=journal)


def test_the_journal_of_a_simulator_that_is_gone_is_refused(connect, invoices, journal, make):
    sources = invoices(1)
    with Simulator() as first:
        client = make(base_url=first.base_url, auth=TokenAuth(first.issue_token(NIP)))
        client.send(sources, journal=journal)
        port = first.port
    with Simulator(port=port) as second:
        client = make(base_url=second.base_url, auth=TokenAuth(second.issue_token(NIP)))
        with pytest.raises(JournalRefused, match="does not know"):
            client.send(sources, journal=journal)


def test_the_default_journal_is_of_environment_and_context(
    sim, connect, invoices, tmp_path, monkeypatch
):
    monkeypatch.setenv("KSEF_JOURNALS", str(tmp_path))
    report = connect().send(invoices(1))
    assert report.journal.name == f"simulator-127.0.0.1-{sim.port}-Nip-{NIP}.sqlite3"
    assert report.journal.is_file()
    assert str(report.journal).startswith(str(tmp_path))


def test_without_a_journal_nothing_is_written(sim, connect, invoices, tmp_path, monkeypatch):
    monkeypatch.setenv("KSEF_JOURNALS", str(tmp_path))
    for mode in ("online", "batch"):
        report = connect().send(invoices(2), journal=False, mode=mode)
        assert (report.is_complete, report.journal) == (True, None)
    assert list(tmp_path.iterdir()) == []


class Stopped(BaseException):
    pass


def stop_at(stage):
    def hook(progress):
        if progress.stage == stage:
            raise Stopped

    return hook


def test_what_is_left_over_is_finished_from_the_journal_alone(
    sim, connect, invoices, journal, tmp_path
):
    pairs = invoices(3)
    paths = []
    for name, content in pairs:
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)
    ksef = connect()
    with pytest.raises(Stopped):
        ksef.send([*paths, *invoices(1)], journal=journal, on_progress=stop_at("sending"))
    paths[2].write_bytes(b"changed")
    report = ksef.send(journal=journal)
    assert outcomes(report) == ["accepted", "accepted", "unsettled", "unsettled"]
    assert "was changed" in report.items[2].problems[0]
    assert "came from no file" in report.items[3].problems[0]
    paths[2].write_bytes(pairs[2][1])
    assert outcomes(ksef.send(journal=journal)) == ["accepted", "unsettled"]


@pytest.mark.parametrize("mode", ["online", "batch"])
def test_a_file_that_changes_while_it_is_sent_is_left_out(
    sim, connect, invoices, journal, tmp_path, mode
):
    paths = []
    for name, content in invoices(3):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)

    def change(progress):
        # The session is being opened: everything was read and checked by then.
        if journal.exists():
            paths[1].write_bytes(b"changed")

    report = connect().send(
        paths,
        journal=journal,
        mode=mode,
        on_progress=lambda progress: change(progress) if progress.stage != "reading" else None,
    )
    assert outcomes(report)[::2] == ["accepted", "accepted"]
    held = {invoice.hash for invoice in sim.accepted_invoices()}
    assert hash_of(b"changed") not in held
    if mode == "online":
        assert report.items[1].outcome == "unsettled"
        assert "was changed" in report.items[1].problems[0]


def test_the_journal_can_be_read_by_anyone_with_sqlite(sim, connect, invoices, journal):
    (item,) = connect().send(invoices(1), journal=journal).items
    connection = sqlite3.connect(journal)
    row = connection.execute(
        "SELECT invoices.hash, source, invoices.state, invoices.reference, ksef_number, attempts,"
        " kind, sessions.reference, environment, context, sessions.state"
        " FROM invoices JOIN sessions ON invoices.session = sessions.id"
    ).fetchone()
    connection.close()
    assert row == (
        item.invoice_hash,
        item.source_name,
        "accepted",
        item.invoice_reference,
        item.ksef_number,
        1,
        "online",
        item.session_reference,
        "simulator",
        f"Nip:{NIP}",
        "final",
    )
