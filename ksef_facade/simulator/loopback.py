"""This machine and no other: the simulator's keys and tokens protect nothing."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

_HTTP_PORT = 80
#: Domains that nobody can own: `test` and `localhost` (RFC 6761), `internal` (reserved by ICANN).
_UNOWNED = (".internal", ".localhost", ".test")


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def require_loopback(host: str) -> None:
    """Raise ValueError, with a sentence, unless a host is this machine."""
    if not is_loopback(host):
        raise ValueError(
            f"the simulator serves on loopback only, and {host} is not loopback; whoever reaches it "
            "can do everything in it, so serving others has to be asked for with expose"
        )


def is_nobodys_domain(host: str) -> bool:
    """Whether a `Host` header cannot be the domain of a web page that resolves to this machine:
    an address, a name without a dot, or one in a domain that nobody can own."""
    named = _split(f"//{host}")
    if named is None or named.hostname is None:
        return False
    try:
        ip_address(named.hostname)
    except ValueError:
        return "." not in named.hostname or named.hostname.endswith(_UNOWNED)
    return True


def names_this_server(host: str, port: int) -> bool:
    """Whether a `Host` header names this machine and this port.

    A web page can make its own domain resolve to this machine (DNS rebinding); the browser then
    asks us, but with that domain in the header.
    """
    named = _split(f"//{host}")
    return named is not None and _is_loopback(named) and _port(named) == port


def is_local_origin(origin: str) -> bool:
    """Whether an `Origin` header names a page of this machine; `null` names none."""
    named = _split(origin)
    return named is not None and named.scheme in ("http", "https") and _is_loopback(named)


def require_origin(url: str) -> None:
    """Raise ValueError, with a sentence, unless a URL is a scheme and an authority alone."""
    named = _split(url.rstrip("/"))
    if named is None or named.scheme not in ("http", "https") or not named.hostname:
        raise ValueError("public_url must be http:// or https:// and a name, with nothing behind")


def _split(text: str) -> SplitResult | None:
    try:
        named = urlsplit(text)
        # Both are looked at here, because a bad one raises only then.
        _ = named.hostname, named.port
    except ValueError:
        return None
    is_bare = not (named.path or named.query or named.fragment or "@" in named.netloc)
    return named if is_bare else None


def _is_loopback(named: SplitResult) -> bool:
    return named.hostname is not None and is_loopback(named.hostname)


def _port(named: SplitResult) -> int:
    return named.port if named.port is not None else _HTTP_PORT
