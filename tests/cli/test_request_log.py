"""The log of `ksef simulate`."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from ksef_facade.cli.terminal.request_log import RequestLog, describe, operation
from ksef_facade.simulator.exchanges import Exchange
from ksef_facade.simulator.logins.credentials import Party

AT = datetime(2026, 11, 21, 2, 50, 38, tzinfo=UTC)
REFERENCE = "20261121-SO-89A5672000-D25113CB48-E9"


def exchange(
    method: str, template: str, status: int = 200, code: str | None = None, path: str | None = None
) -> Exchange:
    context = Party("Nip", "5265877635")
    where = f"/v2{template}" if path is None else path
    return Exchange(AT, method, where, template, status, code, context, 0.0034)


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (
            exchange("POST", "/sessions/online", 201),
            "02:50:38  201        open online session                NIP 5265877635      3 ms  "
            "POST /v2/sessions/online",
        ),
        (
            exchange("POST", "/sessions/online/{referenceNumber}/invoices", 400, "21180"),
            "02:50:38  400 21180  send invoice                       NIP 5265877635      3 ms  "
            "POST /v2/sessions/online/{referenceNumber}/invoices",
        ),
        (
            exchange("GET", "/v2/poems\n\x1b[31m", 404),
            "02:50:38  404        unknown operation                  NIP 5265877635      3 ms  "
            "GET /v2/v2/poems \\x1b[31m",
        ),
        (
            exchange("GET", "/sessions", 0),
            "02:50:38  cut        list sessions                      NIP 5265877635      3 ms  "
            "GET /v2/sessions",
        ),
    ],
)
def test_a_line_says_what_happened(asked: Exchange, line: str) -> None:
    assert describe(asked) == line


@pytest.mark.parametrize(
    ("method", "template", "path", "words"),
    [
        ("PUT", "/storage/{shard}/{session}/batch-parts/{name}", "", "upload part of package"),
        ("GET", "/storage/{shard}/{session}/session-upo/{name}", "", "download receipt by link"),
        ("GET", "/storage/{shard}/{session}/export/{name}", "/storage/1", "download by link"),
        ("POST", "/_simulator/tokens", "/_simulator/tokens", "simulator: tokens"),
        ("GET", "/docs/v2/openapi.json", "/docs/v2/openapi.json", "read the contract"),
        ("GET", "/invoice/5265877635/x", "/invoice/5265877635/x", "look up an invoice by its code"),
        ("GET", "/certificate/Nip/x", "/certificate/Nip/x", "verify an issuer by a code"),
    ],
)
def test_what_is_no_operation_has_words_too(
    method: str, template: str, path: str, words: str
) -> None:
    assert operation(exchange(method, template, path=path)) == words


def test_a_long_path_is_cut() -> None:
    assert len(describe(exchange("GET", "/x" * 5000, 404))) < 300


def test_lines_go_to_standard_error_until_nobody_reads(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = RequestLog()
    log(exchange("GET", "/sessions"))
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    log(exchange("GET", "/_simulator/health", path="/_simulator/health"))
    assert capsys.readouterr().err == ""
    gone = io.StringIO()
    gone.close()
    monkeypatch.setattr("sys.stderr", gone)
    log(exchange("GET", "/sessions"))


class Terminal(io.StringIO):
    """A terminal as far as rich can tell."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    for variable in ("NO_COLOR", "TERM", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    log = RequestLog()
    log(exchange("GET", "/sessions", 500))
    assert "\x1b[31m" in terminal.getvalue()
