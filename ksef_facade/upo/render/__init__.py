"""A UPO for people: as a PDF to be filed, and as one HTML page. The evidence stays the XML.

`render_pdf` needs the extra `pdf`; `render_html` needs nothing more than the package itself.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ksef_facade.upo.render.page import render_html
    from ksef_facade.upo.render.pdf import render_pdf
    from ksef_facade.upo.render.wording import Language

__all__ = ["Language", "render_html", "render_pdf"]

_HOMES = {"Language": "wording", "render_html": "page", "render_pdf": "pdf"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
