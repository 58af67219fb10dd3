"""What a comparison finds: each difference with what it means to us."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Impact(Enum):
    """What a difference means to us, the gravest first."""

    FACADE = "breaks the facade"
    RAW = "breaks raw callers"
    NEW = "new possibility"
    LIMITS = "limits and permissions"
    WORDING = "wording only"

    @property
    def key(self) -> str:
        """The stable name in JSON."""
        return self.name.lower()


@frozen(kw_only=True)
class Finding:
    """One difference, seen from one operation, or from none in particular."""

    impact: Impact
    topic: str
    """The stable name of its kind, e.g. `removed` or `limit`."""
    phrase: str
    """What happened, in words that the names follow; `{where}` stands for `where`."""
    where: str = ""
    """`requests`, `answers` or `errors` where the difference is in a body."""
    subject: str = ""
    """The schema or limit group that it happened to; empty: the operation itself."""
    names: tuple[str, ...] = ()
    detail: str = ""
    """What follows the names: values before and after."""
    note: str = ""
    """What the facade has to do with it."""
    operation: str = ""
    """`METHOD /path`."""
