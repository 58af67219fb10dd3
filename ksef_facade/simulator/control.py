"""Control endpoints beside the API: tokens, finished sessions, what was asked so far, faults and
time.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

from .clock import Clock, wire_time
from .faults import Faults
from .journal import Journal
from .logins.credentials import Party, is_tax_number
from .loopback import is_local_origin, is_loopback
from .messages import Request, Response, json_response
from .seeding import Seeding
from .sessions.state import SessionKind
from .settings import Settings
from .storage import PREFIX as STORAGE_PREFIX

#: Outside the versioned API, so that no operation of the contract can collide with it.
PREFIX = "/_simulator/"
_KEY = "x-simulator-key"
#: Members of a fault: the argument of `Faults.add`, and the types that it takes.
_FAULT: Mapping[str, tuple[str, tuple[type, ...]]] = {
    "times": ("times", (int, type(None))),
    "skip": ("skip", (int,)),
    "status": ("status", (int,)),
    "body": ("body", (str,)),
    "headers": ("headers", (dict,)),
    "exceptionCode": ("exception_code", (int,)),
    "details": ("details", (list,)),
    "retryAfter": ("retry_after", (int,)),
    "delay": ("delay", (int, float)),
    "drop": ("drop", (str,)),
    "truncate": ("truncate", (int,)),
}
_DROPS = ("before", "after", "midway")
#: A hundred years: beyond that dates end.
_LONGEST_LEAP = 100 * 366 * 86_400

_KINDS: Mapping[str, SessionKind] = {"online": "online", "batch": "batch"}


class _BadInput(Exception):
    pass


class Control:
    """Serves `/_simulator/...`, to callers on the same machine, and to others with the key."""

    def __init__(
        self,
        clock: Clock,
        settings: Settings,
        seeding: Seeding,
        journal: Journal,
        faults: Faults,
        templates: frozenset[str],
    ) -> None:
        self._clock = clock
        self._settings = settings
        self._faults = faults
        self._templates = templates
        self._seeding = seeding
        self._journal = journal
        self._routes: Mapping[tuple[str, str], Callable[[Request], Response]] = {
            ("POST", "tokens"): self._issue_token,
            ("POST", "sessions"): self._seed_session,
            ("GET", "health"): self._show_health,
            ("GET", "requests"): self._show_requests,
            ("DELETE", "requests"): self._clear_requests,
            ("POST", "faults"): self._add_fault,
            ("DELETE", "faults"): self._clear_faults,
            ("POST", "clock"): self._advance_clock,
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
        token = self._seeding.issue_token(Party("Nip", nip), permissions, author)
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

    def _show_health(self, request: Request) -> Response:
        return json_response(200, {"status": "up"})

    def _show_requests(self, request: Request) -> Response:
        return json_response(200, self._journal.document())

    def _clear_requests(self, request: Request) -> Response:
        cleared = self._journal.document()
        self._journal.clear()
        return json_response(200, cleared)

    def _add_fault(self, request: Request) -> Response:
        body = _read(request, {"method", "template", *_FAULT})
        method, template = body.get("method", "*"), body.get("template", "*")
        if not isinstance(method, str) or not isinstance(template, str):
            raise _BadInput("method and template must be texts")
        if not (
            template == "*" or template in self._templates or template.startswith(STORAGE_PREFIX)
        ):
            raise _BadInput(f"no operation has the template {template!r}: it is the contract's")
        options: dict[str, Any] = {}
        for name, (option, kinds) in _FAULT.items():
            value = body.get(name)
            if value is None and name in body and name != "times":
                continue
            if name in body:
                if not isinstance(value, kinds) or isinstance(value, bool):
                    raise _BadInput(f"{name} is of another type")
                options[option] = value
        if not all(isinstance(one, str | None) for one in options.get("headers", {}).values()):
            raise _BadInput("the value of a header is a text, or null to take the header away")
        if options.get("drop", "before") not in _DROPS:
            raise _BadInput(f"drop must be one of {', '.join(_DROPS)}")
        if not set(options).difference(("times", "skip")):
            raise _BadInput("say what goes wrong: a status, an exceptionCode, a delay, a drop ...")
        options["details"] = tuple(map(str, options.get("details", ())))
        self._faults.add(method, template, **options)
        return Response(204)

    def _clear_faults(self, request: Request) -> Response:
        self._faults.clear()
        return Response(204)

    def _advance_clock(self, request: Request) -> Response:
        seconds = _read(request, {"advance"}).get("advance")
        if not isinstance(seconds, int | float) or isinstance(seconds, bool):
            raise _BadInput("advance must be a number of seconds")
        if not 0 <= seconds <= _LONGEST_LEAP:
            raise _BadInput(f"advance must be from 0 to {_LONGEST_LEAP} seconds")
        self._clock.advance(seconds)
        return json_response(200, {"now": wire_time(self._clock.now())})


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
