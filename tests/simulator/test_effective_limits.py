"""Limits of sending as a context sees them, changes them and meets them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_batches import Batch, ended, zipped
from tests.simulator.plain_client import Sender, codes

NIP, OTHER = "5265877635", "1111111111"
PATH = "/testdata/limits/context/session"
DEFAULT = {"maxInvoiceSizeInMB": 1, "maxInvoiceWithAttachmentSizeInMB": 3, "maxInvoices": 10_000}
DEFAULTS: dict[str, dict[str, int]] = {
    "onlineSession": DEFAULT,
    "batchSession": DEFAULT,
    "collectiveIdentifier": {"maxInvoices": 500},
}


def change(sender: Sender, **changes: dict[str, Any]) -> httpx.Response:
    """Set the defaults with these members changed."""
    body = {name: {**members, **changes.get(name, {})} for name, members in DEFAULTS.items()}
    return sender.post(PATH, json=body)


def restore(sender: Sender) -> None:
    response = sender.http.delete(PATH, headers=sender.headers)
    assert (response.status_code, response.content) == (200, b"")


def shown(sender: Sender) -> Any:
    return sender.get("/limits/context").json()


def filled(megabytes: int, head: str = "") -> bytes:
    """An invoice a little larger than so many megabytes."""
    return make_invoice(NIP, extra=f"{head}<!--{'x' * megabytes * 1_000_000}-->")


def test_defaults_are_shown_and_restored(sender: Sender) -> None:
    assert shown(sender) == DEFAULTS
    answer = change(
        sender, onlineSession={"maxInvoices": 7}, collectiveIdentifier={"maxInvoices": 2}
    )
    assert (answer.status_code, answer.content) == (200, b"")
    assert shown(sender) == {
        "onlineSession": {**DEFAULT, "maxInvoices": 7},
        "batchSession": DEFAULT,
        "collectiveIdentifier": {"maxInvoices": 2},
    }
    other = Sender(sender.simulator, sender.http, OTHER)
    other.authenticate()
    assert shown(other) == DEFAULTS
    restore(sender)
    assert shown(sender) == DEFAULTS


@pytest.mark.parametrize(
    "changes",
    [
        {"onlineSession": {"maxInvoiceSizeInMB": 6}},
        {"onlineSession": {"maxInvoiceWithAttachmentSizeInMB": 11}},
        {"batchSession": {"maxInvoices": 100_001}},
        {"batchSession": {"maxInvoices": -1}},
        {"collectiveIdentifier": {"maxInvoices": 1}},
        {"collectiveIdentifier": {"maxInvoices": 5_001}},
    ],
)
def test_values_out_of_bounds(sender: Sender, changes: dict[str, Any]) -> None:
    assert codes(change(sender, **changes)) == [21405]
    assert shown(sender) == DEFAULTS


def test_all_three_must_be_given(sender: Sender) -> None:
    assert codes(sender.post(PATH, json={"onlineSession": DEFAULT})) == [21405]


def test_settings_are_the_default_of_every_context(simulator: Simulator, sender: Sender) -> None:
    simulator.settings.invoice_size = 1_500_000
    simulator.settings.invoices_per_session = 3
    simulator.settings.invoices_per_collective_identifier = 40
    expected = {**DEFAULT, "maxInvoiceSizeInMB": 2, "maxInvoices": 3}
    assert shown(sender) == {
        "onlineSession": expected,
        "batchSession": expected,
        "collectiveIdentifier": {"maxInvoices": 40},
    }
    assert change(sender, onlineSession={"maxInvoices": 4}).status_code == 200
    assert shown(sender)["onlineSession"] == {**DEFAULT, "maxInvoices": 4}
    restore(sender)
    assert shown(sender)["onlineSession"] == expected


def test_online_session_takes_so_many_invoices(sender: Sender) -> None:
    change(sender, onlineSession={"maxInvoices": 2})
    session = sender.open()
    for _ in range(2):
        sender.send(session, make_invoice(NIP))
    refused = sender.send_request(session, make_invoice(NIP))
    assert codes(refused) == [21155]
    assert "limit liczby faktur 2" in refused.text
    restore(sender)
    # What holds is looked at when an invoice is sent, not when the session is opened.
    sender.send(session, make_invoice(NIP))


def test_online_session_takes_invoices_of_a_size(sender: Sender) -> None:
    assert sender.verdict(filled(1))["status"]["code"] == 430
    change(sender, onlineSession={"maxInvoiceSizeInMB": 2})
    assert sender.verdict(filled(1))["status"]["code"] == 200
    refused = sender.verdict(filled(2))["status"]
    assert refused["code"] == 430
    assert "2000000" in refused["details"][0]
    change(sender, onlineSession={"maxInvoiceWithAttachmentSizeInMB": 1})
    assert codes(sender.send_request(sender.open(), filled(1))) == [21405]
    restore(sender)
    assert sender.verdict(filled(1))["status"]["code"] == 430


def test_limits_of_batches_are_their_own(simulator: Simulator, sender: Sender) -> None:
    files = {f"{number}.xml": make_invoice(NIP) for number in range(3)}
    change(sender, onlineSession={"maxInvoices": 1})
    assert ended(Batch(sender, zipped(files)))["code"] == 200
    change(sender, batchSession={"maxInvoices": 2})
    files = {f"{number}.xml": make_invoice(NIP) for number in range(3)}
    assert ended(Batch(sender, zipped(files)))["code"] == 420
    restore(sender)
    assert ended(Batch(sender, zipped(files)))["code"] == 200


def test_batch_takes_invoices_of_a_size(simulator: Simulator, sender: Sender) -> None:
    simulator.taxpayers.allow_attachments(NIP)
    change(
        sender,
        batchSession={"maxInvoiceSizeInMB": 2, "maxInvoiceWithAttachmentSizeInMB": 1},
    )
    files = {"1.xml": filled(1), "2.xml": filled(2), "3.xml": filled(1, "<Zalacznik/>")}
    batch = Batch(sender, zipped(files))
    assert ended(batch)["code"] == 200
    assert [item["status"]["code"] for item in batch.invoices()] == [200, 430, 430]


def test_nothing_at_all_can_be_allowed(sender: Sender) -> None:
    nothing = dict.fromkeys(DEFAULT, 0)
    assert change(sender, onlineSession=nothing, batchSession=nothing).status_code == 200
    assert codes(sender.send_request(sender.open(), make_invoice(NIP))) == [21155]
    assert ended(Batch(sender, zipped({"1.xml": make_invoice(NIP)})))["code"] == 420


def test_test_environments_alone_can_be_changed(simulator: Simulator, sender: Sender) -> None:
    simulator.settings.environment = "PRD"
    assert change(sender).status_code == 404
    assert shown(sender) == DEFAULTS
