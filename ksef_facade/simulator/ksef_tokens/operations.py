"""The operations on KSeF tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock, wire_time
from ..identifiers import written
from ..listing import Pager
from ..logins.access import Caller, lends
from ..logins.credentials import KsefToken, TokenRegister
from ..messages import Response, json_response, without_nulls
from ..problems import INVALID_INPUT, Forbidden, Refusal
from ..settings import Settings
from ..taxpayers import Taxpayers

if TYPE_CHECKING:
    from ..core import Core

_NOT_HELD, _WRONG_CONTEXT = 26001, 26002
#: Contexts that tokens are made for (contract, POST /tokens).
_CONTEXTS = ("Nip", "InternalId")
#: Permissions that open every token of the context (contract, GET and DELETE /tokens).
_SEE_ALL = ("CredentialsManage", "CredentialsRead")
_REVOKE_ALL = ("CredentialsManage",)


@define
class KsefTokens:
    """Makes, shows and revokes tokens."""

    clock: Clock
    settings: Settings
    tokens: TokenRegister
    taxpayers: Taxpayers
    pager: Pager

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("POST", "/tokens"): self._make,
            ("GET", "/tokens"): self._list,
            ("GET", "/tokens/{referenceNumber}"): self._show,
            ("DELETE", "/tokens/{referenceNumber}"): self._revoke,
        }

    def _make(self, call: Call) -> Response:
        caller, body = call.caller, call.inputs.body
        assert caller.context is not None
        if caller.token_reference is not None:
            # A token makes no tokens: its maker must have signed (documented rule).
            raise Forbidden("auth-method-not-allowed", {"authenticationMethodCategory": "Token"})
        if caller.context.kind not in _CONTEXTS:
            allowed = ", ".join(_CONTEXTS)
            raise Refusal(
                _WRONG_CONTEXT,
                f"Aktualny typ kontekstu: {caller.context.kind}. Dozwolone typy: {allowed}.",
            )
        wanted: list[str] = list(dict.fromkeys(body["permissions"]))
        if not wanted:
            raise Refusal(INVALID_INPUT, "'permissions': none is named")
        missing = [name for name in wanted if not lends(caller.permissions, name)]
        if missing:
            raise Refusal(_NOT_HELD, f"Brakujące uprawnienia: {', '.join(missing)}.")
        token = self.tokens.issue(
            caller.context,
            wanted,
            caller.subject,
            body["description"],
            self.settings.latencies.token_activated,
        )
        return json_response(202, {"referenceNumber": token.reference, "token": token.secret})

    def _list(self, call: Call) -> Response:
        query, now = call.inputs.query, self.clock.now()
        assert call.caller.context is not None
        is_visible = self._reach(call.caller, _SEE_ALL)
        found = [
            token
            for token in self.tokens.of_context(call.caller.context)
            if is_visible(token)
            and ("status" not in query or token.status(now) in query["status"])
            and query.get("description", "").casefold() in token.description.casefold()
            and query.get("authorIdentifier", "").casefold() in token.author.value.casefold()
            and query.get("authorIdentifierType") in (None, token.author.kind)
        ]
        found.sort(key=_order, reverse=True)
        page = self.pager.page(call, found, [_order(token) for token in found])
        document = {
            "continuationToken": page.token,
            "tokens": [self._describe(token) for token in page.items],
        }
        return json_response(200, without_nulls(document))

    def _show(self, call: Call) -> Response:
        return json_response(200, self._describe(self._find(call, _SEE_ALL)))

    def _revoke(self, call: Call) -> Response:
        token = self._find(call, _REVOKE_ALL)
        self.tokens.revoke(token, self.settings.latencies.token_revoked)
        return Response(204)

    def _find(self, call: Call, permissions: tuple[str, ...]) -> KsefToken:
        reference = call.inputs.path["referenceNumber"]
        token = self.tokens.by_reference(reference)
        if token is None or token.context != call.caller.context:
            raise Refusal(INVALID_INPUT, f"Token o numerze referencyjnym {reference} nie istnieje.")
        if not self._reach(call.caller, permissions)(token):
            raise Forbidden("insufficient-resource-access")
        return token

    def _reach(self, caller: Caller, permissions: tuple[str, ...]) -> Callable[[KsefToken], bool]:
        """Which tokens of its context a caller may see or revoke.

        All with one of the permissions; else a caller that came with a token that token, others
        those they made, under whichever of their names (contract, GET and DELETE /tokens).
        """
        if caller.has_any(permissions):
            return lambda token: True
        if caller.token_reference is not None:
            return lambda token: token.reference == caller.token_reference
        assert caller.subject is not None
        own = self.taxpayers.register.identities(caller.subject)
        return lambda token: token.author in own

    def _describe(self, token: KsefToken) -> dict[str, Any]:
        used = token.last_used
        document = {
            "referenceNumber": token.reference,
            "authorIdentifier": written(token.author),
            "contextIdentifier": written(token.context),
            "description": token.description,
            "requestedPermissions": list(token.permissions),
            "dateCreated": wire_time(token.created),
            "lastUseDate": wire_time(used) if used is not None else None,
            "status": token.status(self.clock.now()),
            "statusDetails": [],
        }
        return without_nulls(document)


def _order(token: KsefToken) -> str:
    return f"{token.created.isoformat(timespec='microseconds')} {token.reference}"


def operations(core: Core) -> dict[tuple[str, str], Handler]:
    """Making, listing and revoking tokens."""
    pager = Pager(core.settings, core.own_secrets)
    tokens = KsefTokens(core.clock, core.settings, core.tokens, core.taxpayers, pager)
    return tokens.handlers()
