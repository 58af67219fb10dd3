"""Logging in with a signature: who is who, who may what, and every way to be refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from cryptography.x509.oid import NameOID

from ksef_facade.simulator import Simulator
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.logins import challenge, submit
from tests.simulator.plain_client import Sender, codes, sha256
from tests.simulator.signers import (
    Identity,
    make_identity,
    person,
    request,
    seal,
    sign_by_signxml,
    sign_by_xmlsec,
)

NIP, PESEL = "5265877635", "30112206276"
PEPPOL_ID = "PPL123456"


@pytest.mark.parametrize("sign", [sign_by_signxml, sign_by_xmlsec])
@pytest.mark.parametrize("kind", ["rsa", "p256"])
@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_owner_logs_in_and_sends(anyone: Sender, sign: Any, kind: str, version: str) -> None:
    namespace = f"http://ksef.mf.gov.pl/auth/token/{version}"
    document = request(challenge(anyone), namespace=namespace)
    started = anyone.sign_in(sign(document, seal(f"VATPL-{NIP}", kind)))
    status = anyone.login_status(started)
    assert status["status"] == {
        "code": 200,
        "description": "Uwierzytelnianie zakończone sukcesem",
    }
    assert status["authenticationMethod"] == "QualifiedSeal"
    assert status["authenticationMethodInfo"]["category"] == "XadesSignature"
    anyone.finish(started)
    assert anyone.verdict(make_invoice(NIP))["status"]["code"] == 200


def test_receipt_names_the_signed_document(simulator: Simulator, anyone: Sender) -> None:
    signed = sign_by_signxml(request(challenge(anyone)), seal(f"VATPL-{NIP}"))
    anyone.finish(anyone.sign_in(signed))
    session = anyone.open()
    anyone.send(session, make_invoice(NIP))
    anyone.close(session)
    anyone.wait(1)
    proof = f"<SkrotDokumentuUwierzytelniajacego>{sha256(signed)}<"
    assert proof.encode() in simulator.upo_bytes(session, 1)


@pytest.mark.parametrize(
    ("identity", "subject"),
    [
        (person(f"TINPL-{NIP}"), f"Nip:{NIP}"),
        (person(f"PNOPL-{PESEL}"), f"Pesel:{PESEL}"),
        (person(f"PESEL: {PESEL}"), f"Pesel:{PESEL}"),
        (seal(f"VATPL-{NIP}"), f"Nip:{NIP}"),
    ],
)
def test_subjects_are_read_from_certificates(
    simulator: Simulator, anyone: Sender, identity: Identity, subject: str
) -> None:
    simulator.taxpayers.grant(NIP, PESEL, ["InvoiceWrite"])
    tokens = anyone.finish(submit(anyone, identity))
    claims = simulator.core.issuer.verify(tokens["accessToken"]["token"])
    assert claims is not None
    assert claims["sub"] == subject
    owner = ["Owner"]
    assert claims["per"] == (owner if subject.startswith("Nip") else ["InvoiceWrite"])


def test_fingerprint(simulator: Simulator, anyone: Sender) -> None:
    identity = make_identity([(NameOID.COMMON_NAME, "Jean"), (NameOID.COUNTRY_NAME, "FR")])
    by = {"by": "certificateFingerprint"}
    refused = anyone.login_status(submit(anyone, identity, **by))
    assert refused["status"]["code"] == 415
    simulator.taxpayers.grant(
        NIP, identity.fingerprint, ["InvoiceWrite"], subject_kind="Fingerprint"
    )
    anyone.finish(submit(anyone, identity, **by))
    assert anyone.verdict(make_invoice(NIP))["status"]["code"] == 200


def test_strangers_have_no_permissions(simulator: Simulator, anyone: Sender) -> None:
    other = seal("VATPL-1111111111")
    status = anyone.login_status(submit(anyone, other))
    assert status["status"] == {
        "code": 415,
        "description": "Uwierzytelnianie zakończone niepowodzeniem",
        "details": ["Brak przypisanych uprawnień"],
    }
    simulator.taxpayers.grant(NIP, "1111111111", ["InvoiceRead"], subject_kind="Nip")
    anyone.finish(submit(anyone, other))
    body = {"formCode": {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"}}
    body |= {"encryption": anyone.encryption()}  # type: ignore[dict-item]
    refused = anyone.post("/sessions/online", json=body)
    assert refused.json()["security"]["presentPermissions"] == ["InvoiceRead"]
    simulator.taxpayers.revoke(NIP, "1111111111", subject_kind="Nip")
    assert anyone.login_status(submit(anyone, other))["status"]["code"] == 415
    with pytest.raises(ValueError, match="not a permission"):
        simulator.taxpayers.grant(NIP, PESEL, ["Owner"])


def test_refreshed_token_carries_the_permissions_of_the_day(
    simulator: Simulator, anyone: Sender
) -> None:
    simulator.taxpayers.grant(NIP, PESEL, ["InvoiceRead"])
    tokens = anyone.finish(submit(anyone, person(f"PNOPL-{PESEL}")))
    simulator.taxpayers.grant(NIP, PESEL, ["InvoiceWrite"])
    bearer = {"Authorization": f"Bearer {tokens['refreshToken']['token']}"}
    access = anyone.http.post("/auth/token/refresh", headers=bearer).json()["accessToken"]
    anyone.headers = {"Authorization": f"Bearer {access['token']}"}
    assert anyone.verdict(make_invoice(NIP))["status"]["code"] == 200


PEF_BODY = {"systemCode": "PEF (3)", "schemaVersion": "2-1", "value": "PEF"}


def test_peppol_provider(anyone: Sender) -> None:
    status = submit(anyone, seal(PEPPOL_ID), PEPPOL_ID, context_kind="PeppolId")
    assert anyone.login_status(status)["authenticationMethod"] == "PeppolSignature"
    anyone.finish(status)
    assert anyone.open(formCode=PEF_BODY)
    body = {
        "formCode": {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"},
        "encryption": anyone.encryption(),
    }
    refused = anyone.post("/sessions/online", json=body)
    assert refused.json()["security"] == {
        "requiredAnyOfPermissions": ["InvoiceWrite", "EnforcementOperations"],
        "presentPermissions": ["PefInvoiceWrite"],
    }


@pytest.mark.parametrize(
    ("identity", "kind", "value"),
    [
        (seal(f"VATPL-{NIP}"), "PeppolId", PEPPOL_ID),
        (person(f"PNOPL-{PESEL}"), "NipVatUe", f"{NIP}-DE123456789"),
        (seal(PEPPOL_ID), "Nip", NIP),
    ],
)
def test_subjects_that_do_not_fit_the_context(
    anyone: Sender, identity: Identity, kind: str, value: str
) -> None:
    assert codes(submit(anyone, identity, value, context_kind=kind)) == [21117]


@pytest.mark.parametrize(
    ("kind", "value"), [("InternalId", f"{NIP}-12343"), ("NipVatUe", f"{NIP}-DE123456789")]
)
def test_other_contexts(simulator: Simulator, anyone: Sender, kind: str, value: str) -> None:
    identity = person(f"PNOPL-{PESEL}")
    simulator.taxpayers.grant(
        value, identity.fingerprint, ["InvoiceWrite"], subject_kind="Fingerprint", context_kind=kind
    )
    options = {"context_kind": kind, "by": "certificateFingerprint"}
    anyone.finish(submit(anyone, identity, value, **options))
    assert anyone.open()


def policy(*entries: str) -> str:
    return f"<AuthorizationPolicy><AllowedIps>{''.join(entries)}</AllowedIps></AuthorizationPolicy>"


@pytest.mark.parametrize(
    ("entries", "is_allowed"),
    [
        (("<Ip4Address>127.0.0.1</Ip4Address>",), True),
        (("<Ip4Range>127.0.0.0-127.0.0.9</Ip4Range>",), True),
        (("<Ip4Mask>127.0.0.0/8</Ip4Mask>",), True),
        (("<Ip4Address>10.0.0.1</Ip4Address>", "<Ip4Mask>10.0.0.0/8</Ip4Mask>"), False),
        ((), True),
    ],
)
def test_addresses_of_the_policy(
    anyone: Sender, entries: tuple[str, ...], is_allowed: bool
) -> None:
    anyone.finish(submit(anyone, seal(f"VATPL-{NIP}"), policy=policy(*entries)))
    response = anyone.get("/sessions?sessionType=Online")
    assert response.status_code == (200 if is_allowed else 403)
    if not is_allowed:
        assert response.json()["reasonCode"] == "ip-not-allowed"
        assert response.json()["security"] == {"clientIp": "127.0.0.1"}


@pytest.mark.parametrize(
    "changes",
    [
        {"context": "0000000000"},
        {"context": "526-587-76-35"},
        {"context_kind": "Pesel"},
        {"by": "somebody"},
        {"namespace": "http://ksef.mf.gov.pl/auth/token/1.0"},
        {"policy": "<Extra/>"},
        {"policy": "text"},
        {"policy": policy("<Ip4Address>127.0.0.01</Ip4Address>")},
        {"policy": policy("<Ip4Mask>10.0.0.0/33</Ip4Mask>")},
        {"policy": policy(*["<Ip4Address>10.0.0.1</Ip4Address>"] * 11)},
        {"policy": policy("<Ip4Mask>10.0.0.0/8</Ip4Mask>", "<Ip4Address>10.0.0.1</Ip4Address>")},
    ],
)
def test_documents_off_the_schema(anyone: Sender, changes: dict[str, str]) -> None:
    document = request(challenge(anyone), **changes)
    signed = sign_by_xmlsec(document, seal(f"VATPL-{NIP}"))
    refused = codes(anyone.sign_in(signed))
    assert refused == ([9105] if "namespace" in changes else [21401])


def test_challenges(simulator: Simulator, anyone: Sender) -> None:
    identity = seal(f"VATPL-{NIP}")
    signed = sign_by_signxml(request(challenge(anyone)), identity)
    assert anyone.sign_in(signed).status_code == 202
    assert codes(anyone.sign_in(signed)) == [21111]
    late = sign_by_signxml(request(challenge(anyone)), identity)
    simulator.clock.advance(timedelta(minutes=10, seconds=1))
    assert codes(anyone.sign_in(late)) == [21111]
    unknown = request("20250604-CR-461EA5B000-537A6BA15D-D7")
    assert codes(anyone.sign_in(sign_by_signxml(unknown, identity))) == [21111]


def test_documents_that_cannot_be_taken(anyone: Sender) -> None:
    assert codes(anyone.sign_in(b"")) == [21001]
    assert codes(anyone.sign_in(b"<a/>")) == [9101]
    unsigned = request(challenge(anyone))
    assert codes(anyone.sign_in(unsigned)) == [9102]
    assert codes(anyone.sign_in(unsigned, headers={"Content-Type": "text/plain"})) == [21001]
    signed = sign_by_signxml(unsigned, seal(f"VATPL-{NIP}"))
    tampered = anyone.sign_in(signed.replace(NIP.encode(), b"1111111111"))
    assert codes(tampered) == [9105]
    assert "Nieprawidłowy podpis." in tampered.text
    # None of these used the challenge up.
    assert anyone.sign_in(signed).status_code == 202


def test_blocked_context_and_deceased_person(simulator: Simulator, anyone: Sender) -> None:
    identity = seal(f"VATPL-{NIP}")
    tokens = anyone.finish(submit(anyone, identity))
    simulator.taxpayers.block(NIP)
    status = anyone.login_status(submit(anyone, identity))["status"]
    assert status == {"code": 480, "description": "Uwierzytelnienie zablokowane"}
    by_token = anyone.login_status(anyone.log_in(simulator.issue_token(NIP)))
    assert by_token["status"]["code"] == 480
    simulator.taxpayers.unblock(NIP)
    simulator.taxpayers.bury(NIP)
    assert anyone.login_status(submit(anyone, identity))["status"]["code"] == 470
    bearer = {"Authorization": f"Bearer {tokens['refreshToken']['token']}"}
    assert codes(anyone.http.post("/auth/token/refresh", headers=bearer)) == [21308]


@pytest.mark.parametrize("code", [460, 470, 480, 500, 550])
def test_outcomes_decided_beforehand(simulator: Simulator, anyone: Sender, code: int) -> None:
    identity = seal(f"VATPL-{NIP}")
    simulator.outcomes.decide("login", code, "because")
    status = anyone.login_status(submit(anyone, identity))["status"]
    assert (status["code"], status["details"]) == (code, ["because"])
    assert anyone.login_status(submit(anyone, identity))["status"]["code"] == 200
