"""Operations that grant or revoke: taken in at once, decided a little later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from attrs import define, evolve

from ..calls import Call, Handler
from ..clock import Clock
from ..logins.credentials import TokenRegister
from ..messages import Response, json_response
from ..outcomes import Outcomes
from ..problems import INVALID_INPUT, Gone, Refusal
from ..references import References
from ..settings import Settings
from ..taxpayers import Taxpayers
from .register import GrantRegister, Operation

ACCEPTED, DONE = 100, 200
FAILED = 400
UNRELATED = 410
NOT_PERMITTED = 420
WRONG_ROLE = 430
NOT_FOR_RELATION = 440
NOT_FOR_IDENTIFIER = 450

#: Literal descriptions of the status codes (contract, GET /permissions/operations/...).
DESCRIPTIONS: Mapping[int, str] = {
    ACCEPTED: "Operacja przyjęta do realizacji",
    DONE: "Operacja zakończona sukcesem",
    FAILED: "Operacja zakończona niepowodzeniem",
    UNRELATED: "Podane identyfikatory są niezgodne lub pozostają w niewłaściwej relacji",
    NOT_PERMITTED: "Użyte poświadczenia nie mają uprawnień do wykonania tej operacji",
    WRONG_ROLE: "Kontekst identyfikatora nie odpowiada wymaganej roli lub uprawnieniom",
    NOT_FOR_RELATION: "Operacja niedozwolona dla wskazanych powiązań identyfikatorów",
    NOT_FOR_IDENTIFIER: "Operacja niedozwolona dla wskazanego identyfikatora lub jego typu",
    500: "Nieznany błąd",
    550: "Operacja została anulowana przez system",
}
_INTERRUPTED = (
    "Przetwarzanie zostało przerwane z przyczyn wewnętrznych systemu. Spróbuj ponownie później."
)
#: How long a status is kept (contract, GET /permissions/operations/{referenceNumber}).
_KEPT = timedelta(days=30)


@define
class Proceedings:
    """Takes operations in and tells how they end."""

    clock: Clock
    settings: Settings
    references: References
    grants: GrantRegister
    taxpayers: Taxpayers
    tokens: TokenRegister
    outcomes: Outcomes

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {("GET", "/permissions/operations/{referenceNumber}"): self._status}

    def due(self) -> datetime:
        """When an operation that is taken in now is decided.

        All that is asked about it is asked for that moment, so that what was taken in shortly
        before counts.
        """
        return self.clock.now() + timedelta(seconds=self.settings.latencies.permission_done)

    def begin(self, call: Call, due: datetime, code: int) -> tuple[int, Response]:
        """Take an operation in, which ends with a code unless the caller may not, or chance.

        Returns the code in force beside the answer.
        """
        caller = call.caller
        assert caller.context is not None
        decided = self.outcomes.take("permission")
        details: tuple[str, ...] = ()
        if decided is not None:
            code, details = decided
            if code == 550 and not details:
                details = (_INTERRUPTED,)
        elif not self._still_may(call, due):
            code = NOT_PERMITTED
        now = self.clock.now()
        reference = self.references.reference("EG", now)
        self.grants.note(Operation(reference, caller.context, now, due, code, details))
        return code, json_response(202, {"referenceNumber": reference})

    def _still_may(self, call: Call, at: datetime) -> bool:
        # An access token outlives the permissions it was made for: they are asked for anew.
        caller = call.caller
        assert caller.context is not None
        assert caller.subject is not None
        if caller.token_reference is not None:
            token = self.tokens.by_reference(caller.token_reference)
            return token is not None and not token.is_revoked
        held = self.taxpayers.permissions(caller.context, caller.subject, at)
        return evolve(caller, permissions=frozenset(held)).has_any(call.operation.permissions)

    def _status(self, call: Call) -> Response:
        reference = call.inputs.path["referenceNumber"]
        operation = self.grants.operation(reference)
        if operation is None or operation.context != call.caller.context:
            raise Refusal(
                INVALID_INPUT, f"Operacja o numerze referencyjnym {reference} nie istnieje."
            )
        now = self.clock.now()
        if now >= operation.accepted + _KEPT:
            raise Gone
        code = operation.code if now >= operation.done else ACCEPTED
        status: dict[str, object] = {"code": code, "description": DESCRIPTIONS[code]}
        if operation.details and code == operation.code:
            status["details"] = list(operation.details)
        return json_response(200, {"status": status})
