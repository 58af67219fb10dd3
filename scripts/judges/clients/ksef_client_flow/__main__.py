"""Runs the flow."""

from __future__ import annotations

from ksef_client import KsefClient, KsefClientOptions
from ksef_client.services.workflows import AuthCoordinator

from scripts.judges.clients.ksef_client_flow.administration import limits, permissions, tokens
from scripts.judges.clients.ksef_client_flow.case import NIP
from scripts.judges.clients.ksef_client_flow.certificates import certificates
from scripts.judges.clients.ksef_client_flow.reading import reading
from scripts.judges.clients.ksef_client_flow.sending import batch, online
from scripts.judges.clients.steps import CASE, need, step


def logins(client: KsefClient) -> str:
    """Log in by token and by signature; the access token of the latter."""
    coordinator = AuthCoordinator(client.auth)
    certificate = client.security.get_public_key_certificate("KsefTokenEncryption")
    with_token = step(
        "login with token",
        lambda: coordinator.authenticate_with_ksef_token(
            token=CASE["token"],
            public_certificate=certificate.certificate,
            public_key_id=certificate.public_key_id,
            context_identifier_type="nip",
            context_identifier_value=NIP,
            poll_interval_seconds=0.1,
        ),
    )
    if with_token is not None:
        step("refresh", lambda: client.auth.refresh_access_token(with_token.refresh_token))
    signed = step(
        "login with certificate",
        lambda: coordinator.authenticate_with_xades(
            context_identifier_type="nip",
            context_identifier_value=NIP,
            subject_identifier_type="certificateSubject",
            certificate_pem=CASE["certificate"],
            private_key_pem=CASE["private_key"],
            poll_interval_seconds=0.1,
        ),
    )
    found = signed or with_token
    need(found, "no login works")
    access: str = found.access_token
    step(
        "list of logins",
        lambda: need(client.auth.get_active_sessions(access_token=access).items, "none"),
    )
    return access


def main() -> None:
    with KsefClient(KsefClientOptions(base_url=CASE["base_url"])) as client:
        access = logins(client)
        number = step("online", lambda: online(client, access))
        step("batch", lambda: batch(client, access))
        step("reading", lambda: reading(client, access, number))
        step("permissions", lambda: permissions(client, access))
        step("tokens", lambda: tokens(client, access))
        step("limits", lambda: limits(client, access))
        step("certificates", lambda: certificates(client, access))
        step("logout", lambda: client.auth.revoke_current_session(access))


main()
