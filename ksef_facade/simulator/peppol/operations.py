"""The list of Peppol providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define

from ..calls import Call, Handler
from ..clock import wire_time
from ..listing import numbered_page
from ..messages import Response, json_response
from .register import ProviderRegister

if TYPE_CHECKING:
    from ..core import Core


def operations(core: Core) -> dict[tuple[str, str], Handler]:
    """The one operation, for everybody."""
    return {("GET", "/peppol/query"): _Providers(core.peppol).query}


@define
class _Providers:
    register: ProviderRegister

    def query(self, call: Call) -> Response:
        providers, has_more = numbered_page(call, self.register.newest_first())
        entries = [
            {
                "id": provider.peppol_id,
                "name": provider.name,
                "dateCreated": wire_time(provider.created),
            }
            for provider in providers
        ]
        return json_response(200, {"peppolProviders": entries, "hasMore": has_more})
