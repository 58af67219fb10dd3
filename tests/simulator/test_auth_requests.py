"""Requests to log in against the official schema: what it takes and what it refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from ksef_facade.simulator.contract import load
from ksef_facade.simulator.logins.auth_requests import OffSchema, read_request
from tests.simulator.signers import request

DATA = Path(__file__).parents[3] / "shared" / "data" / "auth"
PATTERNS = load().patterns
CHALLENGE = "20250604-CR-461EA5B000-537A6BA15D-D7"


def policy(*entries: str) -> str:
    return f"<AuthorizationPolicy><AllowedIps>{''.join(entries)}</AllowedIps></AuthorizationPolicy>"


ADDRESS, RANGE, MASK = (
    "<Ip4Address>10.0.0.1</Ip4Address>",
    "<Ip4Range>10.0.0.1-10.0.0.9</Ip4Range>",
    "<Ip4Mask>10.0.0.0/8</Ip4Mask>",
)
GOOD = [
    request(CHALLENGE),
    request(CHALLENGE, by="certificateFingerprint"),
    request(CHALLENGE, by=" certificateFingerprint "),
    request(f" {CHALLENGE}  "),
    request(CHALLENGE, "5265877635-12345", context_kind="InternalId"),
    request(CHALLENGE, "5265877635-DE123456789", context_kind="NipVatUe"),
    request(CHALLENGE, "PPL123456", context_kind="PeppolId"),
    request(CHALLENGE, policy=policy()),
    request(CHALLENGE, policy=policy(ADDRESS, ADDRESS, RANGE, MASK)),
    request(CHALLENGE, policy=policy(*[ADDRESS] * 10, *[RANGE] * 10, *[MASK] * 10)),
]
BAD = [
    request("20250604-SO-461EA5B000-537A6BA15D-D7"),
    request(CHALLENGE.lower()),
    request(CHALLENGE, "0000000000"),
    request(CHALLENGE, " 5265877635"),
    request(CHALLENGE, "5265877635", context_kind="InternalId"),
    request(CHALLENGE, "5265877635-DE12345", context_kind="NipVatUe"),
    request(CHALLENGE, "PPL12345", context_kind="PeppolId"),
    request(CHALLENGE, "30112206276", context_kind="Pesel"),
    request(CHALLENGE, by="token"),
    request(CHALLENGE, policy=policy(MASK, ADDRESS)),
    request(CHALLENGE, policy=policy(*[RANGE] * 11)),
    request(CHALLENGE, policy=policy("<Ip4Address>10.0.0.256</Ip4Address>")),
    request(CHALLENGE, policy=policy("<Ip6Address>::1</Ip6Address>")),
    request(CHALLENGE, policy="<AuthorizationPolicy/>"),
    request(CHALLENGE, policy=policy() * 2),
    request(CHALLENGE, policy="text"),
    request(CHALLENGE).replace(b"<Challenge>", b"<Challenge><b/>"),
    request(CHALLENGE).replace(b"<Nip>", b"<Nip>5265877635</Nip><Nip>"),
    request(CHALLENGE).replace(b"<AuthTokenRequest", b'<AuthTokenRequest kind="1"'),
    re.sub(rb"<Challenge>.*</Challenge>", b"", request(CHALLENGE)),
]


def is_read(document: bytes) -> bool:
    try:
        read_request(etree.fromstring(document), PATTERNS)
    except OffSchema:
        return False
    return True


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The official schema, without the ends of patterns that its own author did not mean."""
    path = DATA / "schemat_auth_v2-1.xsd"
    if not path.exists():
        pytest.skip("the official schema is not here: ../shared/data/auth")
    text = path.read_bytes().replace(b')$"/>', b')"/>')
    return etree.XMLSchema(etree.fromstring(text.replace(b'"^P', b'"P').replace(b'}$"', b'}"')))


@pytest.mark.parametrize("document", GOOD)
def test_requests_that_fit(document: bytes) -> None:
    assert is_read(document)


@pytest.mark.parametrize("document", BAD)
def test_requests_that_do_not_fit(document: bytes) -> None:
    assert not is_read(document)


@pytest.mark.parametrize("document", GOOD + BAD)
def test_official_schema_agrees(schema: etree.XMLSchema, document: bytes) -> None:
    assert schema.validate(etree.fromstring(document)) == is_read(document)


def test_official_examples() -> None:
    examples = sorted((DATA / "examples").glob("*.xml"))
    if not examples:
        pytest.skip("the official examples are not here: ../shared/data/auth/examples")
    assert [path.name for path in examples if not is_read(path.read_bytes())] == []
