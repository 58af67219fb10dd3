"""A share of `make chaos-archive`, and that its verdict would notice a loss, a change, a repetition."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.chaos_archive.verdict import content_of, differences, judge_requests

ROOT = Path(__file__).resolve().parents[2]
STATUS = "/v2/sessions/20260201-SO-1"
LINK = "/storage/01/20260201-so-1/session-upo/upo_00.xml"


# It forks, so it gets a process without threads.
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_share_of_the_kills() -> None:
    command = [sys.executable, "-m", "scripts.chaos_archive", "--sessions", "8", "--kills", "15"]
    told = subprocess.run(
        [*command, "--seed", "7"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert re.search(r"^15 kills, 0 problems, ", told.stdout, re.MULTILINE)


def call(label: str, path: str = STATUS, query: str = "", page: str = "first") -> dict[str, Any]:
    return {
        "method": "GET",
        "path": path,
        "query": query,
        "headers": {"user-agent": f"{label} {page}"},
    }


def test_what_was_under_way_at_a_kill_may_be_asked_again() -> None:
    calls = [call("a-1"), call("a-2"), call("a-2", page="0123"), call("a-3", page="0123")]
    asked = judge_requests(calls, frozenset({"a-1", "a-2"}))
    assert (asked.requests, asked.repeated, asked.problems) == (4, 2, ())
    links = [f"{LINK}{number}" for number in range(4)]
    calls = [call(label, link) for label in ("a-1", "a-2") for link in links]
    assert judge_requests(calls, frozenset({"a-1"})).problems == ()


@pytest.mark.parametrize(
    "calls",
    [
        [call("a-1"), call("a-1")],
        [call("a-2"), call("a-3")],
        [call("a-1"), call("a-1", query="x=1"), call("a-2"), call("a-2", query="x=1")],
        [call("a-1"), call("a-1", LINK), call("a-2"), call("a-2", LINK)],
        [call(label, f"{LINK}{number}") for label in ("a-1", "a-2") for number in range(5)],
    ],
    ids=["twice in one", "after no kill", "two in flight", "beside a link", "too many links"],
)
def test_anything_more_is_noticed(calls: list[dict[str, Any]]) -> None:
    assert judge_requests(calls, frozenset({"a-1"})).problems != ()


def archive(folder: Path, state: str = "complete", changed_at: str = "2026-02-01") -> Path:
    folder.mkdir()
    (folder / "page.xml").write_bytes(b"<a/>")
    connection = sqlite3.connect(folder / "ledger.sqlite3")
    for table in ("invoices", "receipts", "checks", "work_statuses", "work_rows"):
        connection.execute(f"CREATE TABLE {table} (x)")
    connection.execute("CREATE TABLE archive (name, value)")
    connection.execute("INSERT INTO archive VALUES ('created_at', ?)", (changed_at,))
    connection.execute("CREATE TABLE sessions (reference, state, changed_at)")
    connection.execute("INSERT INTO sessions VALUES ('SO-1', ?, ?)", (state, changed_at))
    connection.commit()
    connection.close()
    return folder


def test_times_of_the_run_make_no_difference_and_everything_else_does(tmp_path: Path) -> None:
    calm = content_of(archive(tmp_path / "calm"))
    later = archive(tmp_path / "later", changed_at="2026-02-02")
    assert differences(calm, content_of(later)) == []
    (later / ".page.xml.0123.part").write_bytes(b"<a")
    (later / "page.xml").write_bytes(b"<b/>")
    assert differences(calm, content_of(later)) == [
        ".page.xml.0123.part should not be there",
        "page.xml differs",
    ]
    other = archive(tmp_path / "other", state="faulty")
    (other / "page.xml").unlink()
    assert differences(calm, content_of(other)) == [
        "page.xml is missing",
        "table sessions differs",
    ]
