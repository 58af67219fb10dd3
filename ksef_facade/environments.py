"""Where KSeF is: the Ministry's three environments and a local one, and where links may lead.

A bearer token goes only to the base URL's host. Pre-signed links are followed only over https to
the hosts listed for the environment; over plain http only when the environment itself is a loopback
address.
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import SplitResult, urljoin, urlsplit

from attrs import frozen

from ksef_facade.errors import ConfigurationError, UnsafeUrl
from ksef_facade.identifiers import shown

SIMULATOR_PORT = 8095
"""Port that `ksef simulate` listens on unless told otherwise; our own choice."""

_API_PATH = "/v2"
_CONTRACT_PATH = "/docs/v2/openapi.json"
_URL_TEXT = re.compile(r"[!-~]{1,8192}")
"""A URL is printable ASCII without blanks (RFC 3986); longer ones are no links of any service."""
_HOST = re.compile(
    r"[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?(?:\.[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?)*"
)
_LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
EnvironmentName = Literal["simulator", "test", "demo", "prod"]


@frozen
class Environment:
    """One KSeF: its name, the base URL of its API, and the hosts that its links may lead to.

    The Ministry documents that every URL which the API returns lives on the API's own host, so
    `link_hosts` holds that host; add to it only what you know to belong to the service.
    """

    name: str
    base_url: str
    link_hosts: tuple[str, ...] = ()

    @property
    def is_loopback(self) -> bool:
        """Whether the API itself is on this machine over plain http: a simulator, not a real KSeF."""
        try:
            parts = urlsplit(self.base_url)
        except ValueError:
            return False
        return parts.scheme == "http" and parts.hostname in _LOOPBACK_HOSTS

    @property
    def contract_url(self) -> str:
        """Where the contract is published: `/docs/v2/openapi.json` of the API's host (documented)."""
        return self.base_url.removesuffix(_API_PATH) + _CONTRACT_PATH

    def resolve_link(self, link: str) -> str:
        """The absolute form of a link from a response; what follows the host is left byte for byte.

        Raises:
            UnsafeUrl: another scheme, host or port than this environment's links may have, or user
                info in it. The message names the host only: the rest of a link is a secret.
        """
        if not _URL_TEXT.fullmatch(link):
            raise UnsafeUrl("a link from the service is not a URL; it was not followed")
        try:
            absolute = link if "://" in link else urljoin(self.base_url + "/", link)
            parts = urlsplit(absolute)
            port = parts.port
        except ValueError:
            raise UnsafeUrl("a link from the service is not a URL; it was not followed") from None
        if parts.username is not None or parts.password is not None:
            raise UnsafeUrl("a link from the service carries user information; it was not followed")
        if not self._may_serve(parts, port):
            raise UnsafeUrl(
                f"a link from the service leads to {parts.scheme}://{parts.hostname or ''}, which is not "
                f"a place that {self.name} serves links from; it was not followed"
            )
        return absolute

    def _may_serve(self, parts: SplitResult, port: int | None) -> bool:
        base = urlsplit(self.base_url)
        if parts.scheme == "http":
            return self.is_loopback and parts.hostname in _LOOPBACK_HOSTS and port == base.port
        if parts.scheme != "https" or not parts.hostname:
            return False
        own = (
            base.scheme == "https"
            and parts.hostname == base.hostname
            and (port or 443) == (base.port or 443)
        )
        return own or (parts.hostname in self.link_hosts and port in (None, 443))


ENVIRONMENTS = {
    "simulator": Environment("simulator", f"http://127.0.0.1:{SIMULATOR_PORT}/v2"),
    "test": Environment("test", "https://api-test.ksef.mf.gov.pl/v2"),
    "demo": Environment("demo", "https://api-demo.ksef.mf.gov.pl/v2"),
    "prod": Environment("prod", "https://api.ksef.mf.gov.pl/v2"),
}
"""The environments by name (documented base URLs)."""


_NO_SELF_SIGNED = ("demo", "prod")


def refuse_self_signed(chosen: Environment) -> None:
    """Stop a login with a self-signed certificate where KSeF takes none (documented rule).

    Raises:
        ConfigurationError: the environment is DEMO or production, by name or by host.
    """
    host = urlsplit(chosen.base_url).hostname
    for name in _NO_SELF_SIGNED:
        if chosen.name == name or host == urlsplit(ENVIRONMENTS[name].base_url).hostname:
            raise ConfigurationError(
                f"a self-signed certificate works in the environment test only, never in {name}; use a "
                "KSeF certificate or a qualified one"
            )


def environment(
    choice: str | Environment | None = None, base_url: str | None = None
) -> Environment:
    """The environment meant by a name and, if given, another base URL.

    Args:
        choice: `simulator`, `test`, `demo` or `prod`, or an `Environment`; by default `simulator`
            for a loopback `base_url` over http, else `test`. Never production by default.
        base_url: replaces the environment's own, e.g. that of a running simulator.

    Raises:
        ConfigurationError: unknown name; http off loopback; a base URL with user info, query or
            fragment; the dead `/api/v2` prefix of before December 2025.
    """
    if isinstance(choice, Environment):
        chosen = choice
    else:
        local = base_url is not None and Environment("", base_url.strip()).is_loopback
        name = choice or ("simulator" if local else "test")
        if name not in ENVIRONMENTS:
            raise ConfigurationError(
                f"there is no environment {shown(name)}; choose one of {', '.join(ENVIRONMENTS)}"
            )
        chosen = ENVIRONMENTS[name]
    if base_url is None:
        _check(chosen.base_url)
        return chosen
    return Environment(chosen.name, _check(base_url), chosen.link_hosts)


def _check(base_url: str) -> str:
    text = base_url.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ConfigurationError(f"{_shown(text)} is not a URL") from None
    named = parts.hostname or ""
    wrong = not _URL_TEXT.fullmatch(text) or (named != "::1" and not _HOST.fullmatch(named))
    if parts.scheme not in ("https", "http") or wrong or "xn--" in named:
        raise ConfigurationError(
            f"{_shown(text)} is not a base URL; it must look like https://host/v2"
        )
    if parts.username is not None or parts.query or parts.fragment:
        raise ConfigurationError(
            "a base URL may have no user information, query or fragment: https://host/v2 is enough"
        )
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK_HOSTS:
        raise ConfigurationError(
            f"http is allowed only to this machine; use https://{parts.netloc}{parts.path}"
        )
    if parts.path.rstrip("/") == "/api/v2" and named.endswith("mf.gov.pl"):
        raise ConfigurationError(
            "the /api/v2 addresses were switched off in January 2026; use "
            "https://api-test.ksef.mf.gov.pl/v2 or the environment's name"
        )
    return text


def _shown(text: str) -> str:
    """A refused base URL as a message may repeat it: without what may be a password or a token."""
    if not {"@", "?", "#"}.isdisjoint(text):
        return "the text (withheld: it may hold a secret)"
    return repr(text[:80])
