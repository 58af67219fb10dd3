"""What mkdocstrings is told of the source beyond what it reads; it runs inside mkdocstrings.

`Ksef` says `send = send` for a function that another module defines, which is an attribute without
a docstring to whoever only reads the source. An attribute that its class explains needs no place
of its own, where nothing more would be said. And how the package makes what callers get is not
theirs to know.
"""

from __future__ import annotations

from typing import Any

import griffe

# Parts of the package's inside, which callers cannot have to pass.
_INSIDE = ("Caller", "AsyncCaller", "FetchPage")


class AssignedMethods(griffe.Extension):
    """Puts functions in the place of attributes that they are assigned to."""

    def on_class_members(self, *, cls: griffe.Class, **_: Any) -> None:
        """Look at each attribute once the whole class is read."""
        for name, member in list(cls.members.items()):
            if member.is_alias or not member.is_attribute or str(member.value) != name:
                continue
            imported = cls.module.imports.get(name)
            if imported is not None:
                cls.set_member(name, griffe.Alias(name, imported, parent=cls))


class ExplainedAttributes(griffe.Extension):
    """Leaves attributes to the list in their class's docstring, with the types that they have."""

    def on_class_members(self, *, cls: griffe.Class, **_: Any) -> None:
        """Read the docstring while the attributes are there, for their types, and drop those."""
        if cls.docstring is None:
            return
        cls.docstring.parser = "google"
        for section in cls.docstring.parsed:
            if section.kind is not griffe.DocstringSectionKind.attributes:
                continue
            for explained in section.value:
                member = cls.members.get(explained.name)
                if member is not None and member.is_attribute and member.docstring is None:
                    cls.del_member(explained.name)


class MadeByThePackage(griffe.Extension):
    """Leaves out the constructors of errors, and of what only the package itself can make."""

    def on_class_members(self, *, cls: griffe.Class, **_: Any) -> None:
        """Look at what the constructor takes."""
        constructor = cls.members.get("__init__")
        if constructor is None or not constructor.is_function:
            return
        words = {
            str(parameter.annotation).partition("[")[0] for parameter in constructor.parameters
        }
        if cls.module.path.startswith("ksef_facade.errors") or words.intersection(_INSIDE):
            cls.del_member("__init__")
