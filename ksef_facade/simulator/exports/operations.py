"""Ordering an export, and asking how it goes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock, wire_time
from ..keys import KeyRing
from ..messages import Response, json_response, without_nulls
from ..outcomes import Outcomes
from ..problems import Gone, Refusal
from ..references import References
from ..repository.filters import BEYOND_HWM, read_query
from ..repository.roles import can_have
from ..sessions.envelopes import open_envelope
from ..settings import Settings
from ..storage import EXPORTS_FOLDER, Storage
from .packages import ExportPackages
from .register import (
    BEYOND_RANGE,
    DETAILS,
    DONE,
    EXPIRED,
    EXPORT_TEXTS,
    IN_PROGRESS,
    KEY_UNREADABLE,
    Export,
    ExportRegister,
)

if TYPE_CHECKING:
    from ..core import Core

_UNKNOWN_EXPORT, _NOT_FOR_CONTEXT, _TOO_MANY = 21175, 21181, 21182
#: How the date of the last invoice of a truncated package is named (contract, InvoicePackage).
_LAST_DATES = {
    "Issue": "lastIssueDate",
    "Invoicing": "lastInvoicingDate",
    "PermanentStorage": "lastPermanentStorageDate",
}


def operations(core: Core) -> dict[tuple[str, str], Handler]:
    """The operations on exports."""
    room = _Exporting(
        core.clock,
        core.settings,
        core.references,
        core.keys,
        core.outcomes,
        core.exports,
        core.export_packages,
        core.storage,
    )
    return {
        ("POST", "/invoices/exports"): room.order,
        ("GET", "/invoices/exports/{referenceNumber}"): room.status,
    }


@define
class _Exporting:
    clock: Clock
    settings: Settings
    references: References
    keys: KeyRing
    outcomes: Outcomes
    exports: ExportRegister
    packages: ExportPackages
    storage: Storage

    def order(self, call: Call) -> Response:
        caller, body, now = call.caller, call.inputs.body, self.clock.now()
        assert caller.context is not None
        assert caller.subject is not None
        envelope = open_envelope(body["encryption"], self.keys)
        query = read_query(body["filters"], now, self.settings.latencies)
        if not can_have(caller.context, query.role):
            raise Refusal(
                _NOT_FOR_CONTEXT,
                f"Nie można wyeksportować paczki faktur dla wybranego podmiotu ({query.role}) "
                f"i zalogowanego identyfikatora kontekstu ({caller.context.kind}).",
            )
        most = self.settings.concurrent_exports
        if self.exports.in_progress(caller.context, caller.subject, now) >= most:
            raise Refusal(
                _TOO_MANY,
                "Dla uwierzytelnionego podmiotu w bieżącym kontekście osiągnięto maksymalny limit "
                f"{most} równoczesnych eksportów faktur. Spróbuj ponownie później.",
            )
        code, details = self._outcome(
            has_key=envelope.key is not None, is_beyond=query.is_beyond_hwm
        )
        completed = now + timedelta(seconds=self.settings.latencies.export_done)
        export = Export(
            reference=self.references.reference("EH", now),
            context=caller.context,
            subject=caller.subject,
            created=now,
            completed=completed,
            expires=completed + self.settings.package_lifetime,
            outcome=code,
            details=details,
            filters=body["filters"],
            only_metadata=bool(body.get("onlyMetadata", False)),
            compression=body.get("compressionType") or "Zip",
            key=envelope.key,
            vector=envelope.vector,
        )
        self.exports.add(export)
        return json_response(201, {"referenceNumber": export.reference})

    def _outcome(self, *, has_key: bool, is_beyond: bool) -> tuple[int, tuple[str, ...]]:
        decided = self.outcomes.take("export")
        if decided is not None:
            return decided[0], decided[1] or DETAILS.get(decided[0], ())
        if not has_key:
            return KEY_UNREADABLE, ()
        return (BEYOND_RANGE, (BEYOND_HWM,)) if is_beyond else (DONE, ())

    def status(self, call: Call) -> Response:
        export = self.exports.find(call.inputs.path["referenceNumber"])
        if export is None or export.context != call.caller.context:
            raise Refusal(_UNKNOWN_EXPORT)
        if export.code(self.clock.now()) == DONE:
            self.packages.prepare(export)
        now = self.clock.now()
        code = export.code(now)
        is_gone = now >= export.completed + self.settings.export_retention
        if is_gone or code == EXPIRED:
            self.packages.discard(export)
        if is_gone:
            raise Gone
        status: dict[str, Any] = {"code": code, "description": EXPORT_TEXTS[code]}
        if export.details and code == export.outcome:
            status["details"] = list(export.details)
        has_package = code in (DONE, EXPIRED)
        document = {
            "status": status,
            "completedDate": None if code == IN_PROGRESS else wire_time(export.completed),
            "packageExpirationDate": wire_time(export.expires) if has_package else None,
            "package": self._describe(call, export) if code == DONE else None,
        }
        return json_response(200, without_nulls(document))

    def _describe(self, call: Call, export: Export) -> dict[str, Any]:
        package = self.packages.of(export)
        parts = []
        lifetime = self.settings.export_link_lifetime
        expires = min(self.clock.now() + lifetime, export.expires).replace(microsecond=0)
        for ordinal, part in enumerate(package.parts, start=1):
            link = self.storage.link(
                call.request.origin, export.reference, EXPORTS_FOLDER, part.name, expires=expires
            )
            parts.append(
                {
                    "ordinalNumber": ordinal,
                    "partName": part.name,
                    "method": "GET",
                    "url": link.url,
                    "partSize": part.plain_size,
                    "partHash": part.plain_hash,
                    "encryptedPartSize": part.size,
                    "encryptedPartHash": part.hash,
                    "expirationDate": wire_time(link.expires),
                }
            )
        last = _LAST_DATES[export.filters["dateRange"]["dateType"]]
        document = {
            "invoiceCount": package.invoice_count,
            "size": package.size,
            "parts": parts,
            "isTruncated": package.is_truncated,
            last: None if package.last is None else _write(package.last),
            "permanentStorageHwmDate": None if package.hwm is None else wire_time(package.hwm),
            "compressionType": export.compression,
        }
        return without_nulls(document)


def _write(moment: datetime | date) -> str:
    return wire_time(moment) if isinstance(moment, datetime) else moment.isoformat()
