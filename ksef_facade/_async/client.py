"""The client: where it talks to, who logs in, and the way to everything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any

from attrs import evolve

from ksef_facade._async.archive.opening import archive
from ksef_facade._async.batches.client_methods import open_batch_session, resume_batch
from ksef_facade._async.budget import budget
from ksef_facade._async.caller import AsyncCaller
from ksef_facade._async.logins.client_methods import (
    auth_sessions,
    end_auth_session,
    log_in,
    log_out,
)
from ksef_facade._async.logins.tokens import AsyncAuthenticator
from ksef_facade._async.public_keys import AsyncPublicKeys
from ksef_facade._async.published import fetch_contract
from ksef_facade._async.raw_client import raw_client
from ksef_facade._async.sending.send import send
from ksef_facade._async.wire import AsyncPool, AsyncWire, make_pool
from ksef_facade.answers.pages import LARGEST_PAGE
from ksef_facade.concurrency.tasks import Clock
from ksef_facade.environments import Environment, environment
from ksef_facade.errors import ConfigurationError
from ksef_facade.form_codes import FormCode
from ksef_facade.handles import Handle
from ksef_facade.identifiers import InvoiceReference, SessionReference
from ksef_facade.logins.credentials import Credentials
from ksef_facade.planning.retry import RetryPolicy
from ksef_facade.settings import (
    RateLimits,
    Settings,
    at_least_one,
    silence_setting,
    time_setting,
)
from ksef_facade.system_warnings import WarningHook

# The rooms behind the methods are loaded when they are entered.
if TYPE_CHECKING:
    from ksef_facade._async.pager import AsyncPager
    from ksef_facade._async.sessions.invoice import AsyncSessionInvoice
    from ksef_facade._async.sessions.online import AsyncOnlineSession
    from ksef_facade._async.sessions.session import AsyncSession
    from ksef_facade.calls.session_filters import SessionState
    from ksef_facade.models.sessions import SessionKind, SessionSummary


class AsyncKsef:
    """A client of one KSeF environment, logged in for one context. Safe to share.

    Use it as a context manager, or call `aclose()`. Making it costs no request; the first call that
    needs a token logs in (5 requests or more of group `anonymous`).

    Args:
        target: `simulator`, `test`, `demo` or `prod`, or an `Environment`. By default `test`, or
            `simulator` when `base_url` is an http address of this machine.
        auth: how to log in: `TokenAuth`, `CertificateAuth` or `AccessTokenAuth`.
        base_url: another address of the API, ending in `/v2`.
        timeout: the longest silence of one request, in seconds.
        retry_deadline: how long a request may be tried in all, in seconds.
        max_rate_limit_wait: the longest `Retry-After`, or wait for room in the limits, that is
            waited out, in seconds; inside `wait` its own deadline takes this place.
        rate_limits: `contract` spaces requests so that the contract's limits hold; `off` leaves it
            to the service; `auto` is `contract` for a real KSeF and `off` for a simulator on this
            machine.
        parallel_downloads: how many UPO pages are under way at once.
        login_timeout: the longest wait for the decision on a login, in seconds; checking a
            certificate's revocation can take minutes on DEMO and production.
        on_system_warning: called with each `KsefSystemWarning`, besides the Python warning.
        transport: an httpx transport in place of the network, for tests.
        clock: a clock in place of the system's, for tests.

    Raises:
        ConfigurationError: a setting cannot work.
    """

    def __init__(
        self,
        target: str | Environment | None = None,
        *,
        auth: Credentials | None = None,
        base_url: str | None = None,
        timeout: timedelta | float = 30.0,
        retry_deadline: timedelta | float = 180.0,
        max_rate_limit_wait: timedelta | float = 90.0,
        rate_limits: RateLimits = "auto",
        parallel_downloads: int = 4,
        login_timeout: timedelta | float = 180.0,
        on_system_warning: WarningHook | None = None,
        transport: Any = None,
        clock: Clock | None = None,
    ) -> None:
        chosen = environment(target, base_url)
        if rate_limits not in ("auto", "contract", "off"):
            raise ConfigurationError(f"rate_limits is auto, contract or off, not {rate_limits!r}")
        settings = Settings(
            timeout=silence_setting(timeout),
            retry=RetryPolicy(
                deadline=time_setting("retry_deadline", retry_deadline),
                max_rate_limit_wait=time_setting("max_rate_limit_wait", max_rate_limit_wait),
            ),
            paced=rate_limits == "contract" or (rate_limits == "auto" and not chosen.is_loopback),
            parallel_downloads=at_least_one(parallel_downloads),
            login_timeout=time_setting("login_timeout", login_timeout),
            on_system_warning=on_system_warning,
        )
        wire = AsyncWire(make_pool(chosen, clock, transport), settings)
        public_keys = AsyncPublicKeys(wire)
        authenticator = AsyncAuthenticator(wire, auth, public_keys)
        self._assemble(wire.pool, AsyncCaller(wire, authenticator), public_keys)

    def _assemble(self, pool: AsyncPool, caller: AsyncCaller, public_keys: AsyncPublicKeys) -> None:
        self._pool = pool
        self._caller = caller
        self._public_keys = public_keys

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.environment.name!r})"

    async def __aenter__(self) -> AsyncKsef:
        """The client itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections, also those of copies made by `options`. No request; sessions stay
        as they are.
        """
        await self._pool.aclose()

    @property
    def environment(self) -> Environment:
        """Where this client talks to."""
        return self._pool.environment

    async def published_contract(self) -> bytes:
        """The contract that this environment publishes, as it comes: an OpenAPI document, JSON.

        Cost: 1 request outside the API, in no limit group; no login, no credential. Source:
        documented address `/docs/v2/openapi.json` of the API's host. `ksef contract check` compares
        it with the contract that this package was generated from.

        Raises:
            IntegrityFailure: it is larger than any contract could be; given up.
            ResponseError: it is not there, or has moved: redirects are not followed.
            TransportError: no answer.
        """
        return await fetch_contract(self._caller)

    def options(
        self,
        *,
        timeout: timedelta | float | None = None,
        retry_deadline: timedelta | float | None = None,
        max_rate_limit_wait: timedelta | float | None = None,
        parallel_downloads: int | None = None,
        on_system_warning: WarningHook | None = None,
    ) -> AsyncKsef:
        """A copy with other settings that shares connections, login and limits; what is left out
        stays.

        Costs no request and rests on nothing of the protocol; cheap enough for a single call:
        `ksef.options(timeout=5).session(...)`.

        Raises:
            ConfigurationError: a setting cannot work.
        """
        settings = self._caller.settings
        retry = evolve(
            settings.retry,
            deadline=_given("retry_deadline", retry_deadline, settings.retry.deadline),
            max_rate_limit_wait=_given(
                "max_rate_limit_wait", max_rate_limit_wait, settings.retry.max_rate_limit_wait
            ),
        )
        changed = evolve(
            settings,
            timeout=settings.timeout if timeout is None else silence_setting(timeout),
            retry=retry,
            parallel_downloads=settings.parallel_downloads
            if parallel_downloads is None
            else at_least_one(parallel_downloads),
            on_system_warning=on_system_warning or settings.on_system_warning,
        )
        copy = object.__new__(type(self))
        copy._assemble(self._pool, self._caller.with_settings(changed), self._public_keys)
        return copy

    def for_context(self, auth: Credentials) -> AsyncKsef:
        """A client with another login that shares connections, public keys, settings and limits; no
        request.

        Several contexts stand side by side: each has its own tokens, and its own counts in the
        limits, which KSeF keeps by context. Closing one closes all.

        Raises:
            ConfigurationError: a self-signed certificate, and the environment takes none.
        """
        login = AsyncAuthenticator(self._caller.wire, auth, self._public_keys)
        copy = object.__new__(type(self))
        copy._assemble(self._pool, self._caller.with_login(login), self._public_keys)
        return copy

    def session(self, reference: str | SessionSummary) -> AsyncSession:
        """A handle of a session, from its reference or a row of the history; no request. Source:
        UPO schema, type `TNumerReferencyjny`, kinds SO and SB (observed).

        Raises:
            InvalidIdentifier: the text is not a session reference; a UPO or invoice reference is
                named as such.
        """
        from ksef_facade._async.sessions.session import AsyncSession
        from ksef_facade.models.sessions import SessionSummary

        if isinstance(reference, SessionSummary):
            parsed = SessionReference.from_server(reference.reference_number)
        else:
            parsed = SessionReference.of(reference)
        return AsyncSession(self._caller, parsed)

    def resume(self, handle: Handle | str) -> AsyncSession | AsyncSessionInvoice:
        """What a stored handle stands for, in this client; no request. Source: our own `Handle`.

        Raises:
            ConfigurationError: the text is no handle, or it is of another environment or context.
        """
        from ksef_facade._async.sessions.session import AsyncSession

        known = Handle.loads(handle) if isinstance(handle, str) else handle
        here = self._caller.handle(known.session_reference, known.invoice_reference)
        if known != here:
            raise ConfigurationError(
                f"this handle is of {known.environment} ({known.base_url}) and {known.context}, this "
                f"client of {here.environment} ({here.base_url}) and {here.context}"
            )
        session = AsyncSession(self._caller, SessionReference.from_server(known.session_reference))
        if known.invoice_reference is None:
            return session
        return session.invoice(InvoiceReference.from_server(known.invoice_reference))

    def sessions(
        self,
        kind: SessionKind,
        *,
        statuses: Sequence[SessionState] = (),
        reference_number: str | None = None,
        created_from: datetime | date | None = None,
        created_to: datetime | date | None = None,
        closed_from: datetime | date | None = None,
        closed_to: datetime | date | None = None,
        modified_from: datetime | date | None = None,
        modified_to: datetime | date | None = None,
        page_size: int = LARGEST_PAGE,
    ) -> AsyncPager[SessionSummary]:
        """The history of sessions of one kind, newest first.

        Cost: 1 request of group `sessionList` (60 an hour) for each page. Source: contract `GET
        /sessions`. With the permission InvoiceWrite alone only sessions that the login itself
        opened are listed.

        Args:
            kind: `online` or `batch`.
            statuses: any of `in_progress`, `succeeded`, `failed`, `cancelled`; none means all.
            reference_number: exactly this session.
            created_from: a `datetime` with a time zone, or a `date`, which means the Polish day
                from its start; the other bounds alike, those ending in `_to` up to the day's end.
            created_to: see `created_from`.
            closed_from: see `created_from`.
            closed_to: see `created_from`.
            modified_from: see `created_from`.
            modified_to: see `created_from`.
            page_size: 10 to 1000.

        Raises:
            ConfigurationError: a filter cannot work; no request was made.
            KsefError: while iterating; `continuation_token` is on the error.
        """
        from ksef_facade._async.sessions.history import list_sessions

        return list_sessions(
            self._caller,
            kind=kind,
            statuses=statuses,
            reference_number=reference_number,
            created_from=created_from,
            created_to=created_to,
            closed_from=closed_from,
            closed_to=closed_to,
            modified_from=modified_from,
            modified_to=modified_to,
            page_size=page_size,
        )

    def open_online_session(self, form_code: FormCode = FormCode.FA_3) -> AsyncOnlineSession:
        """An online session to send invoices in; it opens on entering a `with` block and closes on
        leaving it.

        Cost: none until entered; what opening costs, raises and rests on, says
        `AsyncOnlineSession.open`. Source: contract `POST /sessions/online`.
        """
        from ksef_facade._async.sessions.online import AsyncOnlineSession

        return AsyncOnlineSession(self._caller, self._public_keys, form_code)

    archive = archive
    auth_sessions = auth_sessions
    budget = budget
    end_auth_session = end_auth_session
    log_in = log_in
    log_out = log_out
    open_batch_session = open_batch_session
    raw_client = raw_client
    resume_batch = resume_batch
    send = send


def _given(name: str, value: timedelta | float | None, otherwise: float) -> float:
    return otherwise if value is None else time_setting(name, value)
