"""Batch sessions: opening with a manifest, the life of a session, its invoices."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_batches import Batch, ended, tarred, zipped
from tests.simulator.plain_client import FA_3, Sender, b64, codes, sha256

NIP = "5265877635"
UNKNOWN = "20250626-SB-213D593000-4DE10D80A5-E9"


def three_invoices() -> dict[str, bytes]:
    return {f"invoice-{number}.xml": make_invoice(NIP) for number in (1, 2, 3)}


def test_opening_answers_an_upload_for_every_part(sender: Sender) -> None:
    batch = Batch(sender, zipped(three_invoices()), parts=3)
    batch.open()
    assert batch.reference[:12] == "20260302-SB-"
    assert [upload["ordinalNumber"] for upload in batch.uploads] == [1, 2, 3]
    assert {upload["method"] for upload in batch.uploads} == {"PUT"}
    assert batch.uploads[0]["headers"] == {"x-ms-blob-type": "BlockBlob"}
    path = f"/storage/01/{batch.reference.lower()}/batch-parts/2?"
    assert path in batch.uploads[1]["url"]
    status = batch.status()
    assert status["status"] == {"code": 100, "description": "Sesja wsadowa rozpoczęta"}
    assert status["validUntil"].startswith("2026-03-02T21:00:")


@pytest.mark.parametrize("parts", [1, 3])
@pytest.mark.parametrize("compression", [None, "Zip", "TarGz"])
def test_good_batch(sender: Sender, compression: str | None, parts: int) -> None:
    files = three_invoices()
    archive = tarred(files) if compression == "TarGz" else zipped(files)
    batch = Batch(sender, archive, parts, compressionType=compression)
    batch.send()
    assert batch.status()["status"] == {"code": 150, "description": "Trwa przetwarzanie"}
    sender.wait(1)
    status = batch.status()
    assert status["status"] == {
        "code": 200,
        "description": "Sesja wsadowa przetworzona pomyślnie",
    }
    assert (status["invoiceCount"], status["successfulInvoiceCount"]) == (3, 3)
    invoices = batch.invoices()
    assert {item["invoiceFileName"]: item["invoiceHash"] for item in invoices} == {
        name: sha256(content) for name, content in files.items()
    }
    assert {item["status"]["code"] for item in invoices} == {200}
    assert len({item["ksefNumber"] for item in invoices}) == 3


def test_receipt_of_a_batch(sender: Sender, simulator: Simulator) -> None:
    batch = Batch(sender, zipped(three_invoices()))
    ended(batch)
    (page,) = batch.status()["upo"]["pages"]
    document = sender.http.get(page["downloadUrl"]).content
    assert document == simulator.upo_bytes(batch.reference, 1)
    assert document.count(b"<NumerKSeFDokumentu>") == 3
    assert batch.invoices()[1]["ksefNumber"].encode() in document


def test_invoices_come_in_the_order_of_their_names(sender: Sender) -> None:
    names = ["b.xml", "a10.xml", "a2.xml", "B.xml"]
    batch = Batch(sender, zipped({name: make_invoice(NIP) for name in names}))
    ended(batch)
    shown = [(item["ordinalNumber"], item["invoiceFileName"]) for item in batch.invoices()]
    assert shown == [(1, "B.xml"), (2, "a10.xml"), (3, "a2.xml"), (4, "b.xml")]


def test_invoicing_date_is_that_of_the_opening(sender: Sender) -> None:
    batch = Batch(sender, zipped({"one.xml": make_invoice(NIP, issued="2026-03-02")}))
    batch.open()
    sender.wait(4000)
    sender.authenticate()
    # The window of one part is over: open anew, and close an hour later.
    batch.open()
    batch.put()
    sender.wait(800)
    assert batch.close_request().status_code == 204
    sender.wait(1)
    (invoice,) = batch.invoices()
    assert invoice["invoicingDate"] == batch.status()["dateCreated"]
    assert invoice["acquisitionDate"] > invoice["invoicingDate"]


@pytest.mark.parametrize(
    ("offline", "issued", "mode"),
    [
        (False, "2026-03-02", "Online"),
        (False, "2026-03-01", "Offline"),
        (True, "2026-03-02", "Offline"),
    ],
)
def test_mode_follows_the_session_and_the_day_of_issue(
    sender: Sender, offline: bool, issued: str, mode: str
) -> None:
    archive = zipped({"one.xml": make_invoice(NIP, issued=issued)})
    batch = Batch(sender, archive, offlineMode=offline)
    assert ended(batch)["code"] == 200
    assert batch.invoices()[0]["invoicingMode"] == mode


def test_good_and_bad_invoices(sender: Sender) -> None:
    files = {
        "1.xml": make_invoice(NIP, number="A"),
        "2.xml": make_invoice("1111111111"),
        "3.xml": b"not xml",
        "4.xml": make_invoice(NIP, number="A"),
    }
    batch = Batch(sender, zipped(files))
    assert ended(batch)["code"] == 200
    invoices = batch.invoices()
    assert [item["status"]["code"] for item in invoices] == [200, 410, 450, 440]
    assert invoices[3]["status"]["extensions"] == {
        "originalSessionReferenceNumber": batch.reference,
        "originalKsefNumber": invoices[0]["ksefNumber"],
    }
    failed = sender.get(f"/sessions/{batch.reference}/invoices/failed").json()["invoices"]
    assert [item["invoiceFileName"] for item in failed] == ["2.xml", "3.xml", "4.xml"]


def test_only_bad_invoices(sender: Sender) -> None:
    batch = Batch(sender, zipped({"1.xml": make_invoice("1111111111")}))
    assert ended(batch)["code"] == 445
    assert [item["status"]["code"] for item in batch.invoices()] == [410]


def test_attachments_need_the_sellers_consent(simulator: Simulator, sender: Sender) -> None:
    extra = "<Zalacznik><BlokDanych/></Zalacznik>"
    refused = Batch(sender, zipped({"1.xml": make_invoice(NIP, extra=extra)}))
    assert ended(refused)["code"] == 445
    assert refused.invoices()[0]["status"]["code"] == 410
    simulator.taxpayers.allow_attachments(NIP)
    accepted = Batch(sender, zipped({"1.xml": make_invoice(NIP, extra=extra)}))
    assert ended(accepted)["code"] == 200


def test_sizes_of_invoices(simulator: Simulator, sender: Sender) -> None:
    simulator.settings.invoice_size = 3_000
    simulator.settings.invoice_size_with_attachment = 4_000
    simulator.taxpayers.allow_attachments(NIP)

    def filled(size: int, head: str = "") -> bytes:
        empty = len(make_invoice(NIP, number="00000", extra=f"{head}<!---->"))
        number = f"{size}{bool(head):d}"
        return make_invoice(NIP, number=number, extra=f"{head}<!--{'x' * (size - empty)}-->")

    head = "<Zalacznik/>"
    files = {
        "1.xml": filled(3_000),
        "2.xml": filled(3_001),
        "3.xml": filled(4_000, head),
        "4.xml": filled(4_001, head),
    }
    assert [len(content) for content in files.values()] == [3_000, 3_001, 4_000, 4_001]
    batch = Batch(sender, zipped(files))
    ended(batch)
    assert [item["status"]["code"] for item in batch.invoices()] == [200, 430, 200, 430]
    assert batch.invoices()[3]["invoiceHash"] == sha256(files["4.xml"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"formCode": {"systemCode": "PEF (3)", "schemaVersion": "2-1", "value": "PEF"}}, 21405),
        ({"formCode": {**FA_3, "systemCode": "FA (9)"}}, 21405),
        ({"fileSize": 5_000_000_001}, 21405),
        ({"fileParts": []}, 21405),
        ({"compressionType": "Rar"}, 21001),
        ({"encryption": {"encryptedSymmetricKey": b64(b"k"), "initializationVector": ""}}, 21405),
    ],
)
def test_manifests_that_are_refused(sender: Sender, changes: dict[str, Any], code: int) -> None:
    assert codes(Batch(sender, b"archive", **changes).open_request()) == [code]


def declared(count: int, size: int = 16) -> list[dict[str, Any]]:
    return [
        {"ordinalNumber": number, "fileSize": size, "fileHash": sha256(b"")}
        for number in range(1, count + 1)
    ]


def test_number_and_size_of_parts(sender: Sender, simulator: Simulator) -> None:
    assert Batch(sender, b"archive", fileParts=declared(50)).open_request().status_code == 201
    assert codes(Batch(sender, b"archive", fileParts=declared(51)).open_request()) == [21161]
    full = Batch(sender, b"archive", fileParts=declared(1, 100_000_016))
    assert full.open_request().status_code == 201
    refused = Batch(sender, b"archive", fileParts=declared(2, 100_000_017)).open_request()
    assert codes(refused) == [21157]
    assert "100MB" in refused.text
    simulator.settings.parts_per_package = 2
    assert codes(Batch(sender, b"archive", fileParts=declared(3)).open_request()) == [21161]


@pytest.mark.parametrize("ordinals", [(1, 1), (1, 3), (2,)])
def test_ordinal_numbers_of_parts(sender: Sender, ordinals: tuple[int, ...]) -> None:
    parts = [
        {"ordinalNumber": number, "fileSize": 16, "fileHash": sha256(b"")} for number in ordinals
    ]
    assert codes(Batch(sender, b"archive", fileParts=parts).open_request()) == [21405]


def test_withdrawn_public_key(simulator: Simulator, sender: Sender) -> None:
    batch = Batch(sender, zipped(three_invoices()))
    simulator.keys.rotate("SymmetricKeyEncryption", emergency=True)
    assert codes(batch.open_request()) == [21470]


def test_permission_to_send(simulator: Simulator, sender: Sender) -> None:
    sender.authenticate(simulator.issue_token(NIP, ["InvoiceRead"]))
    assert Batch(sender, zipped(three_invoices())).open_request().status_code == 403


def test_closing_without_all_parts(sender: Sender) -> None:
    batch = Batch(sender, zipped(three_invoices()), parts=2)
    batch.open()
    batch.put(0)
    refused = batch.close_request()
    assert codes(refused) == [21205]
    assert "Nie przesłano zadeklarowanej '2' części pliku." in refused.text
    batch.put(1)
    assert batch.close_request().status_code == 204


def test_closing_with_a_part_of_another_size(sender: Sender) -> None:
    batch = Batch(sender, zipped(three_invoices()), parts=2)
    batch.open()
    batch.put(0)
    batch.put(1, batch.parts[1] + bytes(16))
    refused = batch.close_request()
    assert codes(refused) == [21157]
    assert "Zadeklarowany rozmiar części '2' nie zgadza się z rzeczywistym." in refused.text
    # A part may be put again: the later one counts.
    batch.put(1)
    assert batch.close_request().status_code == 204
    sender.wait(1)
    assert batch.status()["status"]["code"] == 200


def test_closing_twice(sender: Sender) -> None:
    batch = Batch(sender, zipped(three_invoices()))
    batch.send()
    refused = batch.close_request()
    assert codes(refused) == [21180]
    assert "Status sesji 150 uniemożliwia jej zamknięcie." in refused.text


def test_closing_what_is_not_there(sender: Sender) -> None:
    assert codes(sender.post(f"/sessions/batch/{UNKNOWN}/close")) == [21173]
    online = sender.open()
    assert codes(sender.post(f"/sessions/batch/{online}/close")) == [21173]
    batch = Batch(sender, zipped(three_invoices()))
    batch.open()
    assert codes(sender.post(f"/sessions/online/{batch.reference}/close")) == [21173]


def test_session_that_nobody_closes(simulator: Simulator, sender: Sender) -> None:
    batch = Batch(sender, zipped(three_invoices()))
    batch.open()
    batch.put()
    simulator.clock.advance(timedelta(hours=12))
    sender.authenticate()
    status = batch.status()
    assert status["status"] == {
        "code": 440,
        "description": "Sesja anulowana",
        "details": ["Przekroczono czas wysyłki"],
    }
    refused = batch.close_request()
    assert codes(refused) == [21208]
    assert "Sesja anulowana, przekroczony czas wysyłki." in refused.text


def test_batches_are_listed_apart(sender: Sender) -> None:
    batch = Batch(sender, zipped(three_invoices()))
    ended(batch)
    listed = sender.get("/sessions?sessionType=Batch").json()["sessions"]
    assert [item["referenceNumber"] for item in listed] == [batch.reference]
    assert (listed[0]["totalInvoiceCount"], listed[0]["status"]["code"]) == (3, 200)
    assert sender.get("/sessions?sessionType=Online").json()["sessions"] == []
