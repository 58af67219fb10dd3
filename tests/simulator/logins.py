"""Logging in with a signature, from the client's side."""

from __future__ import annotations

from typing import Any

import httpx

from tests.simulator.plain_client import Sender
from tests.simulator.signers import Identity, request, sign_by_signxml

NIP = "5265877635"


def challenge(sender: Sender) -> str:
    text: str = sender.http.post("/auth/challenge").json()["challenge"]
    return text


def submit(
    sender: Sender, identity: Identity, context: str = NIP, *, query: str = "", **options: Any
) -> httpx.Response:
    document = request(challenge(sender), context, **options)
    signed = sign_by_signxml(document, identity)
    return sender.sign_in(signed, params={"verifyCertificateChain": query} if query else None)
