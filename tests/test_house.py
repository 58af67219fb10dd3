"""Rules of the repository itself: what may stand in it, how large, under which name."""

import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import ksef_facade

ROOT = Path(__file__).resolve().parent.parent
MODULE_LINES = 350
HAND_WRITTEN = ("benchmarks", "ksef_facade", "scripts", "tests")
# Derived or generated: their size and shape follow from other files.
WRITTEN_BY_MACHINE = ("generated/", "ksef_facade/_sync/")
NAMES_THAT_SAY_NOTHING = {"common", "helpers", "misc", "utils"}
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|work|home)/")
# Each stands in two halves, so that this file does not hold what it looks for.
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "registry.npm" + "js.org")
INDEX_OPTION = re.compile(r"--(extra-)?index-url|--find-links|--trusted-host|://")
PINNED = re.compile(r"^[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+( *;.*)?$")
# Loaded when first needed: importing the package must stay about as cheap as httpx and attrs.
LOADED_LATE = ("cryptography", "cyclopts", "dateutil", "ksef_api.models", "lxml", "rich", "signxml")


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so there is no list of files to look through")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def modules() -> list[Path]:
    found = [path for folder in HAND_WRITTEN for path in (ROOT / folder).rglob("*.py")]
    return [path for path in found if not shown(path).startswith(WRITTEN_BY_MACHINE)]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    yield from enumerate(text.splitlines(), start=1)


def test_modules_hold_one_idea() -> None:
    sizes = {shown(path): sum(1 for _ in text_lines(path)) for path in modules()}
    assert sizes
    assert {name: lines for name, lines in sizes.items() if lines > MODULE_LINES} == {}


def test_modules_are_named_for_what_they_hold() -> None:
    assert [shown(path) for path in modules() if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_no_path_of_a_machine_and_no_registry_in_any_file() -> None:
    found = [
        f"{shown(path)}:{number}"
        for path in tracked_files()
        for number, line in text_lines(path)
        if MACHINE_PATH.search(line) or any(host in line for host in REGISTRIES)
    ]
    assert found == []


def test_lock_files_pin_everything_and_name_no_index() -> None:
    locks = [*ROOT.glob("requirements/*.txt"), *ROOT.glob("openapi/*requirements*.txt")]
    assert locks
    wrong = [
        f"{shown(path)}:{number}"
        for path in locks
        for number, line in text_lines(path)
        if INDEX_OPTION.search(line)
        or (line.strip() and not line.lstrip().startswith("#") and not PINNED.match(line))
    ]
    assert wrong == []


def test_make_lists_every_task() -> None:
    makefile = (ROOT / "Makefile").read_text()
    tasks = set(re.findall(r"^([a-z][a-z-]*):", makefile, flags=re.MULTILINE))
    listing = subprocess.run(
        ["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    listed = dict(re.findall(r"^ *make ([a-z-]+) +(\S.*)$", listing, flags=re.MULTILINE))
    assert {"demo", "generate", "spec", "test"} <= tasks
    assert set(listed) == tasks


def undocumented(name: str) -> Iterator[str]:
    value = getattr(ksef_facade, name)
    if not (inspect.isclass(value) or inspect.isroutine(value)):
        return
    if not inspect.getdoc(value):
        yield name
    if not inspect.isclass(value):
        return
    for member, found in vars(value).items():
        if member.startswith("_") or not (
            inspect.isroutine(found) or isinstance(found, property | classmethod | staticmethod)
        ):
            continue
        if not inspect.getdoc(getattr(value, member)):
            yield f"{name}.{member}"


def test_every_public_name_has_a_docstring() -> None:
    missing = [where for name in ksef_facade.__all__ for where in undocumented(name)]
    assert missing == []


def test_import_loads_nothing_heavy() -> None:
    probe = "import sys, ksef_facade; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert "ksef_facade" in loaded
    assert [name for name in LOADED_LATE if name in loaded] == []


def test_import_contracts_name_every_room_without_network() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    contracts = {contract["name"]: contract for contract in settings["contracts"]}
    named = contracts["Decisions and values know no network and no client"]["source_modules"]
    rooms = (
        "answers",
        "contract",
        "crypto",
        "identifiers",
        "invoices",
        "models",
        "packages",
        "planning",
        "qr",
        "samples",
        "schemas",
        "store",
        "upo",
    )
    present = {
        f"ksef_facade.{room}"
        for room in rooms
        if (ROOT / "ksef_facade" / room).is_dir() or (ROOT / "ksef_facade" / f"{room}.py").is_file()
    }
    assert present == set(named)
