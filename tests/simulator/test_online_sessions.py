"""Opening, sending and closing, and the life of an online session."""

from __future__ import annotations

from typing import Any

import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_client import FA_3, Sender, b64, codes

NIP = "5265877635"
UNKNOWN = "20250625-SO-2C3E6C8000-B675CF5D68-07"


def code_of(sender: Sender, session: str) -> int:
    code: int = sender.get(f"/sessions/{session}").json()["status"]["code"]
    return code


def test_open_answers_a_reference_and_an_end_twelve_hours_later(sender: Sender) -> None:
    body = {"formCode": FA_3, "encryption": sender.encryption()}
    opened = sender.post("/sessions/online", json=body).json()
    assert opened["referenceNumber"][:12] == "20260302-SO-"
    assert opened["validUntil"].startswith("2026-03-02T21:00:")
    status = sender.get(f"/sessions/{opened['referenceNumber']}").json()
    assert status["status"] == {"code": 100, "description": "Sesja interaktywna otwarta"}
    assert status["validUntil"] == opened["validUntil"]
    assert not {"upo", "invoiceCount", "successfulInvoiceCount"} & set(status)


@pytest.mark.parametrize(
    ("system", "version", "value"),
    [
        ("FA (2)", "1-0E", "FA"),
        ("FA (3)", "1-0E", "FA"),
        ("FA_RR (1)", "1-1E", "FA_RR"),
    ],
)
def test_supported_forms(sender: Sender, system: str, version: str, value: str) -> None:
    form = {"systemCode": system, "schemaVersion": version, "value": value}
    assert code_of(sender, sender.open(formCode=form)) == 100


@pytest.mark.parametrize("system", ["PEF (3)", "PEF_KOR (3)"])
def test_forms_of_peppol_need_their_own_permission(sender: Sender, system: str) -> None:
    # No KSeF token can carry that permission.
    form = {"systemCode": system, "schemaVersion": "2-1", "value": "PEF"}
    body = {"formCode": form, "encryption": sender.encryption()}
    refused = sender.post("/sessions/online", json=body)
    assert (refused.status_code, refused.json()["reasonCode"]) == (403, "missing-permissions")
    assert refused.json()["security"]["requiredAnyOfPermissions"] == ["PefInvoiceWrite"]


@pytest.mark.parametrize("system", ["FA(3)", "FA (4)", "FA_PEF (3)"])
def test_unsupported_forms(sender: Sender, system: str) -> None:
    form = {"systemCode": system, "schemaVersion": "1-0E", "value": "FA"}
    body = {"formCode": form, "encryption": sender.encryption()}
    response = sender.post("/sessions/online", json=body)
    assert codes(response) == [21405]
    assert "Wskazany kod formularza nie jest wspierany." in response.text


def test_initialization_vector_of_a_wrong_length(sender: Sender) -> None:
    encryption = {**sender.encryption(), "initializationVector": b64(bytes(14))}
    body = {"formCode": FA_3, "encryption": encryption}
    assert codes(sender.post("/sessions/online", json=body)) == [21405]


def test_unreadable_key_is_found_out_later(sender: Sender) -> None:
    encryption = {**sender.encryption(), "encryptedSymmetricKey": b64(b"garbage" * 40)}
    session = sender.open(encryption=encryption)
    assert code_of(sender, session) == 100
    early = sender.send(session, make_invoice(NIP))
    sender.wait(1)
    status = sender.get(f"/sessions/{session}").json()
    assert status["status"] == {
        "code": 415,
        "description": "Błąd odszyfrowania dostarczonego klucza",
    }
    assert codes(sender.send_request(session, make_invoice(NIP))) == [21180]
    refused = sender.close(session)
    assert codes(refused) == [21180]
    assert "Status sesji 415 uniemożliwia jej zamknięcie." in refused.text
    invoice = sender.get(f"/sessions/{session}/invoices/{early}").json()
    assert invoice["status"]["code"] == 405


def test_life_of_a_session_with_good_and_bad_invoices(sender: Sender) -> None:
    session = sender.open()
    sender.send(session, make_invoice(NIP))
    sender.send(session, make_invoice("1111111111"))
    sender.wait(1)
    assert sender.close(session).status_code == 204
    status = sender.get(f"/sessions/{session}").json()
    assert status["status"] == {"code": 170, "description": "Sesja interaktywna zamknięta"}
    assert "upo" not in status
    assert status["validUntil"].startswith("2026-03-02T21:00:")
    sender.wait(1)
    status = sender.get(f"/sessions/{session}").json()
    assert status["status"]["code"] == 200
    assert len(status["upo"]["pages"]) == 1


def test_session_ends_after_its_last_invoice(simulator: Simulator, sender: Sender) -> None:
    session = sender.open()
    sender.send(session, make_invoice(NIP))
    sender.close(session)
    latencies = simulator.settings.latencies
    sender.wait(latencies.session_done)
    assert code_of(sender, session) == 170
    sender.wait(latencies.invoice_done)
    assert code_of(sender, session) == 200


def test_session_without_invoices_is_cancelled(sender: Sender) -> None:
    session = sender.open()
    sender.close(session)
    status = sender.get(f"/sessions/{session}").json()
    assert status["status"] == {
        "code": 440,
        "description": "Sesja anulowana",
        "details": ["Nie przesłano faktur"],
    }


def test_session_with_rejected_invoices_only(sender: Sender) -> None:
    session = sender.open()
    sender.send(session, make_invoice("1111111111"))
    sender.close(session)
    sender.wait(1)
    status = sender.get(f"/sessions/{session}").json()
    assert status["status"]["code"] == 445
    assert status["status"]["description"] == "Błąd weryfikacji, brak poprawnych faktur"
    assert (status["invoiceCount"], status["failedInvoiceCount"]) == (1, 1)
    assert not {"upo", "successfulInvoiceCount"} & set(status)


def test_session_closes_itself_after_twelve_hours(sender: Sender) -> None:
    token = sender.simulator.issue_token(NIP)
    session = sender.open()
    sender.send(session, make_invoice(NIP))
    sender.wait(12 * 3600 + 1)
    sender.authenticate(token)
    assert codes(sender.send_request(session, make_invoice(NIP))) == [21180]
    status = sender.get(f"/sessions/{session}").json()
    assert status["status"]["code"] == 200
    assert status["dateUpdated"].startswith("2026-03-02T21:00:")


def test_closed_session_takes_nothing_and_cannot_be_closed_again(sender: Sender) -> None:
    session = sender.open()
    sender.send(session, make_invoice(NIP))
    sender.close(session)
    refused = sender.send_request(session, make_invoice(NIP))
    assert codes(refused) == [21180]
    assert "Status sesji 170 uniemożliwia wysyłkę faktur." in refused.text
    assert codes(sender.close(session)) == [21180]


def test_unknown_session(sender: Sender) -> None:
    refused = sender.send_request(UNKNOWN, make_invoice(NIP))
    assert codes(refused) == [21173]
    assert f"Sesja o numerze referencyjnym {UNKNOWN} nie została odnaleziona." in refused.text
    assert codes(sender.close(UNKNOWN)) == [21173]
    assert codes(sender.get(f"/sessions/{UNKNOWN}")) == [21173]


def test_session_of_another_context_is_unknown(simulator: Simulator, sender: Sender) -> None:
    session = sender.open()
    stranger = Sender(simulator, sender.http, "1111111111")
    stranger.authenticate()
    assert codes(stranger.get(f"/sessions/{session}")) == [21173]
    assert codes(stranger.close(session)) == [21173]


def test_session_of_another_subject_needs_introspection(
    simulator: Simulator, sender: Sender
) -> None:
    session = sender.open()
    colleague = Sender(simulator, sender.http, NIP)
    colleague.authenticate(simulator.issue_token(NIP, ["InvoiceWrite"], author="1111111111"))
    refused = colleague.get(f"/sessions/{session}")
    assert refused.status_code == 403
    assert refused.json()["reasonCode"] == "insufficient-resource-access"
    assert colleague.close(session).status_code == 403
    assert colleague.get("/sessions?sessionType=Online").json() == {"sessions": []}
    permissions = ["InvoiceWrite", "Introspection"]
    colleague.authenticate(simulator.issue_token(NIP, permissions, author="1111111111"))
    assert colleague.get(f"/sessions/{session}").status_code == 200
    assert len(colleague.get("/sessions?sessionType=Online").json()["sessions"]) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"encryptedInvoiceSize": 1}, 21402),
        ({"encryptedInvoiceHash": b64(bytes(32))}, 21403),
        ({"encryptedInvoiceContent": "not base64!"}, 21001),
        ({"encryptedInvoiceContent": 5}, 21001),
        ({"invoiceSize": 0}, 21405),
        ({"invoiceSize": 3_000_001}, 21405),
        ({"invoiceHash": "short"}, 21405),
        ({"offlineMode": "yes"}, 21001),
    ],
)
def test_declarations_that_are_refused_at_once(
    sender: Sender, changes: dict[str, Any], code: int
) -> None:
    session = sender.open()
    refused = sender.send_request(session, make_invoice(NIP), **changes)
    assert refused.status_code == 400
    assert code in codes(refused)
    assert "invoiceCount" not in sender.get(f"/sessions/{session}").json()


def test_count_of_invoices_is_limited(simulator: Simulator, sender: Sender) -> None:
    simulator.settings.invoices_per_session = 2
    session = sender.open()
    for _ in range(2):
        sender.send(session, make_invoice(NIP))
    refused = sender.send_request(session, make_invoice(NIP))
    assert codes(refused) == [21155]
    assert session in refused.text
    assert "limit liczby faktur 2" in refused.text


def test_maintenance(simulator: Simulator, sender: Sender) -> None:
    session = sender.open()
    simulator.settings.maintenance = True
    assert codes(sender.send_request(session, make_invoice(NIP))) == [21184]
    simulator.settings.maintenance = False
    sender.send(session, make_invoice(NIP))
