"""The operations on permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..calls import Handler
from ..identifiers import Identifiers
from .entity_queries import EntityQueries
from .granting import Granting
from .person_queries import PersonQueries
from .proceedings import Proceedings
from .revoking import Revoking

if TYPE_CHECKING:
    from ..core import Core


def operations(core: Core) -> dict[tuple[str, str], Handler]:
    """Granting, revoking, and the lists."""
    proceedings = Proceedings(
        core.clock,
        core.settings,
        core.references,
        core.grants,
        core.taxpayers,
        core.tokens,
        core.outcomes,
    )
    identifiers = Identifiers(core.contract.patterns)
    queries = (core.clock, core.grants, core.taxpayers, identifiers)
    return {
        **proceedings.handlers(),
        **Granting(proceedings, identifiers).handlers(),
        **Revoking(proceedings).handlers(),
        **PersonQueries(*queries).handlers(),
        **EntityQueries(*queries).handlers(),
    }
