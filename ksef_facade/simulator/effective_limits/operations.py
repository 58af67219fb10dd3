"""The operations that show limits, and those of test environments that change them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import define

from ..calls import Call, Handler
from ..limits import GROUPS, RateLimits
from ..logins.credentials import Party
from ..messages import Response, json_response, without_nulls
from ..problems import INVALID_INPUT, Complaint, Refusal
from .in_force import ContextLimitsInForce, SubjectLimitsInForce
from .overrides import (
    UNLIMITED,
    ContextLimits,
    LimitOverrides,
    Rates,
    SessionLimits,
    SubjectLimits,
)

if TYPE_CHECKING:
    from ..core import Core

#: The contract speaks of megabytes of a million bytes (documented limits of invoices).
_MEGABYTE = 1_000_000
#: Groups whose rates cannot be set (contract, ApiRateLimitsOverride has none of them).
_FIXED = frozenset({"onlineSessionClose", "batchSessionClose", "anonymous", "global"})
_CHANGEABLE = tuple(group for group in GROUPS if group not in _FIXED)
#: Rates can be set up to so many times the table. That there is a maximum is documented; this one
#: is ours: TEST was ten times as wide as production for a long time.
_WIDEST = 10
_MEMBERS = ("perSecond", "perMinute", "perHour")


def operations(core: Core) -> dict[tuple[str, str], Handler]:
    """Operations served here."""
    return EffectiveLimits(
        core.context_limits, core.subject_limits, core.limits, core.limit_overrides
    ).handlers()


@define
class EffectiveLimits:
    """Shows and changes the limits of the caller's context and of the caller itself."""

    contexts: ContextLimitsInForce
    subjects: SubjectLimitsInForce
    rates: RateLimits
    overrides: LimitOverrides

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("GET", "/limits/context"): self._show_context,
            ("GET", "/limits/subject"): self._show_subject,
            ("GET", "/rate-limits"): self._show_rates,
            ("POST", "/testdata/limits/context/session"): self._change_context,
            ("DELETE", "/testdata/limits/context/session"): self._restore_context,
            ("POST", "/testdata/limits/subject/certificate"): self._change_subject,
            ("DELETE", "/testdata/limits/subject/certificate"): self._restore_subject,
            ("POST", "/testdata/rate-limits"): self._change_rates,
            ("DELETE", "/testdata/rate-limits"): self._restore_rates,
            ("POST", "/testdata/rate-limits/production"): self._use_production_rates,
        }

    def _show_context(self, call: Call) -> Response:
        limits = self.contexts.of(_context(call))
        document = {
            "onlineSession": _session_document(limits.online),
            "batchSession": _session_document(limits.batch),
            "collectiveIdentifier": {"maxInvoices": limits.collective_identifier},
        }
        return json_response(200, document)

    def _show_subject(self, call: Call) -> Response:
        limits = self.subjects.of(_subject(call))
        document: dict[str, Any] = {
            "enrollment": _member("maxEnrollments", limits.enrolments),
            "certificate": _member("maxCertificates", limits.certificates),
        }
        return json_response(200, without_nulls(document))

    def _show_rates(self, call: Call) -> Response:
        published = self.rates.published(_context(call))
        return json_response(
            200, {group: _rates_document(rates) for group, rates in published.items()}
        )

    def _change_context(self, call: Call) -> Response:
        body = call.inputs.body
        self.overrides.contexts[_context(call)] = ContextLimits(
            _read_session(body["onlineSession"]),
            _read_session(body["batchSession"]),
            body["collectiveIdentifier"]["maxInvoices"],
        )
        return Response(200)

    def _restore_context(self, call: Call) -> Response:
        self.overrides.contexts.pop(_context(call), None)
        return Response(200)

    def _change_subject(self, call: Call) -> Response:
        # `subjectIdentifierType` chooses nothing: the operation is for the subject who calls.
        body = call.inputs.body
        self.overrides.subjects[_subject(call)] = SubjectLimits(
            (body.get("enrollment") or {}).get("maxEnrollments"),
            (body.get("certificate") or {}).get("maxCertificates"),
        )
        return Response(200)

    def _restore_subject(self, call: Call) -> Response:
        self.overrides.subjects.pop(_subject(call), None)
        return Response(200)

    def _change_rates(self, call: Call) -> Response:
        wanted = {group: call.inputs.body["rateLimits"][group] for group in _CHANGEABLE}
        complaints = [
            Complaint(INVALID_INPUT, (f"'rateLimits.{group}.{name}': {sentence}",))
            for group, rates in wanted.items()
            for name, sentence in self._out_of_bounds(group, rates)
        ]
        if complaints:
            raise Refusal.of(complaints)
        self.overrides.rates[_context(call)] = {
            group: Rates(*(rates[name] for name in _MEMBERS)) for group, rates in wanted.items()
        }
        return Response(200)

    def _out_of_bounds(self, group: str, rates: Mapping[str, int]) -> list[tuple[str, str]]:
        widest = _rates_document(self.rates.by_contract(group).times(_WIDEST))
        found = []
        for name in _MEMBERS:
            if rates[name] < 1:
                found.append((name, "at least 1 is needed"))
            elif widest[name] != UNLIMITED and rates[name] > widest[name]:
                found.append((name, f"at most {widest[name]} is allowed"))
        return found

    def _restore_rates(self, call: Call) -> Response:
        self.overrides.rates.pop(_context(call), None)
        return Response(200)

    def _use_production_rates(self, call: Call) -> Response:
        self.overrides.rates[_context(call)] = self.rates.production()
        return Response(200)


def _context(call: Call) -> Party:
    assert call.caller.context is not None, "access tokens name a context"
    return call.caller.context


def _subject(call: Call) -> Party:
    assert call.caller.subject is not None, "access tokens name a subject"
    return call.caller.subject


def _read_session(body: Mapping[str, int]) -> SessionLimits:
    return SessionLimits(
        body["maxInvoiceSizeInMB"] * _MEGABYTE,
        body["maxInvoiceWithAttachmentSizeInMB"] * _MEGABYTE,
        body["maxInvoices"],
    )


def _session_document(limits: SessionLimits) -> dict[str, int]:
    return {
        # Whole megabytes only: a size from code that is not one is rounded up.
        "maxInvoiceSizeInMB": -(-limits.invoice_size // _MEGABYTE),
        "maxInvoiceWithAttachmentSizeInMB": -(-limits.invoice_size_with_attachment // _MEGABYTE),
        "maxInvoices": limits.invoices,
    }


def _member(name: str, limit: int | None) -> dict[str, int] | None:
    return None if limit is None else {name: limit}


def _rates_document(rates: Rates) -> dict[str, int]:
    return dict(zip(_MEMBERS, (rates.per_second, rates.per_minute, rates.per_hour), strict=True))
