"""Archives made elsewhere: sent byte for byte, but only when KSeF could take them."""

import gzip
import io
import os
import tarfile
import zipfile

import pytest

from ksef_facade.crypto.encryption import SessionKey
from ksef_facade.errors import PackageRefused
from ksef_facade.packages.limits import PackageLimits
from ksef_facade.packages.packing import Packing
from ksef_facade.packages.sources import Archive
from tests.unit.packages.unpacked import digest, packed

SOME = {"a.xml": b"<a/>" * 500, "ż.xml": os.urandom(3000)}


def zipped(files, method=zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files, form=tarfile.GNU_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", format=form) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def saved(tmp_path, content: bytes) -> Archive:
    path = tmp_path / "archive"
    path.write_bytes(content)
    return Archive(path)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped(SOME), "zip"),
        (zipped(SOME, zipfile.ZIP_STORED), "zip"),
        (tarred(SOME), "targz"),
        (tarred(SOME, tarfile.PAX_FORMAT), "targz"),
    ],
)
def test_an_archive_is_sent_as_it_is_and_its_invoices_are_known(tmp_path, content, kind):
    archive = saved(tmp_path, content)
    other = "targz" if kind == "zip" else "zip"
    package, plain = packed(archive, tmp_path / "parts", compression=other, part_size=1000)
    assert plain == content
    assert package.compression == kind
    assert {entry.file_name: entry.invoice_hash for entry in package.entries} == {
        name: digest(body) for name, body in SOME.items()
    }
    assert [entry.source_name for entry in package.entries] == list(SOME)


def encrypted_flag() -> bytes:
    content = bytearray(zipped({"a.xml": b"<a/>"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


def damaged() -> bytes:
    content = bytearray(zipped({"a.xml": b"<a/>" * 500}, zipfile.ZIP_STORED))
    content[100] ^= 1
    return bytes(content)


def folder_in_tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo("folder")
        info.type = tarfile.DIRTYPE
        archive.addfile(info)
    return buffer.getvalue()


def link_in_tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo("a.xml")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "archive"),
        (b"<Faktura/>", "archive"),
        (b"PK\x03\x04 and no more", "archive"),
        (b"\x1f\x8b and no more", "archive"),
        (zipped(SOME)[:-30], "archive"),
        (tarred(SOME)[:-400], "archive"),
        (gzip.compress(b"no tar at all" * 100), "archive"),
        (zipped(SOME, zipfile.ZIP_LZMA), "archive"),
        (encrypted_flag(), "archive"),
        (damaged(), "archive"),
        (folder_in_tar(), "archive"),
        (link_in_tar(), "archive"),
        (tarred({}), "no_invoices"),
        (zipped({"deep/a.xml": b"<a/>"}), "file_name"),
        (zipped({"deep/": b""}), "file_name"),
        (tarred({"../a.xml": b"<a/>"}), "file_name"),
        (zipped({"n" * 130: b"<a/>"}), "file_name"),
        (zipped({"a.xml": b"<a/>", "A.xml": b"<b/>"}), "file_name"),
        (zipped({"a.xml": b""}), "empty_invoice"),
        (zipped({"a.xml": b"x" * 1_000_001}), "invoice_too_large"),
        (tarred({"a.xml": bytes(50_000_000)}), "invoice_too_large"),
        (zipped({f"{n}.xml": b"<a/>" for n in range(6)}), "too_many_invoices"),
        (tarred({f"{n}.xml": b"<a/>" for n in range(6)}), "too_many_invoices"),
        (zipped({"a.xml": os.urandom(60_000)}), "archive_too_large"),
    ],
    # Archives carry the time at which they were made: their bytes make no name of a test.
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_an_archive_that_ksef_could_not_take_is_refused(tmp_path, content, rule):
    parts = tmp_path / "parts"
    parts.mkdir()
    limits = PackageLimits(invoices=5, archive_size=55_000)
    packing = Packing(saved(tmp_path, content), parts, SessionKey.generate(), limits=limits)
    with pytest.raises(PackageRefused) as caught:
        packing.step()
    assert caught.value.rule == rule
    assert list(parts.iterdir()) == []


def test_an_archive_that_is_not_there_is_refused(tmp_path):
    packing = Packing(Archive(tmp_path / "absent.zip"), tmp_path, SessionKey.generate())
    with pytest.raises(PackageRefused, match="absent"):
        packing.step()


def test_an_archive_that_changes_meanwhile_is_refused(tmp_path):
    archive = saved(tmp_path, zipped(SOME, zipfile.ZIP_STORED))
    parts = tmp_path / "parts"
    parts.mkdir()
    packing = Packing(archive, parts, SessionKey.generate())
    assert packing.step()
    os.utime(archive.path, (1, 1))
    with pytest.raises(PackageRefused, match="changed"):
        packing.step()
    packing.discard()
    assert list(parts.iterdir()) == []
