"""Revoking: by the identifier that a permission has in lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from attrs import define

from ..calls import Call, Handler
from ..logins.credentials import Party
from ..messages import Response
from ..problems import INVALID_INPUT, Refusal
from .proceedings import DONE, FAILED, NOT_PERMITTED, UNRELATED, Proceedings
from .register import Grant, Kind

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
#: The permission that revoking what was granted in a way takes (documented table).
_NEEDED: dict[Kind, tuple[str, ...]] = {
    "subunit": ("SubunitManage", "CredentialsManage"),
    "eu-administrator": ("CredentialsManage", "VatUeManage"),
    "eu-representative": ("VatUeManage", "CredentialsManage"),
}
_USUALLY_NEEDED = ("CredentialsManage",)


@define
class Revoking:
    """The two operations that revoke."""

    proceedings: Proceedings

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("DELETE", "/permissions/common/grants/{permissionId}"): self._common,
            ("DELETE", "/permissions/authorizations/grants/{permissionId}"): self._authorization,
        }

    def _common(self, call: Call) -> Response:
        return self._revoke(call, lambda grant: grant.kind != "authorization")

    def _authorization(self, call: Call) -> Response:
        return self._revoke(call, lambda grant: grant.kind == "authorization")

    def _revoke(self, call: Call, is_meant: Callable[[Grant], bool]) -> Response:
        grant_id = call.inputs.path["permissionId"]
        if not _UUID.fullmatch(grant_id):
            raise Refusal(INVALID_INPUT, "'permissionId': it is not the identifier of a permission")
        due = self.proceedings.due()
        grant = self.proceedings.grants.find(grant_id, due)
        code = FAILED
        if grant is not None and is_meant(grant):
            code = self._obstacle(call, grant, due)
        code, answer = self.proceedings.begin(call, due, code)
        if code == DONE and grant is not None:
            self.proceedings.grants.end(grant.id, due)
        return answer

    def _obstacle(self, call: Call, grant: Grant, at: datetime) -> int:
        context = call.caller.context
        assert context is not None
        if not _belongs(grant, context):
            return UNRELATED
        if not call.caller.has_any(_NEEDED.get(grant.kind, _USUALLY_NEEDED)):
            return NOT_PERMITTED
        return DONE


def _belongs(grant: Grant, context: Party) -> bool:
    """Whether it is for the administrators of a context to revoke: it was granted there, or it
    holds there; and what holds for an entity of the Union is for its taxpayer too."""
    is_eu = grant.context.kind == "NipVatUe" and context == Party("Nip", grant.context.nip or "")
    return context in (grant.granted_in, grant.context) or is_eu
