"""The only room that knows httpx: makes one request at a time and streams what comes and goes.

How often, how fast and how long is decided in `attempts`.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx
from attrs import evolve

from ksef_facade._async.attempts import AsyncAttempts
from ksef_facade.answers.responses import Response
from ksef_facade.calls.describing import Call
from ksef_facade.calls.transfers import Feed, MemoryBody, NoSink, Sink
from ksef_facade.concurrency.forks import renew_in_children
from ksef_facade.concurrency.tasks import Clock, Home, abandoned, offload
from ksef_facade.environments import Environment
from ksef_facade.errors import ConfigurationError, IntegrityFailure, TransportError, UnsafeUrl
from ksef_facade.secrets_in_logs import keep_links_out_of_logs
from ksef_facade.settings import Settings
from ksef_facade.version import VERSION

_LARGEST_ANSWER = 64 << 20
"""A page of 1000 invoices has about 1 MB; what exceeds this, unpacked, is an accident or an attack."""
_LARGEST_ERROR_BODY = 1 << 20
_LONGEST_SILENCE = 86_400.0
"""Seconds; operating systems take no time-out without end as a number."""
_LARGEST_DOWNLOAD = 1 << 30
"""A UPO page of 10,000 invoices has about 6 MB."""
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
LINK = "GET link"

keep_links_out_of_logs("httpx")
# It logs the headers of answers, where the target of a redirect is.
keep_links_out_of_logs("httpcore.http11")


class AsyncPool:
    """What all copies of a client share: connections, the clock and the count of requests made."""

    def __init__(
        self, environment: Environment, clock: Clock, transport: httpx.AsyncBaseTransport | None
    ) -> None:
        self.environment = environment
        self.attempts = AsyncAttempts(clock)
        self.closed = False
        self._transport = transport
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._making = threading.Lock()
        self._home = Home()
        renew_in_children(self)

    @property
    def clock(self) -> Clock:
        """The clock that everything goes by."""
        return self.attempts.clock

    def client(self, purpose: str) -> httpx.AsyncClient:
        """The connections for `api` or for `links`; the latter never see a credential or a cookie."""
        if self.closed:
            raise ConfigurationError("this client is closed; make a new one")
        if self._transport is None:
            self._home.enter()
        with self._making:
            if purpose not in self._clients:
                self._clients[purpose] = self._make_client()
            return self._clients[purpose]

    def _make_client(self) -> httpx.AsyncClient:
        local = self.environment.is_loopback
        return httpx.AsyncClient(
            headers={"User-Agent": f"ksef-facade/{VERSION}"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            # Plain http to this machine needs neither certificates nor the environment's proxy.
            verify=not local,
            trust_env=not local,
            transport=self._transport,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        self.closed = True
        for client in self._clients.values():
            try:
                await client.aclose()
            except RuntimeError as error:
                # The event loop that they belong to is closed, and they are with it.
                if "loop" not in str(error):
                    raise

    def after_fork(self) -> None:
        """Make connections of one's own: those of the parent carry its answers."""
        self._clients = {}
        self._making = threading.Lock()
        self._home = Home()


class AsyncWire:
    """Sends requests with one set of settings over a pool."""

    def __init__(self, pool: AsyncPool, settings: Settings) -> None:
        self.pool = pool
        self.settings = settings
        self._attempts = pool.attempts

    def until(self, moment: float) -> AsyncWire:
        """The same with a deadline, on the clock of the pool."""
        settings = self.settings
        return AsyncWire(self.pool, evolve(settings, until=min(moment, settings.until)))

    async def send(self, call: Call, *, context: str = "", bearer: str | None = None) -> Response:
        """The 2xx answer to a call, whole in memory.

        Raises:
            ResponseError: another answer, after the retries allowed.
            TransportError: no answer.
            BudgetExhausted: the contract's limits leave no room for it soon enough.
        """

        async def attempt(seconds: float) -> Response:
            body = MemoryBody(_LARGEST_ANSWER)
            request = self._request(call, bearer, seconds)
            return await self._exchange("api", request, call.label, body, seconds)

        return await self._attempts.run(call, context, self.settings, attempt)

    async def download(
        self, call: Call, sink: Sink, *, context: str = "", bearer: str | None = None
    ) -> Response:
        """The 2xx answer to a call, its body written to the sink; raises like `send`."""

        async def attempt(seconds: float) -> Response:
            request = self._request(call, bearer, seconds)
            request.headers["Accept-Encoding"] = "identity"
            return await self._exchange("api", request, call.label, sink, seconds)

        return await self._attempts.run(call, context, self.settings, attempt)

    async def download_link(self, link: str, sink: Sink, *, label: str = LINK) -> Response:
        """The 2xx answer to a pre-signed link, its body written to the sink.

        Costs no metered request (contract `downloadUrl`: free of limits). No credential goes along,
        and no redirect is followed. Errors call it by the label.

        Raises:
            UnsafeUrl: the link leads where this environment's links may not lead.
            ResponseError, TransportError: as `send`; messages never hold the link.
        """
        url = self.pool.environment.resolve_link(link)
        call = Call(label=label, method="GET", path="", group="")

        async def attempt(seconds: float) -> Response:
            request = self._link_request("GET", url, {"Accept-Encoding": "identity"}, seconds)
            return await self._exchange("links", request, label, sink, seconds)

        return await self._attempts.run(call, "", self.settings, attempt)

    async def upload_link(
        self, link: str, feed: Feed, *, method: str, headers: Mapping[str, str]
    ) -> Response:
        """The 2xx answer to a body sent to a pre-signed link, with just these headers.

        Costs no metered request (documented rule). No credential goes along, and no redirect is
        followed. A PUT that broke off is sent again from the start: it replaces what arrived.

        Raises:
            UnsafeUrl: the link leads where this environment's links may not lead.
            ResponseError, TransportError: as `send`; messages never hold the link.
        """
        url = self.pool.environment.resolve_link(link)
        label = f"{method} part"
        call = Call(label=label, method=method, path="", group="", idempotent=method == "PUT")

        async def pieces() -> AsyncIterator[bytes]:
            while piece := await offload(feed.read):
                yield piece
                feed.count(len(piece))

        async def attempt(seconds: float) -> Response:
            feed.restart()
            # A length of its own keeps httpx from sending the body in chunks, which storage
            # refuses.
            named = {**headers, "Content-Length": str(feed.size)}
            request = self._link_request(method, url, named, seconds, content=pieces())
            return await self._exchange("links", request, label, NoSink(), seconds)

        return await self._attempts.run(call, "", self.settings, attempt)

    def _request(self, call: Call, bearer: str | None, seconds: float) -> httpx.Request:
        headers = {"X-Error-Format": "problem-details", **call.headers}
        if bearer is not None:
            headers["Authorization"] = f"Bearer {bearer}"
        try:
            return self.pool.client("api").build_request(
                call.method,
                self.pool.environment.base_url + call.path,
                params=dict(call.params) or None,
                # A continuation token is the service's own text, in any script.
                headers=[(name.encode(), value.encode()) for name, value in headers.items()],
                json=call.json,
                content=call.content,
                timeout=min(self.settings.timeout, seconds, _LONGEST_SILENCE),
            )
        except (UnicodeEncodeError, httpx.InvalidURL):
            # What callers pass is checked before; only the service's own words get this far.
            raise IntegrityFailure(
                f"{call.label}: the service gave a text that no request can carry"
            ) from None

    def _link_request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        seconds: float,
        content: AsyncIterator[bytes] | None = None,
    ) -> httpx.Request:
        try:
            request = self.pool.client("links").build_request(
                method,
                url,
                headers=dict(headers),
                content=content,
                timeout=min(self.settings.timeout, seconds, _LONGEST_SILENCE),
            )
        except (httpx.InvalidURL, UnicodeError):
            raise UnsafeUrl("a link from the service is not a URL; it was not followed") from None
        for name in ("authorization", "cookie"):
            request.headers.pop(name, None)
        return request

    async def _exchange(
        self, purpose: str, request: httpx.Request, label: str, sink: Sink, seconds: float
    ) -> Response:
        """One request; its 2xx body goes to the sink, another one is kept up to a size."""
        clock = self.pool.clock
        over = clock.monotonic() + seconds
        try:
            answer = await self.pool.client(purpose).send(request, stream=True, auth=None)
            try:
                failed = MemoryBody(_LARGEST_ERROR_BODY, cut=True)
                target: Sink = sink if answer.is_success else failed
                target.restart()
                size = 0
                async for chunk in answer.aiter_bytes():
                    size += len(chunk)
                    if size > _LARGEST_DOWNLOAD:
                        raise IntegrityFailure(f"{label}: more than {_LARGEST_DOWNLOAD} bytes")
                    target.write(chunk)
                    if clock.monotonic() > over or abandoned():
                        raise _no_answer(label, httpx.ReadTimeout("too slow"))
                content = target.content if isinstance(target, MemoryBody) else b""
                return _response(label, answer, content)
            finally:
                await answer.aclose()
        except httpx.RequestError as error:
            raise _no_answer(label, error) from None
        except RuntimeError as error:
            if "loop" not in str(error):
                raise
            raise ConfigurationError(
                "an AsyncKsef belongs to the event loop that it was first used in; make another one"
            ) from error


def _response(label: str, answer: httpx.Response, body: bytes) -> Response:
    headers: dict[str, str] = {}
    for name, value in answer.headers.multi_items():
        name = name.lower()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return Response(operation=label, status_code=answer.status_code, headers=headers, content=body)


def _no_answer(label: str, error: httpx.RequestError) -> TransportError:
    # The text of an httpx error can hold the URL, and a link's URL is a secret: only its type is
    # told.
    reasons: dict[type[Exception], str] = {
        httpx.ConnectTimeout: "connecting took too long",
        httpx.ReadTimeout: "the answer took too long",
        httpx.ConnectError: "no connection",
        httpx.RemoteProtocolError: "the connection broke off",
    }
    reason = reasons.get(type(error), type(error).__name__)
    sent = not isinstance(error, _NOT_SENT)
    return TransportError(f"{label}: no answer ({reason})", operation=label, maybe_sent=sent)


def make_pool(environment: Environment, clock: Clock | None, transport: Any) -> AsyncPool:
    """A pool; `transport` is an httpx transport or `None` for the network."""
    return AsyncPool(environment, clock or Clock(), transport)
