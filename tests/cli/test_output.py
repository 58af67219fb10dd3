"""What a terminal gets and what a pipe gets."""

import io
import sys

import pytest

from ksef_facade.cli.terminal import progress
from ksef_facade.cli.terminal.output import Cell, Column, Output
from ksef_facade.cli.terminal.progress import Progress

NUMBER = "5265877635-20250826-0100001AF629-AF"
COLUMNS = [
    Column("invoice", folds=True),
    Column("sum", right=True),
    Column("KSeF number", folds=True, at_least=35),
]
ROWS = [
    ["FV/2026/11/a-number-that-is-rather-long", "1.00", Cell(NUMBER, "green")],
    ["FV/2", "12.00", NUMBER],
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put a terminal of 80 columns in the place of stdout and stderr.

    No fixture: pytest sets its own streams between a test's fixtures and its body.
    """
    stream = Terminal()
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_a_pipe_gets_aligned_columns(capsys: pytest.CaptureFixture[str]) -> None:
    Output().table(COLUMNS, ROWS, "Invoices")
    assert capsys.readouterr().out.splitlines() == [
        "",
        "Invoices",
        "invoice                                    sum  KSeF number",
        f"FV/2026/11/a-number-that-is-rather-long   1.00  {NUMBER}",
        f"FV/2                                     12.00  {NUMBER}",
    ]


def test_what_a_column_does_not_need_goes_to_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    columns = [Column("no."), Column("issued"), Column("invoice", folds=True), COLUMNS[2]]
    row = ["1", "2026-11-21", "FV/2026/11/17-A", NUMBER]
    Output().table([*columns, Column("session", folds=True)], [[*row, "20261121-SO-0D7B6B4000"]])
    lines = stream.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    # The date is whole, as it cannot fold, and only the longest text takes more than two lines.
    assert len(lines[2:]) <= 4
    assert {"1", "2026-11-21", NUMBER} <= set(lines[2].split())


def test_a_narrow_terminal_keeps_the_identifier_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    Output().table(COLUMNS, ROWS)
    lines = stream.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert sum(NUMBER in line for line in lines) == 2


def test_with_json_only_the_document_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output(as_json=True)
    output.line("no")
    output.facts({"no": "no"})
    output.table(COLUMNS, ROWS)
    output.document({"ł": 1})
    assert capsys.readouterr().out == '{\n  "ł": 1\n}\n'


def test_without_json_no_document_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    Output().document({"a": 1})
    assert capsys.readouterr().out == ""


def test_facts_leave_out_what_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    Output().facts({"name": "value", "unknown": None, "longer name": "other"})
    assert capsys.readouterr().out == "name         value\nlonger name  other\n"


def test_a_bar_appears_where_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    with Progress("sending", shown=True) as bar:
        bar.update(total=4)
        bar._appear()
        bar.advance()
        bar.update("waiting")
    assert "sending" in stream.getvalue()
    assert "waiting" in stream.getvalue()
    assert "25%" in stream.getvalue()


def test_a_bar_does_not_appear_after_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    with Progress("sending", shown=True) as bar:
        pass
    bar._appear()
    assert stream.getvalue() == ""


def test_nothing_appears_where_nobody_watches(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with Output().progress("sending") as bar:
        bar.update(total=4)
        bar._appear()
        bar.advance()
    assert capsys.readouterr().err == ""
