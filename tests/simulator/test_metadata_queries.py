"""What was sent is found by a query, by every filter and in every role, and downloaded."""

from __future__ import annotations

from typing import Any

import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.plain_batches import Batch, ended, zipped
from tests.simulator.plain_client import Sender, codes, sha256
from tests.simulator.queries import ask, filters, found, invoice, numbers, send

NIP, BUYER = "5265877635", "1111111111"


def another(sender: Sender, nip: str) -> Sender:
    """The program of another taxpayer."""
    other = Sender(sender.simulator, sender.http, nip)
    other.authenticate()
    return other


def test_everything_that_metadata_say(sender: Sender) -> None:
    content = invoice(
        "A/1",
        third="<IDWew>5265877635-12345</IDWew>",
        authorised="<NIP>7980332920</NIP>",
        buyer="<KodUE>DE</KodUE><NrVatUE>999999999</NrVatUE>",
        currency="EUR",
        vat="<P_14_1>23.00</P_14_1><P_14_1W>98.90</P_14_1W>",
    )
    (number,) = send(sender, content)
    (entry,) = found(sender)
    dates = [entry.pop(name) for name in ("invoicingDate", "acquisitionDate")]
    stored = entry.pop("permanentStorageDate")
    assert [*dates, stored] == sorted([*dates, stored])
    assert entry == {
        "ksefNumber": number,
        "invoiceNumber": "A/1",
        "issueDate": "2026-03-02",
        "seller": {"nip": NIP, "name": "Młyn i Synowie"},
        "buyer": {"identifier": {"type": "VatUe", "value": "DE999999999"}, "name": "Piekarnia"},
        "netAmount": 100.0,
        "grossAmount": 123.0,
        "vatAmount": 98.9,
        "currency": "EUR",
        "invoicingMode": "Online",
        "invoiceType": "Vat",
        "formCode": {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"},
        "isSelfInvoicing": False,
        "hasAttachment": False,
        "invoiceHash": sha256(content),
        "thirdSubjects": [
            {
                "identifier": {"type": "InternalId", "value": "5265877635-12345"},
                "name": "Trzeci",
                "role": 2,
            }
        ],
        "authorizedSubject": {"nip": "7980332920", "role": 3},
    }


def test_invoices_of_every_kind_of_session_are_found(simulator: Simulator, sender: Sender) -> None:
    send(sender, invoice("online"))
    ended(Batch(sender, zipped({"1.xml": invoice("batch"), "2.xml": b"<a/>"})))
    simulator.seed_session(NIP, "batch", accepted=3, rejected=2)
    sender.wait(1)
    entries = found(sender)
    assert len(entries) == 5
    assert {"online", "batch"} < {entry["invoiceNumber"] for entry in entries}
    known = {item.ksef_number for item in simulator.accepted_invoices()}
    assert {entry["ksefNumber"] for entry in entries} == known


@pytest.mark.parametrize(
    ("subject", "nip"),
    [
        ("Subject1", NIP),
        ("Subject2", BUYER),
        ("Subject3", "8225900795"),
        ("SubjectAuthorized", "7980332920"),
    ],
)
def test_each_party_finds_it_in_its_own_role(sender: Sender, subject: str, nip: str) -> None:
    content = invoice("A/1", third="<NIP>8225900795</NIP>", authorised="<NIP>7980332920</NIP>")
    (number,) = send(sender, content)
    party = sender if nip == NIP else another(sender, nip)
    for role in ("Subject1", "Subject2", "Subject3", "SubjectAuthorized"):
        assert numbers(party, role) == (["A/1"] if role == subject else [])
    answer = party.get(f"/invoices/ksef/{number}")
    assert (answer.status_code, answer.content) == (200, content)
    assert answer.headers["x-ms-meta-hash"] == sha256(content)


def test_strangers_find_nothing(sender: Sender) -> None:
    (number,) = send(sender, invoice("A/1"))
    stranger = another(sender, "3755747347")
    assert numbers(stranger) == numbers(stranger, "Subject2") == []
    assert codes(stranger.get(f"/invoices/ksef/{number}")) == [21164]


ONE = {
    "net": "1000.00",
    "gross": "1230.00",
    "vat": "<P_14_1>230.00</P_14_1>",
    "currency": "USD",
    "buyer": "<NrID>X-1</NrID>",
    "type": ">KOR<",
    "self_invoiced": "1",
}


FITTING: list[dict[str, Any]] = [
    {"invoiceNumber": "B/1"},
    {"amount": {"type": "Brutto", "from": 1230}},
    {"amount": {"type": "Netto", "from": 999.995, "to": 1000}},
    {"amount": {"type": "Vat", "from": 23.01}},
    {"buyerIdentifier": {"type": "Other", "value": "X-1"}},
    {"buyerIdentifier": {"type": "Other"}},
    {"currencyCodes": ["USD", "EUR"]},
    {"isSelfInvoicing": True},
    {"invoiceTypes": ["Kor", "Zal"]},
]


def test_filters(sender: Sender) -> None:
    first, _ = send(sender, invoice("A/1"), invoice("B/1", **ONE))
    assert numbers(sender, ksefNumber=first) == ["A/1"]
    for wanted in FITTING:
        assert (wanted, numbers(sender, **wanted)) == (wanted, ["B/1"])


FITTING_ONE: list[tuple[dict[str, Any], bool]] = [
    ({"sellerNip": NIP, "formType": "FA", "invoicingMode": "Online"}, True),
    ({"sellerNip": BUYER}, False),
    ({"formType": "PEF"}, False),
    ({"formType": "FA_RR"}, False),
    ({"invoicingMode": "Offline"}, False),
    ({"hasAttachment": True}, False),
    ({"amount": {"type": "Brutto", "to": 122.99}}, False),
    ({"amount": {"type": "Brutto", "from": -5}}, True),
    ({"amount": {"type": "Brutto"}}, True),
    ({"buyerIdentifier": {"type": "Nip", "value": BUYER}}, True),
    ({"buyerIdentifier": {"type": "None"}}, False),
    ({"buyerIdentifier": {"type": "VatUe", "value": BUYER}}, False),
    ({"ksefNumber": "5265877635-20260302-0100001AF629-AF"}, False),
    ({"currencyCodes": [], "invoiceTypes": [], "sellerNip": None}, True),
]


def test_filters_on_one_invoice(sender: Sender) -> None:
    send(sender, invoice("A/1"))
    for wanted, fits in FITTING_ONE:
        assert (wanted, bool(found(sender, **wanted))) == (wanted, fits)


def test_technical_correction_says_what_it_corrects(sender: Sender) -> None:
    rejected, corrected = invoice("", issued="2026-03-03"), invoice("A/1")
    assert sender.verdict(rejected)["status"]["code"] == 450
    send(sender, corrected, offlineMode=True, hashOfCorrectedInvoice=sha256(rejected))
    (entry,) = found(sender)
    assert entry["hashOfCorrectedInvoice"] == sha256(rejected)
    assert entry["invoicingMode"] == "Offline"


def test_other_forms(sender: Sender) -> None:
    text = f"""<Faktura xmlns="http://crd.gov.pl/wzor/2026/03/06/14189/"><Naglowek>
      <KodFormularza kodSystemowy="FA_RR (1)" wersjaSchemy="1-1E">FA_RR</KodFormularza></Naglowek>
      <Podmiot1><DaneIdentyfikacyjne><NIP>{BUYER}</NIP></DaneIdentyfikacyjne></Podmiot1>
      <Podmiot2><DaneIdentyfikacyjne><NIP>{NIP}</NIP></DaneIdentyfikacyjne></Podmiot2>
      <FakturaRR><KodWaluty>PLN</KodWaluty><P_4B>2026-03-02</P_4B><P_4C>RR/1</P_4C>
      <P_11_1>2000.00</P_11_1><P_11_2>140.00</P_11_2><P_12_1>2140.00</P_12_1>
      <RodzajFaktury>VAT_RR</RodzajFaktury></FakturaRR></Faktura>"""
    sender.simulator.taxpayers.authorize(BUYER, NIP, "RRInvoicing")
    form = {"systemCode": "FA_RR (1)", "schemaVersion": "1-1E", "value": "FA_RR"}
    session = sender.open(formCode=form)
    sender.send(session, text.encode())
    sender.wait(3)
    (entry,) = found(sender, "Subject2", formType="FA_RR", invoiceTypes=["VatRr"])
    assert entry["formCode"] == form
    amounts = [entry[name] for name in ("netAmount", "vatAmount", "grossAmount")]
    assert amounts == [2000.0, 140.0, 2140.0]
    assert numbers(another(sender, BUYER)) == ["RR/1"]


def test_invoices_show_when_they_are_stored(sender: Sender) -> None:
    session = sender.open()
    sender.send(session, invoice("A/1"))
    sender.wait(0.1)
    (entry,) = sender.get(f"/sessions/{session}/invoices").json()["invoices"]
    for type_ in ("Issue", "Invoicing", "PermanentStorage"):
        assert numbers(sender, type=type_) == []
    path = f"/invoices/ksef/{entry['ksefNumber']}"
    refused = sender.get(path)
    assert codes(refused) == [21165]
    assert entry["ksefNumber"] in refused.text
    sender.wait(1)
    assert sender.get(path).status_code == 200
    assert numbers(sender) == ["A/1"]


@pytest.mark.parametrize(
    "number", ["5265877635-20260302-0100001AF629-AF", "5265877635-20260302-010000-1AF629-AF"]
)
def test_unknown_invoices(sender: Sender, number: str) -> None:
    refused = sender.get(f"/invoices/ksef/{number}")
    assert codes(refused) == [21164]
    assert f"Faktura o numerze KSeF {number} nie została znaleziona." in refused.text


def test_numbers_of_another_shape(sender: Sender) -> None:
    assert codes(sender.get("/invoices/ksef/5265877635-20260302-0100001AF62-AF")) == [21405]


def test_bad_filters(sender: Sender) -> None:
    assert codes(ask(sender, {"subjectType": "Subject1"})) == [21405]
    assert codes(ask(sender, filters("Subject4"))) == [21001]
    assert codes(ask(sender, filters(sellerNip="12"))) == [21405]
    assert codes(ask(sender, filters(), pageSize=251)) == [21405]


def test_permission(simulator: Simulator, sender: Sender) -> None:
    sender.authenticate(simulator.issue_token(NIP, ["InvoiceWrite"]))
    for response in (
        ask(sender, filters()),
        sender.get("/invoices/ksef/5265877635-20260302-0100001AF629-AF"),
        sender.post("/invoices/exports", json={}),
    ):
        assert response.status_code == 403
        assert response.json()["reasonCode"] == "missing-permissions"
