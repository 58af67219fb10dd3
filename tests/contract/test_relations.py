"""Rights between entities: authorisations, partners, subordinate units, EU entities; and their lists."""

import pytest

from ksef_facade import CertificateAuth
from ksef_facade.crypto.self_signed import self_signed_person, self_signed_seal
from scripts.contract_tests.checking import facts
from tests.contract.test_rights import settled
from tests.contract.world import until

NAMED = {
    "subjectDetailsType": "PersonByIdentifier",
    "personById": {"firstName": "Jan", "lastName": "Testowy"},
}


def entity(nip, **others):
    return {
        "subjectIdentifier": {"type": "Nip", "value": nip},
        "description": "contract test",
        "subjectDetails": {"fullName": "Firma Testowa"},
        **others,
    }


def listed(ask, path, body, field="permissions"):
    answer = ask("POST", f"/permissions/query/{path}", json=body, params={"pageSize": 100})
    return answer, (answer.json or {}).get(field, [])


@pytest.fixture(scope="module")
def partner(owner):
    """Another taxpayer, with its own seal."""
    nip, _, ask = owner.stranger()
    return nip, ask


@facts(
    "authorizations.grant-202",
    "authorizations.granted",
    "authorizations.received",
    "authorizations.revoke-202",
    "authorizations.gone",
)
def test_an_authorisation_between_entities(owner, check, partner):
    nip, ask = partner
    given = owner.ask(
        "POST", "/permissions/authorizations/grants", json=entity(nip, permission="SelfInvoicing")
    )
    check("authorizations.grant-202", given.status == 202, given.summary)
    codes = settled(owner, given)
    mine = {"queryType": "Granted"}

    def granted():
        found = listed(owner.ask, "authorizations/grants", mine, "authorizationGrants")[1]
        return [one for one in found if one["authorizedEntityIdentifier"]["value"] == nip]

    scopes = [one["authorizationScope"] for one in granted()]
    check("authorizations.granted", scopes == ["SelfInvoicing"], (codes, scopes))
    found = listed(ask, "authorizations/grants", {"queryType": "Received"}, "authorizationGrants")[
        1
    ]
    givers = {one["authorizingEntityIdentifier"]["value"] for one in found}
    check("authorizations.received", givers == {owner.nip}, givers)
    path = "/permissions/authorizations/grants/{permissionId}"
    ended = owner.ask("DELETE", path, granted()[0]["id"])
    check("authorizations.revoke-202", ended.status == 202, ended.summary)
    settled(owner, ended)
    gone = until(owner, lambda: not granted())
    check("authorizations.gone", gone, "not listed any more" if gone else "still listed")


@facts("entities.grant-202", "entities.received", "indirect.grant-202", "indirect.rests")
def test_rights_of_a_partner(owner, check, partner):
    nip, ask = partner
    pesel = owner.pesel()
    body = {
        "subjectIdentifier": {"type": "Pesel", "value": pesel},
        "targetIdentifier": {"type": "Nip", "value": owner.nip},
        "permissions": ["InvoiceRead"],
        "description": "contract test",
        "subjectDetails": NAMED,
    }
    early = ask("POST", "/permissions/indirect/grants", json=body)
    resting = {
        "queryType": "PermissionsGrantedInCurrentContext",
        "permissionState": "Inactive",
        "authorizedIdentifier": {"type": "Pesel", "value": pesel},
    }
    rests = until(owner, lambda: listed(ask, "persons/grants", resting)[1])
    check("indirect.rests", rests, early.summary if not rests else "granted, and inactive")
    right = {"type": "InvoiceRead", "canDelegate": True}
    given = owner.ask("POST", "/permissions/entities/grants", json=entity(nip, permissions=[right]))
    check("entities.grant-202", given.status == 202, given.summary)
    settled(owner, given)
    _, found = listed(ask, "entities/grants", {})
    told = [
        (one["contextIdentifier"]["value"], one["permissionScope"], one["canDelegate"])
        for one in found
    ]
    check("entities.received", told == [(owner.nip, "InvoiceRead", True)], told)
    body["subjectIdentifier"]["value"] = owner.pesel()
    passed = ask("POST", "/permissions/indirect/grants", json=body)
    check("indirect.grant-202", passed.status == 202, passed.summary)


def internal_id(nip):
    """An identifier of a unit, with its check digit."""
    digits = nip + "0001"
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
    return f"{nip}-0001{total % 10}"


@facts("subunits.grant-202", "subunits.listed", "subunits.checksum", "subunits.login")
def test_the_administrator_of_a_unit(owner, check):
    unit, pesel = internal_id(owner.nip), owner.pesel()
    body = {
        "subjectIdentifier": {"type": "Pesel", "value": pesel},
        "contextIdentifier": {"type": "InternalId", "value": unit},
        "subunitName": "Oddział Testowy",
        "description": "contract test",
        "subjectDetails": NAMED,
    }
    wrong = f"{unit[:-1]}{(int(unit[-1]) + 1) % 10}"
    path = "/permissions/subunits/grants"
    refused = owner.ask(
        "POST", path, json={**body, "contextIdentifier": {"type": "InternalId", "value": wrong}}
    )
    codes = settled(owner, refused) if refused.status == 202 else []
    check("subunits.checksum", refused.status == 400 or codes[-1] >= 400, (refused.summary, codes))
    given = owner.ask("POST", path, json=body)
    check("subunits.grant-202", given.status == 202, given.summary)
    settled(owner, given)
    _, found = listed(owner.ask, "subunits/grants", {})
    told = [
        (one["subunitIdentifier"]["value"], one["authorizedIdentifier"]["value"]) for one in found
    ]
    check("subunits.listed", (unit, pesel) in told, told)
    person = CertificateAuth(self_signed_person(pesel=pesel, key="ec"), internal_id=unit)
    with check.seen("subunits.login"):
        assert owner.login(person)[1].token


@facts("eu.grant-202", "eu.login-by-fingerprint", "eu.representative-202", "eu.listed")
def test_the_administrator_of_an_eu_entity(owner, check):
    unit = f"{owner.nip}-DE{owner.random.randrange(10**8, 10**9)}"
    administrator = self_signed_seal(owner.stranger()[0], key="ec")
    representative = self_signed_seal(owner.stranger()[0], key="ec")
    details = {"fullName": "Testfirma GmbH", "address": "Lindenweg 9"}
    subject = {"subjectDetailsType": "EntityByFingerprint", "entityByFp": details}

    def fingerprint(identity):
        return {"type": "Fingerprint", "value": identity.fingerprint.upper()}

    body = {
        "subjectIdentifier": fingerprint(administrator),
        "contextIdentifier": {"type": "NipVatUe", "value": unit},
        "description": "contract test",
        "euEntityName": "Testfirma GmbH",
        "subjectDetails": subject,
        "euEntityDetails": details,
    }
    given = owner.ask("POST", "/permissions/eu-entities/administration/grants", json=body)
    check("eu.grant-202", given.status == 202, given.summary)
    settled(owner, given)
    _, ask = owner.login(CertificateAuth(administrator, nip_vat_ue=unit, subject="fingerprint"))
    with check.seen("eu.login-by-fingerprint"):
        assert ask.token
    body = {
        "subjectIdentifier": fingerprint(representative),
        "permissions": ["InvoiceRead"],
        "description": "contract test",
        "subjectDetails": subject,
    }
    passed = ask("POST", "/permissions/eu-entities/grants", json=body)
    check("eu.representative-202", passed.status == 202, passed.summary)
    wanted = fingerprint(representative)["value"]

    def found():
        rows = listed(ask, "eu-entities/grants", {})[1]
        return [one for one in rows if one["authorizedFingerprintIdentifier"] == wanted]

    check("eu.listed", until(owner, found), "listed" if found() else "not listed")


@facts("roles.listed", "roles.subordinate")
def test_roles_of_a_group(owner, check, partner):
    unit = owner.stranger()[0]
    nip, ask = partner
    subject = {
        "subjectNip": nip,
        "subjectType": "VatGroup",
        "description": "contract test",
        "subunits": [{"subjectNip": unit, "description": "contract test"}],
    }
    made = owner.ask("POST", "/testdata/subject", bearer=None, json=subject)
    owner.afterwards(
        "a test group",
        lambda: owner.ask(
            "POST", "/testdata/subject/remove", bearer=None, json={"subjectNip": nip}
        ),
    )

    def roles():
        answer = ask("GET", "/permissions/query/entities/roles")
        return {one["role"] for one in (answer.json or {}).get("roles", ())}

    until(owner, roles, 30)
    check("roles.listed", roles() == {"VatGroupUnit"}, (made.summary, roles()))
    answer = ask("POST", "/permissions/query/subordinate-entities/roles", json={})
    below = [
        (one["subordinateEntityIdentifier"]["value"], one["role"])
        for one in (answer.json or {}).get("roles", ())
    ]
    check("roles.subordinate", below == [(unit, "VatGroupSubUnit")], below)
