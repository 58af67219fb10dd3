"""What of a simulator is kept: nothing that holds state may be left out by oversight."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import define, field

from ksef_facade.simulator import Simulator
from ksef_facade.simulator.core import Core
from ksef_facade.simulator.keeping.roots import NOT_KEPT, Roots, is_kept
from ksef_facade.simulator.keeping.shapes import PACKAGE, attributes
from ksef_facade.simulator.keeping.tracking import Tracker

#: Attributes of the core that hold something, and are meant to be forgotten. To let another one
#: be forgotten, say why in NOT_KEPT and name it here.
FORGOTTEN = {"contract_violations", "faults", "journal", "outcomes", "workspace", "documents"}
FORGOTTEN |= {"repository", "export_packages"}
#: Behaviour and what a simulator is given: they hold nothing, which is looked at below.
WITHOUT_STATE = {
    "clock",
    "contract",
    "exchanges",
    "issuer",
    "lock",
    "packages",
    "receipts",
    "seeding",
    "settings",
    "storage",
}
#: Threads, and words for complaints that a room may have none of.
NO_STATE = {"PackageProcessing._threads", "Identifiers.complaints"}
CONTAINERS = (dict, list, set, deque, bytearray)


def parts_of(value: Any) -> Iterator[Any]:
    """What a value leads to: the object of a method, what a function has enclosed, items."""
    yield getattr(value, "__self__", None)
    for cell in getattr(value, "__closure__", None) or ():
        yield cell.cell_contents
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, tuple | list | set | frozenset | deque):
        yield from value


def is_ours(value: Any) -> bool:
    return type(value).__module__.startswith(f"{PACKAGE}.")


def hidden_state(core: Core) -> set[str]:
    """Containers that requests can reach, but that are neither kept nor forgotten on purpose.

    Those that are full in a new simulator are taken for tables that do not change.
    """
    known = [*Roots(core).by_path.values(), *(vars(core)[name] for name in FORGOTTEN)]
    known += [core.settings, core.contract, *core.contract.operations.values()]
    seen = {id(one) for one in known}
    waiting: list[Any] = [core]
    found = set()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        if not is_ours(one):
            waiting += parts_of(one)
            continue
        for name, value in attributes(one).items():
            place = f"{type(one).__name__}.{name}"
            is_empty = isinstance(value, CONTAINERS) and not value
            if is_empty and id(value) not in seen and place not in NO_STATE:
                found.add(place)
            waiting += [value, *parts_of(value)]
    return found


def test_every_attribute_of_the_core_is_kept_or_forgotten_for_a_reason() -> None:
    core = Simulator().core
    forgotten = {name for name in vars(core) if not name.startswith("_") and not is_kept(name)}
    assert forgotten == FORGOTTEN | WITHOUT_STATE
    assert {name for name in NOT_KEPT if "." not in name} == forgotten
    assert all(NOT_KEPT.values())


def test_nothing_that_is_reached_by_a_request_holds_state_aside() -> None:
    assert hidden_state(Simulator().core) == set()


def test_state_aside_would_be_noticed() -> None:
    simulator = Simulator()

    class Aside:
        """A room that keeps something to itself."""

        __module__ = f"{PACKAGE}.aside"

        def __init__(self) -> None:
            self.kept: dict[str, str] = {}

        def serve(self) -> None:
            """Nothing."""

    simulator.core._handlers[("GET", "/aside")] = Aside().serve  # type: ignore[assignment]
    assert hidden_state(simulator.core) == {"Aside.kept"}


@define
class Register:
    """A register as another room might have it."""

    __module__ = f"{PACKAGE}.rooms"

    entries: list[Any] = field(factory=list)


def test_a_new_register_is_kept_without_a_word() -> None:
    core = Simulator().core
    core.rooms = Register(["one"])  # type: ignore[attr-defined]
    changes, problem = Tracker(Roots(core), core.documents).changes()
    assert problem is None
    assert changes.roots["rooms"] == '{"entries": ["one"]}'


@pytest.mark.parametrize(
    ("entry", "name"),
    [(lambda: None, "builtins.function"), (object(), "builtins.object"), (Ellipsis, "ellipsis")],
)
def test_what_is_no_plain_data_is_named(entry: Any, name: str) -> None:
    core = Simulator().core
    core.rooms = Register([entry])  # type: ignore[attr-defined]
    changes, problem = Tracker(Roots(core), core.documents).changes()
    assert "rooms cannot be kept: entries: " in str(problem)
    assert f"{name} is no plain data" in str(problem)
    # The rest is kept all the same.
    assert "sessions" in changes.roots
    assert "rooms" not in changes.roots
