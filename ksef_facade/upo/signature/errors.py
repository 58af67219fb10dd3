"""Why a signature is not accepted, and how what it says is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


class NotIntact(Exception):
    """Raised with a sentence for a signature that does not hold."""


class NotSupported(Exception):
    """Raised with a sentence for a signature of a kind that cannot be judged here."""


def quoted_algorithm(element: _Element) -> str:
    """The algorithm that an element names, as a sentence may hold it."""
    return ascii((element.get("Algorithm") or "")[:80])
