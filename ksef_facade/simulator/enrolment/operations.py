"""All operations on certificates of KSeF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..calls import Handler
from .enrolling import Enrolling
from .holding import Holding

if TYPE_CHECKING:
    from ..core import Core


def operations(core: Core) -> dict[tuple[str, str], Handler]:
    """Operations served here."""
    enrolling = Enrolling(
        core.clock,
        core.settings,
        core.references,
        core.logins,
        core.subject_limits,
        core.outcomes,
        core.certificates,
        core.standing,
    )
    return {**enrolling.handlers(), **Holding(core.clock, core.standing).handlers()}
