"""Requests without a body: taken where the contract asks for nothing in it, and refused elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Clock, Simulator
from tests.simulator.conftest import NIP, START
from tests.simulator.generated_values import contract, resolved
from tests.simulator.plain_client import FA_3, Sender, codes, over_core

JSON = "application/json"
BOM = b"\xef\xbb\xbf"
#: What the service cannot do without, although the schemas leave it out.
NEEDED_ALL_THE_SAME = {"/testdata/context/block", "/testdata/context/unblock"}


def bodies() -> dict[tuple[str, str], dict[str, Any]]:
    """The schema of each JSON body, by method and path template."""
    return {
        (method.upper(), template): resolved(definition["requestBody"]["content"][JSON]["schema"])
        for template, item in contract()["paths"].items()
        for method, definition in item.items()
        if JSON in definition.get("requestBody", {}).get("content", {})
    }


BODIES = bodies()
OPTIONAL = sorted(key for key, schema in BODIES.items() if not schema.get("required"))
REQUIRED = sorted(set(BODIES) - set(OPTIONAL))


@pytest.fixture(scope="module")
def owner() -> Iterator[Sender]:
    simulator = Simulator(clock=Clock.stopped(START), seed=1)
    # What not even an owner has by itself.
    simulator.taxpayers.grant(NIP, NIP, ["VatUeManage"], subject_kind="Nip")
    with over_core(simulator) as http:
        sender = Sender(simulator, http, NIP)
        sender.authenticate_as_owner()
        yield sender
    assert simulator.contract_violations == []


def asked(owner: Sender, method: str, template: str, **options: Any) -> httpx.Response:
    path = template.replace("{certificateSerialNumber}", "0123456789ABCDEF")
    path = path.replace("{serialNumber}", "0123456789ABCDEF")
    path = path.replace("{referenceNumber}", "20250625-SO-2C3E6C8000-B675CF5D68-07")
    headers = {**owner.headers, **options.pop("headers", {})}
    return owner.http.request(method, path, headers=headers, **options)


def test_there_are_some_of_either_kind() -> None:
    assert ("POST", "/certificates/query") in OPTIONAL
    assert ("POST", "/certificates/{certificateSerialNumber}/revoke") in OPTIONAL
    assert ("POST", "/permissions/query/personal/grants") in OPTIONAL
    assert ("POST", "/sessions/online") in REQUIRED
    assert len(REQUIRED) > len(OPTIONAL) > 8


@pytest.mark.parametrize("headers", [{}, {"Content-Type": JSON}, {"Content-Type": "text/plain"}])
@pytest.mark.parametrize(("method", "template"), OPTIONAL)
def test_no_body_is_as_good_as_an_empty_object(
    owner: Sender, method: str, template: str, headers: dict[str, str]
) -> None:
    absent = asked(owner, method, template, headers=headers)
    empty = asked(owner, method, template, json={})
    assert absent.status_code == empty.status_code
    if empty.status_code == 400:
        assert codes(absent) == codes(empty)
        # Not because of the body: the certificate that is named in the path is none.
        assert template in NEEDED_ALL_THE_SAME or codes(empty) == [25008]
    else:
        assert absent.json() == empty.json() if empty.content else absent.content == b""


@pytest.mark.parametrize("headers", [{}, {"Content-Type": JSON}])
@pytest.mark.parametrize(("method", "template"), REQUIRED)
def test_no_body_is_refused_where_one_is_needed(
    owner: Sender, method: str, template: str, headers: dict[str, str]
) -> None:
    refused = asked(owner, method, template, headers=headers)
    assert refused.status_code == 400
    assert set(codes(refused)) <= {21001, 21405}


@pytest.mark.parametrize("content", [b" ", b"null", BOM])
def test_what_is_no_object_is_no_absent_body(owner: Sender, content: bytes) -> None:
    response = asked(
        owner, "POST", "/certificates/query", content=content, headers={"Content-Type": JSON}
    )
    assert codes(response) in ([21001], [21405])


def test_a_contract_that_requires_the_body_is_obeyed(tmp_path: Path) -> None:
    document = json.loads(json.dumps(contract()))
    document["paths"]["/certificates/query"]["post"]["requestBody"]["required"] = True
    path = tmp_path / "contract.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    simulator = Simulator(clock=Clock.stopped(START), contract=path)
    with over_core(simulator) as http:
        sender = Sender(simulator, http, NIP)
        sender.authenticate_as_owner()
        assert asked(sender, "POST", "/certificates/query").status_code == 400
        assert asked(sender, "POST", "/certificates/query", json={}).status_code == 200


def test_a_byte_order_mark_is_passed_over(owner: Sender) -> None:
    body = json.dumps({"formCode": FA_3, "encryption": owner.encryption()}).encode()
    headers = {"Content-Type": JSON}
    marked = asked(owner, "POST", "/sessions/online", content=BOM + body, headers=headers)
    assert marked.status_code == 201
    twice = asked(owner, "POST", "/sessions/online", content=BOM + BOM + body, headers=headers)
    assert codes(twice) == [21001]
