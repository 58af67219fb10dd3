"""What the simulator got in a run, held against the journal: doubles, losses, disagreements."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

from attrs import field, frozen

from ksef_facade.simulator import Simulator
from ksef_facade.simulator.logins.credentials import Party

_CANCELLED = 550
"""An invoice that the system cancelled has to be sent again: it does not count as a double."""


@frozen(kw_only=True)
class Verdict:
    """How a run ended. All three counts must be 0."""

    doubles: int
    """How often an invoice reached KSeF once more than it had to, even where KSeF refused that."""
    lost: int
    """Invoices that KSeF does not hold."""
    disagreements: tuple[str, ...] = field(default=())
    """What the journal says otherwise than the simulator."""

    @property
    def is_clean(self) -> bool:
        """Whether each invoice is there exactly once and the journal knows."""
        return not (self.doubles or self.lost or self.disagreements)


def judge(simulator: Simulator, nip: str, hashes: frozenset[str], journal: Path) -> Verdict:
    """Compare what was to be sent, what the simulator holds, and what the journal tells."""
    arrived: Counter[str] = Counter()
    numbers: dict[str, str] = {}
    for session in simulator.core.sessions.of_context(Party("Nip", nip)):
        for invoice in simulator.invoices_of(session.reference):
            if invoice.code != _CANCELLED:
                arrived[invoice.hash] += 1
            if invoice.ksef_number:
                numbers[invoice.hash] = invoice.ksef_number
    accepted = Counter(one.hash for one in simulator.accepted_invoices() if one.seller_nip == nip)
    doubles = sum(count - 1 for count in (*arrived.values(), *accepted.values()))
    doubles += sum(1 for digest in arrived if digest not in hashes)
    return Verdict(
        doubles=doubles,
        lost=sum(1 for digest in hashes if accepted[digest] == 0),
        disagreements=tuple(_disagreements(journal, hashes, numbers)),
    )


def _disagreements(journal: Path, hashes: frozenset[str], numbers: dict[str, str]) -> list[str]:
    connection = sqlite3.connect(f"file:{journal}?mode=ro", uri=True)
    try:
        rows = connection.execute("SELECT hash, state, ksef_number FROM invoices").fetchall()
        sessions = connection.execute("SELECT id, state FROM sessions").fetchall()
    finally:
        connection.close()
    known = {digest: (state, number) for digest, state, number in rows}
    found = [
        f"{digest[:8]} is {known.get(digest)}, the simulator has {numbers.get(digest)}"
        for digest in sorted(hashes | known.keys())
        if known.get(digest) != ("accepted", numbers.get(digest))
    ]
    found += [
        f"session {number} is {state}"
        for number, state in sessions
        if state not in ("final", "lost")
    ]
    return found
