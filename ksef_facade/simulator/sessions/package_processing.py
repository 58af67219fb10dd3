"""What becomes of a closed package: checked, decrypted, unpacked, its invoices judged.

It runs beside the server, in a thread of its own, and holds the simulator's lock for moments
only. On a clock that stands still it runs at once, so that tests need not wait for it.
"""

from __future__ import annotations

import hashlib
import threading
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from attrs import define, field, frozen

from ..clock import Clock
from ..effective_limits.in_force import ContextLimitsInForce
from ..effective_limits.overrides import SessionLimits
from ..outcomes import Outcomes
from ..references import References
from ..settings import Settings
from ..taxpayers import Taxpayers
from ..workspace import DocumentStore, Stored, Workspace
from .encryption import decrypt_stream, write_hash
from .packages import Package
from .processing import LONGEST_NUMBER, Draft, Outcome, examine, settle, too_large
from .register import SessionRegister
from .state import CANCELLED, KEY_UNREADABLE, Invoice, Session, Verdict
from .unpacking import Entry, TooManyFiles, Unpackable, unpack

_OTHER_CONTENT, _TOO_MANY, _UNPACKABLE, _UNDECIPHERABLE, _UNKNOWN = 405, 420, 430, 435, 500
#: Invoices taken into the session before others get the lock.
_AT_ONCE = 200


class _Failed(Exception):
    def __init__(self, code: int, *details: str) -> None:
        super().__init__(code)
        self.failure = (code, details)


def _nothing() -> None:
    pass


@frozen
class _Judged:
    entry: Entry
    stored: Stored | None
    outcome: Outcome


@define
class PackageProcessing:
    """Processes the packages of one simulator."""

    clock: Clock
    settings: Settings
    references: References
    sessions: SessionRegister
    taxpayers: Taxpayers
    outcomes: Outcomes
    limits: ContextLimitsInForce
    workspace: Workspace
    documents: DocumentStore
    lock: threading.RLock
    #: Where the simulator's own failures are told.
    failures: list[str]
    #: Called when a package has been published, before its parts are deleted.
    before_discarding: Callable[[], None] = field(default=_nothing, init=False)
    _threads: list[threading.Thread] = field(factory=list, init=False)

    def resume(self) -> None:
        """Process the packages that an earlier run of this simulator did not come to an end with."""
        for session in self.sessions.with_unfinished_packages():
            assert session.package is not None
            session.package.forget_lost_parts()
            if session.closed is not None:
                self.start(session)

    def start(self, session: Session) -> None:
        """Process the package of a session that was closed just now."""
        if self.clock.is_manual:
            self._run(session)
            return
        thread = threading.Thread(
            target=self._run, args=(session,), name=f"package {session.reference}", daemon=True
        )
        self._threads = [running for running in self._threads if running.is_alive()]
        self._threads.append(thread)
        thread.start()

    def _run(self, session: Session) -> None:
        package = session.package
        assert package is not None
        judged: Sequence[_Judged] = ()
        try:
            judged = self._judge_all(session, package)[len(session.invoices) :]
        except _Failed as failed:
            package.failure = failed.failure
        except Exception:
            self.failures.append(traceback.format_exc())
            package.failure = (_UNKNOWN, ())
        self._publish(session, package, judged)
        self.before_discarding()
        package.discard()

    def _judge_all(self, session: Session, package: Package) -> Sequence[_Judged]:
        decided = self.outcomes.take("package")
        if decided is not None:
            raise _Failed(decided[0], *decided[1])
        if session.symmetric_key is None:
            raise _Failed(KEY_UNREADABLE, "Rozszyfrowania klucza symetrycznego zakończone błędem.")
        if package.first_missing() is not None:
            raise _Failed(_UNKNOWN)
        other = package.first_of_other_hash()
        if other is not None:
            raise _Failed(
                _OTHER_CONTENT,
                f"Skrót SHA-256 części: '{other.ordinal}' nie zgadza się z zadeklarowanym skrótem: "
                f"'{other.hash}'.",
            )
        limits = self.limits.of(session.context).batch
        archive = self.workspace.new_file("archive")
        try:
            self._decrypt(session, package, archive)
            judged = [
                self._judge(session, package, entry, limits)
                for entry in unpack(
                    archive, package.compression, limits, self.settings.archive_ratio
                )
            ]
        except Unpackable:
            raise _Failed(_UNPACKABLE) from None
        except TooManyFiles as found:
            raise _Failed(
                _TOO_MANY,
                f"Przekroczono dopuszczalną liczbę faktur w paczce: '{limits.invoices}'. "
                f"Liczba faktur w paczce: '{found.count}'.",
            ) from None
        finally:
            archive.unlink(missing_ok=True)
        if not judged:
            raise _Failed(CANCELLED, "Nie przesłano faktur")
        # The service works in the order of file names, not of the archive (observed).
        return sorted(judged, key=lambda one: one.entry.name)

    def _decrypt(self, session: Session, package: Package, archive: Path) -> None:
        assert session.symmetric_key is not None
        digest, size = hashlib.sha256(), 0
        with archive.open("wb") as target:
            for part in package.parts:
                with package.received[part.ordinal].path.open("rb") as source:
                    pieces = decrypt_stream(
                        session.symmetric_key, session.initialization_vector, source
                    )
                    try:
                        for piece in pieces:
                            digest.update(piece)
                            size += len(piece)
                            target.write(piece)
                    except ValueError:
                        raise _Failed(_UNDECIPHERABLE) from None
        if (size, write_hash(digest.digest())) != (package.size, package.hash):
            # Not 405, as of parts: 430 was observed where the initialization vector was another.
            raise _Failed(
                _UNPACKABLE,
                "Skrót SHA-256 przesłanej paczki faktur nie jest zgodny z zadeklarowanym skrótem: "
                f"'{package.hash}'.",
            )

    def _judge(
        self, session: Session, package: Package, entry: Entry, limits: SessionLimits
    ) -> _Judged:
        decided = self.outcomes.take("invoice")
        stored = None if entry.content is None else self.documents.add(entry.content)
        slim = Entry(entry.name, entry.size, entry.hash, None)
        if decided is not None:
            return _Judged(slim, stored, Outcome(Verdict(*decided)))
        if entry.content is None:
            return _Judged(slim, None, Outcome(too_large(limits.largest_invoice)))
        draft = Draft(
            entry.content,
            received=self.clock.now(),
            sent=session.created,
            is_offline=package.is_offline,
        )
        outcome = examine(draft, session, self.settings, self.taxpayers, limits)
        # Ten thousand invoices do not fit in memory: their bytes stay in the store.
        return _Judged(slim, stored, outcome.without_content())

    def _publish(self, session: Session, package: Package, judged: Sequence[_Judged]) -> None:
        latencies = self.settings.latencies
        assert session.closed is not None
        finished = max(self.clock.now(), session.closed + timedelta(seconds=latencies.package_done))
        for first in range(0, len(judged), _AT_ONCE):
            with self.lock:
                for one in judged[first : first + _AT_ONCE]:
                    self._take_in(session, one, finished)
        with self.lock:
            package.finished = finished

    def _take_in(self, session: Session, one: _Judged, received: datetime) -> None:
        outcome = settle(one.outcome, self.sessions)
        facts = outcome.facts
        decided = received + timedelta(seconds=self.settings.latencies.invoice_done)
        invoice = Invoice(
            ordinal=len(session.invoices) + 1,
            reference=self.references.reference("EE", received),
            hash=one.entry.hash,
            received=received,
            decided=decided,
            verdict=outcome.verdict,
            mode=outcome.mode,
            seller=facts.seller if facts else None,
            kind=facts.kind if facts else None,
            number=facts.number if facts and len(facts.number) <= LONGEST_NUMBER else None,
            issued=facts.issued if facts else None,
            file_name=one.entry.name,
            stored=one.stored,
        )
        if invoice.verdict.is_accepted and facts is not None:
            invoice.ksef_number = self.references.ksef_number(facts.seller, decided)
            invoice.particulars = facts.particulars
        session.add(invoice)
        self.sessions.occupy(invoice, session.reference)
