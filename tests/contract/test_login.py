"""Logging in: challenge, signature, status, tokens, and the end of a login."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from ksef_facade import CertificateAuth
from ksef_facade.crypto.self_signed import self_signed_seal
from ksef_facade.identifiers import crc8
from scripts.contract_tests.checking import facts, probes
from tests.contract.logging_in import challenge, follow, signed_request, submit
from tests.contract.world import moment, token_claims


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
    "logins.ended-refresh-text",
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
    said = "Status uwierzytelnienia (425) nie pozwala na odświeżenie tokenu dostępowego."
    check("logins.ended-refresh-text", said in refused.problem.details, refused.summary)
    alive = world.ask("GET", "/rate-limits", bearer=redeemed["accessToken"]["token"])
    check("logins.access-lives-on", alive.status == 200, alive.summary)
    left = ask("DELETE", "/auth/sessions/current")
    check("logins.current-204", left.status == 204, left.summary)
