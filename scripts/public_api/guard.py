"""Whether the public interface is as recorded, and which changes of it may be recorded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from attrs import frozen

from ksef_facade.deprecation import Deprecation
from scripts.layout import ROOT
from scripts.public_api.command_names import command_names
from scripts.public_api.python_names import python_names

RECORD = ROOT / "tests" / "public_api.json"
#: A new class brings dozens of names; the first ones show what it is.
_SHOWN = 40
COMMAND = "make public-api"
ADVICE = (
    "What is public is removed or changed in steps: list it in DEPRECATIONS of "
    "ksef_facade/deprecation.py and in CHANGELOG.md, keep it working and warning until the version "
    f"it may go in, then record the change with `{COMMAND}`."
)


@frozen
class Record:
    """The interface as written down."""

    promised: Mapping[str, str]
    """What a release has carried: it is removed or changed by announcement alone."""
    unreleased: Mapping[str, str]
    """What the next release will carry: until then it may still change."""


@frozen
class Compared:
    """How the interface differs from the record."""

    added: tuple[str, ...] = ()
    reshaped: tuple[str, ...] = ()
    """Removed or changed before any release carried it."""
    accepted: tuple[str, ...] = ()
    """Removed or changed, and announced for this version."""
    refused: tuple[str, ...] = ()
    """Removed or changed, and not announced or too early."""

    def told(self) -> list[str]:
        """A line for each difference."""
        more = len(self.added) - _SHOWN
        return [
            *(f"added: {line}" for line in self.added[:_SHOWN]),
            *([f"added: {more} more"] if more > 0 else []),
            *(f"not released yet: {line}" for line in self.reshaped),
            *(f"announced: {line}" for line in self.accepted),
            *(f"REFUSED: {line}" for line in self.refused),
        ]


def current() -> dict[str, str]:
    """The interface as it is: name -> what it is."""
    return dict(sorted({**dict(python_names()), **dict(command_names())}.items()))


def load(text: str) -> Record:
    """Read a record."""
    return Record(**json.loads(text))


def dumped(record: Record) -> str:
    """The text of a record."""
    content = {"promised": dict(record.promised), "unreleased": dict(record.unreleased)}
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def recorded(record: Record, names: Mapping[str, str]) -> Record:
    """The record of the interface as it is now; what was promised stays in its part."""
    return Record(
        {name: text for name, text in names.items() if name in record.promised},
        {name: text for name, text in names.items() if name not in record.promised},
    )


def released(record: Record) -> Record:
    """The record once a release has carried all of it."""
    return Record({**record.promised, **record.unreleased}, {})


def compared(
    record: Record,
    names: Mapping[str, str],
    deprecations: Iterable[Deprecation],
    version: str,
) -> Compared:
    """What was added, and what was removed or changed with and without announcement."""
    announced = {entry.name: entry for entry in deprecations}
    reshaped = [sentence for _, sentence in _changes(record.unreleased, names)]
    changes = _changes(record.promised, names)
    added, accepted, refused = [], [], []
    for name in sorted(names.keys() - record.promised.keys() - record.unreleased.keys()):
        if _is_demand(name, names[name]) and _owner(name) in record.promised:
            # Who calls it today does not pass it.
            changes.append((name, f"{name} is new and {names[name]}"))
        else:
            added.append(name)
    for name, sentence in changes:
        entry = _covering(name, announced)
        if entry is None:
            refused.append(f"{sentence}; it was not announced")
        elif _number(entry.removal) > _number(version):
            refused.append(f"{sentence}; it may not before {entry.removal}, this is {version}")
        else:
            accepted.append(sentence)
    return Compared(tuple(added), tuple(reshaped), tuple(accepted), tuple(refused))


def _changes(was: Mapping[str, str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (name, f"{name} is gone" if name not in names else f"{name}: {text} -> {names[name]}")
        for name, text in was.items()
        if names.get(name) != text
    ]


def _is_demand(name: str, meaning: str) -> bool:
    return meaning.startswith("required") and ("(" in name or " " in name)


def _owner(name: str) -> str:
    """The function of a parameter, the command of an option."""
    return name.partition("(")[0] if "(" in name else name.rpartition(" ")[0]


def _covering(name: str, announced: Mapping[str, Deprecation]) -> Deprecation | None:
    """The announcement of the name itself, or of what it belongs to: a class with all its methods."""
    candidates = {name, _owner(name), name.partition("(")[0], name.partition(".")[0]}
    return next((announced[item] for item in sorted(candidates) if item in announced), None)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
