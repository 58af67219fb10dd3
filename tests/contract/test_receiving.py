"""Receiving: metadata, one invoice, exports, collective identifiers, Peppol providers."""

import io
import json
import re
import time
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from ksef_facade.identifiers import crc8
from ksef_facade.local_time import poland
from scripts.contract_tests.checking import beyond_contract, facts, probes
from tests.contract.submitting import CLOSE, SEND, opened
from tests.contract.world import digest, invoice_body, moment, until

QUERY = "/invoices/query/metadata"
ONE = "/invoices/ksef/{ksefNumber}"
EXPORT = "/invoices/exports/{referenceNumber}"
FOREIGN = "5265877635-20250826-0100001AF629-AF"


def filters(world, kind="PermanentStorage", *, since=None, to=None, **others):
    since = since or datetime.now(UTC) - timedelta(hours=1)
    period = {"dateType": kind, "from": since.isoformat()}
    if to is not None:
        period["to"] = to.isoformat()
    return {"subjectType": "Subject1", "dateRange": {**period, **others}}


@pytest.fixture(scope="module")
def stored(world):
    """Two invoices of one seller in permanent storage: documents and KSeF numbers."""
    answer, key = opened(world)
    session = answer.json["referenceNumber"]
    documents = [world.document(), world.document()]
    sent = [
        world.ask("POST", SEND, session, json=invoice_body(one, key)).json["referenceNumber"]
        for one in documents
    ]
    rows = [world.invoice_over(session, one) for one in sent]
    early = world.ask("GET", ONE, rows[0]["ksefNumber"])
    world.ask("POST", CLOSE, session)
    template = "/sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}"

    def is_stored():
        rows[:] = [world.ask("GET", template, session, one).json for one in sent]
        return all(row.get("permanentStorageDate") for row in rows)

    until(world, is_stored)
    return {
        "documents": documents,
        "rows": rows,
        "numbers": [row["ksefNumber"] for row in rows],
        "early": early,
    }


@facts(
    "storage.later",
    "storage.21165",
    "download.bytes",
    "download.hash",
    "download.21164",
    "download.other-context",
)
def test_one_invoice_is_downloaded(world, check, stored):
    row = stored["rows"][0]
    later = moment(row["permanentStorageDate"]) >= moment(row["acquisitionDate"])
    check("storage.later", later, (row["acquisitionDate"], row["permanentStorageDate"]))
    early = stored["early"]
    if early.status == 200:
        check.miss("storage.21165", "the invoice was stored before it could be asked for")
    else:
        check("storage.21165", early.refuses(21165, 21164), early.summary)
    answer = world.ask("GET", ONE, stored["numbers"][0])
    check("download.bytes", answer.body == stored["documents"][0], answer.summary)
    check(
        "download.hash", answer.headers.get("x-ms-meta-hash") == digest(answer.body), answer.summary
    )
    unknown = world.ask("GET", ONE, FOREIGN)
    check("download.21164", unknown.refuses(21164), unknown.summary)
    hidden = world.stranger()[2]("GET", ONE, stored["numbers"][0])
    check("download.other-context", hidden.refuses(21164), hidden.summary)


@facts(
    "metadata.finds",
    "metadata.hwm-only-for-storage",
    "metadata.members",
    "metadata.page-size",
    "metadata.100-days",
    "metadata.21183",
    "metadata.subject-role",
)
@probes("date-range", "missing-to")
def test_the_metadata(world, check, stored):
    found = world.ask("POST", QUERY, json=filters(world), params={"pageSize": 250}).json
    numbers = [one["ksefNumber"] for one in found["invoices"]]
    check("metadata.finds", set(stored["numbers"]) <= set(numbers), len(numbers))
    mine = next(one for one in found["invoices"] if one["ksefNumber"] == stored["numbers"][0])
    told = (mine["invoiceHash"], mine["seller"]["nip"], mine["currency"], mine["invoiceType"])
    wanted = (digest(stored["documents"][0]), world.nip, "PLN", "Vat")
    check("metadata.members", told == wanted, told)
    issued = world.ask(
        "POST", QUERY, json=filters(world, "Issue", since=datetime.now(UTC) - timedelta(days=2))
    )
    only = (
        bool(found.get("permanentStorageHwmDate"))
        and issued.json.get("permanentStorageHwmDate") is None
    )
    check(
        "metadata.hwm-only-for-storage",
        only,
        (found.get("permanentStorageHwmDate"), issued.summary),
    )
    role = world.ask("POST", QUERY, json={**filters(world), "subjectType": "Subject2"}).json
    bought = {one["ksefNumber"] for one in role["invoices"]} & set(stored["numbers"])
    check("metadata.subject-role", not bought, bought or "none of them as buyer")
    wrong = world.ask("POST", QUERY, json=filters(world), params={"pageSize": 251})
    check("metadata.page-size", wrong.refuses(21405), wrong.summary)
    now = datetime.now(UTC)
    wide = world.ask("POST", QUERY, json=filters(world, since=now - timedelta(days=101), to=now))
    held = world.ask("POST", QUERY, json=filters(world, since=now - timedelta(days=99), to=now))
    check(
        "metadata.100-days",
        wide.refuses(21405) and held.status == 200,
        (wide.summary, held.summary),
    )
    check.probe("date-range", f"101 days: {wide.summary}; 99 days: {held.summary}")
    future = filters(world, since=now + timedelta(hours=1), restrictToPermanentStorageHwmDate=True)
    answer = world.ask("POST", QUERY, json=future)
    check("metadata.21183", answer.refuses(21183), answer.summary)
    old = world.ask("POST", QUERY, json=filters(world, since=now - timedelta(days=120)))
    check.probe("missing-to", f"from 120 days ago, without an end: {old.summary}")


@beyond_contract("a time of the contract has an offset")
@probes("date-without-offset")
def test_a_time_without_an_offset(world, check, stored):
    # Half an hour ago on Polish clocks is in the future where it is taken for UTC.
    since = datetime.now(poland()) - timedelta(minutes=30)
    bare = filters(world, since=since.replace(tzinfo=None))
    answer = world.ask("POST", QUERY, json=bare, params={"pageSize": 250})
    if answer.status != 200:
        check.probe("date-without-offset", answer.summary)
        return
    found = {one["ksefNumber"] for one in answer.json["invoices"]} & set(stored["numbers"])
    read = "as Polish time" if found else "as another time, which is later"
    check.probe("date-without-offset", f"{answer.summary}, read {read}")


@facts(
    "export.201",
    "export.reference",
    "export.codes",
    "export.part-name",
    "export.encrypted-hash",
    "export.link-hash",
    "export.plain-hash",
    "export.archive",
    "export.metadata-file",
    "export.21175",
)
@probes("export-part-size")
def test_an_export(world, check, stored):
    key, encryption = world.encryption()
    body = {"encryption": encryption, "filters": filters(world), "onlyMetadata": False}
    started = world.ask("POST", "/invoices/exports", json=body)
    check("export.201", started.status == 201, started.summary)
    reference = started.json["referenceNumber"]
    letters = r"\d{8}-EH-[0-9A-F]{10}-[0-9A-F]{10}-[0-9A-F]{2}"
    check("export.reference", re.fullmatch(letters, reference), reference)
    codes, status = [], {}
    for _ in range(90):
        status = world.ask("GET", EXPORT, reference).json
        codes.append(status["status"]["code"])
        if codes[-1] != 100:
            break
        time.sleep(0.05 if not world.run.target.is_live else 4)
    check("export.codes", set(codes) <= {100, 200} and codes[-1] == 200, codes)
    package = status["package"]
    plain = b""
    for part in sorted(package["parts"], key=lambda one: one["ordinalNumber"]):
        named = part["partName"].startswith(reference) and part["partName"].endswith(".aes")
        check("export.part-name", named, part["partName"])
        fetched = world.ask.link(part["method"], part["url"])
        exact = (len(fetched.body), digest(fetched.body)) == (
            part["encryptedPartSize"],
            part["encryptedPartHash"],
        )
        check("export.encrypted-hash", exact, fetched.summary)
        check(
            "export.link-hash",
            fetched.headers.get("x-ms-meta-hash") == part["encryptedPartHash"],
            fetched.summary,
        )
        decryptor = Cipher(AES(key.key), CBC(key.iv)).decryptor()
        padded = decryptor.update(fetched.body) + decryptor.finalize()
        opened_part = padded[: -padded[-1]]
        exact = (len(opened_part), digest(opened_part)) == (part["partSize"], part["partHash"])
        check("export.plain-hash", exact, (len(opened_part), part["partSize"]))
        plain += opened_part
    check.probe("export-part-size", [part["encryptedPartSize"] for part in package["parts"]])
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        names = archive.namelist()
        inside = {name: archive.read(name) for name in names}
    wanted = {f"{number}.xml" for number in stored["numbers"]}
    same = all(
        inside.get(f"{number}.xml") == document
        for number, document in zip(stored["numbers"], stored["documents"], strict=True)
    )
    check("export.archive", wanted <= set(names) and same, names)
    listed = json.loads(inside.get("_metadata.json", b"{}")).get("invoices", [])
    told = {one["ksefNumber"] for one in listed}
    check("export.metadata-file", set(stored["numbers"]) <= told, len(told))
    unknown = world.ask("GET", EXPORT, "20250925-EH-2D2C11B000-E9C9ED8340-EE")
    check("export.21175", unknown.refuses(21175), unknown.summary)


@facts(
    "collective.201",
    "collective.shape",
    "collective.listed",
    "collective.invoices",
    "collective.71001",
    "collective.71005",
    "collective.two-at-least",
    "collective.of-an-invoice",
)
def test_collective_identifiers(world, check, stored):
    def ask(*numbers):
        body = {"invoices": [{"ksefNumber": number} for number in numbers]}
        return world.ask("POST", "/collective-identifiers", json=body)

    made = ask(*stored["numbers"])
    check("collective.201", made.status == 201, made.summary)
    number = made.json["collectiveIdentifierNumber"]
    shaped = re.fullmatch(rf"{world.nip}-IZ\d{{6}}-[0-9A-F]{{12}}-[0-9A-F]{{2}}", number)
    check("collective.shape", shaped and f"{crc8(number[:32].encode()):02X}" == number[-2:], number)
    now = datetime.now(UTC)
    body = {
        "dateCreatedFrom": (now - timedelta(hours=1)).isoformat(),
        "dateCreatedTo": (now + timedelta(hours=1)).isoformat(),
    }
    listed = world.ask("POST", "/collective-identifiers/query", json=body).json
    found = [one["collectiveIdentifierNumber"] for one in listed["collectiveIdentifiers"]]
    check("collective.listed", number in found, found)
    body = {"collectiveIdentifierNumbers": [number]}
    inside = world.ask("POST", "/collective-identifiers/invoices", json=body).json["invoices"]
    held = {one["ksefNumber"] for one in inside}
    check("collective.invoices", held == set(stored["numbers"]), held)
    path = "/collective-identifiers/ksef/{ksefNumber}"
    of_one = world.ask("GET", path, stored["numbers"][0]).json["collectiveIdentifiers"]
    told = [one["collectiveIdentifierNumber"] for one in of_one]
    check("collective.of-an-invoice", told == [number], told)
    unknown = ask(stored["numbers"][0], FOREIGN)
    check("collective.71001", unknown.refuses(71001), unknown.summary)
    doubled = ask(stored["numbers"][0], stored["numbers"][0])
    check("collective.71005", doubled.refuses(71005), doubled.summary)
    single = ask(stored["numbers"][0])
    check("collective.two-at-least", single.refuses(21405), single.summary)


@facts("peppol.anonymous", "peppol.page-offset", "peppol.page-size")
def test_peppol_providers(world, check):
    answer = world.ask("GET", "/peppol/query", bearer=None)
    check("peppol.anonymous", answer.status == 200, answer.summary)
    check(
        "peppol.page-offset",
        {"peppolProviders", "hasMore"} <= set(answer.json or {}),
        answer.summary,
    )
    wrong = world.ask("GET", "/peppol/query", bearer=None, params={"pageSize": 101})
    check("peppol.page-size", wrong.refuses(21405), wrong.summary)
