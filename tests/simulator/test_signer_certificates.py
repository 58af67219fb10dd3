"""Certificates of signers: what they must hold, and when they are relied upon."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from ksef_facade.simulator import Simulator
from tests.simulator.logins import challenge, submit
from tests.simulator.plain_client import Sender, codes
from tests.simulator.signers import (
    Identity,
    make_identity,
    person,
    request,
    seal,
    sign_by_xmlsec,
)

NIP, PESEL = "5265877635", "30112206276"


@pytest.mark.parametrize(
    "identity",
    [
        make_identity([(NameOID.COMMON_NAME, "Jan"), (NameOID.COUNTRY_NAME, "PL")]),
        person("IDCPL-ABC123456"),
        seal("NTRPL-0000012345"),
    ],
)
def test_certificates_without_an_identifier(anyone: Sender, identity: Identity) -> None:
    assert codes(submit(anyone, identity)) == [21406]


@pytest.mark.parametrize("kind", ["rsa-1024", "p192"])
def test_short_keys(anyone: Sender, kind: str) -> None:
    assert codes(submit(anyone, seal(f"VATPL-{NIP}", kind))) == [21115]


def test_certificate_without_the_attributes_of_its_kind(anyone: Sender) -> None:
    bare = make_identity([(NameOID.SERIAL_NUMBER, f"PNOPL-{PESEL}")])
    assert codes(submit(anyone, bare)) == [21115]


def test_certificate_outside_its_validity(anyone: Sender) -> None:
    for start in (datetime(2020, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)):
        identity = seal(f"VATPL-{NIP}", start=start, days=365)
        status = anyone.login_status(submit(anyone, identity))["status"]
        assert (status["code"], status["details"]) == (460, ["Nieważny certyfikat"])


@pytest.mark.parametrize(
    ("how", "detail"), [("revoked", "Certyfikat odwołany"), ("suspended", "Certyfikat zawieszony")]
)
def test_withdrawn_certificate(simulator: Simulator, anyone: Sender, how: Any, detail: str) -> None:
    identity = seal(f"VATPL-{NIP}")
    simulator.taxpayers.withdraw_certificate(identity.fingerprint.lower(), how)
    status = anyone.login_status(submit(anyone, identity))["status"]
    assert (status["code"], status["details"]) == (460, [detail])


def test_chain_is_looked_at_on_demand(simulator: Simulator, anyone: Sender) -> None:
    root = seal("VATPL-5260250274", "p384")
    issued = seal(f"VATPL-{NIP}", issuer=root)
    untrusted = anyone.login_status(submit(anyone, issued, query="true"))["status"]
    assert (untrusted["code"], untrusted["details"]) == (
        460,
        ["Niezaufany łańcuch certyfikatów"],
    )
    assert anyone.login_status(submit(anyone, issued, query="false"))["status"]["code"] == 200
    simulator.settings.trusted_certificates = [root.certificate.public_bytes(Encoding.DER)]
    assert anyone.login_status(submit(anyone, issued, query="true"))["status"]["code"] == 200
    self_signed = anyone.login_status(submit(anyone, seal(f"VATPL-{NIP}"), query="true"))
    assert self_signed["status"]["code"] == 460


def test_chain_through_an_intermediate_certificate(simulator: Simulator, anyone: Sender) -> None:
    root = seal("VATPL-5260250274", "p384")
    middle = make_identity([(NameOID.COMMON_NAME, "CA")], "p521", issuer=root)
    issued = seal(f"VATPL-{NIP}", issuer=middle)
    simulator.settings.trusted_certificates = [root.certificate.public_bytes(Encoding.DER)]
    for chain, code in (([], 460), ([middle], 200)):
        signed = sign_by_xmlsec(request(challenge(anyone)), issued, chain=chain)
        started = anyone.sign_in(signed, params={"verifyCertificateChain": "true"})
        assert anyone.login_status(started)["status"]["code"] == code


@pytest.mark.parametrize("environment", ["TR", "PRD"])
def test_self_signed_beyond_the_test_environment(
    simulator: Simulator, anyone: Sender, environment: Any
) -> None:
    simulator.settings.environment = environment
    assert codes(submit(anyone, seal(f"VATPL-{NIP}"))) == [21115]
    root = seal("VATPL-5260250274", "p384")
    issued = seal(f"VATPL-{NIP}", issuer=root)
    assert anyone.login_status(submit(anyone, issued))["status"]["code"] == 460
    simulator.settings.trusted_certificates = [root.certificate.public_bytes(Encoding.DER)]
    assert anyone.login_status(submit(anyone, issued))["status"]["code"] == 200
