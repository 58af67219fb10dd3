"""Who calls: bearer tokens by type, permissions by operation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from attrs import frozen

from ..contract import Operation
from ..messages import Request
from ..problems import Forbidden, Unauthenticated
from .addresses import is_allowed
from .bearer_tokens import TokenIssuer, TokenType
from .credentials import Party

#: Stands for every permission but VatUeManage (documented rule).
OWNER = "Owner"
_NOT_OWNED = "VatUeManage"
#: Needs a role even of an owner (contract, POST /permissions/persons/grants).
_NEEDS_A_ROLE = "EnforcementOperations"

#: Operations that take another token than the access token (documented rule).
_OTHER_TOKENS: Mapping[tuple[str, str], tuple[TokenType, ...]] = {
    ("GET", "/auth/{referenceNumber}"): ("AuthenticationToken",),
    ("POST", "/auth/token/redeem"): ("AuthenticationToken",),
    ("POST", "/auth/token/refresh"): ("RefreshToken",),
    ("DELETE", "/auth/sessions/current"): ("ContextToken", "RefreshToken"),
}
_ACCESS_TOKEN: tuple[TokenType, ...] = ("ContextToken",)


@frozen
class Caller:
    """The one behind a valid bearer token."""

    #: Reference of the authentication operation the token came from.
    authentication: str
    #: Absent in authentication and refresh tokens.
    context: Party | None = None
    subject: Party | None = None
    permissions: frozenset[str] = frozenset()
    #: How the subject proved itself, for the UPO: a KSeF token's reference, or a document's hash.
    token_reference: str | None = None
    document_hash: str | None = None
    #: Addresses the access token may be used from; None for any.
    policy: Mapping[str, Any] | None = None

    def has_any(self, permissions: Iterable[str]) -> bool:
        """Whether one of these is held, by itself or as the owner."""
        return any(
            name in self.permissions or (OWNER in self.permissions and name != _NOT_OWNED)
            for name in permissions
        )


def lends(held: Collection[str], name: str) -> bool:
    """Whether whoever holds some permissions can let a KSeF token have one."""
    return name in held or (OWNER in held and name != _NEEDS_A_ROLE)


def identify(operation: Operation, request: Request, issuer: TokenIssuer) -> Caller:
    """The caller of a secured operation.

    Raises Unauthenticated when the token is absent, foreign, expired or of the wrong type, and
    Forbidden when it must not be used from the client's address.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    claims = issuer.verify(token.strip())
    if claims is None or claims["typ"] not in _OTHER_TOKENS.get(operation.key, _ACCESS_TOKEN):
        raise Unauthenticated
    caller = _caller(claims)
    if not is_allowed(request.client, caller.policy):
        raise Forbidden("ip-not-allowed", {"clientIp": request.client})
    return caller


def _caller(claims: Mapping[str, Any]) -> Caller:
    if claims["typ"] != "ContextToken":
        return Caller(claims["arn"])
    subject = claims["sub"]
    kind, _, value = subject.partition(":")
    return Caller(
        claims["arn"],
        Party(claims["cit"], claims["civ"]),
        Party(kind, value),
        frozenset(claims["per"]),
        claims.get("tkr"),
        claims.get("sdh"),
        claims.get("ipp"),
    )


def require_permission(operation: Operation, caller: Caller) -> None:
    """Raise Forbidden unless the caller holds one of the operation's permissions.

    Source: `x-required-permissions` of the contract.
    """
    if not operation.permissions or caller.has_any(operation.permissions):
        return
    raise Forbidden(
        "missing-permissions",
        {
            "requiredAnyOfPermissions": list(operation.permissions),
            "presentPermissions": sorted(caller.permissions),
        },
    )
