"""Control endpoints beside the API: tokens, finished sessions, and what was asked so far."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

from .journal import Journal
from .logins.credentials import Party, TokenRegister, is_tax_number
from .loopback import is_local_origin, is_loopback
from .messages import Request, Response, json_response
from .seeding import Seeding
from .sessions.state import SessionKind
from .settings import Settings

#: Outside the versioned API, so that no operation of the contract can collide with it.
PREFIX = "/_simulator/"
_KEY = "x-simulator-key"

_KINDS: Mapping[str, SessionKind] = {"online": "online", "batch": "batch"}


class _BadInput(Exception):
    pass


class Control:
    """Serves `/_simulator/...`, to callers on the same machine, and to others with the key."""

    def __init__(
        self, settings: Settings, tokens: TokenRegister, seeding: Seeding, journal: Journal
    ) -> None:
        self._settings = settings
        self._tokens = tokens
        self._seeding = seeding
        self._journal = journal
        self._routes: Mapping[tuple[str, str], Callable[[Request], Response]] = {
            ("POST", "tokens"): self._issue_token,
            ("POST", "sessions"): self._seed_session,
            ("GET", "requests"): self._show_requests,
            ("DELETE", "requests"): self._clear_requests,
        }

    def serve(self, request: Request) -> Response:
        """The answer to a control request."""
        if not self._is_local(request) and not self._has_key(request):
            return _error(403, "the control endpoints answer to this machine only")
        # A browser sends a page's simple POST without asking, and only says where the page is from.
        origin = request.headers.get("origin")
        if origin is not None and not is_local_origin(origin):
            return _error(403, "the control endpoints answer to no web page of elsewhere")
        name = request.path.removeprefix(PREFIX)
        handler = self._routes.get((request.method, name))
        if handler is None:
            known = ", ".join(f"{method} {PREFIX}{path}" for method, path in self._routes)
            return _error(404, f"there is no such control endpoint; there are: {known}")
        try:
            return handler(request)
        except (_BadInput, ValueError) as error:
            return _error(400, str(error))

    def _is_local(self, request: Request) -> bool:
        settings = self._settings
        if settings.public_url is not None or settings.control_key is not None:
            # What stands before the simulator may be on this machine, and its callers elsewhere.
            host = request.headers.get("host")
            if host is not None and not is_local_origin(f"http://{host}"):
                return False
        return is_loopback(request.client)

    def _has_key(self, request: Request) -> bool:
        key = self._settings.control_key
        given = request.headers.get(_KEY, "").encode()
        return key is not None and hmac.compare_digest(given, key.encode())

    def _issue_token(self, request: Request) -> Response:
        body = _read(request, {"nip", "permissions", "author"})
        nip = _nip(body, "nip")
        permissions = body.get("permissions")
        if permissions is not None and not _is_list_of_texts(permissions):
            raise _BadInput("permissions must be a list of names")
        author = Party("Nip", _nip(body, "author")) if body.get("author") is not None else None
        token = self._tokens.issue(Party("Nip", nip), permissions, author)
        return json_response(200, {"token": token.secret})

    def _seed_session(self, request: Request) -> Response:
        body = _read(request, {"nip", "kind", "accepted", "rejected", "upoPageSize"})
        kind = _KINDS.get(str(body.get("kind") or "online").lower())
        if kind is None:
            raise _BadInput('kind must be "online" or "batch"')
        session = self._seeding.seed(
            _nip(body, "nip"),
            kind,
            _count(body, "accepted", 1),
            _count(body, "rejected", 0),
            _count(body, "upoPageSize", None),
        )
        return json_response(200, {"referenceNumber": session.reference})

    def _show_requests(self, request: Request) -> Response:
        return json_response(200, self._journal.document())

    def _clear_requests(self, request: Request) -> Response:
        cleared = self._journal.document()
        self._journal.clear()
        return json_response(200, cleared)


def _read(request: Request, known: set[str]) -> dict[str, Any]:
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        raise _BadInput("the body is not JSON") from None
    if not isinstance(body, dict):
        raise _BadInput("the body must be a JSON object")
    unknown = sorted(set(body) - known)
    if unknown:
        raise _BadInput(f"unknown member {unknown[0]!r}; known are {', '.join(sorted(known))}")
    return body


def _nip(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not is_tax_number(value):
        raise _BadInput(f"{name} must be the ten digits of a tax number, as text")
    return value


def _count(body: Mapping[str, Any], name: str, default: Any) -> Any:
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool):
        raise _BadInput(f"{name} must be a whole number")
    return value


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _error(status: int, sentence: str) -> Response:
    return json_response(status, {"error": sentence})
