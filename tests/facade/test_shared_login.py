"""One login for many callers: who renews, who waits, and what happens when the one who renews stops."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import anyio
import httpx
import pytest

from ksef_facade import (
    AsyncKsef,
    AuthenticationFailed,
    CertificateAuth,
    Ksef,
    SigningIdentity,
    TokenAuth,
    self_signed_seal,
)
from tests.facade.scripted import NIP, SESSION, START, TOKEN, Server, ok, problem, session_status

STATUS = f"GET /sessions/{SESSION}"
LOGIN = "POST /auth/ksef-token"
LOGIN_STATUS = "GET /auth/20251010-AU-19F5E39000-39B5B182BA-B8"
REDEEM = "POST /auth/token/redeem"
REFRESH = "POST /auth/token/refresh"
CALLERS = 12


@cache
def seal() -> SigningIdentity:
    return self_signed_seal(NIP, key="ec", now=START.replace(year=2025, month=7, day=11))


@pytest.fixture(params=["token", "certificate"])
def auth(request):
    return TokenAuth(TOKEN) if request.param == "token" else CertificateAuth(seal())


def logins(server):
    return server.count(LOGIN) + server.count("POST /auth/xades-signature")


class Gate:
    """Lets requests of one route wait in the server until they are let through."""

    def __init__(self, server, route):
        self.server = server
        self.route = route
        self.reached = threading.Event()
        self.open = threading.Event()

    def __call__(self, request):
        if f"{request.method} {request.url.path.removeprefix('/v2')}" == self.route:
            self.reached.set()
            assert self.open.wait(20)
        return self.server(request)


class CountingLock:
    """A lock that tells how often it was asked for."""

    def __init__(self):
        self.lock = threading.Lock()
        self.asked_for = threading.Semaphore(0)

    def __enter__(self):
        self.asked_for.release()
        self.lock.acquire()

    def __exit__(self, *_):
        self.lock.release()


class TaskGate:
    """The same for tasks; the first request of the route waits for ever."""

    def __init__(self, server, route):
        self.server = server
        self.route = route
        self.reached = anyio.Event()
        self.waits = True

    async def __call__(self, request):
        path = f"{request.method} {request.url.path.removeprefix('/v2')}"
        if self.waits and path == self.route:
            self.waits = False
            self.reached.set()
            await anyio.sleep_forever()
        return self.server(request)


def server_with_status(*answers):
    return Server().on(STATUS, *(answers or (ok(session_status()),)))


def test_threads_wait_for_the_one_that_logs_in(auth):
    server = server_with_status()
    gate = Gate(server, REDEEM)
    ksef = Ksef(auth=auth, transport=httpx.MockTransport(gate), rate_limits="off")
    with ksef, ThreadPoolExecutor(CALLERS) as pool:
        calls = [pool.submit(ksef.session(SESSION).status) for _ in range(CALLERS)]
        assert gate.reached.wait(20)
        gate.open.set()
        assert {call.result(20).status.code for call in calls} == {200}
    assert (logins(server), server.count(REDEEM), server.count(STATUS)) == (1, 1, CALLERS)


def test_threads_whose_token_was_refused_at_once_refresh_once():
    server = Server()
    refused = threading.Barrier(CALLERS, timeout=20)

    def answer(request):
        if request.headers["authorization"].startswith("Bearer access-1"):
            refused.wait()
            return problem(401)
        return ok(session_status())

    server.on(STATUS, answer)
    ksef = Ksef(auth=TokenAuth(TOKEN), transport=httpx.MockTransport(server), rate_limits="off")
    with ksef, ThreadPoolExecutor(CALLERS) as pool:
        list(pool.map(lambda _: ksef.session(SESSION).status(), range(CALLERS)))
    assert (server.count(REFRESH), server.count(STATUS)) == (1, 2 * CALLERS)


def test_a_thread_that_stops_while_it_logs_in_leaves_it_to_the_next():
    server = server_with_status()
    redeemed = server.routes[REDEEM][0]

    class Stopped(BaseException):
        """Like KeyboardInterrupt, which a test runner takes for its own."""

    def stop(_):
        raise Stopped

    server.on(REDEEM, stop, redeemed)
    gate = Gate(server, REDEEM)
    ksef = Ksef(auth=TokenAuth(TOKEN), transport=httpx.MockTransport(gate), rate_limits="off")
    with ksef, ThreadPoolExecutor(2) as pool:
        first = pool.submit(ksef.session(SESSION).status)
        assert gate.reached.wait(20)
        second = pool.submit(ksef.session(SESSION).status)
        gate.open.set()
        assert isinstance(first.exception(20), Stopped)
        assert second.result(20).status.code == 200
    assert logins(server) == 2


def test_tasks_wait_for_the_one_that_logs_in(auth):
    server = server_with_status()

    async def main():
        ksef = AsyncKsef(auth=auth, transport=httpx.MockTransport(server), rate_limits="off")
        async with ksef, anyio.create_task_group() as group:
            for _ in range(CALLERS):
                group.start_soon(ksef.session(SESSION).status)

    anyio.run(main)
    assert (logins(server), server.count(STATUS)) == (1, CALLERS)


@pytest.mark.parametrize("route", ["POST /auth/challenge", LOGIN_STATUS, REDEEM])
def test_a_task_that_is_cancelled_while_it_logs_in_leaves_it_to_the_next(route):
    server = server_with_status()
    codes = []

    async def main():
        gate = TaskGate(server, route)
        ksef = AsyncKsef(
            auth=TokenAuth(TOKEN), transport=httpx.MockTransport(gate), rate_limits="off"
        )

        async def ask():
            codes.append((await ksef.session(SESSION).status()).status.code)

        async with ksef, anyio.create_task_group() as group:
            doomed = anyio.CancelScope()

            async def ask_until_cancelled():
                with doomed:
                    await ask()

            group.start_soon(ask_until_cancelled)
            await gate.reached.wait()
            for _ in range(3):
                group.start_soon(ask)
            await anyio.wait_all_tasks_blocked()
            doomed.cancel()

    anyio.run(main)
    assert codes == [200] * 3
    assert server.count(REDEEM) == 1


def test_a_task_that_is_cancelled_while_it_refreshes_leaves_it_to_the_next():
    server = server_with_status(ok(session_status()), problem(401), ok(session_status()))

    async def main():
        gate = TaskGate(server, REFRESH)
        ksef = AsyncKsef(
            auth=TokenAuth(TOKEN), transport=httpx.MockTransport(gate), rate_limits="off"
        )
        async with ksef, anyio.create_task_group() as group:
            session = ksef.session(SESSION)
            await session.status()
            doomed = anyio.CancelScope()

            async def refused_and_cancelled():
                with doomed:
                    await session.status()

            group.start_soon(refused_and_cancelled)
            await gate.reached.wait()
            group.start_soon(session.status)
            await anyio.wait_all_tasks_blocked()
            doomed.cancel()

    anyio.run(main)
    # The refresh token outlives a refresh that was broken off: no second login.
    assert (logins(server), server.count(REFRESH)) == (1, 1)


def test_threads_that_waited_for_a_refused_login_do_not_try_it_again():
    status = {"code": 480, "description": "Uwierzytelnienie zablokowane"}
    server = server_with_status().on(LOGIN_STATUS, ok({"status": status}))
    gate = Gate(server, LOGIN_STATUS)
    ksef = Ksef(auth=TokenAuth(TOKEN), transport=httpx.MockTransport(gate), rate_limits="off")
    lock = CountingLock()
    ksef._caller.authenticator._lock = lock
    with ksef, ThreadPoolExecutor(CALLERS) as pool:
        calls = [pool.submit(ksef.session(SESSION).status) for _ in range(CALLERS)]
        for _ in range(CALLERS):
            assert lock.asked_for.acquire(timeout=20)
        gate.open.set()
        failures = [call.exception(20) for call in calls]
    assert_all_blocked(failures)
    assert logins(server) == 1


def test_tasks_that_waited_for_a_refused_login_do_not_try_it_again():
    status = {"code": 480, "description": "Uwierzytelnienie zablokowane"}
    server = server_with_status().on(LOGIN_STATUS, ok({"status": status}))
    failures = []

    async def main():
        ksef = AsyncKsef(
            auth=TokenAuth(TOKEN), transport=httpx.MockTransport(server), rate_limits="off"
        )

        async def ask():
            try:
                await ksef.session(SESSION).status()
            except AuthenticationFailed as failure:
                failures.append(failure)

        async with ksef, anyio.create_task_group() as group:
            for _ in range(CALLERS):
                group.start_soon(ask)

    anyio.run(main)
    assert_all_blocked(failures)
    assert logins(server) == 1


def assert_all_blocked(failures):
    assert {type(failure) for failure in failures} == {AuthenticationFailed}
    assert {(failure.reason, failure.status.code) for failure in failures} == {("blocked", 480)}
    # Each caller has an error of its own, for threads must not share what they change.
    assert len({id(failure) for failure in failures}) == CALLERS


def test_a_later_call_tries_a_refused_login_again(make):
    status = {"code": 450, "description": "opis", "details": ["Token nieaktywny"]}
    server = server_with_status()
    server.on(LOGIN_STATUS, ok({"status": status}), ok({"status": {"code": 200}}))
    session = make(server).session(SESSION)
    with pytest.raises(AuthenticationFailed):
        session.status()
    assert session.status().status.code == 200
