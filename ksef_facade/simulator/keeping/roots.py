"""What of a simulator is state: everything in its core, but for what is named here."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from random import Random
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from ..clock import Clock
from ..contract import Contract, Operation
from ..settings import Settings
from ..workspace import DocumentStore, Workspace
from .shapes import PACKAGE, attributes, has_identity, is_value

if TYPE_CHECKING:
    from ..core import Core

#: Attributes of a core, or of what it is made of, that do not outlive it, and why. A new attribute
#: is kept unless it is named here; the core's private ones are behaviour, and hold nothing.
NOT_KEPT: Mapping[str, str] = {
    "clock": "kept apart, for time must not run backwards",
    "settings": "belong to the one who starts the simulator",
    "contract": "comes with the package",
    "contract_violations": "belong to one run",
    "journal": "belongs to one run",
    "exchanges": "are told when they happen",
    "faults": "belong to one run",
    "outcomes": "are decided for one run",
    "lock": "is no data",
    "workspace": "is the folder itself",
    "documents": "are a file in the folder",
    "packages": "is behaviour; what it works on is in the sessions",
    "repository": "follows from the sessions",
    "export_packages": "are built anew when they are asked for",
    "issuer": "is behaviour; its secret is kept",
    "storage": "is behaviour; its secret is kept",
    "seeding": "is behaviour",
    "receipts": "is behaviour; receipts are in the sessions",
    "limits._table": "comes with the contract",
}
#: What an object of the core may hold besides state.
_SERVICES = (
    Clock,
    Settings,
    Contract,
    Operation,
    Workspace,
    DocumentStore,
    Random,
    type(threading.RLock()),
    type(threading.Lock()),
    FunctionType,
    MethodType,
    BuiltinFunctionType,
)


class Roots:
    """The objects that a fresh core is made of and that hold state, by their path in it.

    They are filled, not made anew: other objects refer to them.
    """

    def __init__(self, core: Core) -> None:
        self._services = {id(value) for name, value in vars(core).items() if not is_kept(name)}
        self.by_path: dict[str, object] = {}
        waiting = [(name, value) for name, value in vars(core).items() if is_kept(name)]
        seen = {id(value) for _, value in waiting}
        while waiting:
            path, one = waiting.pop(0)
            self.by_path[path] = one
            for name, value in self.state_of(path):
                if id(value) not in seen and _is_root(value):
                    seen.add(id(value))
                    waiting.append((f"{path}.{name}", value))

    def state_of(self, path: str) -> Iterator[tuple[str, Any]]:
        """What a root holds besides services, by name."""
        for name, value in attributes(self.by_path[path]).items():
            is_service = isinstance(value, _SERVICES) or id(value) in self._services
            if not is_service and f"{path}.{name}" not in NOT_KEPT:
                yield name, value


def is_kept(name: str) -> bool:
    """Whether an attribute of a core is kept."""
    return not name.startswith("_") and name not in NOT_KEPT


def _is_root(value: Any) -> bool:
    kind = type(value)
    return (
        _is_ours(value) and not is_value(kind) and (has_identity(kind) or hasattr(kind, "__dict__"))
    )


def _is_ours(value: Any) -> bool:
    return type(value).__module__.startswith(f"{PACKAGE}.")
