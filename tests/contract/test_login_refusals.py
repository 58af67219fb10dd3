"""Logins that are refused, at once or in their status, and why."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from ksef_facade import AllowedIps, CertificateAuth
from ksef_facade.crypto.auth_request import build_auth_request
from ksef_facade.crypto.encryption import encrypt_token
from ksef_facade.crypto.self_signed import self_signed_person, self_signed_seal
from ksef_facade.errors import AuthenticationFailed
from ksef_facade.logins.contexts import Context
from scripts.contract_tests.checking import facts, probes
from tests.contract.logging_in import (
    UNKNOWN_LOGIN,
    challenge,
    follow,
    signed_request,
    submit,
    without_prefix,
)


@pytest.fixture(scope="module")
def seal(world):
    """A taxpayer of its own, so that ending logins does not touch the run's."""
    nip = world.stranger()[0]
    return nip, self_signed_seal(nip)


@facts(
    "xades.unsigned",
    "xades.tampered",
    "xades.not-xml",
    "xades.schema",
    "xades.unknown-challenge",
    "xades.namespace-2-0",
    "xades.namespace-2-1",
    "xades.ecdsa",
    "xades.no-prefix",
)
@probes("challenge-single-use", "failed-submission-consumes-challenge")
def test_what_signatures_are_taken(world, check, seal):
    nip, identity = seal
    plain = build_auth_request(
        challenge(world)["challenge"], Context("Nip", nip), "certificate", None
    )
    unsigned = submit(world, etree.tostring(plain))
    check("xades.unsigned", unsigned.refuses(9102), unsigned.summary)
    text = challenge(world)["challenge"]
    good = signed_request(world, identity, nip, text=text)
    bad = submit(world, good.replace(nip.encode(), b"5265877635"))
    check("xades.tampered", bad.refuses(9105), bad.summary)
    after = submit(world, good)
    told = "taken" if after.status == 202 else after.summary
    check.probe(
        "failed-submission-consumes-challenge", f"the right document after a spoilt one: {told}"
    )
    broken = submit(world, b"this is no document")
    check("xades.not-xml", broken.refuses(9101, 21001), broken.summary)
    odd = signed_request(
        world, identity, nip, edit=lambda d: d.replace(b"certificateSubject", b"somethingElse")
    )
    refused = submit(world, odd)
    check("xades.schema", refused.refuses(21401), refused.summary)
    unknown = signed_request(world, identity, nip, text="20250514-CR-226FB7B000-3ACF9BE4C0-10")
    refused = submit(world, unknown)
    check("xades.unknown-challenge", refused.refuses(21111), refused.summary)
    text = challenge(world)["challenge"]
    once = submit(world, signed_request(world, identity, nip, text=text))
    assert once.status == 202, once.summary
    twice = submit(world, signed_request(world, identity, nip, text=text))
    told = "taken" if twice.status == 202 else twice.summary
    check.probe("challenge-single-use", f"a challenge used a second time: {told}")
    new = b"http://ksef.mf.gov.pl/auth/token/2.1"
    old = b"http://ksef.mf.gov.pl/auth/token/2.0"
    for fact, wanted in (("xades.namespace-2-0", old), ("xades.namespace-2-1", new)):
        document = signed_request(
            world, identity, nip, edit=lambda d, w=wanted: d.replace(new, w).replace(old, w)
        )
        answer = submit(world, document)
        check(fact, answer.status == 202, answer.summary)
    elliptic = submit(world, signed_request(world, self_signed_seal(nip, key="ec"), nip))
    codes = follow(world, elliptic.json)[0] if elliptic.status == 202 else [elliptic.summary]
    check("xades.ecdsa", codes[-1] == 200, codes)
    company = self_signed_seal(nip, key="rsa")
    bare = submit(world, without_prefix(signed_request(world, company, nip), company))
    codes = follow(world, bare.json)[0] if bare.status == 202 else [bare.summary]
    check("xades.no-prefix", codes[-1] == 200, codes)


@facts("login.415", "login.415-text", "login.unknown-reference", "redeem.too-early")
def test_a_login_without_rights(world, check):
    nip = world.stranger()[0]
    person = self_signed_person(nip=world.stranger()[0], key="ec")
    accepted = submit(world, signed_request(world, person, nip))
    codes, status = follow(world, accepted.json)
    check("login.415", codes[-1] == 415, codes)
    details = status.json["status"].get("details")
    check("login.415-text", details == ["Brak przypisanych uprawnień"], details)
    token = accepted.json["authenticationToken"]["token"]
    early = world.ask("POST", "/auth/token/redeem", bearer=token)
    check("redeem.too-early", early.refuses(21301), early.summary)
    unknown = world.ask("GET", "/auth/{referenceNumber}", UNKNOWN_LOGIN, bearer=token)
    check("login.unknown-reference", unknown.refuses(21304), unknown.summary)


@probes("certificate-failure-code")
def test_a_certificate_that_has_expired(world, check):
    nip = world.stranger()[0]
    old = self_signed_seal(nip, key="ec", now=datetime.now(UTC) - timedelta(days=3 * 365))
    answer = submit(world, signed_request(world, old, nip))
    told = answer.summary
    if answer.status == 202:
        told = f"taken, then {follow(world, answer.json)[1].json['status']}"
    check.probe("certificate-failure-code", told)


@facts("token-login.wrong-450", "token-login.asynchronous")
def test_a_token_that_is_none(world, check):
    public = world.public_key("KsefTokenEncryption")
    asked = challenge(world)
    encrypted = encrypt_token(
        public.certificate_der,
        "20251010-EC-1DCE3E3000-12ECB5B36E-45|nip-5265877635|" + "0" * 64,
        asked["timestampMs"],
    )
    body = {
        "challenge": asked["challenge"],
        "contextIdentifier": {"type": "Nip", "value": world.nip},
        "encryptedToken": b64encode(encrypted).decode(),
        "publicKeyId": public.public_key_id,
    }
    answer = world.ask("POST", "/auth/ksef-token", json=body, bearer=None)
    check("token-login.asynchronous", answer.status == 202, answer.summary)
    codes = follow(world, answer.json)[0]
    check("token-login.wrong-450", codes[-1] == 450, codes)


@facts("ip-policy.refused")
def test_an_access_token_is_bound_to_addresses(world, check, seal):
    nip, identity = seal
    _, ask = world.login(
        CertificateAuth(identity, nip=nip, allowed_ips=AllowedIps.parse("192.0.2.1"))
    )
    answer = ask("GET", "/rate-limits")
    refused = answer.status == 403 and answer.problem.reason_code == "ip-not-allowed"
    check("ip-policy.refused", refused, answer.summary)


@facts("testdata.block-480", "testdata.unblock")
def test_a_blocked_context(world, check):
    nip, ksef, _ = world.stranger()
    identifier = {"contextIdentifier": {"type": "Nip", "value": nip}}
    world.ask("POST", "/testdata/context/block", json=identifier)
    try:
        ksef._caller.authenticator.token()
        code = 200
    except AuthenticationFailed as error:
        code = error.status.code if error.status else error.codes
    check("testdata.block-480", code == 480, code)
    world.ask("POST", "/testdata/context/unblock", json=identifier)
    _, ask = world.login(CertificateAuth(self_signed_seal(nip, key="ec")))
    check("testdata.unblock", ask.token, "logged in")


@facts("testdata.deceased-470")
def test_the_dead_do_not_log_in(world, check):
    nip = world.stranger()[0]
    pesel = world.pesel()
    person = {
        "nip": nip,
        "pesel": pesel,
        "isBailiff": False,
        "isDeceased": True,
        "description": "contract test",
    }
    made = world.ask("POST", "/testdata/person", bearer=None, json=person)
    world.afterwards(
        "a test person",
        lambda: world.ask("POST", "/testdata/person/remove", bearer=None, json={"nip": nip}),
    )
    accepted = submit(world, signed_request(world, self_signed_person(pesel=pesel, key="ec"), nip))
    codes = follow(world, accepted.json)[0] if accepted.status == 202 else [accepted.summary]
    check("testdata.deceased-470", codes[-1] == 470, (made.summary, codes))
