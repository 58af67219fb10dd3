"""Where the pages are that verify invoices: one site for each environment, none of them the API's."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from ksef_facade.environments import ENVIRONMENTS, Environment, environment
from ksef_facade.errors import ConfigurationError

SITES: Final = {
    "test": "https://qr-test.ksef.mf.gov.pl",
    "demo": "https://qr-demo.ksef.mf.gov.pl",
    "prod": "https://qr.ksef.mf.gov.pl",
}
"""Documented addresses of the sites, by the name of the environment."""


def verification_site(choice: str | Environment) -> str:
    """Scheme and host that links to verify an invoice begin with.

    The Ministry's sites are known by the API's host, whatever the environment is called, and else by
    the environment's name. A simulator serves such pages itself, beside its API.

    Raises:
        ConfigurationError: no such environment, or one whose site nobody knows.
    """
    chosen = environment(choice)
    parts = urlsplit(chosen.base_url)
    if chosen.is_loopback:
        return f"{parts.scheme}://{parts.netloc}"
    for name, site in SITES.items():
        if parts.hostname == urlsplit(ENVIRONMENTS[name].base_url).hostname:
            return site
    if chosen.name not in SITES:
        raise ConfigurationError(
            f"nobody knows where {chosen.name} verifies invoices; name test, demo or prod"
        )
    return SITES[chosen.name]
