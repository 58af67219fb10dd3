"""KSeF tokens: made, used, listed, revoked, and what a login with one may not do."""

import re

import pytest

from ksef_facade import TokenAuth
from ksef_facade.errors import AuthenticationFailed
from scripts.contract_tests.checking import facts, probes
from tests.contract.submitting import CLOSE, SEND, opened
from tests.contract.test_receipts import PAGE, parse, text
from tests.contract.world import invoice_body, until

TOKEN = "/tokens/{referenceNumber}"


def generate(world, permissions, description="contract test"):
    """A KSeF token: the answer, once the token can be used."""
    body = {"permissions": permissions, "description": description}
    made = world.ask("POST", "/tokens", json=body)
    if made.status == 202:
        reference = made.json["referenceNumber"]
        world.afterwards(f"token {reference}", lambda: world.ask("DELETE", TOKEN, reference))
        until(world, lambda: status_of(world, reference) != "Pending")
    return made


def status_of(world, reference):
    return (world.ask("GET", TOKEN, reference).json or {}).get("status")


@pytest.fixture(scope="module")
def reader(owner):
    """A token that may read invoices and nothing else."""
    return generate(owner, ["InvoiceRead"])


@facts(
    "tokens.202",
    "tokens.reference",
    "tokens.length",
    "tokens.names-context",
    "tokens.pending-active",
    "tokens.listed",
    "tokens.login",
    "tokens.upo-names-token",
    "errors.403-missing-permissions",
    "errors.403-lists",
    "errors.403-text",
    "tokens.revoke-204",
    "tokens.revoked",
    "tokens.revoked-no-login",
    "refresh.21301-token-revoked",
    "tokens.made-by-signature",
    "tokens.page-size",
)
@probes("token-format", "token-future")
def test_ksef_tokens(owner, check, reader):
    world = owner
    reference, token = reader.json["referenceNumber"], reader.json["token"]
    again = world.ask("GET", TOKEN, reference)
    told_once = again.status == 200 and token not in again.body.decode()
    check("tokens.202", reader.status == 202 and told_once, (reader.summary, sorted(again.json)))
    letters = r"\d{8}-EC-[0-9A-F]{10}-[0-9A-F]{10}-[0-9A-F]{2}"
    check("tokens.reference", re.fullmatch(letters, reference), reference)
    check("tokens.length", len(token) <= 160, len(token))
    parts = token.split("|")
    check("tokens.names-context", len(parts) == 3 and parts[1] == f"nip-{world.nip}", len(parts))
    check.probe(
        "token-format", f"{len(token)} characters, {len(parts)} parts, the last of {len(parts[-1])}"
    )
    check.probe("token-future", f"POST /tokens answers HTTP {reader.status}")
    status = status_of(world, reference)
    check("tokens.pending-active", status == "Active", status)
    listed = world.ask("GET", "/tokens", params={"pageSize": 100}).json["tokens"]
    found = [one for one in listed if one["referenceNumber"] == reference]
    check(
        "tokens.listed",
        len(found) == 1 and found[0]["requestedPermissions"] == ["InvoiceRead"],
        len(listed),
    )
    ksef, ask = world.login(TokenAuth(token))
    with check.seen("tokens.login"):
        assert ask.token
    answer = ask("GET", "/sessions", params={"sessionType": "Online"})
    named = answer.status == 403 and answer.problem.reason_code == "missing-permissions"
    check("errors.403-missing-permissions", named, answer.summary)
    lists = answer.problem.required_permissions, answer.problem.present_permissions
    check("errors.403-lists", "InvoiceWrite" in lists[0] and lists[1] == ("InvoiceRead",), lists)
    said = "Brak wymaganych uprawnień do wykonania operacji w bieżącym kontekście."
    check("errors.403-text", said in answer.body.decode(), answer.summary)
    more = ask(
        "POST", "/tokens", json={"permissions": ["InvoiceRead"], "description": "contract test"}
    )
    check("tokens.made-by-signature", more.status in (400, 403), more.summary)
    sizes = [world.ask("GET", "/tokens", params={"pageSize": size}) for size in (9, 101)]
    check(
        "tokens.page-size", all(one.refuses(21405) for one in sizes), [one.summary for one in sizes]
    )
    writer = generate(world, ["InvoiceWrite"])
    sender, sending = world.login(TokenAuth(writer.json["token"]))
    answer, key = opened(world, sending)
    session = answer.json["referenceNumber"]
    sending("POST", SEND, session, json=invoice_body(world.document(), key))
    sending("POST", CLOSE, session)
    over = world.session_over(session)
    page = sending("GET", PAGE, session, over["upo"]["pages"][0]["referenceNumber"])
    inside = text(parse(page.body), "Uwierzytelnienie/NumerReferencyjnyTokenaKSeF")
    check("tokens.upo-names-token", inside == writer.json["referenceNumber"], inside)
    pair = ksef._caller.authenticator._tokens
    ended = world.ask("DELETE", TOKEN, reference)
    check("tokens.revoke-204", ended.status == 204, ended.summary)
    gone = until(world, lambda: status_of(world, reference) == "Revoked")
    check("tokens.revoked", gone, status_of(world, reference))
    answer = world.ask("POST", "/auth/token/refresh", bearer=pair.refresh.value)
    check("refresh.21301-token-revoked", answer.refuses(21301), answer.summary)
    _, refused = world.login(TokenAuth(token))
    code = 200
    try:
        code = refused.token and 200
    except AuthenticationFailed as error:
        code = error.status.code if error.status else error.codes
    check("tokens.revoked-no-login", code == 450, code)
    ksef.log_out()
    sender.log_out()


@facts("certificates.no-enrolment-by-token", "errors.403-auth-method")
def test_what_a_token_login_may_not(owner, check):
    made = generate(owner, ["InvoiceRead", "InvoiceWrite"])
    _, ask = owner.login(TokenAuth(made.json["token"]))
    data = ask("GET", "/certificates/enrollments/data")
    check("certificates.no-enrolment-by-token", data.refuses(25001), data.summary)
    revoked = ask(
        "POST", "/certificates/{certificateSerialNumber}/revoke", "01F20A5D352AE590", json={}
    )
    named = revoked.problem.reason_code == "auth-method-not-allowed"
    check("errors.403-auth-method", named, revoked.summary)
