"""Queries of metadata as a taxpayer's program asks them, and invoices worth asking for."""

from __future__ import annotations

from typing import Any

import httpx

from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_client import Sender

#: From the day before the tests' Monday.
SINCE = "2026-03-01T00:00:00Z"


def filters(subject: str = "Subject1", **changes: Any) -> dict[str, Any]:
    """Filters of a query; `type`, `start`, `to` and `restrict` are about its dates."""
    dates = {"dateType": changes.pop("type", "PermanentStorage"), "from": SINCE}
    for name, member in (
        ("start", "from"),
        ("to", "to"),
        ("restrict", "restrictToPermanentStorageHwmDate"),
    ):
        if name in changes:
            dates[member] = changes.pop(name)
    return {"subjectType": subject, "dateRange": dates, **changes}


def ask(sender: Sender, body: dict[str, Any], **query: Any) -> httpx.Response:
    return sender.post("/invoices/query/metadata", json=body, params=query)


def found(sender: Sender, subject: str = "Subject1", **changes: Any) -> list[dict[str, Any]]:
    """The invoices of one page of 250."""
    response = ask(sender, filters(subject, **changes), pageSize=250)
    assert response.status_code == 200, response.text
    invoices: list[dict[str, Any]] = response.json()["invoices"]
    return invoices


def numbers(sender: Sender, subject: str = "Subject1", **changes: Any) -> list[str]:
    """Their numbers, as the seller gave them."""
    return [invoice["invoiceNumber"] for invoice in found(sender, subject, **changes)]


def invoice(number: str, seller: str = "5265877635", **changes: str) -> bytes:
    """An invoice of the tests' Monday with texts in it replaced: each name stands for its place.

    `buyer` and `third` are the XML of an identifier, `currency` its code, `self_invoiced` "1".
    """
    text = make_invoice(seller, number=number, issued=changes.pop("issued", "2026-03-02")).decode()
    places = {
        "buyer": "<NIP>1111111111</NIP>",
        "currency": "PLN",
        "net": "100.00",
        "vat": "<P_14_1>23.00</P_14_1>",
        "gross": "123.00",
        "type": ">VAT<",
    }
    for name, place in places.items():
        if name in changes:
            assert place in text
            text = text.replace(place, changes.pop(name))
    if "third" in changes:
        party = f"<Podmiot3><DaneIdentyfikacyjne>{changes.pop('third')}<Nazwa>Trzeci</Nazwa>"
        party += "</DaneIdentyfikacyjne><Rola>2</Rola></Podmiot3>"
        text = text.replace("<Fa>", f"{party}<Fa>")
    if "authorised" in changes:
        party = f"<PodmiotUpowazniony><DaneIdentyfikacyjne>{changes.pop('authorised')}"
        party += "</DaneIdentyfikacyjne><RolaPU>3</RolaPU></PodmiotUpowazniony>"
        text = text.replace("<Fa>", f"{party}<Fa>")
    if "self_invoiced" in changes:
        mark = f"<Adnotacje><P_17>{changes.pop('self_invoiced')}</P_17></Adnotacje>"
        text = text.replace("<RodzajFaktury>", f"{mark}<RodzajFaktury>")
    assert not changes
    return text.encode()


def send(sender: Sender, *invoices: bytes, **changes: Any) -> list[str]:
    """Send invoices in a session and wait until they are stored; their KSeF numbers."""
    session = sender.open()
    for content in invoices:
        sender.send(session, content, **changes)
    sender.wait(3)
    page = sender.get(f"/sessions/{session}/invoices?pageSize=1000").json()["invoices"]
    return [entry["ksefNumber"] for entry in page]
