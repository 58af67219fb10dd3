"""Authentication sessions: listed and ended by the subject they belong to."""

from __future__ import annotations

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock
from ..listing import Pager
from ..messages import Response, json_response, without_nulls
from ..problems import INVALID_INPUT, Refusal
from .register import SUCCESS, Login, LoginRegister


@define
class AuthSessions:
    """The three operations on authentication sessions."""

    clock: Clock
    logins: LoginRegister
    pager: Pager

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("GET", "/auth/sessions"): self._list,
            ("DELETE", "/auth/sessions/current"): self._end_current,
            ("DELETE", "/auth/sessions/{referenceNumber}"): self._end,
        }

    def _list(self, call: Call) -> Response:
        now = self.clock.now()
        active = [
            login
            for login in self._of_caller(call)
            if self.logins.code(login) == SUCCESS
            and login.refresh_until is not None
            and now < login.refresh_until
        ]
        active.sort(key=_order, reverse=True)
        page = self.pager.page(call, active, [_order(login) for login in active])
        document = {
            "continuationToken": page.token,
            "items": [
                {
                    "referenceNumber": login.reference,
                    "isCurrent": login.reference == call.caller.authentication,
                    **self.logins.describe(login),
                }
                for login in page.items
            ],
        }
        return json_response(200, without_nulls(document))

    def _end_current(self, call: Call) -> Response:
        # A refresh token names its login and no context, and is enough here (contract).
        login = self.logins.find(call.caller.authentication)
        assert login is not None, "a token that was issued belongs to a login"
        return self._revoke(login)

    def _end(self, call: Call) -> Response:
        reference = call.inputs.path["referenceNumber"]
        for login in self._of_caller(call):
            if login.reference == reference.upper():
                return self._revoke(login)
        raise Refusal(INVALID_INPUT, f"Sesja uwierzytelniania {reference} nie istnieje.")

    def _revoke(self, login: Login) -> Response:
        if login.revoked is None:
            login.revoked = self.clock.now()
        return Response(204)

    def _of_caller(self, call: Call) -> list[Login]:
        assert call.caller.context is not None
        assert call.caller.subject is not None
        return self.logins.of(call.caller.context, call.caller.subject)


def _order(login: Login) -> str:
    return f"{login.started.isoformat()} {login.reference}"
