"""Every way to log in, and every end of a login, against the simulator over HTTP."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest

from ksef_facade import (
    AccessTokenAuth,
    AllowedIps,
    AuthenticationFailed,
    CertificateAuth,
    ConfigurationError,
    Environment,
    Forbidden,
    SigningIdentity,
    TokenAuth,
    self_signed_person,
    self_signed_seal,
)
from ksef_facade.simulator import Simulator

NIP = "5265877635"
OTHER_NIP = "7980332920"
PESEL = "30112206276"
LOGIN = "POST /auth/xades-signature"


@cache
def seal(key="ec") -> SigningIdentity:
    return self_signed_seal(NIP, key=key)


@cache
def person(key="ec") -> SigningIdentity:
    return self_signed_person(pesel=PESEL, key=key)


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator
        assert simulator.contract_violations == []


@pytest.fixture
def connect(sim, make):
    def connect(auth, **options):
        return make(base_url=sim.base_url, auth=auth, **options)

    return connect


def failure(ksef) -> AuthenticationFailed:
    with pytest.raises(AuthenticationFailed) as caught:
        ksef.log_in()
    return caught.value


@pytest.mark.parametrize("key", ["rsa", "ec"])
def test_a_company_logs_in_by_its_seal(sim, connect, key):
    reference = sim.seed_session(NIP, accepted=1)
    session = connect(CertificateAuth(seal(key))).session(reference)
    assert session.status().successful_invoice_count == 1


@pytest.mark.parametrize("key", ["rsa", "ec"])
def test_a_person_with_a_permission_logs_in_for_a_company(sim, connect, key):
    sim.taxpayers.grant(NIP, PESEL, ["InvoiceRead"])
    reference = sim.seed_session(NIP, accepted=1)
    ksef = connect(CertificateAuth(person(key), nip=NIP))
    ksef.log_in()
    with pytest.raises(Forbidden) as caught:
        ksef.session(reference).status()
    assert caught.value.present_permissions == ("InvoiceRead",)


@pytest.mark.parametrize(
    ("kind", "context"),
    [
        ("Nip", {"nip": OTHER_NIP}),
        ("InternalId", {"internal_id": "6824515772-12343"}),
        ("NipVatUe", {"nip_vat_ue": "5265877635-DE123456789"}),
    ],
)
def test_a_fingerprint_with_a_permission_logs_in_to_any_context(sim, connect, kind, context):
    (value,) = context.values()
    auth = CertificateAuth(person(), subject="fingerprint", **context)
    assert failure(connect(auth)).reason == "no-permission"
    sim.taxpayers.grant(
        value,
        person().fingerprint,
        ["InvoiceWrite"],
        subject_kind="Fingerprint",
        context_kind=kind,
    )
    ksef = connect(auth)
    ksef.log_in()
    (login,) = [row for row in ksef.auth_sessions() if row.is_current]
    assert login.status.code == 200


def test_a_peppol_provider_logs_in_for_itself(sim, connect):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP384R1())
    names = {
        NameOID.COUNTRY_NAME: "PL",
        NameOID.ORGANIZATION_NAME: "Dostawca",
        NameOID.ORGANIZATION_IDENTIFIER: "VATPL-5265877635",
        NameOID.COMMON_NAME: "PPL123456",
    }
    name = x509.Name([x509.NameAttribute(oid, text) for oid, text in names.items()])
    now = sim.clock.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    identity = SigningIdentity(certificate.public_bytes(Encoding.DER), key)
    ksef = connect(CertificateAuth(identity, peppol_id="PPL123456"))
    ksef.log_in()
    assert {row.method for row in ksef.auth_sessions()} == {"xades.peppol-signature"}


def test_a_policy_of_addresses_holds_the_tokens_to_them(sim, connect):
    reference = sim.seed_session(NIP, accepted=1)
    token = sim.issue_token(NIP)
    for allowed, auth in (
        ("127.0.0.1", lambda policy: CertificateAuth(seal(), allowed_ips=policy)),
        ("127.0.0.0/8", lambda policy: TokenAuth(token, allowed_ips=policy)),
        ("127.0.0.1-127.0.0.9", lambda policy: TokenAuth(token, allowed_ips=policy)),
    ):
        session = connect(auth(AllowedIps.parse(allowed))).session(reference)
        assert session.status().status.code == 200
        elsewhere = connect(auth(AllowedIps.parse("203.0.113.7"))).session(reference)
        with pytest.raises(Forbidden) as caught:
            elsewhere.status()
        assert caught.value.reason_code == "ip-not-allowed"


@pytest.mark.parametrize("code", [415, 425, 450, 460, 470, 480, 500, 550])
@pytest.mark.parametrize("with_token", [False, True])
def test_every_end_of_a_login(sim, connect, code, with_token):
    auth = TokenAuth(sim.issue_token(NIP)) if with_token else CertificateAuth(seal())
    sim.outcomes.decide("login", code, "powód", times=2)
    error = failure(connect(auth))
    assert (error.status.code, error.status.details) == (code, ("powód",))
    assert error.reason not in ("unknown", "timeout")
    assert error.advice in str(error)
    # Only what the service broke off itself is tried once more.
    tries = sim.requests.counts[LOGIN if not with_token else "POST /auth/ksef-token"]
    assert tries == (2 if code == 550 else 1)


def test_the_real_causes_of_the_ends(sim, connect):
    company = CertificateAuth(seal(), nip=OTHER_NIP)
    assert failure(connect(company)).status.code == 415
    sim.taxpayers.block(NIP)
    assert failure(connect(CertificateAuth(seal()))).status.code == 480
    sim.taxpayers.unblock(NIP)
    sim.taxpayers.grant(NIP, PESEL, ["InvoiceRead"])
    sim.taxpayers.bury(PESEL)
    assert failure(connect(CertificateAuth(person(), nip=NIP))).status.code == 470
    for how, word in (("revoked", "revoked"), ("suspended", "suspended")):
        sim.taxpayers.withdraw_certificate(seal().fingerprint, how)
        error = failure(connect(CertificateAuth(seal())))
        assert error.status.code == 460
        assert word in error.advice
    another = self_signed_seal(NIP, key="ec")
    error = failure(connect(CertificateAuth(another, verify_chain=True)))
    assert (error.status.code, error.reason) == (460, "certificate")
    assert "does not trust" in error.advice


def test_tokens_that_end_with_450(sim, connect):
    revoked = sim.issue_token(NIP)
    sim.revoke_token(revoked)
    good = sim.issue_token(NIP)
    for auth, words in (
        (TokenAuth(revoked), "was revoked"),
        (TokenAuth(good, nip=OTHER_NIP), "another context"),
        (TokenAuth(f"20251010-EC-1DCE3E3000-12ECB5B36E-45|nip-{NIP}|ab"), "does not exist here"),
    ):
        error = failure(connect(auth))
        assert (error.status.code, error.reason) == (450, "token")
        assert words in error.advice


@pytest.mark.parametrize("environment", ["TR", "PRD"])
def test_a_self_signed_certificate_off_test_is_refused_by_the_service_too(make, environment):
    # Behind another name the client cannot know; the service does.
    with Simulator(environment=environment) as strict:
        ksef = make(target=Environment("own", strict.base_url), auth=CertificateAuth(seal()))
        error = failure(ksef)
    assert (error.codes, error.reason) == ((21115,), "certificate")
    with pytest.raises(ConfigurationError, match="self-signed"):
        make(target="demo", auth=CertificateAuth(seal()))


def test_subjects_that_do_not_fit_are_refused_at_once(sim, connect):
    nobody = connect(CertificateAuth(seal(), nip_vat_ue="5265877635-DE123456789"))
    assert failure(nobody).codes == (21117,)


def test_a_signature_of_another_document_is_refused(sim, connect, monkeypatch):
    from ksef_facade.crypto import xades

    sign = xades.sign_document

    def forge(root, identity, moment):
        return sign(root, identity, moment).replace(NIP.encode(), OTHER_NIP.encode(), 1)

    monkeypatch.setattr(xades, "sign_document", forge)
    error = failure(connect(CertificateAuth(seal())))
    assert (error.codes, error.reason) == ((9105,), "signature")


def test_a_withdrawn_key_is_asked_for_again(sim, connect):
    token = sim.issue_token(NIP)
    first = connect(TokenAuth(token))
    first.log_in()
    sim.keys.rotate("KsefTokenEncryption", emergency=True)
    second = first.for_context(TokenAuth(token))
    second.log_in()
    assert sim.requests.counts["GET /security/public-key-certificates"] == 2


def test_logins_are_listed_and_ended(sim, connect):
    reference = sim.seed_session(NIP, accepted=1)
    one, two = connect(CertificateAuth(seal())), connect(CertificateAuth(seal()))
    one.log_in()
    two.log_in()
    listed = {row.is_current: row for row in one.auth_sessions(page_size=10)}
    assert set(listed) == {True, False}
    one.end_auth_session(listed[False])
    assert len(list(one.auth_sessions())) == 1
    # The access token of the other lives on; then it finds its refresh token dead and logs in anew.
    assert two.session(reference).status().status.code == 200
    sim.clock.advance(timedelta(minutes=16))
    assert two.session(reference).status().status.code == 200
    assert sim.requests.counts[LOGIN] == 3


def test_logging_out_ends_the_login(sim, connect):
    ksef = connect(CertificateAuth(seal()))
    ksef.log_in()
    ksef.log_out()
    watcher = connect(CertificateAuth(seal()))
    assert [row.is_current for row in watcher.auth_sessions()] == [True]
    ksef.log_in()
    assert len(list(watcher.auth_sessions())) == 2


def test_tokens_of_another_program(sim, connect):
    reference = sim.seed_session(NIP, accepted=1)
    ksef = connect(CertificateAuth(seal()))
    ksef.log_in()
    tokens = getattr(ksef, "_inner", ksef)._caller.authenticator._tokens
    access, refresh = tokens.access.value, tokens.refresh.value
    alone = connect(AccessTokenAuth(access, nip=NIP)).session(reference)
    renewing = connect(AccessTokenAuth(access, nip=NIP, refresh_token=refresh)).session(reference)
    assert alone.status().status.code == renewing.status().status.code == 200
    sim.clock.advance(timedelta(minutes=16))
    with pytest.raises(AuthenticationFailed, match="takes the access token no longer"):
        alone.status()
    assert renewing.status().status.code == 200


def test_several_contexts_side_by_side(sim, connect):
    references = {nip: sim.seed_session(nip, accepted=1) for nip in (NIP, OTHER_NIP)}
    first = connect(CertificateAuth(seal()))
    second = first.for_context(TokenAuth(sim.issue_token(OTHER_NIP)))
    for _ in range(2):
        assert first.session(references[NIP]).status().status.code == 200
        assert second.session(references[OTHER_NIP]).status().status.code == 200
    assert sim.requests.counts["POST /auth/token/redeem"] == 2
