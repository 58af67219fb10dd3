"""The rooms of the simulator, each with the operations it serves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .calls import Handler
from .collective_identifiers import operations as collective_identifiers
from .effective_limits import operations as limits
from .enrolment import operations as enrolment
from .enrolment.enrolling import ENROLMENT_TEXTS
from .exports import operations as exports
from .exports.register import EXPORT_TEXTS
from .ksef_tokens import operations as ksef_tokens
from .listing import Pager
from .logins.auth_sessions import AuthSessions
from .logins.authentication import Authentication
from .logins.register import DESCRIPTIONS, SUCCESS
from .logins.token_login import TokenLogin
from .logins.xades_login import XadesLogin
from .outcomes import Subject
from .peppol import operations as peppol
from .permissions import operations as permissions
from .permissions.proceedings import DESCRIPTIONS as PERMISSION_TEXTS
from .repository import operations as repository
from .sessions.batch import BatchSubmission
from .sessions.inspection import Inspection
from .sessions.online import OnlineSubmission
from .sessions.opening import Opening
from .sessions.processing import INVOICE_TEXTS
from .sessions.state import SESSION_TEXTS
from .testdata import operations as testdata

if TYPE_CHECKING:
    from .core import Core

_TEXTS: Mapping[Subject, Mapping[int, str]] = {
    "login": DESCRIPTIONS,
    "invoice": INVOICE_TEXTS,
    "package": SESSION_TEXTS["batch"],
    "enrolment": ENROLMENT_TEXTS,
    "permission": PERMISSION_TEXTS,
    "export": EXPORT_TEXTS,
}
#: What may be decided beforehand: the codes with which something fails.
FAILURES: Mapping[Subject, frozenset[int]] = {
    subject: frozenset(code for code in texts if code > SUCCESS)
    for subject, texts in _TEXTS.items()
}


def furnish(core: Core) -> dict[tuple[str, str], Handler]:
    """The handlers of all operations that are simulated, by method and path template."""
    pager = Pager(core.settings, core.own_secrets)
    inspection = Inspection(
        core.clock, core.settings, core.sessions, core.receipts, core.storage, pager
    )
    return {
        **_logging_in(core, pager),
        **_sending(core),
        **inspection.handlers(),
        **core.receipts.handlers(),
        **repository.operations(core),
        **exports.operations(core),
        **collective_identifiers.operations(core),
        **peppol.operations(core),
        **limits.operations(core),
        **enrolment.operations(core),
        **permissions.operations(core),
        **ksef_tokens.operations(core),
        **testdata.operations(core),
    }


def _logging_in(core: Core, pager: Pager) -> dict[tuple[str, str], Handler]:
    with_token = TokenLogin(core.keys, core.tokens, core.challenges, core.logins)
    with_signature = XadesLogin(
        core.clock,
        core.settings,
        core.challenges,
        core.taxpayers,
        core.logins,
        core.contract.patterns,
        core.standing,
        core.peppol,
    )
    authentication = Authentication(
        core.clock, core.settings, core.keys, core.issuer, core.taxpayers, core.logins
    )
    return {
        **core.challenges.handlers(),
        **with_token.handlers(),
        **with_signature.handlers(),
        **authentication.handlers(),
        **AuthSessions(core.clock, core.logins, pager).handlers(),
    }


def _sending(core: Core) -> dict[tuple[str, str], Handler]:
    opening = Opening(core.clock, core.settings, core.references, core.keys, core.sessions)
    online = OnlineSubmission(
        core.clock,
        core.settings,
        core.references,
        core.sessions,
        opening,
        core.taxpayers,
        core.outcomes,
        core.context_limits,
    )
    batch = BatchSubmission(
        core.clock, core.settings, core.sessions, opening, core.storage, core.packages.start
    )
    return {**online.handlers(), **batch.handlers()}
