"""Collective identifiers: generated, listed, and what each party sees of them."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.plain_client import Sender, codes
from tests.simulator.queries import invoice, send

NIP, BUYER, STRANGER = "5265877635", "1111111111", "3755747347"
RANGE = {"dateCreatedFrom": "2026-03-01T00:00:00Z", "dateCreatedTo": "2026-03-31T00:00:00Z"}
PAID = {"payment": {"amount": 12.5, "currency": "PLN"}, "description": "Zaliczka"}


def another(sender: Sender, nip: str) -> Sender:
    other = Sender(sender.simulator, sender.http, nip)
    other.authenticate()
    return other


def generate_request(
    sender: Sender, numbers: list[str], details: dict[str, Any] | None = None
) -> httpx.Response:
    entries = [{"ksefNumber": number, **(details or {})} for number in numbers]
    return sender.post("/collective-identifiers", json={"invoices": entries})


def generate(sender: Sender, *numbers: str, **details: Any) -> str:
    response = generate_request(sender, list(numbers), details)
    assert response.status_code == 201, response.text
    number: str = response.json()["collectiveIdentifierNumber"]
    return number


def listed(sender: Sender, size: int = 200, token: str = "", **changes: Any) -> httpx.Response:
    return sender.post(
        "/collective-identifiers/query",
        json={**RANGE, **changes},
        params={"pageSize": size},
        headers={"x-continuation-token": token} if token else {},
    )


def seen(sender: Sender, **changes: Any) -> list[dict[str, Any]]:
    answer = listed(sender, **changes)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["collectiveIdentifiers"]
    return found


def lines(sender: Sender, *numbers: str) -> list[dict[str, Any]]:
    body = {"collectiveIdentifierNumbers": list(numbers)}
    answer = sender.post("/collective-identifiers/invoices", json=body)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["invoices"]
    return found


def crc8(text: str) -> str:
    """The documented algorithm, bit by bit."""
    crc = 0
    for byte in text.encode():
        crc ^= byte
        for _ in range(8):
            crc = ((crc << 1) ^ 0x07) & 0xFF if crc & 0x80 else (crc << 1) & 0xFF
    return f"{crc:02X}"


def test_number(sender: Sender) -> None:
    assert crc8("1111111111-IZ202607-65ED02180000") == "E7"
    number = generate(sender, *send(sender, invoice("A/1"), invoice("A/2")))
    assert re.fullmatch(rf"{NIP}-IZ202603-[0-9A-F]{{12}}-[0-9A-F]{{2}}", number)
    assert number.endswith(crc8(number[:32]))


def test_everything_said_of_it(sender: Sender) -> None:
    one, two = send(sender, invoice("A/1"), invoice("A/2"))
    number = generate(sender, one, two, **PAID)
    (entry,) = seen(sender)
    assert entry.pop("dateCreated").startswith("2026-03-02T09:00:0")
    identity = {"collectiveIdentifierNumber": number, "createdInCurrentContext": True}
    assert entry == {**identity, "invoiceCount": 2}
    (of_invoice,) = sender.get(f"/collective-identifiers/ksef/{one}").json()[
        "collectiveIdentifiers"
    ]
    del of_invoice["dateCreated"]
    assert of_invoice == identity
    assert lines(sender, number) == [
        {
            "ksefNumber": ksef_number,
            "collectiveIdentifierNumber": number,
            **PAID,
            "detailsHidden": False,
        }
        for ksef_number in sorted((one, two), reverse=True)
    ]


def test_who_sees_what(sender: Sender) -> None:
    one, two = send(
        sender,
        invoice("A/1", third=f"<NIP>{BUYER}</NIP>"),
        invoice("A/2", buyer="<NIP>8225900795</NIP>", third=f"<NIP>{BUYER}</NIP>"),
    )
    buyer, partial, stranger = (another(sender, nip) for nip in (BUYER, "8225900795", STRANGER))
    number = generate(buyer, one, two, **PAID)
    # The seller finds it, the other buyer does not, and both can ask for its invoices.
    assert [entry["createdInCurrentContext"] for entry in seen(sender)] == [False]
    assert [entry["createdInCurrentContext"] for entry in seen(buyer)] == [True]
    assert seen(sender, createdInCurrentContext=True) == []
    assert seen(partial) == seen(stranger) == []
    hidden = {
        program.nip: {line["ksefNumber"]: line["detailsHidden"] for line in lines(program, number)}
        for program in (sender, buyer, partial, stranger)
    }
    assert hidden == {
        NIP: {one: False, two: False},
        BUYER: {one: False, two: False},
        "8225900795": {one: True, two: False},
        STRANGER: {one: True, two: True},
    }
    assert all(
        "payment" not in line and "description" not in line for line in lines(stranger, number)
    )
    path = f"/collective-identifiers/ksef/{one}"
    assert len(sender.get(path).json()["collectiveIdentifiers"]) == 1
    assert partial.get(path).json() == {"collectiveIdentifiers": []}


def test_nothing_hidden_where_nothing_was_said(sender: Sender) -> None:
    number = generate(sender, *send(sender, invoice("A/1"), invoice("A/2")))
    for program in (sender, another(sender, STRANGER)):
        assert [line["detailsHidden"] for line in lines(program, number)] == [False, False]


def test_refusals(sender: Sender) -> None:
    one, two = send(sender, invoice("A/1"), invoice("A/2"))
    unknown = "5265877635-20260302-0100001AF629-AF"
    other = another(sender, "7980332920")
    (foreign,) = send(other, invoice("C/1", seller="7980332920"))
    buyer = another(sender, BUYER)
    for program, numbers, expected in (
        (sender, [one], [21405]),
        (sender, [one, one], [71005]),
        (sender, [one, unknown], [71001]),
        (sender, [one, foreign], [71001]),
        (buyer, [one, two, foreign], [71004]),
        (sender, [one, one, unknown, "5265877635-20260302-0100001AF629-AE"], [71005, 71001]),
    ):
        refused = generate_request(program, numbers)
        assert (refused.status_code, codes(refused)) == (400, expected)
    assert (
        f"Faktura o numerze KSeF {foreign} ma innego sprzedawcę."
        in generate_request(buyer, [one, foreign]).text
    )


def test_most_invoices(simulator: Simulator, sender: Sender) -> None:
    simulator.settings.invoices_per_collective_identifier = 2
    numbers = send(sender, *(invoice(f"A/{index}") for index in range(3)))
    assert codes(generate_request(sender, numbers)) == [21405]
    generate(sender, *numbers[:2])


def test_most_identifiers_of_an_invoice(simulator: Simulator, sender: Sender) -> None:
    assert simulator.settings.collective_identifiers_per_invoice == 132
    simulator.settings.collective_identifiers_per_invoice = 2
    one, two, three = send(sender, *(invoice(f"A/{index}") for index in range(3)))
    for _ in range(2):
        generate(sender, one, two)
    refused = generate_request(sender, [one, three])
    assert codes(refused) == [71002]
    assert one in refused.text
    assert three not in refused.text
    # The limit is one of each context.
    generate(another(sender, BUYER), one, three)


@pytest.mark.parametrize("short", [False, True])
def test_pages(simulator: Simulator, sender: Sender, short: bool) -> None:
    simulator.settings.short_pages = short
    one, two = send(sender, invoice("A/1"), invoice("A/2"))
    made = [generate(sender, one, two) for _ in range(12)]
    sender.wait(1)
    made += [generate(sender, one, two) for _ in range(12)]
    names, token = [], ""
    while True:
        answer = listed(sender, 10, token).json()
        names += [entry["collectiveIdentifierNumber"] for entry in answer["collectiveIdentifiers"]]
        if not answer.get("continuationToken"):
            break
        token = answer["continuationToken"]
    # The newest first; of one moment, by number, falling.
    assert names == sorted(made[12:], reverse=True) + sorted(made[:12], reverse=True)
    refused = listed(sender, 10, token, invoiceCountFrom=1)
    assert codes(refused) == [21418]
    assert "Przesłany token kontynuacji jest nieprawidłowy." in refused.text


def test_filters(sender: Sender) -> None:
    numbers = send(sender, *(invoice(f"A/{index}") for index in range(3)))
    two, three = generate(sender, *numbers[:2]), generate(sender, *numbers)

    def names(**changes: Any) -> set[str]:
        return {entry["collectiveIdentifierNumber"] for entry in seen(sender, **changes)}

    assert names() == names(createdInCurrentContext=True) == {two, three}
    assert names(invoiceCountFrom=3) == {three}
    assert names(invoiceCountTo=2) == {two}
    assert names(collectiveIdentifierNumber=two) == {two}
    assert names(createdInCurrentContext=False) == set()
    assert names(dateCreatedTo="2026-03-02T00:00:00Z") == set()
    assert codes(listed(sender, dateCreatedTo="2026-06-10T00:00:00Z")) == [21405]
    too_many = {"collectiveIdentifierNumbers": [str(index) for index in range(11)]}
    assert codes(sender.post("/collective-identifiers/invoices", json=too_many)) == [21405]
    assert codes(
        sender.post(
            "/collective-identifiers/invoices", json={"collectiveIdentifierNumbers": [two] * 11}
        )
    ) == [21405]
    assert len(lines(sender, *[two] * 10)) == 2
    assert lines(sender, "nothing") == []
