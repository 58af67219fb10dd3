"""Fetching the Ministry's schemas, for `ksef schemas install`: https, no redirects, known hashes.

Not through the client's connections: these hosts are no KSeF, so there is no environment, token,
limit or link rule to keep; and installing is the business of the command line alone.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from typing import IO, Any, Final, Protocol
from urllib.parse import urlsplit

from ksef_facade.errors import IntegrityFailure, TransportError, UnsafeUrl
from ksef_facade.schemas.catalogue import LARGEST_FILE, SchemaFile
from ksef_facade.schemas.store import SchemaStore
from ksef_facade.version import VERSION

_OPERATION: Final = "GET schema"
# Seconds that a host may be silent for.
_TIMEOUT: Final = 30.0


class Opener(Protocol):
    """What opens an address: `urllib.request.OpenerDirector.open`, or a test's own."""

    def __call__(self, request: urllib.request.Request, *, timeout: float) -> IO[bytes]: ...


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A file that moved is a file that nobody here has looked at."""

    def redirect_request(self, *_: Any) -> None:
        return None


def secure_opener() -> Opener:
    """Opens https addresses, with the system's certificates and proxy; follows no redirect."""
    opened: Any = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _NoRedirect(),
    ):
        opened.add_handler(handler)
    opener: Opener = opened.open
    return opener


def fetch_into(
    store: SchemaStore,
    files: Iterable[SchemaFile],
    *,
    opener: Opener | None = None,
    on_file: Callable[[SchemaFile], object] = lambda file: None,
) -> None:
    """Fetch files into the store, each from the first of its addresses that has it as it is known.

    Raises:
        TransportError: no address of a file could be reached or had one.
        IntegrityFailure: a file is there, and is none that this version knows.
        OSError: the store's folder cannot be written.
    """
    opening = opener or secure_opener()
    for file in files:
        _fetch(store, file, opening)
        on_file(file)


def _fetch(store: SchemaStore, file: SchemaFile, opener: Opener) -> None:
    reasons: list[str] = []
    is_changed = False
    for address in file.addresses:
        host = urlsplit(address).hostname
        try:
            content = _get(address, opener)
        except (OSError, http.client.HTTPException) as error:
            reasons.append(f"{host}: {_reason(error)}")
            continue
        if store.add(content) == file:
            return
        is_changed = True
        reasons.append(f"{host}: another file than the one known here")
    # Two addresses of one host usually fail for one reason.
    told = "; ".join(dict.fromkeys(reasons))
    message = f"the schema file {file.name} could not be fetched ({told})"
    if is_changed:
        raise IntegrityFailure(
            f"{message}; a new version of this program may know it, or install from a folder: "
            "ksef schemas install --from FOLDER"
        )
    raise TransportError(
        f"{message}; without a network, install from a folder: ksef schemas install --from FOLDER",
        operation=_OPERATION,
        maybe_sent=False,
    )


def _get(address: str, opener: Opener) -> bytes:
    if urlsplit(address).scheme != "https":
        raise UnsafeUrl(f"{address} is not https; it was not opened")
    request = urllib.request.Request(address, headers={"User-Agent": f"ksef-facade/{VERSION}"})
    with opener(request, timeout=_TIMEOUT) as answer:
        # One byte more than allowed is enough to see that it is too large: its hash is unknown.
        return answer.read(LARGEST_FILE + 1)


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"status {error.code}"
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    return getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
