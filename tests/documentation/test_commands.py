"""Every command line that README and the pages show is one that `ksef` understands."""

import os
import re
import shlex
from pathlib import Path

import pytest

from ksef_facade.cli.main import app, main
from ksef_facade.simulator import Simulator
from tests.documentation.written import PAGES, fences

SHOWN = [
    (page, line)
    for page, text in PAGES.items()
    for block in fences(text, "console")
    for line in block.splitlines()
    if line.startswith("$ ksef ")
]


def parsed(line: str) -> None:
    """Read a command line as `ksef` does, without running it."""
    tokens = shlex.split(re.sub(r"\s#.*", "", line.removeprefix("$ ksef ")))
    _, bound, _ = app.meta.parse_args(tokens, exit_on_error=False, print_error=False)
    app.parse_args(bound.args, exit_on_error=False, print_error=False)


# Of a session that is over and its receipts; a fingerprint is shown shortened.
ABOUT_A_SESSION = sorted(
    {
        re.sub(r"\s#.*", "", line).strip()
        for _, line in SHOWN
        if re.match(r"\$ ksef (--json )?(session|upo (save|verify)) ", line) and "..." not in line
    }
)


@pytest.mark.parametrize(("page", "line"), SHOWN)
def test_it_is_understood(page: str, line: str) -> None:
    parsed(line)


def test_there_are_some_and_a_wrong_one_would_be_seen() -> None:
    assert {page for page, _ in SHOWN} >= {"README.md", "docs/command-line.md"}
    for wrong in ("$ ksef receive", "$ ksef send --mode fast", "$ ksef upo save REF --into x"):
        with pytest.raises(Exception, match=r"Unknown|Invalid|fast|into|receive"):
            parsed(wrong)


@pytest.mark.parametrize("line", ABOUT_A_SESSION)
def test_it_does_what_it_is_shown_for(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each by itself, in a folder with the invoices and receipts of the session that it names."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KSEF_")]:
        monkeypatch.delenv(name)
    # The developer's own pins and schemas.
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    for folder in ("invoices", "receipts"):
        Path(folder).mkdir()
    with Simulator() as simulator:
        reference = simulator.seed_session("5265877635", accepted=2)
        for position, invoice in enumerate(simulator.invoices_of(reference)):
            content = simulator.invoice_bytes(reference, invoice.reference)
            assert content is not None
            Path("invoices", f"{position}.xml").write_bytes(content)
        Path("receipts", "page.xml").write_bytes(simulator.upo_bytes(reference, 1))
        monkeypatch.setenv("KSEF_CONFIG", str(tmp_path / "config"))
        monkeypatch.setenv("KSEF_BASE_URL", simulator.base_url)
        monkeypatch.setenv("KSEF_TOKEN", simulator.issue_token("5265877635"))
        words = shlex.split(re.sub(r"\d{8}-SO-[0-9A-F-]{24,}", reference, line))
        assert main(words[2:]) == 0


def test_those_about_a_session_are_among_them() -> None:
    shown = " ".join(ABOUT_A_SESSION)
    assert all(word in shown for word in ("status", "wait", "report", "save", "--sent", "--ask"))
