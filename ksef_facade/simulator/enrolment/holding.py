"""Certificates that a subject has: fetched, listed, revoked, shortened."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock, wire_time
from ..listing import numbered_page
from ..logins.credentials import Party
from ..messages import Response, json_response, without_nulls
from ..moments import read_moment
from ..problems import INVALID_INPUT, Forbidden, Refusal
from .enrolling import subject_of
from .register import IssuedCertificate
from .standing import Standing

_UNKNOWN, _NOT_ACTIVE = 25008, 25009
_UNSPECIFIED = "Unspecified"


@define
class Holding:
    """The operations of holders."""

    clock: Clock
    standing: Standing

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("POST", "/certificates/retrieve"): self._retrieve,
            ("POST", "/certificates/query"): self._query,
            ("POST", "/certificates/{certificateSerialNumber}/revoke"): self._revoke,
            ("PUT", "/testdata/certificates/{serialNumber}"): self._shorten,
        }

    def _retrieve(self, call: Call) -> Response:
        wanted = call.inputs.body["certificateSerialNumbers"]
        own = {one.serial: one for one in self.standing.visible(subject_of(call))}
        # No code says that one is unknown: it is left out.
        found = [own[serial] for serial in dict.fromkeys(wanted) if serial in own]
        documents = [
            {
                "certificate": base64.b64encode(one.der).decode(),
                "certificateName": one.name,
                "certificateSerialNumber": one.serial,
                "certificateType": one.kind,
            }
            for one in found
        ]
        return json_response(200, {"certificates": documents})

    def _query(self, call: Call) -> Response:
        found = [
            one
            for one in reversed(self.standing.visible(subject_of(call)))
            if self._fits(one, call.inputs.body or {})
        ]
        found.sort(key=lambda one: one.requested, reverse=True)
        page, has_more = numbered_page(call, found)
        document = {"certificates": [self._document(one) for one in page], "hasMore": has_more}
        return json_response(200, document)

    def _fits(self, certificate: IssuedCertificate, wanted: dict[str, Any]) -> bool:
        serial, kind, status = (
            wanted.get("certificateSerialNumber"),
            wanted.get("type"),
            wanted.get("status"),
        )
        expires_after = wanted.get("expiresAfter")
        return (
            (serial is None or certificate.serial == serial)
            and (wanted.get("name") or "") in certificate.name
            and (kind is None or certificate.kind == kind)
            and (status is None or self.standing.status(certificate) == status)
            and (expires_after is None or certificate.valid_to > read_moment(expires_after))
        )

    def _document(self, certificate: IssuedCertificate) -> dict[str, Any]:
        used = certificate.last_used
        document = {
            "certificateSerialNumber": certificate.serial,
            "name": certificate.name,
            "type": certificate.kind,
            "commonName": certificate.common_name,
            "status": self.standing.status(certificate),
            "subjectIdentifier": {
                "type": certificate.subject.kind,
                "value": certificate.subject.value,
            },
            "validFrom": wire_time(certificate.valid_from),
            "validTo": wire_time(certificate.valid_to),
            "lastUseDate": wire_time(used) if used is not None else None,
            "requestDate": wire_time(certificate.requested),
        }
        return without_nulls(document)

    def _revoke(self, call: Call) -> Response:
        if call.caller.token_reference is not None:
            raise Forbidden("auth-method-not-allowed", {"authenticationMethodCategory": "Token"})
        # A person revokes under either of its names (contract, POST /certificates/{...}/revoke).
        names = self.standing.taxpayers.register.identities(subject_of(call))
        certificate = self._find(call.inputs.path["certificateSerialNumber"], names)
        if self.standing.status(certificate) != "Active":
            raise Refusal(_NOT_ACTIVE)
        certificate.revoked = self.clock.now()
        body = call.inputs.body or {}
        certificate.revocation_reason = body.get("revocationReason") or _UNSPECIFIED
        return Response(204)

    def _shorten(self, call: Call) -> Response:
        certificate = self._find(call.inputs.path["serialNumber"], (subject_of(call),))
        end = read_moment(call.inputs.body["validTo"])
        if end > certificate.valid_to:
            raise Refusal(INVALID_INPUT, "'validTo': later than it is now")
        certificate.valid_to = end
        return Response(200)

    def _find(self, serial: str, holders: Iterable[Party]) -> IssuedCertificate:
        for holder in holders:
            for one in self.standing.visible(holder):
                if one.serial == serial:
                    return one
        raise Refusal(_UNKNOWN)
