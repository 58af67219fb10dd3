"""Names of files inside a package: short, harmless, unique; KSeF repeats them as `invoiceFileName`."""

from __future__ import annotations

import unicodedata
from typing import Final

from ksef_facade.errors import PackageRefused

_SUFFIX: Final = ".xml"
_SEPARATORS: Final = frozenset("/\\")
# What some file system or shell cannot have in a name.
_FORBIDDEN: Final = frozenset('<>:"|?*')
_NAMELESS: Final = "invoice"


class ArchiveNames:
    """Gives every invoice of one package a name of its own; the same calls give the same names."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def name_for(self, wanted: str) -> str:
        """A name as near to the wanted one as can be, ending in `.xml`.

        A path becomes part of the name, not a folder: separators and whatever is not allowed in a
        file name somewhere are replaced by `_`. A name that is taken, upper and lower case being
        the same, gets `~2`, `~3` and so on.
        """
        stem = _clean(wanted)
        count = self._next.get(stem.casefold(), 1)
        while True:
            mark = "" if count == 1 else f"~{count}"
            name = _cut(stem, self._longest - len(mark) - len(_SUFFIX)) + mark + _SUFFIX
            count += 1
            if name.casefold() not in self._taken:
                break
        self._next[stem.casefold()] = count
        self._taken.add(name.casefold())
        return name

    def take(self, name: str) -> str:
        """A name that cannot be changed, because it is in an archive already.

        Raises:
            PackageRefused: rule `file_name`: it is a path, too long, not printable, or there twice.
        """
        shown = repr(name[: self._longest + 1])
        if not name or not _SEPARATORS.isdisjoint(name) or name in (".", ".."):
            problem = "is a folder or in one; invoices must be at the top of the archive"
        elif _length(name) > self._longest:
            problem = f"has more than {self._longest} characters"
        elif not name.isprintable():
            problem = "has characters that cannot be printed"
        elif name.casefold() in self._taken:
            problem = "is there twice"
        else:
            self._taken.add(name.casefold())
            return name
        raise PackageRefused("file_name", f"in the archive {shown} {problem}", name)


def _clean(wanted: str) -> str:
    text = unicodedata.normalize("NFC", wanted)
    # isprintable is false for control characters and for halves of surrogate pairs, which stand
    # for undecodable bytes of a file's name.
    text = "".join(
        c if c.isprintable() and c not in _SEPARATORS and c not in _FORBIDDEN else "_" for c in text
    )
    if text.lower().endswith(_SUFFIX):
        text = text[: -len(_SUFFIX)]
    return text.strip(". ") or _NAMELESS


def _length(text: str) -> int:
    # The contract's lengths are those of .NET: a character beyond the 16-bit plane counts as two.
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, longest: int) -> str:
    text = text[:longest]
    while _length(text) > longest:
        text = text[:-1]
    return text
