"""The page of every command of `ksef`, from the application itself."""

from __future__ import annotations

import re
from itertools import groupby

from ksef_facade.cli.exit_codes import MEANINGS
from ksef_facade.cli.main import app

_INTRODUCTION = """\
# Commands of ksef

Every command with its arguments and options, as `ksef COMMAND --help` tells them. How to use them:
[The command line](../command-line.md).
"""
_GLOBAL = "Global options, before or after the command"
_OPPOSITE = re.compile(r"--([a-z-]+), --no-\1\b")
"""The generator adds what this application does not take."""
_LAUNCHER = re.compile(r"^(ksef .*?) -m [\w.]+", re.MULTILINE)
"""It also adds how this very process was started."""


def command_page() -> str:
    """The page as Markdown."""
    text = app.generate_docs(output_format="markdown", heading_level=1)
    _, _, rest = text.partition(f"**{_GLOBAL}**:\n")
    global_options, _, commands = rest.partition("\n## ")
    sections = [
        _INTRODUCTION,
        f"## {_GLOBAL}\n\n{global_options.strip()}\n",
        _without_repeats(f"## {commands}").strip() + "\n",
        "## Exit codes\n\n| code | meaning |\n| --- | --- |\n"
        + "".join(f"| {code.value} | {meaning} |\n" for code, meaning in MEANINGS.items()),
    ]
    return "\n".join(sections)


def _without_repeats(text: str) -> str:
    """The commands without the global options, which the generator repeats with each."""
    kept: list[str] = []
    for is_options, lines in groupby(_paragraphs(text), lambda part: part[0] == _GLOBAL):
        if not is_options:
            kept += [line for _, line in lines]
    return _LAUNCHER.sub(r"\1", _OPPOSITE.sub(r"--\1", "\n\n".join(kept)))


def _paragraphs(text: str) -> list[tuple[str, str]]:
    """Each paragraph with the list that it belongs to, if any."""
    found = []
    owner = ""
    for paragraph in re.split(r"\n{2,}", text):
        if named := re.fullmatch(r"\*\*(.+)\*\*:", paragraph.strip()):
            owner = named[1]
        elif not paragraph.startswith(("*", " ")):
            owner = ""
        found.append((owner, paragraph.rstrip()))
    return found
