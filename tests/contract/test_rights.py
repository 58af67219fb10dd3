"""KSeF tokens and permissions: made, used, listed, enforced, taken away; and test data that grants them."""

import re
import time

import pytest

from ksef_facade import CertificateAuth, TokenAuth
from ksef_facade.crypto.self_signed import self_signed_person
from ksef_facade.errors import AuthenticationFailed
from scripts.contract_tests.checking import facts, probes
from tests.contract.submitting import CLOSE, SEND, opened
from tests.contract.test_receipts import NAMESPACE, PAGE, parse, text
from tests.contract.world import invoice_body

TOKEN = "/tokens/{referenceNumber}"
OPERATION = "/permissions/operations/{referenceNumber}"
PERSONS = "/permissions/query/persons/grants"


@pytest.fixture(scope="module")
def owner(world):
    """The run's own taxpayer, if it may do everything in its context."""
    if not world.is_owner:
        pytest.skip("the login is somebody's own: no rights or tokens are made in its context")
    return world


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


def until(world, holds, seconds=120):
    """Ask until something holds, or not any more."""
    pause = 0.03 if not world.run.target.is_live else 3.0
    for _ in range(int(seconds / max(pause, 1)) or 1):
        if holds():
            return True
        time.sleep(pause)
    return bool(holds())


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
    check("tokens.202", reader.status == 202, reader.summary)
    reference, token = reader.json["referenceNumber"], reader.json["token"]
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
    more = ask(
        "POST", "/tokens", json={"permissions": ["InvoiceWrite"], "description": "contract test"}
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
    assert NAMESPACE
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


def grant(world, permissions, pesel):
    body = {
        "subjectIdentifier": {"type": "Pesel", "value": pesel},
        "permissions": permissions,
        "description": "contract test",
        "subjectDetails": {
            "subjectDetailsType": "PersonByIdentifier",
            "personById": {"firstName": "Jan", "lastName": "Testowy"},
        },
    }
    return world.ask("POST", "/permissions/persons/grants", json=body)


def settled(world, accepted):
    codes = []

    def over():
        status = world.ask("GET", OPERATION, accepted.json["referenceNumber"]).json["status"]
        codes.append(status["code"])
        return status["code"] != 100

    until(world, over)
    return codes


def granted(world, pesel):
    body = {"queryType": "PermissionsGrantedInCurrentContext"}
    found = world.ask("POST", PERSONS, json=body, params={"pageSize": 100})
    return found, [
        one for one in found.json["permissions"] if one["authorizedIdentifier"]["value"] == pesel
    ]


@facts(
    "permissions.grant-202",
    "permissions.reference",
    "permissions.operation-200",
    "permissions.found",
    "permissions.page-offset",
    "permissions.enforced",
    "permissions.session-visibility",
    "permissions.revoke-202",
    "permissions.gone",
    "permissions.personal-owner",
    "permissions.unknown-operation",
    "tokens.no-more-than-own",
)
@probes("personal-owner-permissions")
def test_permissions_of_a_person(owner, check):
    world, pesel = owner, owner.pesel()
    accepted = grant(world, ["Introspection"], pesel)
    check("permissions.grant-202", accepted.status == 202, accepted.summary)
    reference = accepted.json["referenceNumber"]
    letters = r"\d{8}-EG-[0-9A-F]{10}-[0-9A-F]{10}-[0-9A-F]{2}"
    check("permissions.reference", re.fullmatch(letters, reference), reference)
    codes = settled(world, accepted)
    check("permissions.operation-200", set(codes) <= {100, 200} and codes[-1] == 200, codes)
    answer, found = granted(world, pesel)
    check("permissions.page-offset", "hasMore" in answer.json, sorted(answer.json))
    scopes = [one["permissionScope"] for one in found]
    check("permissions.found", scopes == ["Introspection"], scopes)
    person, asking = world.login(
        CertificateAuth(self_signed_person(pesel=pesel, key="ec"), nip=world.nip)
    )
    opening, _ = opened(world, asking)
    refused = opening.status == 403 and opening.problem.reason_code == "missing-permissions"
    check("permissions.enforced", refused, opening.summary)
    rows = asking("GET", "/sessions", params={"sessionType": "Online", "pageSize": 10})
    check(
        "permissions.session-visibility", rows.status == 200 and rows.json["sessions"], rows.summary
    )
    more = asking(
        "POST", "/tokens", json={"permissions": ["InvoiceWrite"], "description": "a test"}
    )
    check("tokens.no-more-than-own", more.refuses(26001), more.summary)
    own = world.ask("POST", "/permissions/query/personal/grants", json={})
    owned = (own.json or {}).get("ownerPermissions")
    check("permissions.personal-owner", own.status == 200, own.summary)
    check.probe("personal-owner-permissions", owned)
    person.log_out()
    ended = world.ask("DELETE", "/permissions/common/grants/{permissionId}", found[0]["id"])
    check("permissions.revoke-202", ended.status == 202, ended.summary)
    settled(world, ended)
    gone = until(world, lambda: not granted(world, pesel)[1])
    check("permissions.gone", gone, "still listed" if not gone else "not listed any more")
    unknown = world.ask("GET", OPERATION, "20250626-EG-333C814000-C529F710D8-D2")
    check("permissions.unknown-operation", unknown.status in (400, 403, 410), unknown.summary)


@facts("permissions.vat-ue-manage")
@probes("delegated-collective-identifiers", "eu-administrator-by-nip")
def test_names_on_which_the_sources_differ(owner, check):
    def asked(name):
        return owner.ask(
            "POST", "/permissions/query/personal/grants", json={"permissionTypes": [name]}
        )

    right, wrong = asked("VatUeManage"), asked("VatEuManage")
    told = (right.summary, wrong.summary)
    check("permissions.vat-ue-manage", right.status == 200 and wrong.status == 400, told)
    body = {
        "subjectIdentifier": {"type": "Nip", "value": owner.stranger()[0]},
        "permissions": [{"type": "CollectiveIdentifierManage", "canDelegate": True}],
        "description": "contract test",
        "subjectDetails": {"fullName": "Firma Testowa"},
    }
    granted = owner.ask("POST", "/permissions/entities/grants", json=body)
    ended = settled(owner, granted) if granted.status == 202 else []
    check.probe("delegated-collective-identifiers", f"{granted.summary}, then {ended[-1:]}")
    nip = owner.stranger()[0]
    body = {
        "subjectIdentifier": {"type": "Nip", "value": nip},
        "contextIdentifier": {"type": "NipVatUe", "value": f"{owner.nip}-DE123456789"},
        "description": "contract test",
        "euEntityName": "Testfirma GmbH",
        "subjectDetails": {
            "subjectDetailsType": "EntityByFingerprint",
            "entityByFp": {"fullName": "Testfirma GmbH", "address": "Lindenweg 9"},
        },
        "euEntityDetails": {"fullName": "Testfirma GmbH", "address": "Lindenweg 9"},
    }
    refused = owner.ask("POST", "/permissions/eu-entities/administration/grants", json=body)
    check.probe("eu-administrator-by-nip", refused.summary)


@probes("permission-revoked-mid-session")
def test_a_right_taken_away_while_a_session_is_open(owner, check):
    world, pesel = owner, owner.pesel()
    settled(world, grant(world, ["InvoiceWrite"], pesel))
    person, asking = world.login(
        CertificateAuth(self_signed_person(pesel=pesel, key="ec"), nip=world.nip)
    )
    answer, key = opened(world, asking)
    session = answer.json["referenceNumber"]
    for one in granted(world, pesel)[1]:
        settled(world, world.ask("DELETE", "/permissions/common/grants/{permissionId}", one["id"]))
    sent = asking("POST", SEND, session, json=invoice_body(world.document(), key))
    told = sent.summary
    if sent.status == 202:
        status = world.invoice_over(session, sent.json["referenceNumber"])["status"]
        told = f"the invoice is taken with the old access token, then {status['code']}"
    check.probe("permission-revoked-mid-session", told)
    person.log_out()


@facts(
    "testdata.permissions",
    "testdata.permissions-revoked",
    "testdata.attachment",
    "testdata.empty-200",
)
def test_test_data_grants_rights(owner, check):
    world, pesel = owner, owner.pesel()
    nip = world.stranger()[0]
    both = {
        "contextIdentifier": {"type": "Nip", "value": nip},
        "authorizedIdentifier": {"type": "Pesel", "value": pesel},
    }
    rights = [{"permissionType": "InvoiceRead", "description": "contract test"}]
    made = world.ask(
        "POST", "/testdata/permissions", bearer=None, json={**both, "permissions": rights}
    )
    check("testdata.empty-200", (made.status, made.body) == (200, b""), made.summary)

    def code():
        person = CertificateAuth(self_signed_person(pesel=pesel, key="ec"), nip=nip)
        client, ask = world.login(person)
        try:
            assert ask.token
        except AuthenticationFailed as error:
            return error.status.code if error.status else error.codes
        client.log_out()
        return 200

    check("testdata.permissions", until(world, lambda: code() == 200, 30), "logged in")
    world.ask("POST", "/testdata/permissions/revoke", bearer=None, json=both)
    last = code()
    check("testdata.permissions-revoked", last == 415, last)
    allowed = world.ask("POST", "/testdata/attachment", bearer=None, json={"nip": world.nip})
    world.afterwards(
        "consent to attachments",
        lambda: world.ask(
            "POST", "/testdata/attachment/revoke", bearer=None, json={"nip": world.nip}
        ),
    )
    status = world.ask("GET", "/permissions/attachments/status")
    told = (status.json or {}).get("isAttachmentAllowed")
    check("testdata.attachment", allowed.status == 200 and told is True, told)


@facts("testdata.30001")
def test_a_test_subject_is_made_once(owner, check):
    nip = owner.stranger()[0]
    body = {"subjectNip": nip, "subjectType": "JST", "description": "contract test"}
    owner.ask("POST", "/testdata/subject", bearer=None, json=body)
    owner.afterwards(
        "a test subject",
        lambda: owner.ask(
            "POST", "/testdata/subject/remove", bearer=None, json={"subjectNip": nip}
        ),
    )
    again = owner.ask("POST", "/testdata/subject", bearer=None, json=body)
    check("testdata.30001", again.refuses(30001), again.summary)
