"""Requests of the raw client's own functions, as the facade sends them, and answers as they read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from attrs import field, frozen

from ksef_facade.answers.responses import Response, read_json
from ksef_facade.calls.describing import ANONYMOUS_GROUP, Call, call_of
from ksef_facade.errors import ConfigurationError, InvalidIdentifier, OperationUnavailable

_ODD_SEGMENTS = frozenset({"", ".", ".."})
"""What a server, or something on the way to it, resolves to another path (RFC 3986, 5.2.4)."""


def read_request(
    method: str,
    url: str,
    params: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    json: Any = None,
    content: bytes | None = None,
) -> Call:
    """The call that a generated function makes, by what it would hand to an HTTP client.

    Raises:
        InvalidIdentifier: a value in the path is empty or would lead to another resource.
        OperationUnavailable: the contract has no such operation.
    """
    odd = _ODD_SEGMENTS.intersection(url.split("/")[1:])
    if odd:
        raise InvalidIdentifier(
            f"{min(odd)!r} cannot stand in the path of a request; give a reference or a number"
        )
    found = _template(method.upper(), url)
    if found is None:
        from ksef_api import operations

        raise OperationUnavailable(f"{method.upper()} {url}", operations.API_VERSION, "")
    return call_of(
        method.upper(),
        found,
        {
            "url": url,
            "params": params,
            "headers": headers,
            "json": json,
            "content": content,
        },
    )


def is_anonymous(call: Call) -> bool:
    """Whether no access token goes along: logging in, public keys, most of the test data."""
    return call.group == ANONYMOUS_GROUP


def _template(method: str, url: str) -> str | None:
    """The path of the contract that a path with its values belongs to; literal segments win."""
    from ksef_api import operations

    parts = url.split("/")
    matches = [
        operation.path
        for operation in operations.OPERATIONS.values()
        if operation.method == method and _fits(operation.shape.split("/"), parts)
    ]
    return min(matches, key=lambda path: path.count("{"), default=None)


def _fits(shape: list[str], parts: list[str]) -> bool:
    return len(shape) == len(parts) and all(
        own in ("{}", part) for own, part in zip(shape, parts, strict=True)
    )


@frozen
class RawAnswer:
    """An answer with the names by which generated code reads one of its HTTP client."""

    _response: Response = field(repr=False)

    @property
    def status_code(self) -> int:
        """The status, always 2xx: others are raised."""
        return self._response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, their names in lower case."""
        return self._response.headers

    @property
    def content(self) -> bytes:
        """The body."""
        return self._response.content

    @property
    def text(self) -> str:
        """The body as text."""
        return self._response.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body's JSON value; raises UndecodableBody."""
        return read_json(self._response)


class WrongFlavour:
    """In the place of the HTTP client that the other kind of function would use."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    def request(self, **_: Any) -> NoReturn:
        """Refuse."""
        raise ConfigurationError(self._sentence)
