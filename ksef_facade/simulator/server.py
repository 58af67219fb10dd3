"""The core behind a real HTTP server on loopback."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import uvicorn
from attrs import evolve
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .core import Core
from .exports.packages import may_build
from .loopback import is_nobodys_domain, names_this_server
from .messages import Request, Response, json_response
from .prompt_server import PromptServer
from .sessions.uploads import is_upload

if TYPE_CHECKING:
    from asyncio import Transport

#: Seconds to wait for the server's thread to come up or to end.
_PATIENCE = 10.0
#: "Misdirected Request", RFC 9110, section 15.5.20.
_MISDIRECTED = 421


def application(core: Core, exposed: bool = False) -> ASGIApp:
    """The ASGI application of a core; paths of any characters reach it, line feeds included.

    An `exposed` one also answers under other names than those of loopback, but for domains.
    """

    async def endpoint(scope: Scope, receive: Receive, send: Send) -> None:
        http = HttpRequest(scope, receive)
        public = core.settings.public_url
        if not _is_meant(http, public, exposed):
            sentence = (
                "the simulator answers only under loopback names with the port that it serves, "
                "and under its public_url"
                + (", and exposed as it is under addresses and local names" if exposed else "")
            )
            refusal = json_response(_MISDIRECTED, {"error": sentence})
            await _write(refusal, http.method, receive, send)
            return
        request = _read_head(http, public)
        if is_upload(request):
            response = await _receive_part(core, http, request)
        else:
            request = evolve(request, body=await http.body())
            if may_build(request):
                # The loop is for others meanwhile.
                response = await asyncio.to_thread(core.handle, request)
            else:
                response = core.handle(request)
        if response.delay > 0:
            await asyncio.sleep(response.delay)
        if response.drop in ("before", "after"):
            _abort(receive)
            return
        await _write(response, request.method, receive, send)

    return endpoint


def _is_meant(http: HttpRequest, public: str | None, exposed: bool) -> bool:
    """Whether the `Host` is ours; HTTP/1.0, which no browser speaks, may leave it out."""
    host, server = http.headers.get("host"), http.scope.get("server")
    if host is None or server is None or _is_public(host, public):
        return True
    # The port may be another one outside of a container.
    return names_this_server(host, server[1]) or (exposed and is_nobodys_domain(host))


def _is_public(host: str, public: str | None) -> bool:
    return public is not None and host.lower() == urlsplit(public).netloc.lower()


async def _receive_part(core: Core, http: HttpRequest, request: Request) -> Response:
    upload = core.open_upload(request)
    try:
        async for piece in http.stream():
            # A piece is what the socket gave: small enough to be written without leaving the loop.
            if not upload.write(piece):
                return upload.break_off()
    except ClientDisconnect:
        return upload.break_off()
    except BaseException:
        upload.break_off()
        raise
    return upload.finish()


def _read_head(http: HttpRequest, public: str | None) -> Request:
    scope = http.scope
    own = f"{http.url.scheme}://{http.url.netloc}"
    headers: dict[str, str] = {}
    for name, value in http.headers.items():
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    raw_path = scope.get("raw_path") or scope["path"].encode()
    return Request(
        method=http.method,
        path=_without_origin(raw_path.partition(b"?")[0].decode("ascii", "replace")),
        query=scope["query_string"].decode("ascii", "replace"),
        headers=headers,
        client=http.client.host if http.client else "127.0.0.1",
        origin=own if public is None else public.rstrip("/"),
    )


def _without_origin(target: str) -> str:
    """The path of a request's target, which a server must also take as a whole URL (RFC 9112,
    section 3.2.2): clients that are told of a proxy write it so."""
    if not target.lower().startswith(("http://", "https://")):
        return target
    return f"/{target.partition('://')[2].partition('/')[2]}"


async def _write(response: Response, method: str, receive: Receive, send: Send) -> None:
    headers = {**response.headers}
    if response.status not in (204, 304):
        headers["content-length"] = str(len(response.body))
    start: Message = {
        "type": "http.response.start",
        "status": response.status,
        "headers": [(name.encode(), _latin(value)) for name, value in headers.items()],
    }
    await send(start)
    body = b"" if method == "HEAD" else response.body
    if response.drop == "midway":
        await send(
            {"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True}
        )
        _abort(receive, gracefully=True)
        return
    await send({"type": "http.response.body", "body": body})


def _latin(text: str) -> bytes:
    return text.encode("latin-1", "replace")


def _abort(receive: Receive, *, gracefully: bool = False) -> None:
    # ASGI has no word for a connection that breaks; the server's own transport has to be found.
    transport: Transport | Any = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionResetError("the connection was dropped on purpose")
    transport.close() if gracefully else transport.abort()


class BackgroundServer:
    """The server in a thread of its own, bound before `start` returns."""

    def __init__(self, core: Core, host: str, port: int, exposed: bool = False) -> None:
        self._host = host
        self._socket = _bind(host, port)
        self._server = PromptServer(_config(core, exposed))
        self._thread = threading.Thread(
            target=self._server.run,
            kwargs={"sockets": [self._socket]},
            name="ksef-simulator",
            daemon=True,
        )

    @property
    def port(self) -> int:
        """The port that is served, chosen by the system when 0 was asked for."""
        port: int = self._socket.getsockname()[1]
        return port

    def start(self) -> None:
        """Serve from now on; returns once requests are answered."""
        self._thread.start()
        if not self._server.is_up.wait(_PATIENCE):
            raise RuntimeError("the simulator's server did not start")

    def stop(self) -> None:
        """Stop serving and wait for the thread."""
        self._server.stop()
        self._thread.join(_PATIENCE)
        self._socket.close()


def run(
    core: Core,
    host: str,
    port: int,
    on_ready: Callable[[int], None] | None,
    exposed: bool = False,
) -> None:
    """Serve in this thread until interrupted; `on_ready` is told the port once it is bound."""
    bound = _bind(host, port)
    server = PromptServer(_config(core, exposed))
    if on_ready is not None:
        on_ready(bound.getsockname()[1])
    server.run(sockets=[bound])


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small packets at once only where the protocol is named; else each answer takes
    # as long as a delayed acknowledgement, 40 ms.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    bound.listen(128)
    return bound


def _config(core: Core, exposed: bool = False) -> uvicorn.Config:
    return uvicorn.Config(
        application(core, exposed),
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_level="critical",
        access_log=False,
        server_header=False,
        # Longer than clients keep idle connections, so that none is cut while being used again.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )
