"""The pages say what the code does, and lead nowhere that there is nothing."""

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

import ksef_facade
import ksef_facade.qr
import ksef_facade.simulator
import ksef_facade.upo
from ksef_facade import KsefError, errors
from ksef_facade.cli.exit_codes import exit_code
from ksef_facade.logins.advice import LoginFailureReason
from ksef_facade.models.sending import SendOutcome
from ksef_facade.models.sessions import InvoiceOutcome
from ksef_facade.upo.verdicts import Check
from scripts.docs import pages
from tests.documentation.written import DOCS, PAGES, ROOT, anchors, first_cells, links


@pytest.mark.parametrize("path", pages.PAGES, ids=lambda path: path.stem)
def test_what_follows_from_the_code_is_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == pages.PAGES[path](), f"run {pages.COMMAND}"


@pytest.mark.parametrize(
    "package",
    [ksef_facade, ksef_facade.qr, ksef_facade.simulator, ksef_facade.upo],
    ids=lambda package: package.__name__,
)
def test_the_reference_has_every_public_name_once(package: object) -> None:
    name = package.__name__
    written = re.findall(
        rf"^::: {re.escape(name)}\.(\w+)$",
        "\n".join(text for page, text in PAGES.items() if page.startswith("docs/reference/")),
        re.MULTILINE,
    )
    assert sorted(written) == sorted(package.__all__)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_what_is_there(page: str) -> None:
    broken = []
    for target, anchor in links(PAGES[page]):
        path = (ROOT / page).parent / target if target else ROOT / page
        inside = path.resolve().relative_to(ROOT).as_posix() if path.exists() else ""
        # Anchors of the reference are made while the site is built, which checks them.
        is_made = anchor.startswith("ksef_facade.")
        if not inside or (anchor and not is_made and anchor not in anchors(PAGES[inside])):
            broken.append(f"{target}#{anchor}")
    assert broken == []


def test_the_site_has_every_page() -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    written = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    listed = list(leaves(settings["nav"]))
    assert sorted(listed) == sorted(written)


def leaves(tree: object) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    branches = tree.values() if isinstance(tree, dict) else tree
    return [leaf for branch in branches for leaf in leaves(branch)]


def test_every_error_is_explained_with_its_exit_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| (\d+) \|$", PAGES["docs/errors.md"], re.MULTILINE)
    kinds = {name: getattr(errors, name) for name in errors.__all__}
    # An error is judged by its class alone, so none has to be made.
    wanted = {
        name: str(int(exit_code(kind.__new__(kind))))
        for name, kind in kinds.items()
        if issubclass(kind, KsefError) and kind is not KsefError
    }
    assert dict(rows) == wanted
    assert len(rows) == len(wanted)
    assert {"KsefError", "KsefSystemWarning"} <= set(kinds)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("docs/logging-in.md", LoginFailureReason),
        ("docs/sessions.md", InvoiceOutcome),
        ("docs/sending.md", SendOutcome),
        ("docs/receipts.md", Check),
    ],
)
def test_tables_have_every_word_that_the_code_uses(page: str, words: object) -> None:
    assert set(get_args(words)) - first_cells(PAGES[page]) == set()


def test_every_variable_is_explained() -> None:
    sources = [*(ROOT / "ksef_facade").rglob("*.py")]
    read = {
        name
        for source in sources
        for name in re.findall(r'"(KSEF_[A-Z_]+)"', source.read_text(encoding="utf-8"))
    }
    explained = first_cells(PAGES["docs/command-line.md"])
    assert read - explained == {"KSEF_SIMULATOR_KEY"}
    assert "`KSEF_SIMULATOR_KEY`" in PAGES["docs/simulator.md"]
