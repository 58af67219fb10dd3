"""The limits that hold for a context or a subject: those set for it, or the defaults."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define

from ..logins.credentials import Party
from ..settings import Settings
from .overrides import ContextLimits, LimitOverrides, SessionLimits, SubjectLimits

#: Enrolments and active certificates by kind of subject (documented limits); others get none.
_DEFAULTS: Mapping[str, SubjectLimits] = {
    "Nip": SubjectLimits(300, 100),
    "Pesel": SubjectLimits(12, 6),
    "Fingerprint": SubjectLimits(12, 6),
}
_NOTHING = SubjectLimits(None, None)


@define
class ContextLimitsInForce:
    """Limits of sending. They are looked at when something is sent or judged, not when the
    session is opened."""

    settings: Settings
    overrides: LimitOverrides

    def of(self, context: Party) -> ContextLimits:
        """The limits of a context as of now."""
        return self.overrides.contexts.get(context) or self._defaults()

    def _defaults(self) -> ContextLimits:
        either = SessionLimits(
            self.settings.invoice_size,
            self.settings.invoice_size_with_attachment,
            self.settings.invoices_per_session,
        )
        return ContextLimits(either, either, self.settings.invoices_per_collective_identifier)


@define
class SubjectLimitsInForce:
    """Limits of certificates."""

    overrides: LimitOverrides

    def of(self, subject: Party) -> SubjectLimits:
        """The limits of a subject as of now; None where certificates are not for its kind."""
        default = _DEFAULTS.get(subject.kind, _NOTHING)
        changed = self.overrides.subjects.get(subject, _NOTHING)
        return SubjectLimits(
            default.enrolments if changed.enrolments is None else changed.enrolments,
            default.certificates if changed.certificates is None else changed.certificates,
        )
