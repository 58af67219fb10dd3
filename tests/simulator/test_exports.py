"""Exports: ordered, awaited, fetched, and opened with code of the tests' own."""

from __future__ import annotations

import base64
import json
import os
from datetime import datetime, timedelta

import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.plain_batches import Batch, ended, zipped
from tests.simulator.plain_client import Sender, b64, codes, sha256
from tests.simulator.plain_exports import (
    exported,
    fetch,
    order,
    order_request,
    status,
    untar,
    unzip,
)
from tests.simulator.queries import ask, filters, found, invoice, send

NIP = "5265877635"
PART = "/storage/{shard}/{session}/invoice-part/{name}"


@pytest.mark.parametrize(("compression", "ending"), [("Zip", "zip"), ("TarGz", "tar.gz")])
def test_what_was_sent_comes_back(
    simulator: Simulator, sender: Sender, compression: str, ending: str
) -> None:
    online = [invoice("A/1"), invoice("A/2")]
    batch = [invoice("B/1"), invoice("B/2")]
    send(sender, *online)
    ended(Batch(sender, zipped({f"{index}.xml": text for index, text in enumerate(batch)})))
    simulator.seed_session(NIP, accepted=3)
    sender.wait(1)
    reference = order(sender, compressionType=compression)
    sender.wait(0.1)
    package = status(sender, reference)["package"]
    assert package["parts"][0]["partName"] == f"{reference}-001.{ending}.aes"
    assert (package["invoiceCount"], package["isTruncated"]) == (7, False)
    assert package["compressionType"] == compression
    files = (untar if compression == "TarGz" else unzip)(fetch(sender, package))
    metadata = json.loads(files.pop("_metadata.json"))
    assert metadata == {"invoices": found(sender)}
    assert list(files) == [f"{entry['ksefNumber']}.xml" for entry in metadata["invoices"]]
    assert {*online, *batch} < set(files.values())
    for entry in metadata["invoices"]:
        content = files[f"{entry['ksefNumber']}.xml"]
        assert sha256(content) == entry["invoiceHash"]
        assert sender.get(f"/invoices/ksef/{entry['ksefNumber']}").content == content


def test_metadata_only(sender: Sender) -> None:
    send(sender, invoice("A/1"))
    package = exported(sender, onlyMetadata=True)
    assert package["invoiceCount"] == 1
    assert list(unzip(fetch(sender, package))) == ["_metadata.json"]


def test_parts_of_any_size(simulator: Simulator, sender: Sender) -> None:
    simulator.seed_session(NIP, accepted=20)
    whole = fetch(sender, exported(sender))
    simulator.settings.export_part_size = 1000
    package = exported(sender)
    sizes = [part["partSize"] for part in package["parts"]]
    assert len(sizes) > 5
    assert set(sizes[:-1]) == {1000}
    assert 0 < sizes[-1] <= 1000
    assert len(fetch(sender, package)) == len(whole)
    assert len(unzip(fetch(sender, package))) == 21


def test_buyer_exports_it_too(sender: Sender) -> None:
    content = invoice("A/1")
    (number,) = send(sender, content)
    buyer = Sender(sender.simulator, sender.http, "1111111111")
    buyer.authenticate()
    files = unzip(fetch(buyer, exported(buyer, filters("Subject2"))))
    assert files[f"{number}.xml"] == content
    assert exported(buyer, filters("Subject1"))["invoiceCount"] == 0


def test_nothing_found(sender: Sender) -> None:
    package = exported(sender)
    assert {name: package[name] for name in ("invoiceCount", "size", "parts", "isTruncated")} == {
        "invoiceCount": 0,
        "size": 0,
        "parts": [],
        "isTruncated": False,
    }


def test_course_of_an_export(simulator: Simulator, sender: Sender) -> None:
    send(sender, invoice("A/1"))
    reference = order(sender)
    assert status(sender, reference) == {
        "status": {"code": 100, "description": "Eksport faktur w toku"}
    }
    # What is sent later is not in it, however late the package is asked for.
    send(sender, invoice("A/2"))
    done = status(sender, reference.lower())
    assert done["status"] == {"code": 200, "description": "Eksport faktur zakończony sukcesem"}
    assert done["package"]["invoiceCount"] == 1
    completed, expires = (
        datetime.fromisoformat(done[name]) for name in ("completedDate", "packageExpirationDate")
    )
    assert expires - completed == timedelta(days=7)
    # Links are new each time, and lead to the same bytes.
    again = status(sender, reference)["package"]["parts"][0]
    first = done["package"]["parts"][0]
    assert again["url"] != first["url"]
    assert sender.http.get(again["url"]).content == sender.http.get(first["url"]).content
    assert reference.lower() in again["url"]


def test_links_expire_and_take_no_login(simulator: Simulator, sender: Sender) -> None:
    send(sender, invoice("A/1"))
    (part,) = exported(sender)["parts"]
    assert sender.get(part["url"]).status_code == 401
    assert sender.http.get(part["url"].replace("-001.", "-002.")).status_code == 403
    until = datetime.fromisoformat(part["expirationDate"]) - simulator.clock.now()
    assert timedelta(minutes=59) < until <= timedelta(hours=1)
    simulator.clock.advance(until + timedelta(seconds=1))
    refused = sender.http.get(part["url"])
    assert refused.status_code == 403
    assert refused.headers["x-ms-error-code"] == "AuthenticationFailed"


def test_faults_of_links(simulator: Simulator, sender: Sender) -> None:
    send(sender, invoice("A/1"))
    (part,) = exported(sender)["parts"]
    simulator.faults.add("GET", PART, status=503)
    assert sender.http.get(part["url"]).status_code == 503
    assert sender.http.get(part["url"]).status_code == 200


def test_status_is_gone_after_a_week(simulator: Simulator, sender: Sender) -> None:
    send(sender, invoice("A/1"))
    reference = order(sender)
    sender.wait(0.1)
    (part,) = status(sender, reference)["package"]["parts"]
    simulator.settings.export_link_lifetime = timedelta(days=30)
    simulator.clock.advance(timedelta(days=7, seconds=-5))
    sender.authenticate_as_owner()
    (part,) = status(sender, reference)["package"]["parts"]
    simulator.clock.advance(10)
    gone = sender.get(f"/invoices/exports/{reference}")
    assert gone.status_code == 410
    assert gone.headers["content-type"].startswith("application/problem+json")
    assert gone.json()["detail"] == "Operacja wygasła i nie jest już dostępna."
    assert sender.http.get(part["url"]).status_code in (403, 404)
    assert left_on_disk(simulator) == []


def left_on_disk(simulator: Simulator) -> list[str]:
    folder = simulator.core.workspace.new_file("x").parent
    return [path.name for path in folder.iterdir() if path.suffix in (".export", ".archive")]


def test_package_expires_before_its_status(simulator: Simulator, sender: Sender) -> None:
    simulator.settings.package_lifetime = timedelta(minutes=5)
    send(sender, invoice("A/1"))
    reference = order(sender)
    sender.wait(1)
    assert status(sender, reference)["package"]["invoiceCount"] == 1
    sender.wait(300)
    document = status(sender, reference)
    assert document["status"]["code"] == 210
    assert "package" not in document
    assert left_on_disk(simulator) == []


LAST = {
    "Issue": "lastIssueDate",
    "Invoicing": "lastInvoicingDate",
    "PermanentStorage": "lastPermanentStorageDate",
}


@pytest.mark.parametrize("type_", list(LAST))
def test_truncated_by_number(simulator: Simulator, sender: Sender, type_: str) -> None:
    simulator.seed_session(NIP, accepted=12)
    simulator.settings.export_invoices = 5
    package = exported(sender, filters(type=type_))
    assert (package["invoiceCount"], package["isTruncated"]) == (5, True)
    field = LAST[type_].removeprefix("last")
    entries = found(sender, type=type_)
    assert package[LAST[type_]] == entries[4][field[0].lower() + field[1:]]
    assert ("permanentStorageHwmDate" in package) == (type_ == "PermanentStorage")
    simulator.settings.export_invoices = 12
    whole = exported(sender, filters(type=type_))
    assert (whole["isTruncated"], LAST[type_] in whole) == (False, False)


def test_one_after_another_until_all_is_there(simulator: Simulator, sender: Sender) -> None:
    simulator.seed_session(NIP, accepted=30)
    simulator.settings.export_invoices = 8
    start, names = "2026-03-01T00:00:00Z", []
    for _ in range(10):
        package = exported(sender, filters(start=start, restrict=True))
        names += [name for name in unzip(fetch(sender, package)) if name != "_metadata.json"]
        if not package["isTruncated"]:
            break
        start = package["lastPermanentStorageDate"]
    known = {f"{item.ksef_number}.xml" for item in simulator.accepted_invoices()}
    assert set(names) == known
    # Windows touch: the last of one is the first of the next.
    assert len(names) == 30 + 4


@pytest.mark.parametrize("compression", ["Zip", "TarGz"])
def test_truncated_by_size(simulator: Simulator, sender: Sender, compression: str) -> None:
    plain = base64.b64encode(os.urandom(30_000)).decode()
    texts = [
        invoice(f"A/{index}").replace(b"</Faktura>", f"<!-- {plain} --></Faktura>".encode())
        for index in range(5)
    ]
    send(sender, *texts)
    # Base64 of noise is packed to three quarters, so two invoices fit and a third does not.
    simulator.settings.export_size = 80_000
    package = exported(sender, compressionType=compression)
    assert (package["invoiceCount"], package["isTruncated"]) == (2, True)
    assert package["size"] <= 80_000
    # One that is too large by itself goes alone, and metadata count for nothing.
    simulator.settings.export_size = 10
    assert exported(sender)["invoiceCount"] == 1
    assert exported(sender, onlyMetadata=True)["invoiceCount"] == 5


def test_high_water_mark(simulator: Simulator, sender: Sender) -> None:
    send(sender, invoice("A/1"))
    start = (simulator.clock.now() - timedelta(seconds=60)).isoformat()
    assert exported(sender, filters(restrict=True))["invoiceCount"] == 0
    assert exported(sender, filters(start=start))["invoiceCount"] == 1
    reference = order(sender, filters(start=start, restrict=True))
    assert status(sender, reference)["status"]["code"] == 100
    sender.wait(300)
    # It stays as it was when it was ordered, although the mark has moved on.
    document = status(sender, reference)
    assert document["status"]["code"] == 420
    assert document["status"]["details"][0].startswith("Parametr dateRange.from jest późniejszy")
    assert "package" not in document


def test_key_that_cannot_be_read(sender: Sender) -> None:
    encryption = {**sender.encryption(), "encryptedSymmetricKey": b64(os.urandom(256))}
    reference = order(sender, encryption=encryption)
    sender.wait(1)
    document = status(sender, reference)
    assert document["status"] == {
        "code": 415,
        "description": "Błąd odszyfrowania dostarczonego klucza",
    }
    assert "completedDate" in document


@pytest.mark.parametrize("code", [210, 415, 420, 500, 550])
def test_ends_decided_beforehand(simulator: Simulator, sender: Sender, code: int) -> None:
    simulator.outcomes.decide("export", code)
    reference = order(sender)
    sender.wait(1)
    document = status(sender, reference)
    assert document["status"]["code"] == code
    assert "package" not in document
    assert ("details" in document["status"]) == (code == 550)
    assert exported(sender)["invoiceCount"] == 0
    with pytest.raises(ValueError, match="200 is not a status code"):
        simulator.outcomes.decide("export", 200)


def test_ten_at_once(simulator: Simulator, sender: Sender) -> None:
    for _ in range(10):
        order(sender)
    refused = order_request(sender, filters())
    assert codes(refused) == [21182]
    assert "limit 10 równoczesnych eksportów" in refused.text
    other = Sender(simulator, sender.http, "1111111111")
    other.authenticate()
    # Others are not affected, and these neither when theirs have ended.
    order(sender=other)
    sender.wait(0.1)
    order(sender)


def test_refusals(simulator: Simulator, sender: Sender) -> None:
    encryption = sender.encryption()
    for changes, code in (
        ({"encryption": {**encryption, "publicKeyId": b64(bytes(32))}}, 21470),
        ({"encryption": {**encryption, "initializationVector": b64(bytes(14))}}, 21405),
        ({"filters": filters(start="2025-11-01T00:00:00Z")}, 21405),
        ({"filters": {"subjectType": "Subject1"}}, 21405),
        ({"compressionType": "Rar"}, 21001),
    ):
        assert codes(order_request(sender, filters(), **changes)) == [code]
    assert ask(sender, filters()).status_code == 200


def test_exports_of_others_are_unknown(simulator: Simulator, sender: Sender) -> None:
    reference = order(sender)
    other = Sender(simulator, sender.http, "1111111111")
    other.authenticate()
    for program, name in ((other, reference), (sender, "20250925-EH-2D2C11B000-E9C9ED8340-EE")):
        assert codes(program.get(f"/invoices/exports/{name}")) == [21175]
