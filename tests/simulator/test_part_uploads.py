"""Uploads of parts: links, headers, and what becomes of connections that break."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from ksef_facade.simulator import Simulator
from ksef_facade.simulator.messages import Response
from ksef_facade.simulator.sessions.uploads import Upload
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_batches import PART, Batch, zipped
from tests.simulator.plain_client import Sender, codes

NIP = "5265877635"


def a_batch(sender: Sender, parts: int = 1) -> Batch:
    batch = Batch(sender, zipped({"1.xml": make_invoice(NIP)}), parts)
    batch.open()
    return batch


@pytest.fixture
def batch(sender: Sender) -> Batch:
    return a_batch(sender)


@pytest.fixture
def live(running: Simulator) -> Iterator[Batch]:
    """A batch session over real sockets."""
    with httpx.Client(base_url=running.base_url) as http:
        sender = Sender(running, http, NIP)
        sender.authenticate()
        yield a_batch(sender, parts=2)


def code_of(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/xml"
    assert f"<Code>{response.headers['x-ms-error-code']}</Code>" in response.text
    return response.status_code, response.headers["x-ms-error-code"]


def test_credentials_do_not_belong_here(sender: Sender, batch: Batch) -> None:
    refused = batch.put(0, **sender.headers)
    assert code_of(refused) == (401, "InvalidAuthenticationInfo")
    assert codes(batch.close_request()) == [21205]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sig=", "sig=A"),
        ("sp=w", "sp=r"),
        ("batch-parts/1", "batch-parts/2"),
        ("%2B", "+"),
        ("se=2026", "se=2036"),
    ],
)
def test_links_that_were_changed(batch: Batch, old: str, new: str) -> None:
    upload = batch.uploads[0]
    assert old in upload["url"]
    upload["url"] = upload["url"].replace(old, new)
    assert code_of(batch.put()) == (403, "AuthenticationFailed")


def test_link_is_for_writing_and_others_for_reading(sender: Sender, batch: Batch) -> None:
    read = sender.http.get(batch.uploads[0]["url"])
    assert code_of(read) == (403, "AuthorizationPermissionMismatch")
    batch.put()
    batch.close_request()
    sender.wait(1)
    link = batch.status()["upo"]["pages"][0]["downloadUrl"]
    headers = {"x-ms-blob-type": "BlockBlob"}
    written = sender.http.put(link, content=b"x", headers=headers)
    assert code_of(written) == (403, "AuthorizationPermissionMismatch")
    posted = sender.http.post(batch.uploads[0]["url"], content=b"x")
    assert code_of(posted) == (403, "AuthorizationPermissionMismatch")


def test_time_to_upload_grows_with_the_number_of_parts(sender: Sender) -> None:
    for parts, minutes in ((1, 20), (3, 60)):
        sender.authenticate()
        batch = a_batch(sender, parts)
        sender.wait(minutes * 60 - 2)
        assert batch.put().status_code == 201
        sender.wait(2)
        late = batch.put()
        assert code_of(late) == (403, "AuthenticationFailed")
        assert "time frame" in late.text


def test_headers_that_are_asked_for(simulator: Simulator, sender: Sender) -> None:
    simulator.settings.part_headers = {"x-ms-blob-type": "BlockBlob", "X-Of-Today": "Ab c"}
    batch = a_batch(sender)
    upload = batch.uploads[0]
    assert upload["headers"] == {"x-ms-blob-type": "BlockBlob", "X-Of-Today": "Ab c"}
    upload["headers"] = {"x-ms-blob-type": "BlockBlob"}
    assert code_of(batch.put()) == (400, "MissingRequiredHeader")
    upload["headers"] = {"x-ms-blob-type": "BlockBlob", "X-Of-Today": "ab c"}
    assert code_of(batch.put()) == (400, "InvalidHeaderValue")
    upload["headers"] = {"X-Of-Today": "Ab c", "x-ms-blob-type": "BlockBlob"}
    assert batch.put().status_code == 201


def test_length_must_be_told(live: Batch) -> None:
    upload = live.uploads[0]
    refused = live.sender.http.put(
        upload["url"], content=iter([live.parts[0]]), headers=upload["headers"]
    )
    assert code_of(refused) == (411, "MissingContentLengthHeader")


def test_parts_that_nobody_announced(simulator: Simulator, sender: Sender, batch: Batch) -> None:
    link = simulator.core.storage.link
    for session, folder, name in (
        (batch.reference, "batch-parts", "2"),
        (batch.reference, "batch-parts", "x"),
        (batch.reference, "session-upo", "1"),
        (sender.open(), "batch-parts", "1"),
    ):
        url = link("http://simulator.test", session, folder, name, "w").url
        refused = sender.http.put(url, content=b"x", headers=batch.uploads[0]["headers"])
        assert code_of(refused) == (404, "ResourceNotFound")


def test_no_parts_after_the_end(sender: Sender, batch: Batch) -> None:
    batch.put()
    batch.close_request()
    assert code_of(batch.put()) == (403, "AuthorizationPermissionMismatch")


@pytest.mark.parametrize(("status", "code"), [(500, "InternalError"), (503, "ServerBusy")])
def test_failing_storage(live: Batch, status: int, code: str) -> None:
    live.sender.simulator.faults.add("PUT", PART, status=status)
    assert code_of(live.put(0)) == (status, code)
    assert codes(live.close_request()) == [21205]
    assert live.put(0).status_code == 201


def test_lost_answer_leaves_the_part(live: Batch) -> None:
    live.sender.simulator.faults.add("PUT", PART, drop="after")
    with pytest.raises(httpx.TransportError):
        live.put(0)
    assert live.put(1).status_code == 201
    assert live.close_request().status_code == 204


@pytest.mark.parametrize("drop", ["before", "midway"])
def test_broken_upload_leaves_nothing(live: Batch, drop: str) -> None:
    live.sender.simulator.faults.add("PUT", PART, drop=drop)  # type: ignore[arg-type]
    with pytest.raises(httpx.TransportError):
        live.put(0)
    assert live.sender.simulator.requests.calls[-1].status == 0
    live.put(1)
    assert "'1'" in live.close_request().text
    assert live.put(0).status_code == 201
    assert live.close_request().status_code == 204


@pytest.mark.parametrize("drop", ["before", "midway", "after"])
def test_broken_uploads_without_sockets(sender: Sender, batch: Batch, drop: str) -> None:
    sender.simulator.faults.add("PUT", PART, drop=drop)  # type: ignore[arg-type]
    with pytest.raises(ConnectionResetError):
        batch.put()
    closed = batch.close_request()
    assert closed.status_code == 204 if drop == "after" else codes(closed) == [21205]


def test_slow_answer(live: Batch) -> None:
    live.sender.simulator.faults.add("PUT", PART, delay=0.5)
    with pytest.raises(httpx.ReadTimeout):
        live.sender.http.put(
            live.uploads[0]["url"],
            content=live.parts[0],
            headers=live.uploads[0]["headers"],
            timeout=0.1,
        )


def test_client_that_hangs_up(running: Simulator, live: Batch) -> None:
    parts = urlsplit(live.uploads[0]["url"])
    head = (
        f"PUT {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        "x-ms-blob-type: BlockBlob\r\nContent-Length: 1000\r\n\r\n"
    )
    running.requests.clear()
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as connection:
        connection.sendall(head.encode() + b"x" * 500)
    while not running.requests.calls:
        live.sender.wait(0.01)
    assert running.requests.calls[0].status == 0
    assert live.put(1).status_code == 201
    assert "'1'" in live.close_request().text


def test_batch_over_sockets(running: Simulator, live: Batch) -> None:
    for index in (1, 0):
        assert live.put(index).status_code == 201
    assert live.close_request().status_code == 204
    while live.status()["status"]["code"] < 200:
        live.sender.wait(0.02)
    assert live.status()["status"]["code"] == 200
    (invoice,) = live.invoices()
    plain = running.invoice_bytes(live.reference, invoice["referenceNumber"])
    assert plain is not None
    assert plain.startswith(b"<?xml")
    link = "PUT /storage/{shard}/{session}/batch-parts/{name}"
    assert running.requests.counts[link] == 2


def test_pieces_go_straight_to_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "part"
    upload = Upload(lambda part: Response(201), lambda: pytest.fail("it did not break"), path)
    assert upload.write(b"abc")
    assert path.read_bytes() == b"abc"
    assert upload.write(b"def")
    assert upload.finish().status == 201
    assert path.read_bytes() == b"abcdef"
