"""The sync package is the async one without async: in code, in names and in what it says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from scripts.derive_sync import derive
from scripts.failure import PipelineError
from scripts.layout import ASYNC_PACKAGE, SYNC_PACKAGE

SOURCE = '''"""The asynchronous client, an async one.

    async with AsyncKsef("test") as ksef:
        await ksef.session("x").status()
        async for invoice in session.invoices(): ...
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any, Self

import httpx

from ksef_facade._async.wire import AsyncWire
from ksef_facade.concurrency.tasks import Lock


class AsyncKsef:
    """Use as `async with AsyncKsef(...)`; see `AsyncKsef.aclose`."""

    def __init__(
        self,
        call: Callable[[int], Awaitable[dict[str, int]]],
        other: Coroutine[Any, Any, tuple[int, str]],
        rows: "AsyncIterator[int]",
    ) -> None:
        self.client = httpx.AsyncClient()
        self.wire: AsyncWire
        self.lock = Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *problem: object) -> None:
        await self.client.aclose()

    def __aiter__(self) -> AsyncIterator[int]:
        return self

    async def __anext__(self) -> int:
        raise StopAsyncIteration

    async def body(self) -> list[bytes]:
        async with self.lock, self.client.stream("GET", "") as response:
            await response.aread()
            parts = [part async for part in response.aiter_raw() if await self.wanted(part)]
        raise ValueError(f"AsyncKsef: {await self.wanted(b'')}")
'''

EXPECTED = '''# Derived from ksef_facade/_async/client.py by scripts/derive_sync.py; do not edit.
"""The synchronous client, a sync one.

with Ksef("test") as ksef:
    ksef.session("x").status()
    for invoice in session.invoices(): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Self

import httpx

from ksef_facade._sync.wire import Wire
from ksef_facade.concurrency.threads import Lock


class Ksef:
    """Use as `with Ksef(...)`; see `Ksef.close`."""

    def __init__(
        self,
        call: Callable[[int], dict[str, int]],
        other: tuple[int, str],
        rows: "Iterator[int]",
    ) -> None:
        self.client = httpx.Client()
        self.wire: Wire
        self.lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.client.close()

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        raise StopIteration

    def body(self) -> list[bytes]:
        with self.lock, self.client.stream("GET", "") as response:
            response.read()
            parts = [part for part in response.iter_raw() if self.wanted(part)]
        raise ValueError(f"Ksef: {self.wanted(b'')}")
'''


def test_everything_async_gets_its_sync_name(tmp_path: Path) -> None:
    (tmp_path / "client.py").write_text(SOURCE, encoding="utf-8")
    assert derive(tmp_path) == {"client.py": EXPECTED}


def test_a_whole_seam_module_is_exchanged(tmp_path: Path) -> None:
    text = "from ksef_facade.concurrency import tasks\n\nlater = tasks.sleep\n"
    (tmp_path / "a.py").write_text(text, encoding="utf-8")
    assert derive(tmp_path)["a.py"].splitlines()[1:] == [
        "from ksef_facade.concurrency import threads",
        "",
        "later = threads.sleep",
    ]


def test_without_a_source_there_is_nothing(tmp_path: Path) -> None:
    assert derive(tmp_path / "absent") == {}
    assert derive(tmp_path) == {}


def test_broken_code_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("async def f(:\n", encoding="utf-8")
    with pytest.raises(PipelineError):
        derive(tmp_path)


def test_the_derived_package_has_no_async_left() -> None:
    modules = sorted(SYNC_PACKAGE.rglob("*.py"))
    assert [path.name for path in modules] == [
        path.name for path in sorted(ASYNC_PACKAGE.rglob("*.py"))
    ]
    kinds = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    for module in modules:
        text = module.read_text(encoding="utf-8")
        assert not [node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)], module
        assert "Async" not in text, module
        assert text.startswith("# Derived from ksef_facade/_async/"), module
