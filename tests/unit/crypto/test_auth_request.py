"""The login document: every kind of context and policy, against the official schema and our rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from ksef_facade import AllowedIps, ConfigurationError, Context, IntegrityFailure
from ksef_facade.crypto.auth_request import NAMESPACE, build_auth_request, check_auth_request
from ksef_facade.errors import InvalidIdentifier
from ksef_facade.logins.contexts import given_context, has_the_shape_of

AUTH = Path(__file__).parents[4] / "shared" / "data" / "auth"
needs_schema = pytest.mark.skipif(
    not AUTH.exists(), reason="../shared/data is absent: the official login schema is there"
)
CHALLENGE = "20250604-CR-461EA5B000-537A6BA15D-D7"
CONTEXTS = [
    Context("Nip", "5265877635"),
    Context("InternalId", "5265877635-12345"),
    Context("NipVatUe", "5265877635-ATU12345678"),
    Context("NipVatUe", "5265877635-NLAB+*12345678"),
    Context("PeppolId", "PPL123456"),
]
POLICIES = [
    None,
    AllowedIps(["203.0.113.7"]),
    AllowedIps.parse("0.0.0.0/0", "203.0.113.1-203.0.113.9", "255.255.255.255", "10.0.0.0/8"),
    AllowedIps(addresses=[f"10.0.0.{n}" for n in range(10)], masks=["192.168.0.0/16"]),
]
VAT_NUMBERS = [
    "ATU12345678",
    "BE0123456789",
    "BG123456789",
    "BG1234567890",
    "CY12345678L",
    "CZ12345678",
    "CZ1234567890",
    "DE123456789",
    "DK12345678",
    "EE123456789",
    "EL123456789",
    "ESA12345678",
    "ES12345678A",
    "ESA1234567A",
    "FI12345678",
    "FRXX123456789",
    "HR12345678901",
    "HU12345678",
    "IE1234567AB",
    "IE1A12345B",
    "IT12345678901",
    "LT123456789",
    "LT123456789012",
    "LU12345678",
    "LV12345678901",
    "MT12345678",
    "NL123456789B01",
    "PT123456789",
    "RO12",
    "RO1234567890",
    "SE123456789012",
    "SI12345678",
    "SK1234567890",
    "XI123456789",
    "XI123456789012",
    "XIGD123",
    "XIHA123",
]


def official_schema() -> etree.XMLSchema:
    """The schema, with the anchors that its patterns take for characters removed."""
    text = (AUTH / "schemat_auth_v2-1.xsd").read_text(encoding="utf-8")
    text = text.replace('value="^', 'value="').replace('$"/>', '"/>')
    return etree.XMLSchema(etree.fromstring(text.encode()))


@needs_schema
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("subject", ["certificate", "fingerprint"])
@pytest.mark.parametrize("context", CONTEXTS, ids=str)
def test_the_official_schema_takes_every_document(context, subject, policy):
    root = build_auth_request(CHALLENGE, context, subject, policy)
    official_schema().assertValid(etree.fromstring(etree.tostring(root)))
    assert root.nsmap == {None: NAMESPACE}


@needs_schema
@pytest.mark.parametrize("path", sorted((AUTH / "examples").glob("*.xml")), ids=lambda p: p.stem)
def test_the_official_examples_are_what_we_build(path):
    example = etree.fromstring(path.read_bytes().replace(b"token/2.0", b"token/2.1"))
    check_auth_request(example)
    texts = {etree.QName(element).localname: element.text for element in example.iter()}
    (kind,) = texts.keys() & {"Nip", "InternalId", "NipVatUe", "PeppolId"}
    subject = "fingerprint" if "Fingerprint" in texts["SubjectIdentifierType"] else "certificate"
    built = build_auth_request(texts["Challenge"], Context(kind, texts[kind]), subject)
    parser = etree.XMLParser(remove_blank_text=True)
    plain = etree.fromstring(etree.tostring(example), parser)
    assert etree.tostring(built, method="c14n") == etree.tostring(plain, method="c14n")


@needs_schema
@pytest.mark.parametrize("number", VAT_NUMBERS)
def test_vat_numbers_of_every_country(number):
    value = f"5265877635-{number}"
    root = build_auth_request(CHALLENGE, Context("NipVatUe", value))
    official_schema().assertValid(root)
    assert given_context(None, None, value.lower(), None) == Context("NipVatUe", value)


@needs_schema
@pytest.mark.parametrize("number", [*VAT_NUMBERS, "FR123456789", "PL5265877635", "GB123456789"])
def test_our_rule_is_the_schemas_rule(number):
    schema = official_schema()
    for changed in (number, number + "1", number[:-1], number[:2] + "x" + number[3:]):
        value = f"5265877635-{changed}"
        root = build_auth_request(CHALLENGE, Context("Nip", "5265877635"))
        root[1][0].tag = f"{{{NAMESPACE}}}NipVatUe"
        root[1][0].text = value
        assert has_the_shape_of("NipVatUe", value) == schema.validate(root), value


def broken(change):
    root = build_auth_request(CHALLENGE, CONTEXTS[0], "certificate", POLICIES[2])
    change(root)
    return root


def named(name):
    return f"{{{NAMESPACE}}}{name}"


BREAKS = {
    "root": lambda root: setattr(root, "tag", named("Other")),
    "namespace": lambda root: setattr(root, "tag", "AuthTokenRequest"),
    "order": lambda root: root.insert(0, root[1]),
    "missing": lambda root: root.remove(root[2]),
    "extra": lambda root: etree.SubElement(root, named("More")),
    "foreign child": lambda root: etree.SubElement(root, "{urn:x}AuthorizationPolicy"),
    "two contexts": lambda root: etree.SubElement(root[1], named("PeppolId")),
    "context kind": lambda root: setattr(root[1][0], "tag", named("Pesel")),
    "context value": lambda root: setattr(root[1][0], "text", "1234567890x"),
    "empty context": lambda root: setattr(root[1][0], "text", None),
    "nested": lambda root: etree.SubElement(root[1][0], named("Nip")),
    "subject": lambda root: setattr(root[2], "text", "certificate"),
    "policy": lambda root: setattr(root[3][0], "tag", named("Ips")),
    "address order": lambda root: root[3][0].insert(0, root[3][0][-1]),
    "address": lambda root: setattr(root[3][0][0], "text", "1.2.3.256"),
    "range": lambda root: setattr(root[3][0][1], "text", "1.2.3.4"),
    "mask": lambda root: setattr(root[3][0][2], "text", "1.2.3.4/33"),
    "eleven": lambda root: [
        root[3][0].insert(0, etree.fromstring(etree.tostring(root[3][0][0]))) for _ in range(10)
    ],
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_breaks_the_schema_is_refused(name):
    with pytest.raises(ConfigurationError, match="not as its schema wants it"):
        check_auth_request(broken(BREAKS[name]))


@needs_schema
@pytest.mark.parametrize("name", BREAKS)
def test_what_we_refuse_the_schema_refuses(name):
    assert not official_schema().validate(broken(BREAKS[name]))


@pytest.mark.parametrize(
    "challenge", ["", "x", CHALLENGE.lower(), CHALLENGE + "1", f" {CHALLENGE}"]
)
def test_a_challenge_of_another_form_is_the_services_fault(challenge):
    with pytest.raises(IntegrityFailure, match="challenge"):
        build_auth_request(challenge, CONTEXTS[0])


@pytest.mark.parametrize("context", [Context("Nip", "526587763"), Context("Pesel", "30112206276")])
def test_a_context_that_the_schema_does_not_know_is_refused(context):
    with pytest.raises(ConfigurationError):
        build_auth_request(CHALLENGE, context)


@pytest.mark.parametrize(
    "arguments",
    [
        ("5265877636", None, None, None),
        (None, "5265877635", None, None),
        (None, None, "5265877635-PL5265877635", None),
        (None, None, None, "P123456789"),
        (None, None, None, "x|y"),
    ],
)
def test_contexts_that_cannot_be_are_refused_when_they_are_given(arguments):
    with pytest.raises(InvalidIdentifier):
        given_context(*arguments)


@pytest.mark.parametrize(
    "make",
    [
        lambda: AllowedIps(),
        lambda: AllowedIps("1.2.3.4"),
        lambda: AllowedIps(["01.2.3.4"]),
        lambda: AllowedIps(["1.2.3"]),
        lambda: AllowedIps(["1.2.3.4/8"]),
        lambda: AllowedIps(ranges=["1.2.3.9-1.2.3.4"]),
        lambda: AllowedIps(masks=["1.2.3.4/33"]),
        lambda: AllowedIps(masks=["1.2.3.4/08"]),
        lambda: AllowedIps([f"1.2.3.{n}" for n in range(11)]),
        lambda: AllowedIps.parse("localhost"),
        lambda: AllowedIps.parse("::1"),
    ],
)
def test_policies_that_cannot_be_are_refused(make):
    with pytest.raises(ConfigurationError):
        make()


def test_a_policy_in_json_has_other_names_and_no_empty_list():
    assert AllowedIps.parse("1.2.3.4/8", " 1.2.3.4 ").to_json() == {
        "ip4Addresses": ["1.2.3.4"],
        "ip4Masks": ["1.2.3.4/8"],
    }
