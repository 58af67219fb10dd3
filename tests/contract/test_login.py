"""Logging in: challenge, signature, status, tokens, and the end of a login."""

import re
import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from ksef_facade import CertificateAuth
from ksef_facade.contexts import Context
from ksef_facade.crypto.auth_request import build_auth_request
from ksef_facade.crypto.encryption import encrypt_token
from ksef_facade.crypto.self_signed import self_signed_person, self_signed_seal
from ksef_facade.crypto.xades import sign_document
from ksef_facade.errors import AuthenticationFailed
from ksef_facade.identifiers import crc8
from scripts.contract_tests.checking import facts, probes
from tests.contract.world import moment, token_claims

XML = {"Content-Type": "application/xml"}
UNKNOWN_LOGIN = "20251010-AU-19F5E39000-39B5B182BA-B8"


def challenge(world):
    return world.ask("POST", "/auth/challenge", bearer=None).json


def signed_request(world, identity, nip, *, text=None, edit=None, subject="certificate"):
    """A signed login document for a fresh challenge."""
    text = text or challenge(world)["challenge"]
    document = build_auth_request(text, Context("Nip", nip), subject, None)
    if edit is not None:
        document = etree.fromstring(edit(etree.tostring(document)))
    return sign_document(document, identity, datetime.now(UTC) - timedelta(minutes=1))


def submit(world, document):
    return world.ask("POST", "/auth/xades-signature", content=document, headers=XML, bearer=None)


def follow(world, accepted):
    """The codes that a login went through, and its last status."""
    token = accepted["authenticationToken"]["token"]
    codes = []
    for _ in range(60):
        answer = world.ask(
            "GET", "/auth/{referenceNumber}", accepted["referenceNumber"], bearer=token
        )
        codes.append(answer.json["status"]["code"])
        if codes[-1] != 100:
            break
        time.sleep(0.1 if world.environment.is_loopback else 1)
    return codes, answer


@pytest.fixture(scope="module")
def seal(world):
    """A taxpayer of its own, so that ending logins does not touch the run's."""
    nip = world.stranger()[0]
    return nip, self_signed_seal(nip)


@pytest.fixture(scope="module")
def login(world, seal):
    """One login, step by step."""
    nip, identity = seal
    text = challenge(world)["challenge"]
    accepted = submit(world, signed_request(world, identity, nip, text=text))
    codes, status = follow(world, accepted.json)
    token = accepted.json["authenticationToken"]["token"]
    redeemed = world.ask("POST", "/auth/token/redeem", bearer=token)
    return {
        "challenge": text,
        "accepted": accepted,
        "codes": codes,
        "status": status,
        "token": token,
        "redeemed": redeemed,
    }


@facts(
    "challenge.anonymous",
    "challenge.reference",
    "challenge.checksum",
    "challenge.timestamp-ms",
    "challenge.client-ip",
)
def test_the_challenge(world, check):
    answer = world.ask("POST", "/auth/challenge", bearer=None)
    check("challenge.anonymous", answer.status == 200, answer.summary)
    body = answer.json
    text = body["challenge"]
    check(
        "challenge.reference",
        re.fullmatch(r"\d{8}-CR-[0-9A-F]{10}-[0-9A-F]{10}-[0-9A-F]{2}", text),
        text,
    )
    check("challenge.checksum", f"{crc8(text[:-3].encode()):02X}" == text[-2:], text)
    whole, _, fraction = body["timestamp"].partition(".")
    fraction = re.match(r"\d*", fraction).group()[:3].ljust(3, "0")
    seconds = moment(whole[:19] + "+00:00")
    milliseconds = int(seconds.timestamp()) * 1000 + int(fraction)
    check(
        "challenge.timestamp-ms",
        body["timestampMs"] == milliseconds,
        (body["timestamp"], body["timestampMs"]),
    )
    check(
        "challenge.client-ip",
        body.get("clientIp"),
        "an address" if body.get("clientIp") else "none",
    )


@facts(
    "login.202",
    "login.reference",
    "login.authentication-token-45-min",
    "login.status-codes",
    "login.status-method",
    "login.self-signed-on-test",
    "redeem.pair",
    "redeem.access-15-min",
    "redeem.refresh-7-days",
    "redeem.once",
    "jwt.types",
    "jwt.short-names",
    "refresh.repeatable",
    "refresh.not-rotated",
    "login.wrong-token-kind",
)
@probes("jwt-claims")
def test_a_login_by_signature(world, check, login):
    accepted, body = login["accepted"], login["accepted"].json
    check("login.202", accepted.status == 202, accepted.summary)
    check("login.self-signed-on-test", login["codes"][-1] == 200, login["codes"])
    reference = body["referenceNumber"]
    check(
        "login.reference",
        re.fullmatch(r"\d{8}-AU-[0-9A-F]{10}-[0-9A-F]{10}-[0-9A-F]{2}", reference),
        reference,
    )
    lives = moment(body["authenticationToken"]["validUntil"]) - datetime.now(UTC)
    check(
        "login.authentication-token-45-min",
        timedelta(minutes=43) < lives <= timedelta(minutes=46),
        lives,
    )
    check("login.status-codes", set(login["codes"]) <= {100, 200}, login["codes"])
    info = login["status"].json["authenticationMethodInfo"]
    check("login.status-method", info["category"] == "XadesSignature" and info["code"], info)
    redeemed = login["redeemed"].json
    check("redeem.pair", {"accessToken", "refreshToken"} <= set(redeemed), sorted(redeemed))
    lives = moment(redeemed["accessToken"]["validUntil"]) - datetime.now(UTC)
    check("redeem.access-15-min", timedelta(minutes=13) < lives <= timedelta(minutes=16), lives)
    lives = moment(redeemed["refreshToken"]["validUntil"]) - datetime.now(UTC)
    check("redeem.refresh-7-days", timedelta(hours=1) < lives <= timedelta(days=7, hours=1), lives)
    again = world.ask("POST", "/auth/token/redeem", bearer=login["token"])
    check("redeem.once", again.refuses(21301), again.summary)
    kinds = {
        name: token_claims(token).get("typ")
        for name, token in (
            ("authentication", login["token"]),
            ("access", redeemed["accessToken"]["token"]),
            ("refresh", redeemed["refreshToken"]["token"]),
        )
    }
    wanted = {
        "authentication": "AuthenticationToken",
        "access": "ContextToken",
        "refresh": "RefreshToken",
    }
    check("jwt.types", kinds == wanted, kinds)
    claims = token_claims(redeemed["accessToken"]["token"])
    check("jwt.short-names", {"cit", "civ", "exp", "iat"} <= set(claims), sorted(claims))
    check.probe("jwt-claims", f"{sorted(claims)}; iss {claims.get('iss')}; per {claims.get('per')}")
    refresh = redeemed["refreshToken"]["token"]
    first = world.ask("POST", "/auth/token/refresh", bearer=refresh)
    second = world.ask("POST", "/auth/token/refresh", bearer=refresh)
    check(
        "refresh.repeatable",
        (first.status, second.status) == (200, 200),
        (first.summary, second.summary),
    )
    check("refresh.not-rotated", set(first.json) == {"accessToken"}, sorted(first.json))
    wrong = world.ask("POST", "/auth/token/refresh", bearer=redeemed["accessToken"]["token"])
    check("login.wrong-token-kind", wrong.status == 401, wrong.summary)


@facts(
    "logins.list",
    "logins.current",
    "logins.newest-first",
    "logins.page-size",
    "logins.end-204",
    "logins.ended-425",
    "logins.ended-refresh",
    "logins.access-lives-on",
    "logins.current-204",
)
def test_logins_are_listed_and_ended(world, check, seal, login):
    nip, identity = seal
    ksef, ask = world.login(CertificateAuth(identity, nip=nip))
    page = ask("GET", "/auth/sessions", params={"pageSize": 100})
    items = page.json["items"]
    references = [item["referenceNumber"] for item in items]
    check("logins.list", login["accepted"].json["referenceNumber"] in references, references)
    current = [item["referenceNumber"] for item in items if item.get("isCurrent")]
    check("logins.current", current == [ksef._caller.authenticator.reference], current)
    starts = [moment(item["startDate"]) for item in items]
    check("logins.newest-first", starts == sorted(starts, reverse=True), starts)
    sizes = [ask("GET", "/auth/sessions", params={"pageSize": size}) for size in (9, 101)]
    check(
        "logins.page-size", all(one.refuses(21405) for one in sizes), [one.summary for one in sizes]
    )
    ended = ask(
        "DELETE", "/auth/sessions/{referenceNumber}", login["accepted"].json["referenceNumber"]
    )
    check("logins.end-204", ended.status == 204, ended.summary)
    status = world.ask(
        "GET",
        "/auth/{referenceNumber}",
        login["accepted"].json["referenceNumber"],
        bearer=login["token"],
    )
    check("logins.ended-425", (status.json or {}).get("status", {}).get("code") == 425, status.json)
    redeemed = login["redeemed"].json
    refused = world.ask("POST", "/auth/token/refresh", bearer=redeemed["refreshToken"]["token"])
    check("logins.ended-refresh", refused.refuses(21301), refused.summary)
    alive = world.ask("GET", "/rate-limits", bearer=redeemed["accessToken"]["token"])
    check("logins.access-lives-on", alive.status == 200, alive.summary)
    left = ask("DELETE", "/auth/sessions/current")
    check("logins.current-204", left.status == 204, left.summary)


@facts(
    "xades.unsigned",
    "xades.tampered",
    "xades.not-xml",
    "xades.schema",
    "xades.unknown-challenge",
    "xades.namespace-2-0",
    "xades.namespace-2-1",
    "xades.ecdsa",
)
@probes("challenge-single-use", "failed-submission-consumes-challenge")
def test_what_signatures_are_taken(world, check, seal, login):
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
    twice = submit(world, signed_request(world, identity, nip, text=login["challenge"]))
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
    from ksef_facade import AllowedIps

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
