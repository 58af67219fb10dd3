"""The send journal: states, durability, exclusion, identity, and what is documented of its file."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from ksef_facade import FormCode
from ksef_facade.errors import JournalRefused
from ksef_facade.store.journal import schema as journal_schema
from ksef_facade.store.journal.journal import SendJournal
from ksef_facade.store.journal.rows import NewInvoice, Verdict

IDENTITY = {
    "environment": "test",
    "base_url": "https://api-test.ksef.mf.gov.pl/v2",
    "context": "Nip:5265877635",
}
REFERENCE = "20250925-SO-2F67776000-97273B191A-65"


def invoice(number, **changes):
    given = {
        "hash": f"hash-{number}",
        "source": f"{number}.xml",
        "is_file": True,
        "size": 100 + number,
        "form_code": FormCode.FA_3,
        **changes,
    }
    return NewInvoice(**given)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "send.sqlite3"


@pytest.fixture
def journal(path):
    with SendJournal(path, IDENTITY) as journal:
        yield journal


def states(journal, *numbers):
    found = journal.find([f"hash-{number}" for number in numbers])
    return [found[f"hash-{number}"].state for number in numbers]


def test_an_invoice_goes_through_its_states(journal):
    journal.plan([invoice(1)])
    session = journal.opening("online", FormCode.FA_3, offline=False)
    journal.opened(session, REFERENCE)
    journal.assign(session, ["hash-1"])
    row = journal.find(["hash-1"])["hash-1"]
    assert (row.state, row.session, row.attempts, row.reference) == ("sending", session, 1, None)
    journal.taken({"hash-1": "reference"})
    journal.closing(session)
    journal.closed(session)
    assert [row.hash for row in journal.of_session(session)] == ["hash-1"]
    journal.settle(
        [Verdict(hash="hash-1", state="accepted", ksef_number="number", code=200, details=("ż",))]
    )
    journal.finished(session, 200, "opis", (1, 1, None))
    row = journal.find(["hash-1"])["hash-1"]
    assert row.is_settled
    assert (row.reference, row.ksef_number, row.details) == ("reference", "number", ("ż",))
    assert row.form_code == FormCode.FA_3
    assert journal.by_ksef_number("number") == row
    assert journal.by_ksef_number("other") is None
    assert (journal.open_sessions(), journal.unfinished()) == ([], [])
    assert journal.session(session).code == 200
    assert journal.latest_reference() == REFERENCE


def test_planning_again_changes_nothing(journal):
    journal.plan([invoice(1)])
    session = journal.opening("online", FormCode.FA_3, offline=False)
    journal.assign(session, ["hash-1"])
    journal.plan([invoice(1, source="other.xml"), invoice(2)])
    assert states(journal, 1, 2) == ["sending", "planned"]
    assert journal.find(["hash-1"])["hash-1"].source == "1.xml"


def test_only_what_is_planned_is_given_to_a_session(journal):
    journal.plan([invoice(1), invoice(2)])
    first = journal.opening("online", FormCode.FA_3, offline=False)
    second = journal.opening("online", FormCode.FA_3, offline=False)
    journal.assign(first, ["hash-1"])
    journal.assign(second, ["hash-1", "hash-2"])
    found = journal.find(["hash-1", "hash-2"])
    assert found["hash-1"].session == first
    assert found["hash-2"].session == second


@pytest.mark.parametrize("state", ["accepted", "delivered", "duplicate", "rejected"])
def test_what_is_settled_is_never_free_again_by_itself(journal, state):
    journal.plan([invoice(1)])
    session = journal.opening("online", FormCode.FA_3, offline=False)
    journal.assign(session, ["hash-1"])
    journal.settle([Verdict(hash="hash-1", state=state)])
    journal.not_taken(["hash-1"], "no")
    journal.taken({"hash-1": "x"})
    journal.lost(session, "no")
    assert states(journal, 1) == [state]
    journal.plan_again(["hash-1"], offline=True, corrects="original")
    again = state in ("rejected", "duplicate")
    assert states(journal, 1) == ["planned" if again else state]
    assert (journal.find(["hash-1"])["hash-1"].corrects == "original") is again


def test_a_lost_session_frees_its_invoices(journal):
    journal.plan([invoice(1), invoice(2)])
    session = journal.opening("batch", FormCode.FA_3, offline=True, state_file="state")
    journal.assign(session, ["hash-1", "hash-2"])
    journal.taken({"hash-1": None})
    journal.lost(session, "nobody closed it")
    assert states(journal, 1, 2) == ["planned", "planned"]
    row = journal.session(session)
    assert (row.state, row.note, row.state_file, row.offline) == (
        "lost",
        "nobody closed it",
        "state",
        True,
    )


def test_steps_taken_together_are_one(journal):
    journal.plan([invoice(1)])
    session = journal.opening("online", FormCode.FA_3, offline=False)

    def broken_off():
        with journal.together():
            journal.assign(session, ["hash-1"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert states(journal, 1) == ["planned"]


def test_many_invoices_are_found(journal):
    journal.plan(invoice(number) for number in range(1203))
    found = journal.find([f"hash-{number}" for number in range(2000)])
    assert len(found) == 1203


def test_two_runs_exclude_each_other(path, journal):
    with pytest.raises(JournalRefused, match="another run is sending"), SendJournal(path, IDENTITY):
        pass


def test_the_next_run_goes_on(path):
    with SendJournal(path, IDENTITY) as journal:
        journal.plan([invoice(1)])
    with SendJournal(path, IDENTITY) as journal:
        assert states(journal, 1) == ["planned"]


@pytest.mark.parametrize(
    "other",
    [
        {"environment": "prod"},
        {"context": "Nip:7980332920"},
    ],
)
def test_a_journal_of_another_environment_or_context_is_refused(path, other):
    with SendJournal(path, IDENTITY):
        pass
    with (
        pytest.raises(JournalRefused, match="belongs to test and Nip:5265877635"),
        SendJournal(path, {**IDENTITY, **other}),
    ):
        pass
    with SendJournal(path, {**IDENTITY, "base_url": "https://gateway.example/v2"}):
        pass


def test_simulators_are_told_apart_by_their_address(path):
    local = {**IDENTITY, "environment": "simulator"}
    with SendJournal(path, {**local, "base_url": "http://127.0.0.1:1/v2"}):
        pass
    with (
        pytest.raises(JournalRefused, match=r"127\.0\.0\.1:1"),
        SendJournal(path, {**local, "base_url": "http://127.0.0.1:2/v2"}),
    ):
        pass


def test_what_is_no_journal_is_refused_and_left_alone(path):
    path.parent.mkdir()
    path.write_bytes(b"something else, long enough to be read as a header of a database" * 20)
    before = path.read_bytes()
    with pytest.raises(JournalRefused, match="cannot be used"), SendJournal(path, IDENTITY):
        pass
    assert path.read_bytes() == before
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()
    with pytest.raises(JournalRefused, match="no send journal"), SendJournal(path, IDENTITY):
        pass


def test_a_journal_of_a_newer_version_is_refused(path):
    with SendJournal(path, IDENTITY):
        pass
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(journal_schema.MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(JournalRefused, match="newer version"), SendJournal(path, IDENTITY):
        pass


def test_a_folder_that_cannot_be_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(JournalRefused, match="cannot be used"),
        SendJournal(tmp_path / "file" / "x.sqlite3", IDENTITY),
    ):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_only_the_owner_may_read_it(path, journal):
    journal.plan([invoice(1)])
    files = sorted(path.parent.iterdir())
    assert len(files) == 4
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_its_columns_are_interface(path, journal):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def columns(table):
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]

    assert columns("journal") == ["name", "value"]
    assert columns("sessions") == [
        "id",
        "kind",
        "environment",
        "context",
        "form_code",
        "offline",
        "state",
        "reference",
        "state_file",
        "code",
        "description",
        "invoice_count",
        "accepted_count",
        "rejected_count",
        "note",
        "created_at",
        "changed_at",
    ]
    assert columns("invoices") == [
        "hash",
        "source",
        "is_file",
        "size",
        "form_code",
        "has_attachment",
        "offline",
        "corrects",
        "state",
        "attempts",
        "session",
        "reference",
        "ksef_number",
        "code",
        "description",
        "details",
        "original_ksef_number",
        "original_session",
        "same_document",
        "note",
        "created_at",
        "changed_at",
    ]
    known = dict(connection.execute("SELECT name, value FROM journal"))
    assert {name: known[name] for name in IDENTITY} == IDENTITY
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_it_can_be_kept_in_memory():
    with SendJournal(None, IDENTITY) as journal:
        journal.plan([invoice(1)])
        assert states(journal, 1) == ["planned"]
        assert journal.path is None


def test_a_closed_journal_says_so(path):
    journal = SendJournal(path, IDENTITY)
    with pytest.raises(JournalRefused, match="is closed"):
        journal.unfinished()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_process_leaves_what_it_committed_and_no_lock(path):
    script = textwrap.dedent(
        """
        import os, signal, sys
        from ksef_facade.store.journal.journal import SendJournal
        from ksef_facade.store.journal.rows import NewInvoice
        from ksef_facade import FormCode

        identity = dict(environment="test", base_url="", context="Nip:5265877635")
        journal = SendJournal(sys.argv[1], identity).__enter__()
        journal.plan([NewInvoice(hash="hash-1", source="a", is_file=False, size=1,
                                 form_code=FormCode.FA_3)])
        session = journal.opening("online", FormCode.FA_3, offline=False)
        block = journal.together()
        block.__enter__()
        journal.assign(session, ["hash-1"])
        os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    with SendJournal(Path(path), IDENTITY) as journal:
        assert states(journal, 1) == ["planned"]
        assert [row.state for row in journal.open_sessions()] == ["opening"]
