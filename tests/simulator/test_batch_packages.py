"""How packages fail as a whole, and what their archives may hold."""

from __future__ import annotations

import io
import tarfile
import zipfile

import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_batches import Batch, ended, tarred, zipped
from tests.simulator.plain_client import Sender, b64, sha256

NIP = "5265877635"


def archive() -> bytes:
    return zipped({"1.xml": make_invoice(NIP), "2.xml": make_invoice(NIP)})


def test_unreadable_key(sender: Sender) -> None:
    encryption = {**sender.encryption(), "encryptedSymmetricKey": b64(b"garbage" * 40)}
    status = ended(batch := Batch(sender, archive(), encryption=encryption))
    assert status == {
        "code": 415,
        "description": "Błąd odszyfrowania dostarczonego klucza",
        "details": ["Rozszyfrowania klucza symetrycznego zakończone błędem."],
    }
    assert batch.invoices() == []


def test_part_that_was_tampered_with(sender: Sender) -> None:
    batch = Batch(sender, archive())
    batch.open()
    batch.put(0, batch.parts[0][:-1] + bytes([batch.parts[0][-1] ^ 1]))
    assert batch.close_request().status_code == 204
    sender.wait(1)
    status = batch.status()["status"]
    assert status["code"] == 405
    assert status["description"] == "Błąd weryfikacji poprawności dostarczonych elementów paczki"
    declared = sha256(batch.parts[0])
    said = f"Skrót SHA-256 części: '1' nie zgadza się z zadeklarowanym skrótem: '{declared}'."
    assert status["details"] == [said]
    assert not {"invoiceCount", "successfulInvoiceCount", "failedInvoiceCount"} & set(
        batch.status()
    )


@pytest.mark.parametrize("changes", [{"fileHash": sha256(b"other")}, {"fileSize": 12_345}])
def test_archive_other_than_declared(sender: Sender, changes: dict[str, object]) -> None:
    status = ended(Batch(sender, archive(), **changes))
    assert status["code"] == 430
    (detail,) = status["details"]
    assert detail.startswith("Skrót SHA-256 przesłanej paczki faktur nie jest zgodny ")


@pytest.mark.parametrize("spoilt", [b"x" * 100, b"x" * 96])
def test_parts_that_do_not_decrypt(sender: Sender, spoilt: bytes) -> None:
    batch = Batch(sender, archive())
    batch.parts = [spoilt]
    batch.manifest["fileParts"] = [
        {"ordinalNumber": 1, "fileSize": len(spoilt), "fileHash": sha256(spoilt)}
    ]
    status = ended(batch)
    assert status["code"] in ((435,) if len(spoilt) % 16 else (435, 430))


def test_vector_put_before_the_ciphertext(sender: Sender) -> None:
    # The documentation once said so: what decrypts begins with a block of rubbish.
    batch = Batch(sender, archive())
    batch.parts = [sender.iv + batch.parts[0]]
    batch.manifest["fileParts"][0].update(
        fileSize=len(batch.parts[0]), fileHash=sha256(batch.parts[0])
    )
    assert ended(batch)["code"] == 430


@pytest.mark.parametrize("compression", ["Zip", "TarGz"])
@pytest.mark.parametrize("content", [b"", b"no archive", archive()[:-40], archive()[:60]])
def test_broken_archives(sender: Sender, compression: str, content: bytes) -> None:
    if not content:
        content = b"\0"
    status = ended(Batch(sender, content, compressionType=compression))
    assert status == {"code": 430, "description": "Błąd dekompresji pierwotnego archiwum"}


def test_archive_of_the_other_kind(sender: Sender) -> None:
    files = {"1.xml": make_invoice(NIP)}
    assert ended(Batch(sender, zipped(files), compressionType="TarGz"))["code"] == 430
    assert ended(Batch(sender, tarred(files), compressionType="Zip"))["code"] == 430


@pytest.mark.parametrize(
    "name",
    ["../1.xml", "a/../../1.xml", "/etc/1.xml", "C:1.xml", "a\\1.xml", "..", "1" * 129],
)
@pytest.mark.parametrize("compression", ["Zip", "TarGz"])
def test_names_that_lead_elsewhere(sender: Sender, name: str, compression: str) -> None:
    files = {"0.xml": make_invoice(NIP), name: make_invoice(NIP)}
    content = zipped(files) if compression == "Zip" else tarred(files)
    batch = Batch(sender, content, compressionType=compression)
    assert ended(batch)["code"] == 430
    assert batch.invoices() == []


def test_folders_are_passed_over_and_their_files_read(sender: Sender) -> None:
    batch = Batch(sender, zipped([("march/", b""), ("march/1.xml", make_invoice(NIP))]))
    assert ended(batch)["code"] == 200
    assert [item["invoiceFileName"] for item in batch.invoices()] == ["march/1.xml"]


def test_link_within_an_archive(sender: Sender) -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as opened:
        entry = tarfile.TarInfo("1.xml")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        opened.addfile(entry)
    assert ended(Batch(sender, target.getvalue(), compressionType="TarGz"))["code"] == 430


def test_encrypted_entry(sender: Sender) -> None:
    content = bytearray(archive())
    # The flags of an entry stand six bytes into its local header and eight into the central one.
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert ended(Batch(sender, bytes(content)))["code"] == 430


@pytest.mark.parametrize("compression", ["Zip", "TarGz"])
def test_archive_that_swells(
    simulator: Simulator, sender: Sender, monkeypatch: pytest.MonkeyPatch, compression: str
) -> None:
    monkeypatch.setattr("ksef_facade.simulator.sessions.unpacking._HARMLESS_SIZE", 100_000)
    simulator.settings.archive_ratio = 20
    files = {f"{number}.xml": bytes(1_000_000) for number in range(3)}
    content = zipped(files) if compression == "Zip" else tarred(files)
    assert ended(Batch(sender, content, compressionType=compression))["code"] == 430


@pytest.mark.parametrize("compression", ["Zip", "TarGz"])
def test_too_many_invoices(simulator: Simulator, sender: Sender, compression: str) -> None:
    simulator.settings.invoices_per_session = 2
    files = {f"{number}.xml": make_invoice(NIP) for number in range(3)}
    content = zipped(files) if compression == "Zip" else tarred(files)
    batch = Batch(sender, content, compressionType=compression)
    status = ended(batch)
    assert status == {
        "code": 420,
        "description": "Przekroczony limit faktur w sesji",
        "details": [
            "Przekroczono dopuszczalną liczbę faktur w paczce: '2'. Liczba faktur w paczce: '3'."
        ],
    }
    assert batch.invoices() == []
    assert simulator.accepted_invoices() == []


@pytest.mark.parametrize("compression", ["Zip", "TarGz"])
def test_archive_without_invoices(sender: Sender, compression: str) -> None:
    content = zipped({}) if compression == "Zip" else tarred({})
    assert ended(Batch(sender, content, compressionType=compression)) == {
        "code": 440,
        "description": "Sesja anulowana",
        "details": ["Nie przesłano faktur"],
    }


def test_stored_entries(sender: Sender) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as opened:
        opened.writestr("1.xml", make_invoice(NIP))
    assert ended(Batch(sender, target.getvalue()))["code"] == 200


@pytest.mark.parametrize(("code", "details"), [(500, ()), (550, ("Przerwano.",))])
def test_failures_that_no_package_brings_about(
    simulator: Simulator, sender: Sender, code: int, details: tuple[str, ...]
) -> None:
    simulator.outcomes.decide("package", code, *details)
    status = ended(Batch(sender, archive()))
    assert (status["code"], tuple(status.get("details", ()))) == (code, details)
    assert ended(Batch(sender, archive()))["code"] == 200


def test_invoice_interrupted_by_the_system(simulator: Simulator, sender: Sender) -> None:
    simulator.outcomes.decide("invoice", 550)
    batch = Batch(sender, archive())
    assert ended(batch)["code"] == 200
    assert [item["status"]["code"] for item in batch.invoices()] == [550, 200]
    with pytest.raises(ValueError, match="not a status code"):
        simulator.outcomes.decide("invoice", 200)
