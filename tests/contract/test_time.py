"""What takes hours or days: only a simulator, whose clock can be moved, is asked."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest

from ksef_facade.crypto.encryption import SessionKey, wrap_key
from ksef_facade.crypto.public_keys import read_public_keys, select
from ksef_facade.simulator import Clock, Simulator
from scripts.contract_tests.checking import facts, simulator_only
from tests.contract.test_limits import log_in_by_seed
from tests.contract.world import digest

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NIP = "5265877635"


@pytest.fixture
def lab():
    """A simulator whose clock stands still until it is moved."""
    simulator = Simulator(clock=Clock.stopped(START), seed=1)
    yield simulator
    assert simulator.contract_violations == []


def ask(simulator, method, path, token=None, body=None):
    headers = {"content-type": "application/json", "x-error-format": "problem-details"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    content = json.dumps(body).encode() if body is not None else b""
    status, _, answer = simulator.handle(method, f"http://127.0.0.1/v2{path}", headers, content)
    try:
        return status, json.loads(answer or b"null")
    except ValueError:
        return status, answer


def codes(answer):
    return [entry["code"] for entry in (answer[1] or {}).get("errors", ())]


@facts("challenge.10-minutes")
@simulator_only("it takes ten minutes")
def test_a_challenge_gets_old(check, lab):
    _, given = ask(lab, "POST", "/auth/challenge")
    lab.clock.advance(timedelta(minutes=11))
    body = {
        "challenge": given["challenge"],
        "contextIdentifier": {"type": "Nip", "value": NIP},
        "encryptedToken": b64encode(bytes(256)).decode(),
    }
    answer = ask(lab, "POST", "/auth/ksef-token", body=body)
    check("challenge.10-minutes", codes(answer) == [21111], answer)


@facts("access-token.expires-401")
@simulator_only("it takes a quarter of an hour")
def test_an_access_token_expires(check, lab):
    token = log_in_by_seed(lab)
    before = ask(lab, "GET", "/rate-limits", token)[0]
    lab.clock.advance(timedelta(minutes=16))
    after = ask(lab, "GET", "/rate-limits", token)[0]
    check("access-token.expires-401", (before, after) == (200, 401), (before, after))


@facts("retention.operation-410", "retention.export-410", "errors.410-texts")
@simulator_only("it takes a month")
def test_what_is_kept_for_days_only(check, lab):
    token = log_in_by_seed(lab)
    body = {
        "subjectIdentifier": {"type": "Pesel", "value": "30112206276"},
        "permissions": ["InvoiceRead"],
        "description": "contract test",
        "subjectDetails": {
            "subjectDetailsType": "PersonByIdentifier",
            "personById": {"firstName": "Jan", "lastName": "Testowy"},
        },
    }
    _, granted = ask(lab, "POST", "/permissions/persons/grants", token, body)
    period = {"dateType": "PermanentStorage", "from": START.isoformat()}
    export = {
        "encryption": encryption(lab),
        "filters": {"subjectType": "Subject1", "dateRange": period},
    }
    _, exported = ask(lab, "POST", "/invoices/exports", token, export)
    paths = (
        ("retention.export-410", 8, f"/invoices/exports/{exported['referenceNumber']}"),
        ("retention.operation-410", 31, f"/permissions/operations/{granted['referenceNumber']}"),
    )
    for fact, days, path in paths:
        before = ask(lab, "GET", path, token)[0]
        lab.clock.advance(timedelta(days=days))
        token = log_in_by_seed(lab)
        after = ask(lab, "GET", path, token)
        check(fact, (before, after[0]) == (200, 410), (before, after[0]))
    texts = (after[1].get("title"), after[1].get("detail"))
    wanted = ("Gone", "Operacja wygasła i nie jest już dostępna.")
    check("errors.410-texts", texts == wanted, texts)


@facts("session.auto-close", "session.statuses-kept")
@simulator_only("it takes twelve hours")
def test_a_forgotten_session_is_closed(check, lab):
    token = log_in_by_seed(lab)
    reference = open_session(lab, token)
    lab.clock.advance(timedelta(hours=12, minutes=5))
    token = log_in_by_seed(lab)
    status = ask(lab, "GET", f"/sessions/{reference}", token)[1]["status"]["code"]
    check("session.auto-close", status == 440, status)
    lab.clock.advance(timedelta(days=400))
    token = log_in_by_seed(lab)
    kept = ask(lab, "GET", f"/sessions/{reference}", token)
    check("session.statuses-kept", kept[0] == 200, kept[0])


@facts("batch.upload-window", "batch.cancelled-after-12-hours", "batch.cancelled-text")
@simulator_only("it takes twelve hours")
def test_a_package_that_comes_too_late(check, lab):
    token = log_in_by_seed(lab)
    part = bytes(16)
    body = {
        "formCode": {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"},
        "batchFile": {
            "fileSize": 1,
            "fileHash": digest(b"1"),
            "fileParts": [{"ordinalNumber": 1, "fileSize": 16, "fileHash": digest(part)}],
        },
        "encryption": encryption(lab),
    }
    status, opened = ask(lab, "POST", "/sessions/batch", token, body)
    assert status == 201, opened
    request = opened["partUploadRequests"][0]
    lab.clock.advance(timedelta(minutes=19))
    headers = {**request["headers"], "content-length": str(len(part))}
    within = lab.handle("PUT", request["url"], headers, part)[0]
    lab.clock.advance(timedelta(minutes=41))
    after = lab.handle("PUT", request["url"], headers, part)[0]
    check("batch.upload-window", (within, after) == (201, 403), (within, after))
    lab.clock.advance(timedelta(hours=12))
    token = log_in_by_seed(lab)
    found = ask(lab, "GET", f"/sessions/{opened['referenceNumber']}", token)[1]["status"]
    check("batch.cancelled-after-12-hours", found["code"] == 440, found)
    check("batch.cancelled-text", found.get("details") == ["Przekroczono czas wysyłki"], found)


def open_session(lab, token):
    body = {
        "formCode": {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"},
        "encryption": encryption(lab),
    }
    status, answer = ask(lab, "POST", "/sessions/online", token, body)
    assert status == 201, answer
    return answer["referenceNumber"]


def encryption(lab):
    keys = ask(lab, "GET", "/security/public-key-certificates")[1]
    public = select(read_public_keys(keys), "SymmetricKeyEncryption", lab.clock.now())
    key = SessionKey.generate()
    return {
        "encryptedSymmetricKey": b64encode(wrap_key(public.certificate_der, key.key)).decode(),
        "initializationVector": b64encode(key.iv).decode(),
    }


@facts("link.expires", "upo.several-pages")
@simulator_only(
    "a link lives for three days, and more than one page takes more than 10,000 invoices"
)
def test_links_expire_and_pages_are_several(check, lab):
    reference = lab.seed_session(NIP, "online", accepted=5, upo_page_size=2)
    token = log_in_by_seed(lab)
    pages = ask(lab, "GET", f"/sessions/{reference}", token)[1]["upo"]["pages"]
    check("upo.several-pages", len(pages) == 3, len(pages))
    before = lab.handle("GET", pages[0]["downloadUrl"])[0]
    lab.clock.advance(timedelta(days=4))
    after = lab.handle("GET", pages[0]["downloadUrl"])[0]
    check("link.expires", (before, after) == (200, 403), (before, after))
