"""Methods that a class takes over from other modules, documented as the methods that they are.

`Ksef` says `send = send` for a function that another module defines, which is an attribute without
a docstring to whoever only reads the source. It runs inside mkdocstrings.
"""

from __future__ import annotations

from typing import Any

import griffe


class AssignedMethods(griffe.Extension):
    """Puts the function in the place of an attribute of the same name that it is assigned to."""

    def on_class_members(self, *, cls: griffe.Class, **_: Any) -> None:
        """Look at each attribute once the whole class is read."""
        for name, member in list(cls.members.items()):
            if member.is_alias or not member.is_attribute or str(member.value) != name:
                continue
            imported = cls.module.imports.get(name)
            if imported is not None:
                cls.set_member(name, griffe.Alias(name, imported, parent=cls))
