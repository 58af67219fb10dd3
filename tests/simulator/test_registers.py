"""What the simulator tells tests of the invoices it holds."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_batches import Batch, ended, zipped
from tests.simulator.plain_client import Sender, sha256

NIP = "5265877635"


def test_every_accepted_invoice_once(simulator: Simulator, sender: Sender) -> None:
    one, two = make_invoice(NIP, number="A/1"), make_invoice(NIP, number="A/2")
    online = sender.open()
    sender.send(online, one)
    sender.send(online, make_invoice("1111111111"))
    batch = Batch(sender, zipped({"1.xml": one, "2.xml": two}))
    ended(batch)
    accepted = simulator.accepted_invoices()
    assert [tuple(item)[:3] for item in accepted] == [
        (NIP, "A/1", sha256(one)),
        (NIP, "A/2", sha256(two)),
    ]
    assert [item.session for item in accepted] == [online, batch.reference]
    assert accepted[1].ksef_number == batch.invoices()[1]["ksefNumber"]


def test_invoices_of_a_session(simulator: Simulator, sender: Sender) -> None:
    files = {"1.xml": make_invoice(NIP, number="B/1"), "2.xml": b"<a/>"}
    batch = Batch(sender, zipped(files))
    ended(batch)
    first, second = simulator.invoices_of(batch.reference)
    assert (first.ordinal, first.hash, first.code, first.number) == (
        1,
        sha256(files["1.xml"]),
        200,
        "B/1",
    )
    assert first.ksef_number is not None
    assert (second.file_name, second.code, second.ksef_number) == ("2.xml", 450, None)
    assert simulator.invoice_bytes(batch.reference, second.reference) == b"<a/>"
    with pytest.raises(LookupError):
        simulator.invoices_of("20250626-SB-213D593000-4DE10D80A5-E9")


def test_packages_leave_nothing_but_plain_invoices(sender: Sender) -> None:
    workspace = sender.simulator.core.workspace
    ended(Batch(sender, zipped({"1.xml": make_invoice(NIP)})))
    folder = workspace.new_file("x").parent
    assert [path.suffix for path in folder.iterdir()] == [".invoices"]


def test_folder_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    simulator = Simulator()
    simulator.core.workspace.new_file("x").touch()
    assert list(tmp_path.iterdir())
    del simulator
    gc.collect()
    assert list(tmp_path.iterdir()) == []
