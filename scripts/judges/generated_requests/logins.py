"""Bearers for the generated requests, taken from one login of the company's owner."""

from __future__ import annotations

import json

import httpx
from attrs import define, field

from ksef_facade import CertificateAuth, Ksef, self_signed_seal


@define
class Bearers:
    """The three kinds of tokens of one login, and the login's reference."""

    access: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)
    authentication: str = field(default="", repr=False)
    reference: str = ""


class _Noting(httpx.HTTPTransport):
    """Notes the tokens that pass by."""

    def __init__(self) -> None:
        super().__init__()
        self.bearers = Bearers()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        path = request.url.path
        if path.endswith("/auth/xades-signature"):
            document = json.loads(response.read())
            self.bearers.authentication = document["authenticationToken"]["token"]
            self.bearers.reference = document["referenceNumber"]
        elif path.endswith("/auth/token/redeem"):
            document = json.loads(response.read())
            self.bearers.access = document["accessToken"]["token"]
            self.bearers.refresh = document["refreshToken"]["token"]
        return response


def log_in(base_url: str, nip: str) -> Bearers:
    """Log in with the company's own seal, whose owner may do all there is to do."""
    transport = _Noting()
    with Ksef(
        base_url=base_url, auth=CertificateAuth(self_signed_seal(nip)), transport=transport
    ) as ksef:
        ksef.log_in()
        if not transport.bearers.access:
            list(ksef.auth_sessions())
    return transport.bearers
