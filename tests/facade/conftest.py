"""Every test of this folder that asks for `make` runs twice: on the client for threads and on the async one."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from ksef_facade import AsyncKsef, Ksef, OperationUnavailable, TokenAuth
from tests.facade.blocking import Blocking
from tests.facade.contract_at_hand import IS_COMMITTED
from tests.facade.scripted import TOKEN, Server, TaskTime, ThreadTime


@pytest.fixture(params=["sync", "async"])
def flavour(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(flavour: str) -> Iterator[Callable[..., Any]]:
    """Makes a client of the flavour on a scripted server, with a clock that sleeping moves."""
    made: list[Any] = []
    with asyncio.Runner() as runner:

        def build(server: Server | None = None, **options: Any) -> Any:
            options.setdefault("auth", TokenAuth(TOKEN))
            if server is not None:
                server.time = ThreadTime() if flavour == "sync" else TaskTime()
                options.setdefault("transport", httpx.MockTransport(server))
                options.setdefault("clock", server.time)
            threads = flavour == "sync"
            client: Any = Ksef(**options) if threads else Blocking(AsyncKsef(**options), runner)
            made.append(client)
            return client

        yield build
        for client in made:
            client.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
    """Tests of what a contract has not got are skipped on a raw client made of that contract."""
    report = yield
    if report.failed and not IS_COMMITTED and isinstance(call.excinfo, pytest.ExceptionInfo):
        error = call.excinfo.value
        if isinstance(error, OperationUnavailable):
            path, line, _ = item.location
            report.outcome, report.longrepr = "skipped", (path, line or 0, f"Skipped: {error}")
    return report
