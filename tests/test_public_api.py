"""The guard on our own promise: what is public is as recorded, and goes only after an announcement."""

from __future__ import annotations

import ast
import asyncio
import inspect
import warnings
from pathlib import Path
from typing import Any

import pytest

import ksef_facade
from ksef_facade import deprecation
from ksef_facade.deprecation import DEPRECATIONS, Deprecation, deprecated, warn_deprecated
from ksef_facade.version import VERSION
from scripts.public_api import guard
from scripts.public_api.guard import (
    ADVICE,
    COMMAND,
    RECORD,
    Record,
    compared,
    current,
    dumped,
    load,
    recorded,
    released,
)

ROOT = Path(__file__).resolve().parent.parent
OLD = Deprecation(name="Ksef.old", since="0.2.0", removal="0.4.0", instead="use Ksef.new")
TABLE = (OLD,)
PROMISED = {
    "Ksef.old": "function: int",
    "Ksef.old(kind)": "required position 1: str",
    "Ksef.kept": "function: int",
    "ksef send": "command",
}


@pytest.fixture(scope="module")
def record() -> Record:
    return load(RECORD.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    return current()


def test_what_is_public_is_as_recorded(record: Record, names: dict[str, str]) -> None:
    found = compared(record, names, DEPRECATIONS, VERSION)
    told = "\n".join(found.told())
    assert not found.refused, f"{told}\n\n{ADVICE}"
    assert not found.told(), f"{told}\n\nrecord it with `{COMMAND}`"


def test_the_record_is_written_as_the_script_writes_it(record: Record) -> None:
    assert RECORD.read_text(encoding="utf-8") == dumped(record)


def test_the_record_holds_what_callers_use(record: Record) -> None:
    expected = {
        "Ksef.session": "function: Session",
        "AsyncSession.wait": "async function: SessionStatus",
        "Ksef.sessions(kind)": "required position 1: SessionKind",
        "SessionStatus.invoice_count": "field: int | None",
        "Ksef.environment": "property: Environment",
        "RateLimited.retry_after": "attribute",
        "KsefError.continuation_token": "attribute: str | None",
        "ENVIRONMENTS": "dict of demo, prod, simulator, test",
        "FormCode.FA_3": "class attribute: FormCode",
        "UnknownSession": "class of BadRequest",
        "type SessionKind": "Literal['online', 'batch']",
        "exit code NOT_READY": "4",
        "ksef upo save --to": "required: value",
        "ksef upo save argument 1": "required: value",
        "ksef upo save --overwrite": "optional: flag",
        "ksef --env": "optional: choice",
        "ksef --env=prod": "choice",
    }
    assert expected.items() <= record.promised.items()
    assert not any("(self)" in name for name in record.promised)


def test_every_public_name_is_recorded(record: Record) -> None:
    assert set(ksef_facade.__all__) <= record.promised.keys() | record.unreleased.keys()


def kinds(names: dict[str, str], version: str = "0.1.0", table: Any = TABLE) -> dict[str, int]:
    found = compared(Record(PROMISED, {"Ksef.fresh": "function: int"}), names, table, version)
    groups = ("added", "reshaped", "accepted", "refused")
    return {group: len(getattr(found, group)) for group in groups if getattr(found, group)}


def without(*gone: str, **changed: str) -> dict[str, str]:
    names = {**PROMISED, "Ksef.fresh": "function: int", **changed}
    return {name: text for name, text in names.items() if name not in gone}


@pytest.mark.parametrize(
    ("names", "version", "expected"),
    [
        (without(), "0.1.0", {}),
        (without("Ksef.kept"), "9.0.0", {"refused": 1}),
        (without(**{"Ksef.kept": "function: str"}), "9.0.0", {"refused": 1}),
        (without("Ksef.old"), "0.3.9", {"refused": 1}),
        (without("Ksef.old"), "0.4.0", {"accepted": 1}),
        # What belongs to an announced name goes with it.
        (without("Ksef.old", "Ksef.old(kind)"), "0.10.0", {"accepted": 2}),
        (without(**{"Ksef.old(kind)": "required keyword: str"}), "0.4.0", {"accepted": 1}),
        (without(**{"Ksef.new": "function: int"}), "0.1.0", {"added": 1}),
        (without(**{"Ksef.kept(more)": "optional keyword: int"}), "0.1.0", {"added": 1}),
        (without(**{"Ksef.kept(more)": "required keyword: int"}), "0.1.0", {"refused": 1}),
        (without(**{"ksef send --to": "required: value"}), "0.1.0", {"refused": 1}),
        (without(**{"ksef send --to": "optional: value"}), "0.1.0", {"added": 1}),
        # A method with a required parameter of its own asks nothing of anybody.
        (
            without(**{"Ksef.new": "function: int", "Ksef.new(a)": "required position 1: int"}),
            "0.1.0",
            {"added": 2},
        ),
        (without("Ksef.fresh"), "0.1.0", {"reshaped": 1}),
    ],
)
def test_which_changes_are_accepted(
    names: dict[str, str], version: str, expected: dict[str, int]
) -> None:
    assert kinds(names, version) == expected


def test_recording_keeps_promises_apart_until_a_release() -> None:
    names = without("Ksef.old", **{"Ksef.new": "function: int"})
    record = recorded(Record(PROMISED, {}), names)
    assert "Ksef.old" not in record.promised
    assert set(record.unreleased) == {"Ksef.fresh", "Ksef.new"}
    assert load(dumped(record)) == record
    assert set(released(record).promised) == set(names)
    assert released(record).unreleased == {}


def test_a_removed_method_is_noticed_in_the_package_itself(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(ksef_facade.Session, "wait")
    found = compared(record, current(), DEPRECATIONS, VERSION)
    assert "Session.wait is gone; it was not announced" in found.refused


def test_a_changed_parameter_is_noticed_in_the_package_itself(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait(self: Any, patience: int) -> ksef_facade.SessionStatus:
        """Other than before."""
        raise AssertionError

    wait.__module__ = ksef_facade.Session.__module__
    monkeypatch.setattr(ksef_facade.Session, "wait", wait)
    refused = compared(record, current(), DEPRECATIONS, VERSION).refused
    assert any(line.startswith("Session.wait(timeout) is gone") for line in refused)
    assert any(line.startswith("Session.wait(patience) is new and required") for line in refused)


def test_every_deprecation_is_in_the_changelog_and_in_order() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert announcements_missing(DEPRECATIONS, changelog) == []
    for entry in DEPRECATIONS:
        assert guard._number(entry.since) < guard._number(entry.removal)


def announcements_missing(table: tuple[Deprecation, ...], changelog: str) -> list[str]:
    lines = changelog.splitlines()
    return [
        entry.name
        for entry in table
        if not any(f"`{entry.name}`" in line and entry.removal in line for line in lines)
    ]


def test_an_announcement_names_the_name_and_the_version() -> None:
    assert announcements_missing(TABLE, "- `Ksef.old` is deprecated.") == ["Ksef.old"]
    assert announcements_missing(TABLE, "- `Ksef.old` may go in 0.4.0: use `Ksef.new`.") == []


def here() -> int:
    """The line that calls this."""
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno


def test_a_deprecated_function_warns_at_the_callers_line() -> None:
    @deprecated("Ksef.old", TABLE)
    def old(value: int) -> int:
        """Says what it is given."""
        return value

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value, line = old(5), here()
    assert value == 5
    (warning,) = caught
    assert warning.category is DeprecationWarning
    assert (warning.filename, warning.lineno) == (__file__, line)
    assert str(warning.message) == (
        "Ksef.old is deprecated since 0.2.0 and may go in 0.4.0; use Ksef.new"
    )
    assert old.__doc__ == "Says what it is given."
    assert old.__deprecated__ == str(warning.message)  # type: ignore[attr-defined]


def test_a_call_from_inside_the_package_is_told_to_the_code_outside() -> None:
    # As if it stood in the package: what calls it there is not what has to change.
    source = "def inside(function):\n    return function()\n"
    inside: dict[str, Any] = {}
    path = str(Path(deprecation.__file__).with_name("somewhere.py"))
    exec(compile(source, path, "exec"), inside)
    old = deprecated("Ksef.old", TABLE)(lambda: 1)
    with pytest.warns(DeprecationWarning, match="is deprecated") as caught:
        inside["inside"](old)
    assert caught[0].filename == __file__


def test_a_deprecated_coroutine_function_warns_when_called() -> None:
    @deprecated("Ksef.old", TABLE)
    async def old() -> int:
        return 7

    with pytest.warns(DeprecationWarning, match="is deprecated"):
        coroutine = old()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert asyncio.run(coroutine) == 7


def test_a_name_that_is_not_announced_cannot_be_deprecated() -> None:
    with pytest.raises(LookupError, match=r"Ksef\.other is not in the table"):
        deprecated("Ksef.other", TABLE)
    with pytest.raises(LookupError, match=r"Ksef\.other"):
        warn_deprecated("Ksef.other", TABLE)


def test_a_parameter_can_be_announced_by_itself() -> None:
    with pytest.warns(DeprecationWarning, match=r"Ksef\.old is deprecated"):
        warn_deprecated("Ksef.old", TABLE)


def test_every_public_name_stands_in_the_stated_types() -> None:
    stated: set[str] = set()
    for path in sorted((ROOT / "tests" / "typing").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "ksef_facade"
            for alias in node.names
        }
        stated |= imported & {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert sorted(set(ksef_facade.__all__) - stated) == [], "state them in tests/typing/"
