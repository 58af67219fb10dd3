"""What a failure to write says: which file, and whether overwriting would help."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ksef_facade.errors import FileConflict
from ksef_facade.store.files import write_atomically


@pytest.mark.parametrize("call", ["open", "write", "fsync", "link"])
def test_a_failing_disk_names_the_file_and_not_the_hidden_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    target = tmp_path / "upo.xml"

    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, full)
    with pytest.raises(OSError, match="No space left on device") as raised:
        write_atomically(target, b"<Potwierdzenie/>")
    assert (raised.value.filename, raised.value.filename2) == (str(target), None)
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_only_what_overwriting_can_solve_is_called_replaceable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"other")
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileConflict) as other:
        write_atomically(tmp_path / "file", b"mine")
    with pytest.raises(FileConflict) as folder:
        write_atomically(tmp_path / "folder", b"mine")
    assert (other.value.is_replaceable, folder.value.is_replaceable) == (True, False)
