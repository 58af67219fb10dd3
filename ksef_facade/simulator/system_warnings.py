"""Warnings that come with good answers, in the header `X-System-Warning`."""

from __future__ import annotations

import unicodedata

from attrs import evolve

from .messages import Request, Response

#: What a request to TEST may carry to be warned (documented rule), and how the answer does.
_REQUEST, _ANSWER = "x-test-system-warning", "x-system-warning"


def with_warnings(request: Request, response: Response, standing: str | None) -> Response:
    """The answer with the warning that stands for all and the one asked for, unless it is an error."""
    given = [text for text in (standing, request.headers.get(_REQUEST)) if text]
    if not given or not 200 <= response.status < 300:
        return response
    text = _fold(" | ".join(given))
    return evolve(response, headers={**response.headers, _ANSWER: text})


def _fold(text: str) -> str:
    """Without diacritics: warnings travel in a header and are folded to ASCII (observed)."""
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    return plain.encode("ascii", "ignore").decode()
