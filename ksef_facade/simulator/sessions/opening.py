"""What opening a session of either kind has in common."""

from __future__ import annotations

from datetime import timedelta

from attrs import define

from ..calls import Call
from ..clock import Clock
from ..keys import KeyRing
from ..problems import INVALID_INPUT, Forbidden, Refusal
from ..references import References
from ..settings import Settings
from .envelopes import open_envelope
from .forms import Form, find_form
from .packages import Package
from .register import SessionRegister
from .state import LETTERS, Session, SessionKind

_FEATURE_HEADER = "x-ksef-feature"
_CHECK_TAX_NUMBERS = "subject-identifier-validation"
_UNSUPPORTED = "Wskazany kod formularza nie jest wspierany."
#: Who may send documents of a form: a Peppol provider's documents want a permission of their own
#: (documented table of permissions).
_PEF_WRITERS = ("PefInvoiceWrite",)
_WRITERS = ("InvoiceWrite", "EnforcementOperations")


@define
class Opening:
    """Makes sessions and takes them into the register."""

    clock: Clock
    settings: Settings
    references: References
    keys: KeyRing
    sessions: SessionRegister

    def form(self, call: Call, kind: SessionKind) -> Form:
        """The form that a request names.

        Raises Refusal with 21405 for one that sessions of the kind do not take, and Forbidden
        when the caller may not send documents of it.
        """
        form = find_form(call.inputs.body["formCode"])
        if form is None or (kind == "batch" and not form.batch):
            raise Refusal(INVALID_INPUT, _UNSUPPORTED)
        wanted = _PEF_WRITERS if form.layout == "UBL" else _WRITERS
        if not call.caller.has_any(wanted):
            raise Forbidden(
                "missing-permissions",
                {
                    "requiredAnyOfPermissions": list(wanted),
                    "presentPermissions": sorted(call.caller.permissions),
                },
            )
        return form

    def open(
        self, call: Call, kind: SessionKind, form: Form, package: Package | None = None
    ) -> Session:
        """A new session under the key that a request brings.

        Raises Refusal with 21470 for an unknown public key and 21405 for a vector of a wrong
        length. A key that cannot be read is found out later.
        """
        envelope = open_envelope(call.inputs.body["encryption"], self.keys)
        caller = call.caller
        assert caller.context is not None
        assert caller.subject is not None
        now = self.clock.now()
        session = Session(
            reference=self.references.reference(LETTERS[kind], now),
            kind=kind,
            context=caller.context,
            creator=caller.subject,
            form=form,
            created=now,
            valid_until=now + self.settings.session_lifetime,
            upo_page_size=self.settings.upo_page_size,
            token_reference=caller.token_reference,
            document_hash=caller.document_hash,
            initialization_vector=envelope.vector,
            checks_tax_numbers=_asks_for(call, _CHECK_TAX_NUMBERS),
            package=package,
        )
        if envelope.key is not None:
            session.symmetric_key = envelope.key
        elif kind == "online":
            # The answer is 201 all the same: an unreadable key shows in the status, later. Of a
            # batch it shows when the package is processed.
            session.key_fails = now + timedelta(seconds=self.settings.latencies.key_check)
        self.sessions.add(session)
        return session


def _asks_for(call: Call, feature: str) -> bool:
    asked = call.request.headers.get(_FEATURE_HEADER, "").split(",")
    return feature in (name.strip() for name in asked)
