"""Status, headers and bytes in; a value or an error out.

KSeF has four error shapes at once (legacy `exception`, the 429's `status`, Problem Details, and a
firewall's or storage's HTML/XML), so an answer is read by what it contains, never by its content
type.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from ksef_facade import errors

UNKNOWN_SESSION = 21173
UPO_NOT_FOUND = 21178
_EXCERPT = 200


@frozen(kw_only=True)
class Response:
    """An answer of the service, whole. `repr` shows neither headers nor body, which may hold
    secrets.
    """

    operation: str
    """`METHOD /path-template` of the request; never a URL."""
    status_code: int
    headers: Mapping[str, str] = field(factory=dict, repr=False, hash=False)
    """Header names are in lower case."""
    content: bytes = field(default=b"", repr=False)

    @property
    def ok(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status_code < 300


@frozen(kw_only=True)
class Problem:
    """What could be read of an error body, whichever shape it had. Everything may be missing."""

    shape: str
    """`exception`, `status`, `problem`, `html`, `xml`, `empty`, `json` or `text`."""
    codes: tuple[int, ...] = ()
    descriptions: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    trace_id: str | None = None
    reason_code: str | None = None
    required_permissions: tuple[str, ...] = ()
    present_permissions: tuple[str, ...] = ()
    raw: Any = field(default=None, repr=False, hash=False)


def read_json(response: Response) -> Any:
    """The JSON value of a 2xx answer.

    Raises:
        UndecodableBody: the body is not JSON; the error keeps status, headers and bytes.
    """
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError) as error:
        problem = read_problem(response)
        what = {"html": "an HTML page", "empty": "an empty body"}.get(problem.shape, "no JSON")
        raise errors.UndecodableBody(
            f"{response.operation}: HTTP {response.status_code} with {what} instead of JSON",
            response,
            problem,
        ) from error


def read_object(response: Response) -> dict[str, Any]:
    """The JSON object of a 2xx answer.

    Raises:
        UndecodableBody: the body is not a JSON object.
    """
    value = read_json(response)
    if not isinstance(value, dict):
        raise undecodable(response, f"a JSON {type(value).__name__} instead of an object")
    return value


def undecodable(response: Response, what: str) -> errors.UndecodableBody:
    """The error for a 2xx answer that lacks what the facade cannot do without."""
    return errors.UndecodableBody(
        f"{response.operation}: HTTP {response.status_code} with {what}",
        response,
        read_problem(response),
    )


def read_problem(response: Response) -> Problem:
    """What the body of an error answer says; never raises."""
    body = response.content.strip()
    if not body:
        return Problem(shape="empty")
    if body[:1] == b"<":
        head = body[:_EXCERPT].lower()
        return Problem(shape="html" if b"<html" in head or b"<!doctype" in head else "xml")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return Problem(shape="text")
    if not isinstance(value, dict):
        return Problem(shape="json", raw=value)
    if isinstance(value.get("exception"), dict):
        return _legacy(value, value["exception"])
    if isinstance(value.get("status"), dict):
        return _status(value, value["status"])
    return _problem_details(value)


def error_of(
    response: Response, *, retry_after: float | None = None, group: str = ""
) -> errors.ResponseError:
    """The error that an answer other than 2xx stands for."""
    problem = read_problem(response)
    message = _message(response, problem)
    status = response.status_code
    if status == 429:
        wait = "" if retry_after is None else f"; the service asks to wait {retry_after:.0f} s"
        message = f"{message} (limit group {group or 'unknown'}{wait})"
        return errors.RateLimited(message, response, problem, retry_after=retry_after, group=group)
    if UNKNOWN_SESSION in problem.codes:
        message += " - is the reference from this context and environment?"
        return errors.UnknownSession(message, response, problem)
    kind: type[errors.ResponseError] = {
        401: errors.Unauthorized,
        403: errors.Forbidden,
        404: errors.NotFound,
        410: errors.Gone,
    }.get(status, errors.ServerError if status >= 500 else errors.BadRequest)
    if status < 400:
        kind = errors.ResponseError
    return kind(message, response, problem)


def _message(response: Response, problem: Problem) -> str:
    head = f"{response.operation}: HTTP {response.status_code}"
    if problem.shape in ("html", "xml", "empty", "text"):
        what = {"html": "an HTML page", "xml": "an XML error", "empty": "no body"}
        return f"{head} with {what.get(problem.shape, 'a text that is not JSON')}"
    if problem.reason_code == "missing-permissions":
        return (
            f"{head}: one of the permissions {', '.join(problem.required_permissions) or '(not told)'} "
            f"is needed, the token has {', '.join(problem.present_permissions) or 'none'}"
        )
    if problem.reason_code == "insufficient-resource-access":
        return (
            f"{head}: it belongs to another subject; the owner of the context or a holder of the "
            "permission Introspection may read it"
        )
    if problem.reason_code:
        head += f" ({problem.reason_code})"
    told = [
        f"{code} {text}".strip()
        for code, text in zip(problem.codes, problem.descriptions, strict=False)
    ] or list(problem.descriptions[:1])
    return ": ".join([head, *filter(None, ["; ".join(told), " ".join(problem.details)])])


def _legacy(raw: dict[str, Any], exception: dict[str, Any]) -> Problem:
    codes: list[int] = []
    descriptions: list[str] = []
    details: list[str] = []
    for entry in _objects(exception.get("exceptionDetailList")):
        _add_code(
            codes, descriptions, entry.get("exceptionCode"), entry.get("exceptionDescription")
        )
        details += _texts(entry.get("details"))
    return Problem(
        shape="exception",
        codes=tuple(codes),
        descriptions=tuple(descriptions),
        details=tuple(details),
        trace_id=_text(exception.get("serviceCode")),
        raw=raw,
    )


def _status(raw: dict[str, Any], status: dict[str, Any]) -> Problem:
    return Problem(
        shape="status",
        descriptions=tuple(filter(None, [_text(status.get("description"))])),
        details=tuple(_texts(status.get("details"))),
        raw=raw,
    )


def _problem_details(raw: dict[str, Any]) -> Problem:
    codes: list[int] = []
    descriptions: list[str] = []
    details: list[str] = []
    for entry in _objects(raw.get("errors")):
        _add_code(codes, descriptions, entry.get("code"), entry.get("description"))
        details += _texts(entry.get("details"))
    known = any(key in raw for key in ("title", "detail", "errors", "reasonCode"))
    security = raw.get("security")
    security = security if isinstance(security, dict) else {}
    if not descriptions:
        summary = filter(None, [_text(raw.get("detail")) or _text(raw.get("title"))])
        descriptions = list(summary)
    return Problem(
        shape="problem" if known else "json",
        codes=tuple(codes),
        descriptions=tuple(descriptions),
        details=tuple(details),
        trace_id=_text(raw.get("traceId")),
        reason_code=_text(raw.get("reasonCode")),
        required_permissions=tuple(_texts(security.get("requiredAnyOfPermissions"))),
        present_permissions=tuple(_texts(security.get("presentPermissions"))),
        raw=raw,
    )


def _add_code(codes: list[int], descriptions: list[str], code: object, text: object) -> None:
    if isinstance(code, str) and code.isascii() and code.isdigit():
        code = int(code[:9])
    if isinstance(code, int) and not isinstance(code, bool) and code not in codes:
        codes.append(code)
        descriptions.append(_text(text) or "")


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
