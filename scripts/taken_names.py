"""Parameters whose names the generated functions use themselves: a query's `body` beside the body.

The generator gives way for `client` and `url` alone. Such a parameter gets its place into its name
before the generator sees it, as the generator does elsewhere, and its own name back in what is sent.
"""

from __future__ import annotations

import re

from scripts.document import Document, operations
from scripts.names import Key

_TAKEN = frozenset({"body", "params", "headers", "cookies", "quote"})
#: Where a generated function writes what is sent under a name of the contract.
_DICTIONARIES = {"query": "params", "header": "headers", "cookie": "cookies"}

Renamed = list[tuple[str, str, str]]
"""Place, name in the contract and name for the generator."""


def give_other_names(document: Document) -> dict[Key, Renamed]:
    """Rename such parameters in place; what was renamed, by operation. Those of paths are no names of
    the service, so nothing has to be put back.
    """
    renamed: dict[Key, Renamed] = {}
    for operation in list(operations(document)):
        parameters = operation.body.get("parameters", [])
        known = {parameter["name"] for parameter in parameters}
        for parameter in parameters:
            place, name = parameter["in"], parameter["name"]
            other = f"{name}_{place}"
            if _as_argument(name) in _TAKEN and place in _DICTIONARIES and other not in known:
                parameter["name"] = other
                renamed.setdefault(operation.key, []).append((place, name, other))
    return renamed


def with_published_names(module: str, renamed: Renamed) -> str:
    """A generated module that sends these parameters under the contract's names."""
    for place, name, other in renamed:
        target = _DICTIONARIES[place]
        module = module.replace(f'{target}["{other}"]', f'{target}["{name}"]')
    return module


def _as_argument(name: str) -> str:
    return "_".join(re.findall(r"[A-Za-z0-9]+", name)).lower()
