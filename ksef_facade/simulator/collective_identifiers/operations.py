"""The operations on collective identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..calls import Handler
from ..listing import Pager
from .generating import Generating
from .inspecting import Inspecting

if TYPE_CHECKING:
    from ..core import Core


def operations(core: Core) -> dict[tuple[str, str], Handler]:
    """Generating them, and the three lists."""
    generating = Generating(
        core.clock,
        core.settings,
        core.references,
        core.repository,
        core.context_limits,
        core.collective_identifiers,
    )
    inspecting = Inspecting(
        core.clock,
        core.repository,
        core.collective_identifiers,
        Pager(core.settings, core.own_secrets),
    )
    return {**generating.handlers(), **inspecting.handlers()}
