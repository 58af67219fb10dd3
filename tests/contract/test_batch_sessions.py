"""Batch sessions: opening, uploading, closing, and how packages fail."""

import io
import re
import tarfile
import zipfile
from base64 import b64encode

import pytest

from scripts.contract_tests.checking import facts, probes
from tests.contract.world import FA_3, badly_padded, digest, moment

OPEN = "/sessions/batch"
CLOSE = "/sessions/batch/{referenceNumber}/close"
STATUS = "/sessions/{referenceNumber}"


def zipped(files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return held.getvalue()


def tarred(files):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, content in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return held.getvalue()


class Package:
    """A package of one part, and how to send it."""

    def __init__(self, world, archive, *, encrypted=None, declared=None, **changes):
        self.world = world
        self.key, encryption = world.encryption(**changes.pop("encryption", {}))
        self.part = encrypted(self.key) if encrypted is not None else self.key.encrypt(archive)
        part = {"ordinalNumber": 1, "fileSize": len(self.part), "fileHash": digest(self.part)}
        file = {
            "fileSize": len(archive),
            "fileHash": digest(archive),
            "fileParts": [{**part, **(declared or {})}],
        }
        self.body = {"formCode": FA_3, "batchFile": {**file, **changes}, "encryption": encryption}

    def open(self):
        self.opened = self.world.ask("POST", OPEN, json=self.body)
        if self.opened.status == 201:
            self.reference = self.opened.json["referenceNumber"]
        return self.opened

    def upload(self, part=None):
        request = self.opened.json["partUploadRequests"][0]
        return self.world.ask.link(
            request["method"], request["url"], content=part or self.part, headers=request["headers"]
        )

    def close(self):
        self.closed = self.world.ask("POST", CLOSE, self.reference)
        return self.closed

    def end(self):
        return self.world.session_over(self.reference)["status"]

    def whole(self):
        self.open()
        self.upload()
        self.close()
        return self.end()


@pytest.fixture(scope="module")
def names(world):
    """Three files of a package: two good invoices and one that is none."""
    return [("b.xml", world.document()), ("a.xml", world.document()), ("c.xml", b"Faktura")]


@pytest.fixture(scope="module")
def delivered(world, names):
    """A package from opening to its end, every step kept."""
    package = Package(world, zipped(names))
    package.open()
    package.fresh = world.ask("GET", STATUS, package.reference).json
    package.uploaded = package.upload()
    package.close()
    package.codes = []
    package.status = world.session_over(package.reference, package.codes)
    package.rows = world.ask(
        "GET", "/sessions/{referenceNumber}/invoices", package.reference, params={"pageSize": 10}
    ).json["invoices"]
    return package


@facts(
    "batch.open-201",
    "batch.reference",
    "batch.part-requests",
    "batch.part-headers",
    "batch.fresh-100",
    "batch.upload-201",
    "batch.close-204",
    "batch.codes",
    "batch.file-name",
    "batch.invoicing-date",
    "batch.200-with-rejected",
    "batch.counters",
    "batch.hash-joins",
    "batch.close-twice",
)
@probes("batch-valid-until", "batch-order")
def test_a_package_is_delivered(check, delivered, names):
    opened = delivered.opened
    check("batch.open-201", opened.status == 201, opened.summary)
    check(
        "batch.reference",
        re.fullmatch(r"\d{8}-SB-[0-9A-F]{10}-[0-9A-F]{10}-[0-9A-F]{2}", delivered.reference),
        delivered.reference,
    )
    (request,) = opened.json["partUploadRequests"]
    shaped = (request["ordinalNumber"], request["method"]) == (1, "PUT") and request["url"]
    check("batch.part-requests", shaped, (request["ordinalNumber"], request["method"]))
    check("batch.part-headers", isinstance(request["headers"], dict), request["headers"])
    check("batch.fresh-100", delivered.fresh["status"]["code"] == 100, delivered.fresh["status"])
    check.probe(
        "batch-valid-until",
        {
            "answer of opening": opened.json.get("validUntil"),
            "status": delivered.fresh.get("validUntil"),
        },
    )
    check("batch.upload-201", delivered.uploaded.status == 201, delivered.uploaded.summary)
    check("batch.close-204", delivered.closed.status == 204, delivered.closed.summary)
    again = delivered.world.ask("POST", CLOSE, delivered.reference)
    check("batch.close-twice", again.refuses(21180), again.summary)
    check("batch.codes", set(delivered.codes) <= {100, 150, 200}, delivered.codes)
    check("batch.200-with-rejected", delivered.codes[-1] == 200, delivered.codes)
    counters = [
        delivered.status.get(name)
        for name in ("invoiceCount", "successfulInvoiceCount", "failedInvoiceCount")
    ]
    check("batch.counters", counters == [3, 2, 1], counters)
    listed = [row.get("invoiceFileName") for row in delivered.rows]
    check("batch.file-name", set(listed) == {name for name, _ in names}, listed)
    check.probe("batch-order", f"archive b, a, c; in the session {listed}")
    created = moment(delivered.fresh["dateCreated"])
    apart = {abs(moment(row["invoicingDate"]) - created).total_seconds() for row in delivered.rows}
    check("batch.invoicing-date", max(apart) <= 1, apart)
    hashes = {row["invoiceHash"] for row in delivered.rows}
    check("batch.hash-joins", hashes == {digest(content) for _, content in names}, len(hashes))


@facts("batch.tar-gz", "batch.counters-nought")
def test_a_package_as_tar_gz(world, check):
    package = Package(world, tarred([("one.xml", world.document())]), compressionType="TarGz")
    check("batch.tar-gz", package.whole()["code"] == 200, package.opened.summary)
    rejected = world.ask("GET", STATUS, package.reference).json.get("failedInvoiceCount")
    check("batch.counters-nought", rejected == 0, rejected)


@facts("batch.21161", "batch.21157-open", "batch.form-pef", "batch.too-large")
def test_packages_that_are_refused_at_opening(world, check):
    archive = zipped([("one.xml", b"Faktura")])
    package = Package(world, archive)
    part = package.body["batchFile"]["fileParts"][0]
    package.body["batchFile"]["fileParts"] = [
        {**part, "ordinalNumber": number} for number in range(1, 52)
    ]
    answer = package.open()
    check("batch.21161", answer.refuses(21161, 21405), answer.summary)
    large = Package(world, archive, declared={"fileSize": 100_000_032})
    answer = large.open()
    check("batch.21157-open", answer.refuses(21157), answer.summary)
    pef = Package(world, archive)
    pef.body["formCode"] = {"systemCode": "PEF (3)", "schemaVersion": "2-1", "value": "PEF"}
    answer = pef.open()
    check("batch.form-pef", answer.refuses(21405), answer.summary)
    huge = Package(world, archive, fileSize=5_000_000_001)
    answer = huge.open()
    check("batch.too-large", answer.refuses(21405), answer.summary)


@facts("batch.21205", "batch.21157-close")
@probes("upload-checked-at-put", "batch-authorization-on-put")
def test_closing_without_the_parts_as_declared(world, check):
    package = Package(world, zipped([("one.xml", b"Faktura")]))
    package.open()
    answer = package.close()
    check("batch.21205", answer.refuses(21205), answer.summary)
    request = package.opened.json["partUploadRequests"][0]
    with_token = world.ask.link(
        "PUT",
        request["url"],
        content=package.part,
        headers={**request["headers"], "Authorization": "Bearer none"},
    )
    check.probe("batch-authorization-on-put", with_token.status)
    shorter = Package(world, zipped([("one.xml", b"Faktura")]))
    shorter.open()
    uploaded = shorter.upload(shorter.part[:-16])
    check.probe(
        "upload-checked-at-put", f"a part of another size than declared: HTTP {uploaded.status}"
    )
    answer = shorter.close()
    check("batch.21157-close", answer.refuses(21157, 21205), answer.summary)


@facts(
    "batch.405-hash",
    "batch.415",
    "batch.430",
    "batch.430-hash",
    "batch.435",
    "batch.440-empty",
    "batch.445",
    "batch.failures-explained",
)
def test_how_packages_fail(world, check):
    archive = zipped([("one.xml", b"Faktura")])
    tampered = Package(world, archive, declared={"fileHash": digest(b"another")})
    unreadable = Package(
        world, archive, encryption={"encryptedSymmetricKey": b64encode(bytes(range(256))).decode()}
    )
    no_archive = Package(world, b"this is no archive at all")
    another = Package(world, archive, fileHash=digest(b"another"))
    undecryptable = Package(world, archive, encrypted=badly_padded)
    empty = Package(world, zipped([]))
    bad = Package(world, archive)
    for fact, package, codes in (
        ("batch.405-hash", tampered, (405,)),
        ("batch.415", unreadable, (415,)),
        ("batch.430", no_archive, (430,)),
        ("batch.430-hash", another, (430,)),
        ("batch.435", undecryptable, (435, 405)),
        ("batch.440-empty", empty, (440,)),
        ("batch.445", bad, (445,)),
    ):
        status = package.status = package.whole()
        check(fact, status["code"] in codes, status)
    beginnings = (
        (tampered, "Skrót SHA-256 części: '1' nie zgadza się z zadeklarowanym skrótem:"),
        (unreadable, "Rozszyfrowania klucza symetrycznego zakończone błędem"),
        (another, "Skrót SHA-256 przesłanej paczki faktur nie jest zgodny"),
    )
    told = [package.status.get("details") for package, _ in beginnings]
    explained = [
        details and details[0].startswith(beginning)
        for details, (_, beginning) in zip(told, beginnings, strict=True)
    ]
    check("batch.failures-explained", all(explained), told)
