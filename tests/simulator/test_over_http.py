"""The whole flow over a real socket, and what only a server can do."""

from __future__ import annotations

import socket
import subprocess
import sys
import time

import httpx
import pytest

from ksef_facade.simulator import Simulator, serve
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_client import Sender, sha256

NIP = "5265877635"


def wait_until_over(sender: Sender, session: str) -> dict[str, object]:
    for _ in range(200):
        status: dict[str, object] = sender.get(f"/sessions/{session}").json()
        code = status["status"]["code"]  # type: ignore[index]
        if code >= 200:
            return status
        time.sleep(0.02)
    raise AssertionError("the session did not end")


def test_invoices_go_in_and_receipts_come_out(running: Simulator) -> None:
    with httpx.Client(base_url=running.base_url) as http:
        sender = Sender(running, http, NIP)
        sender.authenticate()
        session = sender.open()
        invoices = [make_invoice(NIP) for _ in range(3)]
        references = [sender.send(session, invoice) for invoice in invoices]
        sender.send(session, make_invoice("1111111111"))
        assert sender.close(session).status_code == 204
        status = wait_until_over(sender, session)

        assert status["status"] == {
            "code": 200,
            "description": "Sesja interaktywna przetworzona pomyślnie",
        }
        counters = ("invoiceCount", "successfulInvoiceCount", "failedInvoiceCount")
        assert [status[name] for name in counters] == [4, 3, 1]
        (page,) = status["upo"]["pages"]  # type: ignore[index]
        receipt = httpx.get(page["downloadUrl"])
        assert receipt.status_code == 200
        assert receipt.headers["x-ms-meta-hash"] == sha256(receipt.content)
        assert receipt.content == running.upo_bytes(session, 1)
        for invoice in invoices:
            assert sha256(invoice) in receipt.text
        assert running.invoice_bytes(session, references[0]) == invoices[0]


def test_everything_is_on_loopback_and_unknown_hosts_are_refused() -> None:
    with pytest.raises(ValueError, match="loopback only"):
        Simulator(host="0.0.0.0")
    with pytest.raises(ValueError, match="loopback only"):
        serve(host="192.0.2.1")
    with Simulator() as simulator:
        assert simulator.base_url == f"http://127.0.0.1:{simulator.port}/v2"
        assert simulator.port > 0


def test_a_stopped_simulator_has_no_port(running: Simulator) -> None:
    idle = Simulator()
    with pytest.raises(RuntimeError, match="not running"):
        _ = idle.port
    with pytest.raises(RuntimeError, match="running already"):
        running.start()


def test_connection_dropped_before_and_after_the_work(running: Simulator) -> None:
    with httpx.Client(base_url=running.base_url) as http:
        for moment, answered in (("before", 0), ("after", 1)):
            running.faults.add("POST", "/auth/challenge", drop=moment)  # type: ignore[arg-type]
            with pytest.raises(httpx.RemoteProtocolError):
                http.post("/auth/challenge")
            assert running.requests.counts["POST /auth/challenge"] == 1
            assert running.requests.calls[0].status == 0
            assert len(running.core.challenges) == answered
            running.requests.clear()


def test_connection_dropped_in_the_middle_of_a_download(running: Simulator) -> None:
    session = running.seed_session(NIP, accepted=200)
    with httpx.Client(base_url=running.base_url) as http:
        sender = Sender(running, http, NIP)
        sender.authenticate()
        link = sender.get(f"/sessions/{session}").json()["upo"]["pages"][0]["downloadUrl"]
    template = "/storage/{shard}/{session}/session-upo/{name}"
    running.faults.add("GET", template, drop="midway")
    with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
        httpx.get(link)
    assert httpx.get(link).content == running.upo_bytes(session, 1)


def test_delayed_answer_outlasts_a_short_timeout(running: Simulator) -> None:
    running.faults.add("POST", "/auth/challenge", delay=30.0)
    with httpx.Client(base_url=running.base_url) as http:
        with pytest.raises(httpx.ReadTimeout):
            http.post("/auth/challenge", timeout=0.1)
        assert http.post("/auth/challenge").status_code == 200


def test_a_path_with_a_line_feed_is_a_path_like_any_other(running: Simulator) -> None:
    response = httpx.get(f"{running.base_url}/auth/%0A{'0' * 35}")
    assert response.status_code == 401


def test_unmatched_paths_and_methods(running: Simulator) -> None:
    with httpx.Client(base_url=running.base_url) as http:
        for path in ("/nothing", "/sessions/", "/auth/challenge/"):
            response = http.post(path)
            assert (response.status_code, response.content) == (404, b"")
        wrong = http.put("/auth/challenge")
        assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET, POST")
    assert httpx.get(f"{running.origin}/").status_code == 404


@pytest.mark.parametrize("path", ["/v2/auth/challenge", "/_simulator/tokens", "/storage/a/b/c"])
def test_foreign_hosts_are_refused(running: Simulator, path: str) -> None:
    port = running.port
    foreign = ("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}")
    wrong_port = ("127.0.0.1", "localhost:1", f"localhost:{port}0")
    for host in (*foreign, *wrong_port, f"evil.example@127.0.0.1:{port}", "[", ""):
        answer = httpx.post(f"{running.origin}{path}", headers={"Host": host}, json={"nip": NIP})
        assert answer.status_code in (400, 421), host
    assert running.requests.counts == {}


def test_a_public_name_is_served_and_stands_in_links() -> None:
    with Simulator(public_url="https://ksef.test") as simulator:
        own = Sender(simulator, httpx.Client(base_url=simulator.base_url), NIP)
        own.authenticate()
        reference = simulator.seed_session(NIP)
        for headers in ({"Host": "ksef.test"}, {}):
            pages = own.get(f"/sessions/{reference}", headers=headers).json()["upo"]["pages"]
            assert pages[0]["downloadUrl"].startswith("https://ksef.test/storage/")
        own.http.close()
        assert simulator.contract_violations == []
    for url in ("ksef.test", "ftp://ksef.test", "https://ksef.test/v2", "https://"):
        with pytest.raises(ValueError, match="public_url"):
            Simulator(public_url=url)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", "127.0.0.2"])
def test_loopback_names_are_served(running: Simulator, name: str) -> None:
    headers = {"Host": f"{name}:{running.port}"}
    assert httpx.post(f"{running.base_url}/auth/challenge", headers=headers).status_code == 200


def test_small_answers_leave_at_once() -> None:
    # asyncio turns Nagle's algorithm off only for sockets that name their protocol.
    from ksef_facade.simulator.server import _bind

    with _bind("127.0.0.1", 0) as bound:
        assert bound.proto == socket.IPPROTO_TCP


SERVING = """
from ksef_facade.simulator import serve
serve(on_ready=lambda simulator, url: print(url, simulator.issue_token("5265877635"), flush=True))
"""


def test_serving_until_interrupted() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVING], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url, token = process.stdout.readline().split()
        transport = httpx.HTTPTransport(retries=5)
        with httpx.Client(base_url=url, transport=transport) as http:
            assert http.post("/auth/challenge").status_code == 200
        assert "|nip-5265877635|" in token
        process.terminate()
        process.wait(timeout=20)


def test_a_request_may_name_the_whole_url(running: Simulator) -> None:
    # As clients do that were told of a proxy.
    with httpx.Client(proxy=f"http://127.0.0.1:{running.port}", trust_env=False) as http:
        answer = http.post(f"{running.base_url}/auth/challenge")
        assert answer.status_code == 200
        assert http.get(f"{running.base_url}/nothing").status_code == 404
        assert http.post("http://elsewhere.example/v2/auth/challenge").status_code == 421
    (call,) = running.requests.calls[:1]
    assert call.path == "/v2/auth/challenge"
