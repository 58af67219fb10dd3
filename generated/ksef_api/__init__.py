"""Raw client of the KSeF API, generated from its contract; not written by hand.

`ksef_api.api.<tag>.<operation>` describes the requests and decodes the answers of one operation,
`ksef_api.models` holds their bodies, `ksef_api.operations`, `ksef_api.limits` and
`ksef_api.permissions` what the contract says about each. Nothing is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .client import AuthenticatedClient, Client

__all__ = ("AuthenticatedClient", "Client")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import client

    return getattr(client, name)


def __dir__() -> list[str]:
    return sorted(__all__)
