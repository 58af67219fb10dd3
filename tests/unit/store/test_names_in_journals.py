"""Names of files and words of the service that are no text, in a send journal."""

import os
from pathlib import Path

from ksef_facade import FormCode
from ksef_facade.store.archive.recordings import read_journal
from ksef_facade.store.journal.journal import SendJournal
from ksef_facade.store.journal.rows import Verdict

from .test_send_journal import IDENTITY, REFERENCE, invoice


def test_names_and_words_that_are_no_text_are_kept(tmp_path: Path) -> None:
    """File systems have names that are no UTF-8, and an answer may hold half a surrogate pair."""
    path = tmp_path / "send.sqlite3"
    name, folder = os.fsdecode(b"faktura_\xbf.xml"), os.fsdecode(b"\xb3/state.json")
    with SendJournal(path, IDENTITY) as journal:
        journal.plan([invoice(1, source=name), invoice(2, source="\ud800", is_file=False)])
        session = journal.opening("batch", FormCode.FA_3, offline=False, state_file=folder)
        journal.opened(session, REFERENCE)
        journal.assign(session, ["hash-1"])
        journal.settle(
            [Verdict(hash="hash-1", state="rejected", description="a\ud83d", details=("\udc00ż",))]
        )
        journal.finished(session, 445, "\ud83d", (1, 0, 1))
    with SendJournal(path, IDENTITY) as journal:
        rows = journal.find(["hash-1", "hash-2"])
        assert (rows["hash-1"].source, rows["hash-2"].source) == (name, "?")
        assert (rows["hash-1"].description, rows["hash-1"].details) == ("a?", ("?ż",))
        assert journal.session(session).state_file == folder
    assert [row.source for row in read_journal(path)] == [name]
