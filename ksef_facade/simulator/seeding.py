"""Tokens, and finished sessions of any size, made at once for tests and benchmarks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from attrs import define

from .clock import Clock, local
from .logins.access import lends
from .logins.credentials import KsefToken, Party, TokenRegister, is_tax_number
from .references import References
from .sessions.encryption import hash_of
from .sessions.forms import FA_3
from .sessions.made_up import compose
from .sessions.processing import duplicate_of
from .sessions.register import SessionRegister
from .sessions.state import ACCEPTED, LETTERS, Invoice, Session, SessionKind, Verdict
from .settings import Settings
from .taxpayers import Taxpayers

#: How long ago a seeded session was closed, so that every latency has passed.
_AGO = timedelta(hours=1)
_BETWEEN_INVOICES = timedelta(milliseconds=3)
_UNTIL_DECIDED = timedelta(milliseconds=500)
#: More would not fit a machine's memory in any useful way.
MOST_INVOICES = 5_000_000

#: What is wrong with the rejected ones, in turn; a duplicate is put in between where possible.
_REJECTIONS: tuple[Verdict, ...] = (
    Verdict(450, ("The required element 'P_2' is missing or empty.",)),
    Verdict(430, ("Rozmiar faktury nie zgadza się z zadeklarowaną wartością: '1798'.",)),
    Verdict(410, ("Brak uprawnienia fakturowego",)),
    Verdict(435),
)
#: Verdicts on invoices that could be read, so that their number is known.
_READ = frozenset({410})


@define
class Seeding:
    """Puts tokens and finished sessions into the registers."""

    clock: Clock
    settings: Settings
    references: References
    tokens: TokenRegister
    taxpayers: Taxpayers
    sessions: SessionRegister

    def issue_token(
        self, context: Party, permissions: Iterable[str] | None = None, author: Party | None = None
    ) -> KsefToken:
        """A token, whose author is noted to hold what the token is to carry, if it did not.

        Raises ValueError for a permission that tokens cannot carry.
        """
        token = self.tokens.issue(context, permissions, author)
        held = self.taxpayers.permissions(context, token.author)
        missing = [name for name in token.permissions if not lends(held, name)]
        self.taxpayers.grant(context.value, token.author.value, missing, subject_kind="Nip")
        return token

    def seed(
        self,
        nip: str,
        kind: SessionKind = "online",
        accepted: int = 1,
        rejected: int = 0,
        upo_page_size: int | None = None,
    ) -> Session:
        """A session of a taxpayer that ended an hour ago, by its token.

        Raises ValueError, with a sentence, for a bad tax number, count or page size.
        """
        self._check(nip, accepted, rejected, upo_page_size)
        latencies = self.settings.latencies
        total = accepted + rejected
        slack = timedelta(seconds=latencies.session_done + latencies.session_upo)
        closed = self.clock.now() - _AGO - slack
        created = closed - _UNTIL_DECIDED - (total + 1) * _BETWEEN_INVOICES
        context = Party("Nip", nip)
        token = self.tokens.issue(context)
        session = Session(
            reference=self.references.reference(LETTERS[kind], created),
            kind=kind,
            context=context,
            creator=context,
            form=FA_3,
            created=created,
            valid_until=created + self.settings.session_lifetime,
            upo_page_size=upo_page_size or self.settings.upo_page_size,
            token_reference=token.reference,
            closed=closed,
        )
        day = local(created).date().isoformat()
        for ordinal in range(1, total + 1):
            # Spreads the rejected ones evenly: the quotient grows by one at each of them.
            is_rejected = ordinal * rejected // total > (ordinal - 1) * rejected // total
            invoice = self._invoice(session, ordinal, day, is_rejected)
            session.add(invoice)
            self.sessions.occupy(invoice, session.reference)
        self.sessions.add(session)
        return session

    def _invoice(self, session: Session, ordinal: int, day: str, is_rejected: bool) -> Invoice:
        received = session.created + ordinal * _BETWEEN_INVOICES
        decided = received + _UNTIL_DECIDED
        seller = session.context.value
        number = f"FV/{ordinal:06d}/{session.reference[-8:-3]}"
        invoice = Invoice(
            ordinal=ordinal,
            reference=self.references.reference("EE", received),
            hash=hash_of(compose(seller, number, day, ordinal)),
            received=received,
            decided=decided,
            verdict=ACCEPTED,
            mode="Online",
            seller=seller,
            kind="VAT",
            number=number,
            issued=day,
            file_name=f"invoice-{ordinal:06d}.xml" if session.kind == "batch" else None,
            is_made_up=not is_rejected,
        )
        if is_rejected:
            self._reject(session, invoice)
        else:
            invoice.ksef_number = self.references.ksef_number(seller, decided)
        return invoice

    def _reject(self, session: Session, invoice: Invoice) -> None:
        turn = len(session.failed) % (len(_REJECTIONS) + 1)
        if turn == len(_REJECTIONS) and session.accepted:
            original = session.accepted[-1]
            assert original.ksef_number is not None
            invoice.verdict = duplicate_of(original.ksef_number, session.reference)
            invoice.number = original.number
            return
        invoice.verdict = _REJECTIONS[turn % len(_REJECTIONS)]
        if invoice.verdict.code not in _READ:
            invoice.number = None

    def _check(self, nip: str, accepted: int, rejected: int, upo_page_size: int | None) -> None:
        if not is_tax_number(nip):
            raise ValueError("nip must be the ten digits of a tax number")
        for name, value in (("accepted", accepted), ("rejected", rejected)):
            if not 0 <= value <= MOST_INVOICES:
                raise ValueError(f"{name} must be from 0 to {MOST_INVOICES}")
        if upo_page_size is not None and not 1 <= upo_page_size <= MOST_INVOICES:
            raise ValueError(f"upoPageSize must be from 1 to {MOST_INVOICES}")
