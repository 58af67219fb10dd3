"""A relay before Prism: it leads links around it, and takes down what Prism has to say."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn
from attrs import define, field, frozen
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from scripts.judges.operations import find

API = "/v2"
#: How Prism marks what it says itself.
_SAYS_PRISM = "https://stoplight.io/prism/errors#"
#: Its whole answer to a body that it cannot read.
_CANNOT_READ = b'{"error":{"code":"invalid_json","message":"Invalid JSON"}}'
#: Headers of one connection (RFC 9110, section 7.6.1), and what the next one says anew.
_OF_THE_CONNECTION = {"connection", "content-length", "keep-alive", "te", "transfer-encoding"}
_PATIENCE = 60.0
_STEP = 0.01


@frozen
class Exchange:
    """One request and what came of it; `complaint` is what Prism says against it, or None."""

    method: str
    path: str
    status: int
    complaint: str | None
    #: Whether the service refuses the request itself: it was meant to be a bad one.
    refused: bool = False

    @property
    def key(self) -> tuple[str, str] | None:
        """Method and shape of the operation."""
        return find(self.method, self.path)

    @property
    def sentence(self) -> str:
        """What Prism says, and of what."""
        return f"{self.method} {self.path}: {self.complaint}"


@define
class Relay:
    """Sends requests of the API through Prism, and all others to the simulator."""

    prism: str
    #: Where links lead, and where requests that Prism refuses are tried; None without a simulator.
    simulator: str | None = None
    #: Changes to documents that Prism makes up, by operation, where sense is needed to go on.
    sense: Mapping[tuple[str, str], Callable[[Any], Any]] = field(factory=dict)
    #: Statuses that the mock is asked to answer with, by operation; each is used once.
    wanted: Mapping[tuple[str, str], list[int]] = field(factory=dict)
    exchanges: list[Exchange] = field(factory=list)
    origin: str = ""
    _client: httpx.AsyncClient = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._client = httpx.AsyncClient(timeout=_PATIENCE, trust_env=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        body = await request.body()
        raw = scope["raw_path"].decode("ascii")
        if not raw.startswith(f"{API}/") and self.simulator is None:
            answer = Response(status_code=201)
        elif not raw.startswith(f"{API}/"):
            answer = await self._pass(request, f"{self.simulator}{raw}", body)
        else:
            answer = await self._judge(request, raw.removeprefix(API), body)
        await answer(scope, receive, send)

    async def _judge(self, request: Request, path: str, body: bytes) -> Response:
        answer = await self._pass(request, f"{self.prism}{path}", body)
        complaint = _complaint(answer)
        refused = False
        if complaint is not None and self.simulator is not None:
            again = await self._pass(request, f"{self.simulator}{API}{path}", body)
            refused = 400 <= again.status_code < 500
            answer = again if refused else answer
        exchange = Exchange(request.method, path, answer.status_code, complaint, refused)
        self.exchanges.append(exchange)
        change = self.sense.get(exchange.key) if exchange.key else None
        if change is None or complaint is not None or answer.status_code >= 400:
            return answer
        document = json.dumps(change(json.loads(bytes(answer.body))))
        return Response(document, answer.status_code, media_type="application/json")

    async def _pass(self, request: Request, url: str, body: bytes) -> Response:
        headers = [
            (name, value)
            for name, value in request.headers.raw
            if name.decode() not in (*_OF_THE_CONNECTION, "host", "accept-encoding")
        ]
        key = find(request.method, url.removeprefix(self.prism))
        if key is not None and self.wanted.get(key):
            headers.append((b"prefer", b"code=%d" % self.wanted[key].pop(0)))
        if query := request.scope["query_string"].decode("ascii"):
            url = f"{url}?{query}"
        found = await self._client.request(
            request.method, httpx.URL(url), headers=headers, content=body
        )
        response = Response(found.content, found.status_code)
        response.raw_headers = [
            (name.lower(), value)
            for name, value in found.headers.raw
            if name.lower().decode() not in (*_OF_THE_CONNECTION, "content-encoding")
            and not name.lower().startswith(b"access-control-")
        ]
        if found.status_code not in (204, 304):
            response.raw_headers.append((b"content-length", str(len(found.content)).encode()))
        return response


def _complaint(answer: Response) -> str | None:
    if bytes(answer.body) == _CANNOT_READ:
        return "the body is not JSON"
    if "problem+json" not in answer.headers.get("content-type", ""):
        return None
    try:
        problem = json.loads(bytes(answer.body))
    except ValueError:
        return None
    if not str(problem.get("type", "")).startswith(_SAYS_PRISM):
        return None
    found = "; ".join(
        f"{'.'.join(map(str, entry.get('location', ())))}: {entry.get('message')}"
        for entry in problem.get("validation", ())
    )
    return f"{problem['type'].removeprefix(_SAYS_PRISM)}: {found or problem.get('detail')}"


@contextmanager
def serving(relay: Relay) -> Iterator[Relay]:
    """The relay on a free port, in a thread."""
    config = uvicorn.Config(
        relay, port=0, loop="asyncio", lifespan="off", log_level="critical", server_header=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(_STEP)
    port = server.servers[0].sockets[0].getsockname()[1]
    relay.origin = f"http://127.0.0.1:{port}"
    try:
        yield relay
    finally:
        server.should_exit = server.force_exit = True
        thread.join()
