"""Files on disk: whole or not at all, and never over other content."""

from __future__ import annotations

import base64
import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.errors import FileConflict, InvalidIdentifier
from ksef_facade.store import files
from ksef_facade.store.files import AtomicFile, safe_name, write_atomically

POSIX = pytest.mark.skipif(os.name == "nt", reason="needs POSIX file modes and links")
OLD = b"<old/>"
NEW = b"<new/>"


def sha256(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_chunks_become_a_file_only_on_commit(tmp_path: Path) -> None:
    target = tmp_path / "upo.xml"
    with AtomicFile(target) as file:
        file.write(b"<a>")
        file.write(b"</a>")
        assert not target.exists()
        [hidden] = names(tmp_path)
        assert hidden.startswith(".")
        assert hidden.endswith(".part")
        assert file.temporary == tmp_path / hidden
        assert file.temporary.read_bytes() == b"<a></a>"
        saved = file.commit()
    assert target.read_bytes() == b"<a></a>"
    assert names(tmp_path) == ["upo.xml"]
    assert (saved.path, saved.size, saved.outcome) == (target, 7, "written")
    assert saved.sha256 == sha256(b"<a></a>") == file.sha256


@given(chunks=st.lists(st.binary(max_size=3000), max_size=8))
def test_bytes_size_and_hash_are_those_that_were_written(
    tmp_path_factory: pytest.TempPathFactory, chunks: list[bytes]
) -> None:
    target = tmp_path_factory.mktemp("files") / "x"
    with AtomicFile(target) as file:
        for chunk in chunks:
            file.write(chunk)
        saved = file.commit()
    content = b"".join(chunks)
    assert target.read_bytes() == content
    assert (saved.size, saved.sha256) == (len(content), sha256(content))


def test_a_second_attempt_begins_with_nothing(tmp_path: Path) -> None:
    with AtomicFile(tmp_path / "upo.xml") as file:
        file.write(b"<html>a long page of a firewall</html>")
        file.restart()
        assert (file.size, file.sha256) == (0, sha256(b""))
        file.write(NEW)
        saved = file.commit()
    assert (tmp_path / "upo.xml").read_bytes() == NEW
    assert (saved.size, saved.sha256) == (len(NEW), sha256(NEW))


def test_without_commit_nothing_is_left(tmp_path: Path) -> None:
    with AtomicFile(tmp_path / "upo.xml") as file:
        file.write(NEW)
    assert names(tmp_path) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError, GeneratorExit])
def test_whatever_ends_the_block_leaves_the_folder_as_it_was(
    tmp_path: Path, error: type[BaseException]
) -> None:
    target = tmp_path / "upo.xml"
    target.write_bytes(OLD)

    def write_and_stop() -> None:
        with AtomicFile(target, overwrite=True) as file:
            file.write(NEW)
            raise error

    with pytest.raises(error):
        write_and_stop()
    assert target.read_bytes() == OLD
    assert names(tmp_path) == ["upo.xml"]


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    target = tmp_path / "upo.xml"
    target.write_bytes(OLD)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, call, full)
    with pytest.raises(OSError, match="No space left") as failure:
        write_atomically(target, NEW, overwrite=True)
    assert failure.value.errno == errno.ENOSPC
    assert target.read_bytes() == OLD
    assert names(tmp_path) == ["upo.xml"]


def test_an_interrupt_during_a_write_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "upo.xml", NEW)
    assert names(tmp_path) == []


def test_writes_that_the_system_cuts_short_are_continued(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.write
    monkeypatch.setattr(files.os, "write", lambda fd, data: whole(fd, data[:3]))
    content = b"0123456789"
    assert write_atomically(tmp_path / "x", content).size == 10
    assert (tmp_path / "x").read_bytes() == content


def test_an_identical_file_is_left_untouched(tmp_path: Path) -> None:
    target = tmp_path / "upo.xml"
    target.write_bytes(NEW)
    os.utime(target, ns=(1, 1))
    before = target.stat()
    saved = write_atomically(target, NEW, overwrite=True)
    assert saved.outcome == "unchanged"
    assert saved.sha256 == sha256(NEW)
    after = target.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert names(tmp_path) == ["upo.xml"]


@pytest.mark.parametrize("old", [OLD, b"", NEW + b"\n"])
def test_other_content_is_not_replaced_unless_asked(tmp_path: Path, old: bytes) -> None:
    target = tmp_path / "upo.xml"
    target.write_bytes(old)
    with pytest.raises(FileConflict, match=r"other content.*left as it is"):
        write_atomically(target, NEW)
    assert target.read_bytes() == old
    assert names(tmp_path) == ["upo.xml"]
    assert write_atomically(target, NEW, overwrite=True).outcome == "replaced"
    assert target.read_bytes() == NEW


@POSIX
def test_a_link_at_the_target_is_never_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(OLD)
    target = tmp_path / "upo.xml"
    target.symlink_to(elsewhere)
    with pytest.raises(FileConflict, match="symbolic link"):
        write_atomically(target, NEW)
    write_atomically(target, NEW, overwrite=True)
    assert not target.is_symlink()
    assert target.read_bytes() == NEW
    assert elsewhere.read_bytes() == OLD


def test_a_folder_at_the_target_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "upo.xml").mkdir()
    with pytest.raises(FileConflict, match="is not a file"):
        write_atomically(tmp_path / "upo.xml", NEW, overwrite=True)
    assert names(tmp_path) == ["upo.xml"]


def test_an_absent_folder_is_the_callers_to_make(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "absent" / "upo.xml", NEW)
    assert names(tmp_path) == []


@POSIX
def test_the_umask_decides_who_may_read(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "upo.xml", NEW)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "upo.xml").stat().st_mode) == 0o640


@POSIX
def test_a_file_system_that_cannot_sync_folders_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        real(descriptor)

    monkeypatch.setattr(files.os, "fsync", fsync)
    assert write_atomically(tmp_path / "upo.xml", NEW).outcome == "written"


def test_the_disk_has_the_bytes_before_they_get_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    fsync, replace, link = os.fsync, os.replace, os.link

    def noted_fsync(descriptor: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def noted_replace(source: Path, target: Path) -> None:
        order.append("replace")
        replace(source, target)

    def noted_link(source: Path, target: Path) -> None:
        order.append("link")
        link(source, target)

    monkeypatch.setattr(files.os, "fsync", noted_fsync)
    monkeypatch.setattr(files.os, "replace", noted_replace)
    monkeypatch.setattr(files.os, "link", noted_link)
    folder = [] if os.name == "nt" else ["folder"]
    write_atomically(tmp_path / "upo.xml", NEW)
    assert order == ["file", "link", *folder]
    order.clear()
    write_atomically(tmp_path / "upo.xml", OLD, overwrite=True)
    assert order == ["file", "replace", *folder]


def test_a_file_that_comes_between_the_look_and_the_name_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "upo.xml"
    link = os.link

    def late(source: Path, name: Path) -> None:
        target.write_bytes(OLD)
        link(source, name)

    monkeypatch.setattr(files.os, "link", late)
    with pytest.raises(FileConflict):
        write_atomically(target, NEW)
    assert target.read_bytes() == OLD
    monkeypatch.setattr(files.os, "link", link)


def test_where_there_are_no_hard_links_a_replacement_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(files.os, "link", none)
    assert write_atomically(tmp_path / "upo.xml", NEW).outcome == "written"
    assert (tmp_path / "upo.xml").read_bytes() == NEW


def test_a_file_is_used_in_a_block_and_committed_once(tmp_path: Path) -> None:
    file = AtomicFile(tmp_path / "upo.xml")
    with pytest.raises(ValueError, match="not open"):
        file.write(NEW)
    with file:
        file.write(NEW)
        file.commit()
        with pytest.raises(ValueError, match="not open"):
            file.commit()
    assert (tmp_path / "upo.xml").read_bytes() == NEW


def test_a_reference_is_a_name_as_it_is() -> None:
    reference = "20250901-EU-47FDBE3000-5961A5D232-BF"
    assert safe_name(reference) == reference
    assert safe_name(reference, ".xml") == f"{reference}.xml"


@pytest.mark.parametrize(
    "reference",
    [
        "",
        ".",
        "..",
        "../up",
        "a/b",
        "a\\b",
        "C:x",
        "a\0b",
        "a\nb",
        "a\x7fb",
        "\ud800",
        "a*b",
        "a?b",
        'a"b',
        "a<b",
        "a|b",
        ".hidden",
        " a",
        "a ",
        "a.",
        "CON",
        "nul",
        "com1.x",
        "LPT9",
        "a" * 201,
        "ą" * 101,
    ],
)
def test_a_name_that_is_unsafe_somewhere_is_refused(reference: str) -> None:
    with pytest.raises(InvalidIdentifier) as refusal:
        safe_name(reference)
    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 200


@given(st.text(alphabet="0123456789ABCDEFabcdefxyz-_.", min_size=1, max_size=40))
def test_every_name_that_is_taken_is_that_file(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("names")
    try:
        name = safe_name(text)
    except InvalidIdentifier:
        assert text[0] in ". " or text[-1] in ". "
        return
    write_atomically(folder / name, NEW)
    assert names(folder) == [text]
