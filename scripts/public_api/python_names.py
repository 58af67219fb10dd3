"""The public names of the package and what each of them is, in words that a change would change."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from types import MemberDescriptorType
from typing import Any

import attrs

import ksef_facade
from scripts.public_api.type_words import in_words, is_alias

_WORD = re.compile(r"[A-Za-z_]\w*")
#: Methods with two underscores that callers use by syntax.
_SYNTAX = frozenset(
    {
        "__aenter__",
        "__aexit__",
        "__aiter__",
        "__anext__",
        "__call__",
        "__enter__",
        "__exit__",
        "__init__",
        "__iter__",
        "__len__",
        "__next__",
    }
)


Entry = tuple[str, str]


def python_names() -> Iterator[Entry]:
    """Every public name, parameter, property, field, member and error attribute."""
    aliases: dict[str, str] = {}
    for name in ksef_facade.__all__:
        value = getattr(ksef_facade, name)
        if inspect.isclass(value):
            yield from _class(name, value, aliases)
        elif callable(value):
            yield from _function(name, value, aliases)
        elif isinstance(value, dict):
            yield name, f"dict of {', '.join(sorted(value))}"
        else:
            yield name, type(value).__name__
    for alias, meaning in aliases.items():
        yield f"type {alias}", meaning


def _class(name: str, value: type, aliases: dict[str, str]) -> Iterator[Entry]:
    bases = ", ".join(base.__name__ for base in value.__bases__)
    yield name, f"class of {bases}"
    # What is inherited from a class that is not public is the class's own as far as callers see.
    for member in sorted(set(dir(value))):
        if member.startswith("_") and member not in _SYNTAX:
            continue
        home = next((base for base in value.__mro__ if member in vars(base)), None)
        if home is None or not home.__module__.startswith("ksef_facade"):
            continue
        if member == "__init__" and issubclass(value, BaseException):
            # Errors are raised by the package and read by callers.
            continue
        yield from _member(f"{name}.{member}", vars(home)[member], aliases)
    yield from _attributes(name, value, aliases)


def _member(name: str, found: Any, aliases: dict[str, str]) -> Iterator[Entry]:
    if isinstance(found, enum.Enum):
        yield name, f"member {found.name}"
    elif isinstance(found, property):
        assert found.fget is not None
        yield name, f"property: {_returned(found.fget, aliases)}"
    elif isinstance(found, staticmethod | classmethod):
        kind = type(found).__name__
        yield from _function(name, found.__func__, aliases, kind, skip=kind == "classmethod")
    elif inspect.isfunction(found):
        if _is_offered(name, found):
            yield from _function(name, found, aliases, skip=True)
    elif not isinstance(found, MemberDescriptorType):
        yield name, f"class attribute: {type(found).__name__}"


def _is_offered(name: str, found: Any) -> bool:
    return not name.endswith(".__init__") or _is_made_by_callers(found)


def _attributes(name: str, value: type, aliases: dict[str, str]) -> Iterator[Entry]:
    """Fields, and what an error says of itself: annotations, and `self.x = ...` of its `__init__`."""
    if attrs.has(value):
        for item in attrs.fields(value):
            if not item.name.startswith("_"):
                annotation = _annotation(item.type)
                _note_aliases(annotation, value.__module__, aliases)
                yield f"{name}.{item.name}", f"field: {annotation}"
        return
    if not issubclass(value, BaseException):
        return
    for base in value.__mro__:
        if not base.__module__.startswith("ksef_facade"):
            continue
        for attribute, annotation in vars(base).get("__annotations__", {}).items():
            yield f"{name}.{attribute}", f"attribute: {_annotation(annotation)}"
        for attribute in _set_in_init(base):
            yield f"{name}.{attribute}", "attribute"


def _set_in_init(value: type) -> Iterator[str]:
    if "__init__" not in vars(value):
        return
    tree = ast.parse(textwrap.dedent(inspect.getsource(vars(value)["__init__"])))
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            if (
                isinstance(target, ast.Attribute)
                and isinstance(target.value, ast.Name)
                and target.value.id == "self"
                and not target.attr.startswith("_")
            ):
                yield target.attr


def _function(
    name: str,
    function: Any,
    aliases: dict[str, str],
    kind: str = "",
    *,
    skip: bool = False,
) -> Iterator[Entry]:
    parameters = list(inspect.signature(function).parameters.values())
    asynchronous = inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)
    words = filter(None, (kind, "async" if asynchronous else "", "function"))
    yield name, f"{' '.join(words)}: {_returned(function, aliases)}"
    if name.endswith("__") and not name.endswith((".__init__", ".__call__")):
        # What Python itself calls has the parameters that Python gives it.
        return
    for position, parameter in enumerate(parameters[1:] if skip else parameters, start=1):
        if parameter.name.startswith("_"):
            continue
        annotation = _annotation(parameter.annotation)
        _note_aliases(annotation, function.__module__, aliases)
        required = parameter.default is inspect.Parameter.empty
        variable = parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
        need = "" if variable else "required " if required else "optional "
        place = "keyword" if parameter.kind is parameter.KEYWORD_ONLY else f"position {position}"
        if variable:
            place = parameter.kind.description
        yield f"{name}({parameter.name})", f"{need}{place}: {annotation}"


def _returned(function: Any, aliases: dict[str, str]) -> str:
    annotation = _annotation(inspect.signature(function).return_annotation)
    _note_aliases(annotation, function.__module__, aliases)
    return annotation


def _annotation(annotation: Any) -> str:
    return "untold" if annotation is inspect.Parameter.empty else in_words(annotation)


def _note_aliases(annotation: str, home: str, aliases: dict[str, str]) -> None:
    """What an alias in an annotation stands for: `SessionKind` is a promise about two words."""
    for word in _WORD.findall(annotation):
        value = _meant(word, home)
        if is_alias(value):
            aliases[word] = in_words(value)


def _meant(word: str, home: str) -> Any:
    """What a word in an annotation means in a module, also where it is imported for types alone."""
    module = importlib.import_module(home)
    if hasattr(module, word):
        return getattr(module, word)
    source = _imported_for_types(home).get(word)
    return getattr(importlib.import_module(source), word, None) if source else None


@cache
def _imported_for_types(home: str) -> dict[str, str]:
    tree = ast.parse(inspect.getsource(importlib.import_module(home)))
    return {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def _is_made_by_callers(function: Any) -> bool:
    """Whether a constructor takes only what callers can have: no part of the package's inside."""
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.default is not inspect.Parameter.empty:
            continue
        for word in _WORD.findall(_annotation(parameter.annotation)):
            value = _meant(word, function.__module__)
            inside = inspect.isclass(value) and value.__module__.startswith("ksef_facade")
            if inside and word not in ksef_facade.__all__:
                return False
    return True
