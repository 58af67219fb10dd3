"""Where a secret could come to light beside the answers: logs of the HTTP library, refused addresses."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from ksef_facade import ConfigurationError, InvalidIdentifier, Ksef, KsefError
from ksef_facade._sync.wire import Wire, make_pool
from ksef_facade.calls.transfers import NoSink
from ksef_facade.environments import environment
from ksef_facade.settings import Settings

SECRET = "c0ffee1234"


class Redirecting(BaseHTTPRequestHandler):
    """Sends everybody to another signed link."""

    def do_GET(self) -> None:
        self.send_response(302)
        self.send_header("Location", f"https://storage.example/upo.xml?sv=1&sig={SECRET}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Nobody reads it."""


@contextmanager
def redirecting() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Redirecting) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_links_are_in_no_log_whole(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the one that is asked for nor the one that an answer redirects to."""
    caplog.set_level(logging.DEBUG)
    with redirecting() as origin:
        pool = make_pool(environment(base_url=f"{origin}/v2"), None, None)
        with pytest.raises(KsefError) as caught:
            Wire(pool, Settings()).download_link(f"{origin}/upo.xml?sig={SECRET}", NoSink())
        pool.close()
    assert "/upo.xml?..." in caplog.text
    assert "https://storage.example/upo.xml?..." in caplog.text
    assert SECRET not in caplog.text
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "base_url",
    [
        f"https://user:{SECRET}@host_name/v2",
        f"https://user:{SECRET}@host name/v2",
        f"https://user:{SECRET}@host:99999/v2",
        f"https://[user:{SECRET}@host/v2",
        f"ftp://user:{SECRET}@host/v2",
        f"https://user:{SECRET}@host/v2",
        f"https://host_name/v2?token={SECRET}",
        f"https://host_name/v2#{SECRET}",
    ],
)
def test_a_refused_base_url_is_not_repeated_with_its_secret(base_url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Ksef("test", base_url=base_url)
    assert SECRET not in str(caught.value)


def test_a_refused_base_url_without_a_secret_is_shown() -> None:
    with pytest.raises(ConfigurationError, match="'https://host_name/v2' is not a base URL"):
        Ksef("test", base_url="https://host_name/v2")


@pytest.mark.parametrize(
    "token",
    [
        f"20250819-EC-1ECDD12000-5EE71AE5E3-B7|nip-5265877635|{SECRET}",
        f"eyJ{SECRET}",
        f"Bearer eyJ{SECRET}",
        f'"eyJ{SECRET}"',
    ],
)
def test_a_token_in_the_wrong_place_is_not_repeated(token: str) -> None:
    with pytest.raises(ConfigurationError, match="withheld") as caught:
        Ksef(token)
    assert SECRET not in str(caught.value).lower()
    with Ksef("test") as ksef, pytest.raises(InvalidIdentifier, match="withheld") as refused:
        ksef.session(token)
    assert SECRET not in str(refused.value).lower()
