"""Every command line that README and the pages show is one that `ksef` understands."""

import re
import shlex

import pytest

from ksef_facade.cli.main import app
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


@pytest.mark.parametrize(("page", "line"), SHOWN)
def test_it_is_understood(page: str, line: str) -> None:
    parsed(line)


def test_there_are_some_and_a_wrong_one_would_be_seen() -> None:
    assert {page for page, _ in SHOWN} >= {"README.md", "docs/command-line.md"}
    for wrong in ("$ ksef receive", "$ ksef send --mode fast", "$ ksef upo save REF --into x"):
        with pytest.raises(Exception, match=r"Unknown|Invalid|fast|into|receive"):
            parsed(wrong)
