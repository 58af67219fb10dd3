"""Build the documentation into `build/docs` and check it: `python -m scripts.docs`.

A broken link, a missing reference, a page that is nowhere listed, a docstring that cannot be read, a
public name that is left out, or a page that would ask another host for anything fails it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import ksef_facade
import ksef_facade.qr
import ksef_facade.simulator
import ksef_facade.upo
from scripts import generator_env
from scripts.docs.self_contained import requests_elsewhere
from scripts.failure import BadInput, PipelineError, exit_with
from scripts.layout import ROOT, shown

SITE = ROOT / "build" / "docs"
_PUBLIC = (ksef_facade, ksef_facade.qr, ksef_facade.simulator, ksef_facade.upo)
_ID = re.compile(r'\bid="(ksef_facade\.[\w.]+)"')


def main(arguments: list[str]) -> int:
    """Build, check, and say where it is."""
    if arguments:
        raise BadInput("this takes no argument")
    # Otherwise every report begins with the theme's announcements.
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    programs = generator_env.ensure(ROOT / ".venvs" / "docs", ROOT / "requirements" / "docs.txt")
    command = (programs / "mkdocs", "build", "--strict", "--clean", "--site-dir", SITE)
    generator_env.run(command, cwd=ROOT, what="building the documentation")
    problems = [*requests_elsewhere(SITE), *left_out(SITE)]
    if problems:
        raise PipelineError("\n".join(["the documentation is not as it must be:", *problems]))
    pages = sum(1 for _ in SITE.rglob("*.html"))
    print(f"{pages} pages, which ask no other host for anything: {shown(SITE / 'index.html')}")
    return 0


def left_out(site: Path) -> Iterator[str]:
    """A sentence for each public name that has no place in the built reference."""
    there = {
        name
        for page in (site / "reference").rglob("*.html")
        for name in _ID.findall(page.read_text(encoding="utf-8"))
    }
    for package in _PUBLIC:
        for name in package.__all__:
            if f"{package.__name__}.{name}" not in there:
                yield f"{package.__name__}.{name} is not in the reference"


if __name__ == "__main__":
    exit_with(main)
