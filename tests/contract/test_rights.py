"""Permissions: granted, listed, enforced, taken away; and test data that grants them."""

import re

from ksef_facade import CertificateAuth, TokenAuth
from ksef_facade.crypto.self_signed import self_signed_person
from ksef_facade.errors import AuthenticationFailed
from scripts.contract_tests.checking import beyond_contract, facts, probes
from tests.contract.submitting import SEND, opened
from tests.contract.world import invoice_body, until

OPERATION = "/permissions/operations/{referenceNumber}"
PERSONS = "/permissions/query/persons/grants"


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
    others = opened(world)[0].json["referenceNumber"]
    rows = asking("GET", "/sessions", params={"sessionType": "Online", "pageSize": 10})
    shown = [one["referenceNumber"] for one in (rows.json or {}).get("sessions", [])]
    check("permissions.session-visibility", others in shown, rows.summary)
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


@beyond_contract("the service reads more spellings of a value than the contract lists")
@facts("enumerations.letter-case")
def test_enumerations_in_another_letter_case(owner, check):
    here = {"contextIdentifier": {"type": "NIP", "value": owner.nip}}
    spelt = [
        owner.ask("POST", "/permissions/query/personal/grants", json={**here, **narrowed})
        for narrowed in ({}, {"permissionTypes": ["invoiceRead"]})
    ]
    understood = [one.status for one in spelt] == [200, 200]
    check("enumerations.letter-case", understood, [one.summary for one in spelt])


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


@facts("tokens.follow-author", "permissions.granted-in-context")
def test_a_token_loses_what_its_author_loses(owner, check):
    world, pesel = owner, owner.pesel()
    settled(world, grant(world, ["InvoiceRead", "CredentialsRead"], pesel))
    person, asking = world.login(
        CertificateAuth(self_signed_person(pesel=pesel, key="ec"), nip=world.nip)
    )
    body = {"queryType": "PermissionsGrantedInCurrentContext"}
    seen = asking("POST", PERSONS, json=body, params={"pageSize": 100})
    named = [
        one["authorizedIdentifier"]["value"] for one in (seen.json or {}).get("permissions", [])
    ]
    check("permissions.granted-in-context", named.count(pesel) == 2, seen.summary)
    wanted = {"permissions": ["InvoiceRead"], "description": "contract test"}
    made = asking("POST", "/tokens", json=wanted).json
    token = "/tokens/{referenceNumber}"
    reference = made["referenceNumber"]
    world.afterwards(f"token {reference}", lambda: world.ask("DELETE", token, reference))
    until(world, lambda: asking("GET", token, reference).json["status"] == "Active")
    for one in granted(world, pesel)[1]:
        settled(world, world.ask("DELETE", "/permissions/common/grants/{permissionId}", one["id"]))
    _, with_token = world.login(TokenAuth(made["token"]))
    code = 200
    try:
        code = with_token.token and 200
    except AuthenticationFailed as error:
        code = error.status.code if error.status else error.codes
    check("tokens.follow-author", code == 415, code)
    person.log_out()


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
