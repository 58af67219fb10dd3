"""The verdict on each kind of invoice, good and bad."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_client import Sender, b64, codes, sha256

NIP = "5265877635"


def test_accepted_invoice_gets_a_number_and_dates(sender: Sender) -> None:
    session = sender.open()
    plain = make_invoice(NIP, number="FV/7", issued="2026-03-02")
    invoice = sender.send(session, plain)
    path = f"/sessions/{session}/invoices/{invoice}"

    queued = sender.get(path).json()
    assert queued["status"]["code"] == 100
    assert queued["invoiceHash"] == sha256(plain)
    assert not {"ksefNumber", "invoiceNumber", "acquisitionDate", "invoicingMode"} & set(queued)
    sender.wait(0.03)
    assert sender.get(path).json()["status"]["code"] == 150
    sender.wait(0.05)
    done = sender.get(path).json()
    assert done["status"] == {"code": 200, "description": "Sukces"}
    assert re.fullmatch(rf"{NIP}-20260302-[0-9A-F]{{12}}-[0-9A-F]{{2}}", done["ksefNumber"])
    assert done["invoiceNumber"] == "FV/7"
    assert done["ordinalNumber"] == 1
    assert done["invoicingMode"] == "Online"
    assert done["acquisitionDate"] > done["invoicingDate"]
    assert "permanentStorageDate" not in done
    sender.wait(1)
    stored = sender.get(path).json()
    assert stored["permanentStorageDate"] > stored["acquisitionDate"]


@pytest.mark.parametrize(
    ("plain", "detail"),
    [
        (b"\xef\xbb\xbf" + make_invoice(NIP), "BOM"),
        (make_invoice(NIP, encoding="ISO-8859-2"), "UTF-8"),
        (make_invoice(NIP).replace("Młyn".encode(), b"M\xb3yn"), "UTF-8"),
        (make_invoice(NIP, before_root="<!DOCTYPE Faktura [<!ENTITY a 'b'>]>"), "DOCTYPE"),
        (make_invoice(NIP, before_root="<!DOCTYPE Faktura>"), "DOCTYPE"),
        (make_invoice(NIP, before_root="<?note x?>"), "przetwarzania"),
        (make_invoice(NIP, extra="<?note x?>"), "przetwarzania"),
        (make_invoice(NIP) + b"<?note x?>", "przetwarzania"),
        (make_invoice(NIP, number="a\x85b\x80"), "znaki"),
        (make_invoice(NIP).replace(b"Piekarnia", b"&#xFDD0;"), "znaki"),
        (make_invoice(NIP, number="a\U0001fffe"), "znaki"),
        (make_invoice(NIP)[:-5], "XML"),
        (b"not xml at all", "XML"),
        (make_invoice(NIP, namespace="http://crd.gov.pl/wzor/2023/06/29/12648/"), "namespace"),
        (make_invoice(NIP, system_code="FA (2)"), "Kod formularza"),
        (make_invoice(NIP, issued="2026-03-03"), "Data wystawienia"),
        (make_invoice(NIP, issued="yesterday"), "not a valid date"),
        (make_invoice(NIP, issued="20260302"), "not a valid date"),
        (make_invoice(NIP, issued="2026-W10-1"), "not a valid date"),
        (make_invoice("0000000000"), "tax number"),
        (make_invoice(NIP, number="x" * 257), "256"),
        (make_invoice(NIP, number=" "), "P_2"),
        (make_invoice(NIP).replace(b"2026-01-15T10:00:00Z", b"2025-08-31T23:59:59Z"), "bounds"),
    ],
)
def test_documents_that_break_a_rule(sender: Sender, plain: bytes, detail: str) -> None:
    status = sender.verdict(plain)["status"]
    assert status["code"] == 450
    assert status["description"] == "Błąd weryfikacji semantyki dokumentu faktury"
    assert detail in status["details"][0]


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ("2026-01-15T10:00:00", 200),
        ("2026-01-15T10:00:00.123+02:00", 200),
        ("2050-01-02T00:00:00Z", 450),
        ("0001-01-01T00:00:00+14:00", 450),
        # The standard library reads all of these.
        ("2026-01-15", 450),
        ("2026-W03-4T10:00:00Z", 450),
        ("20260115T100000Z", 450),
        ("2026-01-15 10:00:00Z", 450),
        ("2026-02-30T10:00:00Z", 450),
        ("soon", 450),
    ],
)
def test_moment_in_which_an_invoice_was_made(sender: Sender, made: str, code: int) -> None:
    plain = make_invoice(NIP).replace(b"2026-01-15T10:00:00Z", made.encode())
    assert sender.verdict(plain)["status"]["code"] == code


def test_characters_that_look_forbidden_and_are_not(sender: Sender) -> None:
    assert sender.verdict(make_invoice(NIP, number="a\x85b €"))["status"]["code"] == 200


def test_issue_day_is_the_polish_one(sender: Sender) -> None:
    # 23:30 UTC on the 2nd is half past midnight on the 3rd in Poland.
    token = sender.simulator.issue_token(NIP)
    sender.wait(14.5 * 3600)
    sender.authenticate(token)
    today = sender.verdict(make_invoice(NIP, issued="2026-03-03"))
    assert (today["status"]["code"], today["invoicingMode"]) == (200, "Online")
    yesterday = sender.verdict(make_invoice(NIP, issued="2026-03-02"))
    assert (yesterday["status"]["code"], yesterday["invoicingMode"]) == (200, "Offline")


def test_declared_offline(sender: Sender) -> None:
    status = sender.verdict(make_invoice(NIP, issued="2026-03-02"), offlineMode=True)
    assert status["invoicingMode"] == "Offline"


def test_wrong_ciphertext(sender: Sender) -> None:
    # Zeros end in no padding of PKCS#7; an arbitrary ciphertext does so once in 256 times.
    for cipher in (sender.encrypt(bytes(32))[:32], b"seventeen bytes!!"):
        status = sender.verdict(
            b"plain",
            encryptedInvoiceContent=b64(cipher),
            encryptedInvoiceSize=len(cipher),
            encryptedInvoiceHash=sha256(cipher),
        )["status"]
        assert (status["code"], status["description"]) == (435, "Błąd odszyfrowania pliku")


def test_vector_in_front_of_the_ciphertext_is_no_part_of_it(sender: Sender) -> None:
    plain = make_invoice(NIP)
    cipher = sender.iv + sender.encrypt(plain)
    status = sender.verdict(
        plain,
        encryptedInvoiceContent=b64(cipher),
        encryptedInvoiceSize=len(cipher),
        encryptedInvoiceHash=sha256(cipher),
    )["status"]
    assert status["code"] == 430


@pytest.mark.parametrize(
    ("changes", "detail"),
    [({"invoiceSize": 17}, "'17'"), ({"invoiceHash": b64(bytes(32))}, "Skrót")],
)
def test_declaration_that_differs_from_the_plain_file(
    sender: Sender, changes: dict[str, Any], detail: str
) -> None:
    status = sender.verdict(make_invoice(NIP), **changes)["status"]
    assert (status["code"], status["description"]) == (430, "Błąd weryfikacji pliku faktury")
    assert detail in status["details"][0]


def test_size_is_limited_by_what_the_invoice_carries(sender: Sender) -> None:
    padding = f"<!--{'x' * 1_000_000}-->"
    status = sender.verdict(make_invoice(NIP, extra=padding))["status"]
    assert status["code"] == 430
    assert "1000000" in status["details"][0]
    with_attachment = sender.verdict(make_invoice(NIP, extra=f"{padding}<Zalacznik/>"))
    assert with_attachment["status"]["code"] == 415


def test_attachment_has_no_place_in_an_online_session(sender: Sender) -> None:
    status = sender.verdict(make_invoice(NIP, extra="<Zalacznik/>"))["status"]
    assert status["code"] == 415
    assert status["description"] == "Brak możliwości wysyłania faktury z załącznikiem"


def test_seller_other_than_the_context(sender: Sender) -> None:
    status = sender.verdict(make_invoice("1111111111"))["status"]
    assert status["code"] == 410
    assert status["details"] == ["Brak uprawnienia fakturowego"]


def test_duplicate_names_the_original(simulator: Simulator, sender: Sender) -> None:
    session = sender.open()
    first = sender.send(session, make_invoice(NIP, number="FV/1"))
    second = sender.send(session, make_invoice(NIP, number="FV/1"))
    sender.wait(1)
    original = sender.get(f"/sessions/{session}/invoices/{first}").json()
    copy = sender.get(f"/sessions/{session}/invoices/{second}").json()
    assert original["status"]["code"] == 200
    assert copy["status"]["code"] == 440
    assert copy["invoiceNumber"] == "FV/1"
    assert "ksefNumber" not in copy
    assert copy["status"]["extensions"] == {
        "originalKsefNumber": original["ksefNumber"],
        "originalSessionReferenceNumber": session,
    }
    (detail,) = copy["status"]["details"]
    assert original["ksefNumber"] in detail
    assert session in detail


def test_what_makes_a_duplicate(simulator: Simulator, sender: Sender) -> None:
    assert sender.verdict(make_invoice(NIP, number="FV/1"))["status"]["code"] == 200
    again = sender.verdict(make_invoice(NIP, number="FV/1", issued="2026-02-01"))
    assert again["status"]["code"] == 440
    assert sender.verdict(make_invoice(NIP, number="FV/1", kind="KOR"))["status"]["code"] == 200
    assert sender.verdict(make_invoice(NIP, number="FV/2"))["status"]["code"] == 200
    other = Sender(simulator, sender.http, "1111111111")
    other.authenticate()
    assert other.verdict(make_invoice("1111111111", number="FV/1"))["status"]["code"] == 200


def test_rejected_invoice_does_not_keep_its_number(sender: Sender) -> None:
    rejected = make_invoice(NIP, number="FV/9", issued="2026-04-01")
    assert sender.verdict(rejected)["status"]["code"] == 450
    assert sender.verdict(make_invoice(NIP, number="FV/9"))["status"]["code"] == 200


def test_checksum_of_tax_numbers_on_demand(sender: Sender) -> None:
    wrong = "5265877636"
    other = Sender(sender.simulator, sender.http, wrong)
    other.authenticate()
    assert other.verdict(make_invoice(wrong))["status"]["code"] == 200
    body = {
        "formCode": {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"},
        "encryption": other.encryption(),
    }
    opened = other.post(
        "/sessions/online", json=body, headers={"X-KSeF-Feature": "subject-identifier-validation"}
    ).json()["referenceNumber"]
    invoice = other.send(opened, make_invoice(wrong))
    other.wait(1)
    status = other.get(f"/sessions/{opened}/invoices/{invoice}").json()["status"]
    assert status["code"] == 450
    assert wrong in status["details"][0]


def test_technical_correction(sender: Sender) -> None:
    bad = make_invoice(NIP, number="FV/3", issued="2026-03-03")
    assert sender.verdict(bad, offlineMode=True)["status"]["code"] == 450
    good = make_invoice(NIP, number="FV/3", issued="2026-03-02", extra="<Zalacznik/>")
    corrects = {"offlineMode": True, "hashOfCorrectedInvoice": sha256(bad)}
    status = sender.verdict(good, **corrects)
    assert (status["status"]["code"], status["invoicingMode"]) == (200, "Offline")

    session = sender.open()
    once_more = sender.send_request(session, make_invoice(NIP), **corrects)
    assert codes(once_more) == [21166]
    of_accepted = {**corrects, "hashOfCorrectedInvoice": sha256(good)}
    assert codes(sender.send_request(session, make_invoice(NIP), **of_accepted)) == [21167]
    not_offline = {**corrects, "offlineMode": False}
    assert codes(sender.send_request(session, make_invoice(NIP), **not_offline)) == [21405]
    of_nothing = {**corrects, "hashOfCorrectedInvoice": b64(bytes(32))}
    assert codes(sender.send_request(session, make_invoice(NIP), **of_nothing)) == [21405]


def test_correction_of_what_nobody_may_issue(sender: Sender) -> None:
    foreign = make_invoice("1111111111")
    assert sender.verdict(foreign)["status"]["code"] == 410
    corrects = {"offlineMode": True, "hashOfCorrectedInvoice": sha256(foreign)}
    refused = sender.send_request(sender.open(), make_invoice(NIP), **corrects)
    assert codes(refused) == [21167]


@pytest.mark.parametrize("code", [500, 550])
def test_verdicts_that_no_invoice_brings_about(sender: Sender, code: int) -> None:
    invoice = make_invoice(NIP)
    sender.simulator.outcomes.decide("invoice", code)
    assert sender.verdict(invoice)["status"]["code"] == code
    assert sender.verdict(invoice)["status"]["code"] == 200


UBL = b"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>PEF/1</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate>
  <cac:AccountingSupplierParty><cac:Party><cac:PartyTaxScheme>
    <cbc:CompanyID>PL5265877635</cbc:CompanyID>
  </cac:PartyTaxScheme></cac:Party></cac:AccountingSupplierParty>
</Invoice>"""

RR = b"""<?xml version="1.0" encoding="UTF-8"?>
<Faktura xmlns="http://crd.gov.pl/wzor/2026/03/06/14189/">
  <Naglowek><KodFormularza kodSystemowy="FA_RR (1)" wersjaSchemy="1-1E">FA_RR</KodFormularza>
  </Naglowek>
  <Podmiot1><DaneIdentyfikacyjne><NIP>1111111111</NIP></DaneIdentyfikacyjne></Podmiot1>
  <Podmiot2><DaneIdentyfikacyjne><NIP>5265877635</NIP></DaneIdentyfikacyjne></Podmiot2>
  <FakturaRR><P_4B>2026-03-02</P_4B><P_4C>RR/1</P_4C><RodzajFaktury>VAT_RR</RodzajFaktury>
  </FakturaRR>
</Faktura>"""


@pytest.mark.parametrize(
    ("form", "plain", "number"),
    [(("PEF (3)", "2-1", "PEF"), UBL, "PEF/1"), (("FA_RR (1)", "1-1E", "FA_RR"), RR, "RR/1")],
)
def test_other_forms_are_read_by_their_own_layout(
    sender: Sender, form: tuple[str, str, str], plain: bytes, number: str
) -> None:
    sender.authenticate_as_owner()
    sender.simulator.taxpayers.authorize("1111111111", NIP, "RRInvoicing")
    names = ("systemCode", "schemaVersion", "value")
    session = sender.open(formCode=dict(zip(names, form, strict=True)))
    invoice = sender.send(session, plain)
    sender.wait(1)
    status = sender.get(f"/sessions/{session}/invoices/{invoice}").json()
    assert (status["status"]["code"], status["invoiceNumber"]) == (200, number)
