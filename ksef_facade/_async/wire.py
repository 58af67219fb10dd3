"""The only room that knows httpx: sends described requests, streams links, retries as decided
elsewhere.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from ksef_facade.calls import ANONYMOUS_GROUP, Call
from ksef_facade.concurrency.tasks import Clock, offload
from ksef_facade.environments import Environment
from ksef_facade.errors import (
    BudgetExhausted,
    ConfigurationError,
    IntegrityFailure,
    KsefError,
    TransportError,
)
from ksef_facade.planning.limits import Limiter
from ksef_facade.planning.retry import (
    Answered,
    NoAnswer,
    NotSent,
    Outcome,
    Stop,
    decide,
    parse_retry_after,
)
from ksef_facade.responses import Response, error_of
from ksef_facade.secrets_in_logs import keep_links_out_of_logs
from ksef_facade.settings import Settings
from ksef_facade.system_warnings import read_warnings, warn_caller
from ksef_facade.transfers import Feed, NoSink, Sink
from ksef_facade.version import VERSION

_LOG = logging.getLogger("ksef_facade")
_LARGEST_ERROR_BODY = 1 << 20
_LARGEST_DOWNLOAD = 1 << 30
"""A UPO page of 10,000 invoices has about 6 MB; what exceeds this is an accident or an attack."""
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
LINK = "GET link"

keep_links_out_of_logs("httpx")


class AsyncPool:
    """What all copies of a client share: connections, the clock and the count of requests made."""

    def __init__(
        self, environment: Environment, clock: Clock, transport: httpx.AsyncBaseTransport | None
    ) -> None:
        self.environment = environment
        self.clock = clock
        self.limiter = Limiter()
        self.limiter_lock = threading.Lock()
        self.closed = False
        self._transport = transport
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._making = threading.Lock()

    def client(self, purpose: str) -> httpx.AsyncClient:
        """The connections for `api` or for `links`; the latter never see a credential or a cookie."""
        if self.closed:
            raise ConfigurationError("this client is closed; make a new one")
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
            await client.aclose()


class AsyncWire:
    """Sends requests with one set of settings over a pool."""

    def __init__(self, pool: AsyncPool, settings: Settings) -> None:
        self.pool = pool
        self.settings = settings

    async def send(self, call: Call, *, context: str = "", bearer: str | None = None) -> Response:
        """The 2xx answer to a call, whole in memory.

        Raises:
            ResponseError: another answer, after the retries allowed.
            TransportError: no answer.
            BudgetExhausted: the contract's limits leave no room for it soon enough.
        """

        async def attempt() -> Response:
            request = self._request(call, bearer)
            answer = await self.pool.client("api").send(request)
            return _response(call.label, answer, answer.content)

        return await self._run(call, context, attempt)

    async def download(
        self, call: Call, sink: Sink, *, context: str = "", bearer: str | None = None
    ) -> Response:
        """The 2xx answer to a call, its body written to the sink; raises like `send`."""

        async def attempt() -> Response:
            request = self._request(call, bearer)
            request.headers["Accept-Encoding"] = "identity"
            return await self._stream(self.pool.client("api"), request, call.label, sink)

        return await self._run(call, context, attempt)

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

        async def attempt() -> Response:
            client = self.pool.client("links")
            request = client.build_request(
                "GET", url, headers={"Accept-Encoding": "identity"}, timeout=self.settings.timeout
            )
            for name in ("authorization", "cookie"):
                request.headers.pop(name, None)
            return await self._stream(client, request, label, sink)

        return await self._run(call, "", attempt)

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

        async def attempt() -> Response:
            feed.restart()
            client = self.pool.client("links")
            request = client.build_request(
                method,
                url,
                # A length of its own keeps httpx from sending the body in chunks, which storage
                # refuses.
                headers={**headers, "Content-Length": str(feed.size)},
                content=pieces(),
                timeout=self.settings.timeout,
            )
            return await self._stream(client, request, label, NoSink())

        return await self._run(call, "", attempt)

    def _request(self, call: Call, bearer: str | None) -> httpx.Request:
        headers = {"X-Error-Format": "problem-details", **call.headers}
        if bearer is not None:
            headers["Authorization"] = f"Bearer {bearer}"
        return self.pool.client("api").build_request(
            call.method,
            self.pool.environment.base_url + call.path,
            params=dict(call.params) or None,
            headers=headers,
            json=call.json,
            content=call.content,
            timeout=self.settings.timeout,
        )

    async def _stream(
        self, client: httpx.AsyncClient, request: httpx.Request, label: str, sink: Sink
    ) -> Response:
        answer = await client.send(request, stream=True, auth=None)
        try:
            if not answer.is_success:
                body = b""
                async for chunk in answer.aiter_bytes():
                    body += chunk
                    if len(body) > _LARGEST_ERROR_BODY:
                        break
                return _response(label, answer, body)
            sink.restart()
            size = 0
            async for chunk in answer.aiter_bytes():
                size += len(chunk)
                if size > _LARGEST_DOWNLOAD:
                    raise IntegrityFailure(
                        f"{label}: more than {_LARGEST_DOWNLOAD} bytes; given up"
                    )
                sink.write(chunk)
            return _response(label, answer, b"")
        finally:
            await answer.aclose()

    async def _run(
        self, call: Call, context: str, attempt: Callable[[], Awaitable[Response]]
    ) -> Response:
        clock = self.pool.clock
        started = clock.monotonic()
        count = 0
        while True:
            count += 1
            await self._pace(call, context, started)
            sent = clock.monotonic()
            outcome: Outcome
            failure: KsefError
            try:
                response = await attempt()
            except httpx.RequestError as error:
                outcome, failure = _no_answer(call.label, error)
            else:
                milliseconds = (clock.monotonic() - sent) * 1000
                _LOG.info("%s -> %d in %.0f ms", call.label, response.status_code, milliseconds)
                if response.ok:
                    self._warn(response)
                    return response
                retry_after = parse_retry_after(response.headers.get("retry-after"), clock.now())
                outcome = Answered(response.status_code, retry_after)
                failure = error_of(response, retry_after=retry_after, group=call.group)
                if response.status_code == 429 and retry_after is not None:
                    with self.pool.limiter_lock:
                        self.pool.limiter.block(
                            self._counter(call, context), clock.monotonic() + retry_after
                        )
            decision = decide(
                method=call.method,
                idempotent=call.idempotent,
                attempt=count,
                elapsed=clock.monotonic() - started,
                outcome=outcome,
                policy=self.settings.retry,
                jitter=clock.jitter(),
            )
            if isinstance(decision, Stop):
                raise failure
            _LOG.info("%s: %s; again in %.1f s", call.label, type(failure).__name__, decision.delay)
            await clock.sleep(decision.delay)

    async def _pace(self, call: Call, context: str, started: float) -> None:
        """Wait until the contract's limits have room, as far as this client knows."""
        if call.budget is None or not self.settings.paced:
            return
        clock = self.pool.clock
        while True:
            now = clock.monotonic()
            with self.pool.limiter_lock:
                wait = self.pool.limiter.reserve(self._counter(call, context), call.budget, now)
            if wait <= 0:
                return
            if now - started + wait > self.settings.retry.max_rate_limit_wait:
                raise BudgetExhausted(
                    f"{call.label}: limit group {call.group} has no room for {wait:.0f} s; the request "
                    "was not made",
                    retry_after=wait,
                    group=call.group,
                )
            await clock.sleep(wait)

    @staticmethod
    def _counter(call: Call, context: str) -> tuple[str, str]:
        return ("" if call.group == ANONYMOUS_GROUP else context, call.counter)

    def _warn(self, response: Response) -> None:
        for warning in read_warnings(response.headers, response.operation):
            if self.settings.on_system_warning is not None:
                self.settings.on_system_warning(warning)
            warn_caller(warning)


def _response(label: str, answer: httpx.Response, body: bytes) -> Response:
    headers: dict[str, str] = {}
    for name, value in answer.headers.multi_items():
        name = name.lower()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return Response(operation=label, status_code=answer.status_code, headers=headers, content=body)


def _no_answer(label: str, error: httpx.RequestError) -> tuple[Outcome, TransportError]:
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
    failure = TransportError(f"{label}: no answer ({reason})", operation=label, maybe_sent=sent)
    return (NoAnswer() if sent else NotSent()), failure


def make_pool(environment: Environment, clock: Clock | None, transport: Any) -> AsyncPool:
    """A pool; `transport` is an httpx transport or `None` for the network."""
    return AsyncPool(environment, clock or Clock(), transport)
