# Derived from ksef_facade/_async/caller.py by scripts/derive_sync.py; do not edit.
"""Requests on behalf of a context: the right token goes along, and one 401 renews it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ksef_facade._sync.logins.tokens import Authenticator
from ksef_facade._sync.wire import LINK, Wire
from ksef_facade.answers.responses import Response
from ksef_facade.calls.describing import Call
from ksef_facade.calls.transfers import Feed, Sink
from ksef_facade.concurrency.threads import Clock
from ksef_facade.environments import Environment
from ksef_facade.errors import Unauthorized
from ksef_facade.handles import Handle
from ksef_facade.models.budget import GroupBudget, Spent
from ksef_facade.planning.limits import Budget
from ksef_facade.settings import Settings


class Caller:
    """Sends calls with the access token of one login, with one set of settings."""

    def __init__(self, wire: Wire, authenticator: Authenticator) -> None:
        self._wire = wire
        self._authenticator = authenticator

    @property
    def environment(self) -> Environment:
        """Where the calls go."""
        return self._wire.pool.environment

    @property
    def settings(self) -> Settings:
        """How they are made."""
        return self._wire.settings

    @property
    def clock(self) -> Clock:
        """The clock that the wire goes by."""
        return self._wire.pool.clock

    @property
    def context(self) -> str:
        """The context that the login acts for, as `Type:value`."""
        return str(self._authenticator.context)

    @property
    def authenticator(self) -> Authenticator:
        """The login."""
        return self._authenticator

    def left(self, budget: Budget) -> GroupBudget:
        """What a limit group still allows the login's context."""
        return self._wire.pool.attempts.left(budget, self.context)

    def recall(self, budget: Budget, spent: Spent) -> None:
        """Count what another process has spent of a group in the name of the login's context."""
        self._wire.pool.attempts.recall(budget, self.context, spent)

    def handle(self, session: str, invoice: str | None = None) -> Handle:
        """What to store to go on with a session or invoice in another process."""
        return Handle(
            environment=self.environment.name,
            base_url=self.environment.base_url,
            context=self.context,
            session_reference=session,
            invoice_reference=invoice,
        )

    def with_login(self, login: Authenticator) -> Caller:
        """The same connections and settings with another login."""
        return Caller(self._wire, login)

    @property
    def wire(self) -> Wire:
        """The connections, with the settings."""
        return self._wire

    def with_settings(self, settings: Settings) -> Caller:
        """The same login and connections with other settings."""
        return Caller(Wire(self._wire.pool, settings), self._authenticator)

    def send(self, call: Call) -> Response:
        """The 2xx answer to a call; one request, or three when the access token had to be renewed."""

        def attempt(token: str) -> Response:
            return self._wire.send(call, context=self.context, bearer=token)

        return self._authorised(attempt)

    def send_with(self, token: str, call: Call) -> Response:
        """The 2xx answer to a call made with this very token, which is not renewed; one request."""
        return self._wire.send(call, context=self.context, bearer=token)

    def download(self, call: Call, sink: Sink) -> Response:
        """The 2xx answer to a call, its body written to the sink."""

        def attempt(token: str) -> Response:
            return self._wire.download(call, sink, context=self.context, bearer=token)

        return self._authorised(attempt)

    def download_link(self, link: str, sink: Sink, *, label: str = LINK) -> Response:
        """What a pre-signed link serves, written to the sink; not metered, no token goes along."""
        return self._wire.download_link(link, sink, label=label)

    def upload_link(
        self, link: str, feed: Feed, *, method: str, headers: Mapping[str, str]
    ) -> Response:
        """A body sent to a pre-signed link, with just these headers; not metered, no token goes
        along.
        """
        return self._wire.upload_link(link, feed, method=method, headers=headers)

    def _authorised(self, attempt: Callable[[str], Response]) -> Response:
        until = self.settings.until
        token = self._authenticator.token(until)
        try:
            return attempt(token)
        except Unauthorized:
            return attempt(self._authenticator.renew(token, until))
