"""Packages: what goes in comes out, whatever the sources; the same twice; in little memory."""

import errno
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.crypto.encryption import SessionKey, encrypted_size
from ksef_facade.errors import PackageRefused
from ksef_facade.packages import spool
from ksef_facade.packages.limits import PackageLimits
from ksef_facade.packages.packing import Packing, discarded_on_failure
from tests.unit.packages.unpacked import digest, files, packed

KINDS = ["zip", "targz"]
SOME = [("a.xml", b"<a/>" * 1000), ("b.xml", os.urandom(5000)), ("c.xml", b"<c/>")]


@pytest.mark.parametrize("kind", KINDS)
@given(
    contents=st.lists(
        st.tuples(st.text(max_size=150), st.binary(min_size=1, max_size=2000)),
        min_size=1,
        max_size=12,
    ),
    part_size=st.integers(min_value=400, max_value=5000),
)
def test_what_goes_in_comes_out(kind, contents, part_size, tmp_path_factory):
    package, plain = packed(
        contents, tmp_path_factory.mktemp("parts"), compression=kind, part_size=part_size,
        limits=PackageLimits(parts=200),
    )  # fmt: skip
    found = files(package, plain)
    assert [entry.source_name for entry in package.entries] == [name for name, _ in contents]
    assert [found[entry.file_name] for entry in package.entries] == [c for _, c in contents]
    assert len(found) == len(contents)
    assert [entry.invoice_hash for entry in package.entries] == [digest(c) for _, c in contents]
    whole, last = divmod(package.archive_size, part_size)
    sizes = [part_size] * whole + [last] * (last > 0)
    assert [part.size for part in package.parts] == [encrypted_size(size) for size in sizes]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_sources_give_the_same_archive_at_any_time_and_place(kind, tmp_path, monkeypatch):
    first, plain = packed(SOME, tmp_path / "1", compression=kind)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    folder = tmp_path / "files"
    folder.mkdir()
    for name, content in reversed(SOME):
        (folder / name).write_bytes(content)
        os.utime(folder / name, (1, 1))
    second, again = packed([folder], tmp_path / "2", compression=kind, part_size=777)
    assert again == plain
    assert second.archive_sha256 == first.archive_sha256
    assert [p.sha256 for p in first.parts] != [p.sha256 for p in second.parts]


@pytest.mark.parametrize("kind", KINDS)
def test_a_package_made_anew_is_encrypted_with_another_key(kind, tmp_path):
    first, _ = packed(SOME, tmp_path / "1", compression=kind)
    second, _ = packed(SOME, tmp_path / "2", compression=kind)
    assert first.archive_sha256 == second.archive_sha256
    assert first.parts[0].sha256 != second.parts[0].sha256


def test_other_programs_read_the_archives(tmp_path):
    package, plain = packed(SOME, tmp_path / "1", compression="targz")
    path = tmp_path / "a.tar.gz"
    path.write_bytes(plain)
    listed = subprocess.run(["tar", "-tzf", path], capture_output=True, text=True, check=True)
    assert listed.stdout.split() == [entry.file_name for entry in package.entries]


def test_an_archive_in_the_form_for_more_than_4_gigabytes(tmp_path, monkeypatch):
    # The form begins where offsets do not fit into 32 bits; here it begins early.
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 3000)
    package, plain = packed(SOME, tmp_path)
    assert b"PK\x06\x06" in plain
    assert files(package, plain) == dict(SOME)


def test_an_invoice_on_the_edge_of_a_part_and_of_a_block(tmp_path):
    for size in range(1, 40):
        package, plain = packed(
            [("a.xml", os.urandom(100))], tmp_path / str(size), part_size=16 * size
        )
        assert len(files(package, plain)) == 1


def test_steps_are_short_and_tell_how_far_they_are(tmp_path):
    sources = [(f"{n}.xml", b"x" * 900_000) for n in range(20)]
    packing = Packing(sources, tmp_path, SessionKey.generate())
    seen = [0]
    while packing.step():
        seen.append(packing.bytes_done)
    assert seen[-1] <= packing.bytes_done == packing.bytes_total == 18_000_000
    assert max(b - a for a, b in pairwise(seen)) < 6_000_000
    assert packing.invoices == 20


def test_a_generator_is_gone_through_once_and_held_nowhere(tmp_path):
    alive: list[int] = []

    def invoices() -> Iterator[tuple[str, bytes]]:
        for number in range(50):
            alive.append(number)
            yield f"{number}.xml", b"%d" % number

    package, plain = packed(invoices(), tmp_path)
    assert alive == list(range(50))
    assert files(package, plain)["49.xml"] == b"49"


def test_an_error_in_the_callers_generator_stays_what_it_is(tmp_path):
    def invoices() -> Iterator[tuple[str, bytes]]:
        yield "a.xml", os.urandom(600_000)
        raise LookupError("mine")

    packing = Packing(invoices(), tmp_path, SessionKey.generate(), part_size=100_000)
    with pytest.raises(LookupError, match="mine"):
        run(packing)
    assert list(tmp_path.iterdir()) == []
    assert packing.step() is False
    with pytest.raises(ValueError, match="not finished"):
        _ = packing.package


def test_a_package_given_up_half_way_leaves_nothing(tmp_path):
    sources = [(f"{n}.xml", os.urandom(900_000)) for n in range(20)]
    packing = Packing(sources, tmp_path, SessionKey.generate(), part_size=1_000_000)
    assert packing.step()
    assert packing.step()
    assert len(list(tmp_path.iterdir())) > 1
    packing.discard()
    packing.discard()
    assert list(tmp_path.iterdir()) == []


def run(packing: Packing) -> None:
    with discarded_on_failure(packing):
        while packing.step():
            pass


def refused(tmp_path: Path, sources, **options) -> PackageRefused:
    packing = Packing(sources, tmp_path, SessionKey.generate(), **options)
    with pytest.raises(PackageRefused) as caught:
        run(packing)
    assert list(tmp_path.iterdir()) == []
    return caught.value


def test_no_room_on_the_disk_is_told_before_it_is_full(tmp_path):
    free = [10**9]

    def falling(_: Path) -> int:
        free[0] -= 400_000_000
        return free[0]

    noise = [(f"{n}.xml", os.urandom(900_000)) for n in range(9)]
    error = refused(tmp_path, iter(noise), part_size=1_000_000, free=falling)
    assert error.rule == "disk_space"
    assert str(tmp_path) in str(error)
    assert refused(tmp_path, noise, free=lambda _: 20_000_000).rule == "disk_space"
    # Known to be small, so little room is enough.
    packed(SOME, tmp_path / "small", free=lambda _: 17_000_000)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told(tmp_path, monkeypatch, code):
    write = os.write

    def full(descriptor: int, data: bytes) -> int:
        if len(data) > 1000:
            raise OSError(code, "full")
        return write(descriptor, data)

    monkeypatch.setattr(spool.os, "write", full)
    assert refused(tmp_path, SOME).rule == "disk_space"


def test_another_failure_of_the_disk_stays_what_it_is(tmp_path, monkeypatch):
    def failing(*_: object) -> int:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(spool.os, "write", failing)
    packing = Packing(SOME, tmp_path, SessionKey.generate())
    with pytest.raises(OSError, match="broken"):
        run(packing)
    assert list(tmp_path.iterdir()) == []


def test_limits_of_count_size_parts_and_archive(tmp_path):
    many = [(f"{n}.xml", b"<x/>") for n in range(11)]
    assert refused(tmp_path, many, limits=PackageLimits(invoices=10)).rule == "too_many_invoices"
    error = refused(tmp_path, iter(many), limits=PackageLimits(invoices=10))
    assert error.rule == "too_many_invoices"
    packed(many[:10], tmp_path / "ok", limits=PackageLimits(invoices=10))
    noise = [("a.xml", os.urandom(10_000))]
    small = PackageLimits(parts=9)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    assert refused(fresh, noise, part_size=1000, limits=small).rule == "too_many_parts"
    error = refused(fresh, noise, limits=PackageLimits(archive_size=10_000))
    assert error.rule == "archive_too_large"
    assert refused(fresh, []).rule == "no_invoices"
    assert refused(fresh, noise, part_size=200_000_000).rule == "part_size"


def test_the_limit_of_an_archive_is_exact(tmp_path):
    package, _ = packed(SOME, tmp_path / "1")
    exactly = PackageLimits(archive_size=package.archive_size)
    packed(SOME, tmp_path / "2", limits=exactly)
    (tmp_path / "3").mkdir()
    less = PackageLimits(archive_size=package.archive_size - 1)
    assert refused(tmp_path / "3", SOME, limits=less).rule == "archive_too_large"


def test_default_part_sizes():
    limits = PackageLimits()
    assert limits.default_part_size(None) == 100_000_000
    assert limits.default_part_size(1) == 5_000_000
    assert limits.default_part_size(5_000_000_000) == 100_000_000
    for expected in (10**8, 10**9, 4 * 10**9):
        part = limits.default_part_size(expected)
        assert expected <= part * limits.parts
        assert part <= limits.part_size


MEMORY = """
import resource, sys
from pathlib import Path
from ksef_facade.crypto.encryption import SessionKey
from ksef_facade.packages.packing import Packing

before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
source, folder, kind = sys.argv[1:]
packing = Packing([source], Path(folder), SessionKey.generate(), compression=kind)
while packing.step():
    pass
print(packing.package.archive_size, packing.invoices)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes on Linux")
@pytest.mark.parametrize("kind", KINDS)
def test_memory_does_not_grow_with_the_package(tmp_path, kind):
    source = tmp_path / "invoices"
    source.mkdir()
    for number in range(300):
        # Sparse: a megabyte each that takes no room on the disk.
        with (source / f"{number}.xml").open("wb") as file:
            file.truncate(1_000_000)
    parts = tmp_path / "parts"
    parts.mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", MEMORY, source, parts, kind],
        capture_output=True,
        text=True,
        check=True,
    )
    size, invoices, grown = map(int, ran.stdout.split())
    assert invoices == 300
    assert size < 3_000_000
    assert grown < 40_000


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes on Linux")
def test_memory_does_not_grow_with_a_ready_archive(tmp_path):
    path = tmp_path / "ready.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number in range(100):
            archive.writestr(f"{number}.xml", os.urandom(4) + bytes(999_996))
    parts = tmp_path / "parts"
    parts.mkdir()
    code = MEMORY.replace("[source]", "Archive(source)").replace(
        "import Packing\n", "import Packing\nfrom ksef_facade.packages.sources import Archive\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, path, parts, "zip"],
        capture_output=True,
        text=True,
        check=True,
    )
    size, invoices, grown = map(int, ran.stdout.split())
    assert (invoices, size) == (100, path.stat().st_size)
    assert grown < 40_000
