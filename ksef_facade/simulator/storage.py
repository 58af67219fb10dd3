"""Pre-signed links: made anew each time, checked byte for byte, served without a login."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import quote, unquote

from attrs import field, frozen

from .clock import Clock, wire_time
from .messages import XML, Request, Response
from .own_secrets import OwnSecrets
from .references import References
from .settings import Settings

#: Where links point on the host of the API (observed), and the version they name.
PREFIX = "/storage/"
_SHARD = "01"
_STORAGE_VERSION = "2025-01-05"
#: A link is valid from five minutes before it was made (contract, example of a link).
_BACKDATED = timedelta(minutes=5)
#: The start is moved back by a random time, so that no two links are alike.
_JITTER_SECONDS = 86_400
_TIME = "%Y-%m-%dT%H:%M:%SZ"

#: Where the parts of packages are put.
PARTS_FOLDER = "batch-parts"
#: Where the parts of exported packages are fetched (contract, example of a link).
EXPORTS_FOLDER = "invoice-part"
#: What every blob is that nobody said more of.
_BYTES = "application/octet-stream"
_PATH = re.compile(
    r"/storage/(?P<shard>\d{2})/(?P<session>[^/]{36})/"
    rf"(?P<folder>session-upo|invoice-upo|{EXPORTS_FOLDER}|{PARTS_FOLDER})/(?P<name>[^/]+)"
)
#: What a link allows (contract, examples of links): to read, or to write.
Permission = Literal["r", "w"]
_NEEDED = {"GET": "r", "HEAD": "r", "PUT": "w"}


@frozen
class Link:
    """A pre-signed URL and its end."""

    url: str = field(repr=False)
    expires: datetime


@frozen
class Target:
    """What an accepted link points to."""

    session: str
    folder: str
    name: str


class Storage:
    """Signs links and serves what is behind them.

    `find` returns the bytes of a document by session reference, folder and name, or None.
    """

    def __init__(
        self,
        clock: Clock,
        settings: Settings,
        references: References,
        secrets: OwnSecrets,
        find: Callable[[str, str, str], bytes | None],
    ) -> None:
        self._clock = clock
        self._settings = settings
        self._references = references
        self._find = find
        self._secrets = secrets
        self._mac: tuple[bytes, hmac.HMAC] = _keyed(secrets.links)

    def link(
        self,
        origin: str,
        session: str,
        folder: str,
        name: str,
        permission: Permission = "r",
        expires: datetime | None = None,
    ) -> Link:
        """A new link to a document, different each time."""
        path = f"{PREFIX}{_SHARD}/{session.lower()}/{folder}/{quote(name)}"
        now = self._clock.now().replace(microsecond=0)
        if expires is None:
            expires = now + self._settings.link_lifetime
        end = expires.strftime(_TIME)
        while True:
            jitter = timedelta(seconds=self._references.number(_JITTER_SECONDS))
            # Like strftime(_TIME), and in a third of the time: lists make thousands of links.
            start = f"{(now - _BACKDATED - jitter).isoformat()[:19]}Z"
            signature = self._sign(permission, path, start, end)
            # Every signature has each character that clients escape, and careless ones spoil.
            if "+" in signature and "/" in signature:
                break
        query = (
            f"sv={_STORAGE_VERSION}&st={_escape(start)}&se={_escape(end)}"
            f"&sr=b&sp={permission}&sig={_escape(signature)}"
        )
        return Link(f"{origin}{path}?{query}", expires)

    def template(self, path: str) -> str | None:
        """The path with its variable parts named, for the journal; None for any other path."""
        match = _PATH.fullmatch(path)
        return f"/storage/{{shard}}/{{session}}/{match['folder']}/{{name}}" if match else None

    def serve(self, request: Request) -> Response:
        """The document behind a link, or an error in the shape of the storage service."""
        target = self.admit(request)
        if isinstance(target, Response):
            return target
        content = self._find(target.session, target.folder, target.name)
        if content is None:
            return self.error(404, "BlobNotFound", "The specified blob does not exist.")
        media_type = _BYTES if target.folder == EXPORTS_FOLDER else XML
        return document(content, self._settings, media_type)

    def admit(self, request: Request) -> Target | Response:
        """What a request's link points to, or the refusal of a link that is not good for it."""
        if "authorization" in request.headers:
            # A credential sent here would be a credential given away: make the mistake visible.
            return self.error(401, "InvalidAuthenticationInfo", "No credential belongs here.")
        match = _PATH.fullmatch(request.path)
        if match is None:
            return self.error(404, "ResourceNotFound", "There is no such resource.")
        values = dict(part.partition("=")[::2] for part in request.query.split("&"))
        raw, permission = values.get("sig", ""), values.get("sp", "")
        start, end = unquote(values.get("st", "")), unquote(values.get("se", ""))
        expected = self._sign(permission, request.path, start, end)
        # A bare plus is a space in a query; a bare slash is as good as an escaped one (RFC 3986, 3.4).
        is_spoilt = "+" in raw or not raw.isascii()
        if is_spoilt or not hmac.compare_digest(unquote(raw), expected):
            return self.error(403, "AuthenticationFailed", "The signature did not match.")
        if _NEEDED.get(request.method) != permission:
            return self.error(
                403, "AuthorizationPermissionMismatch", "The link is not for this operation."
            )
        if not start <= self._clock.now().strftime(_TIME) < end:
            return self.error(
                403,
                "AuthenticationFailed",
                f"Signature not valid in the time frame from {start} to {end}.",
            )
        return Target(match["session"].upper(), match["folder"], unquote(match["name"]))

    def _sign(self, permission: str, path: str, start: str, end: str) -> str:
        if self._mac[0] != self._secrets.links:
            self._mac = _keyed(self._secrets.links)
        mac = self._mac[1].copy()
        mac.update(f"{permission}\n{start}\n{end}\n{path}\n{_STORAGE_VERSION}".encode())
        return base64.b64encode(mac.digest()).decode()

    def error(self, status: int, code: str, message: str) -> Response:
        """An error as the storage service writes it."""
        now = wire_time(self._clock.now())
        body = (
            f'<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>{message}\n'
            f"RequestId:{self._references.hexadecimal(32)}\nTime:{now}</Message></Error>"
        )
        headers = {"content-type": XML, "x-ms-error-code": code}
        return Response(status, headers, body.encode())


def _keyed(secret: bytes) -> tuple[bytes, hmac.HMAC]:
    # Copying a keyed one takes half the time: lists make thousands of links.
    return secret, hmac.new(secret, digestmod=hashlib.sha256)


def _escape(text: str) -> str:
    return text.replace(":", "%3A").replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")


def document(content: bytes, settings: Settings, media_type: str = XML) -> Response:
    """A document on its way out, with its hash unless that is switched off."""
    headers = {"content-type": media_type}
    if settings.meta_hash:
        headers["x-ms-meta-hash"] = base64.b64encode(hashlib.sha256(content).digest()).decode()
    return Response(200, headers, content)
