"""One attempt at a sync, in a process of its own that may be killed at any moment."""

from __future__ import annotations

import asyncio
import hashlib
import os
import traceback
from pathlib import Path

import anyio.to_thread  # noqa: F401 - loaded before the processes are forked, so that each starts warm
import httpx
from attrs import frozen

from ksef_facade import AccessTokenAuth, AsyncKsef, Ksef
from ksef_facade._async import archive as _async_archive  # noqa: F401
from ksef_facade._sync import archive as _sync_archive  # noqa: F401
from ksef_facade.upo import inspection as _inspection  # noqa: F401
from scripts.chaos_archive.service import NIP

DONE, FAILED = 0, 1
PAGE_SIZE = 10
"""Small, so that lists have several pages to be killed between."""
_TOKEN = "x-continuation-token"
_TOLD = -1


@frozen(kw_only=True)
class Attempt:
    """What a process is to do; its requests carry the label."""

    base_url: str
    access_token: str
    folder: Path
    label: str
    on_event_loop: bool

    def start(self, told: int) -> int:
        """Begin in a process of its own; gives its number. It writes a byte to the descriptor `told`
        at each request.
        """
        process = os.fork()
        if process:
            return process
        global _TOLD
        _TOLD = told
        code = FAILED
        try:
            code = DONE if (self._tasks() if self.on_event_loop else self._threads()) else FAILED
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _threads(self) -> bool:
        transport = _Labelled(self.label)
        auth = AccessTokenAuth(self.access_token, nip=NIP)
        with Ksef(base_url=self.base_url, auth=auth, transport=transport) as ksef:
            return ksef.archive(self.folder).sync(page_size=PAGE_SIZE).is_done

    def _tasks(self) -> bool:
        return asyncio.run(self._on_event_loop())

    async def _on_event_loop(self) -> bool:
        transport = _AsyncLabelled(self.label)
        auth = AccessTokenAuth(self.access_token, nip=NIP)
        async with AsyncKsef(base_url=self.base_url, auth=auth, transport=transport) as ksef:
            report = await ksef.archive(self.folder).sync(page_size=PAGE_SIZE)
            return report.is_done


class _Labelled(httpx.HTTPTransport):
    """Puts the label on every request, and which page of a list it asks for."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it."""
        request.headers["user-agent"] = _name(self._label, request)
        return super().handle_request(request)


class _AsyncLabelled(httpx.AsyncHTTPTransport):
    """The same on an event loop."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it."""
        request.headers["user-agent"] = _name(self._label, request)
        return await super().handle_async_request(request)


def _name(label: str, request: httpx.Request) -> str:
    os.write(_TOLD, b".")
    token = request.headers.get(_TOKEN, "")
    return f"{label} {hashlib.sha256(token.encode()).hexdigest()[:12] if token else 'first'}"
