"""A share of `make chaos-send`, and that its verdict would notice a double, a loss, a wrong journal."""

import sqlite3
from collections import Counter
from datetime import UTC, datetime

from ksef_facade import Ksef, TokenAuth
from ksef_facade.invoices.facts import hash_of
from ksef_facade.simulator import Simulator
from scripts.chaos_send.__main__ import summary
from scripts.chaos_send.runs import chaos
from scripts.chaos_send.verdict import judge
from tests.simulator.invoice_maker import make_invoice

NIP = "5265877635"


def test_twenty_runs_under_fire_end_with_every_invoice_once():
    runs = list(chaos(20, 20260201))
    assert [(run.seed, run.verdict, run.problem) for run in runs if not run.is_clean] == []
    kills = sum((run.kills for run in runs), Counter())
    faults = sum((run.faults for run in runs), Counter())
    assert kills.total() >= 10
    assert faults.total() >= 20
    assert {run.mode for run in runs} == {"online", "batch"}
    lines = summary(runs)
    assert "doubles   0" in lines
    assert "lost      0" in lines


def test_the_verdict_notices_what_must_not_be(tmp_path):
    today = datetime.now(UTC).date().isoformat()
    sent, twice, never = (make_invoice(NIP, issued=today) for _ in range(3))
    hashes = frozenset(map(hash_of, (sent, twice, never)))
    journal = tmp_path / "journal.sqlite3"
    with Simulator() as simulator:
        auth = TokenAuth(simulator.issue_token(NIP))
        with Ksef(base_url=simulator.base_url, auth=auth) as ksef:
            ksef.send([("sent", sent), ("twice", twice)], journal=journal)
            clean = judge(simulator, NIP, hashes - {hash_of(never)}, journal)
            assert clean.is_clean
            # KSeF refuses the second one, and it is a double all the same.
            with ksef.open_online_session() as online:
                online.send(twice)
        verdict = judge(simulator, NIP, hashes, journal)
        assert (verdict.doubles, verdict.lost) == (1, 1)
        assert len(verdict.disagreements) == 1
        connection = sqlite3.connect(journal)
        connection.execute("UPDATE invoices SET state = 'sent' WHERE source = 'sent'")
        connection.execute("UPDATE sessions SET state = 'closed'")
        connection.commit()
        connection.close()
        assert len(judge(simulator, NIP, hashes, journal).disagreements) == 3
