"""Files that hold secrets."""

import os
import stat
from pathlib import Path

import pytest

from ksef_facade.store.files import PRIVATE, AtomicFile, write_atomically


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_private_file_is_its_owners_alone_from_the_first_byte(tmp_path: Path) -> None:
    target = tmp_path / "secret"
    with AtomicFile(target, mode=PRIVATE) as file:
        assert file.temporary is not None
        assert stat.S_IMODE(file.temporary.stat().st_mode) == 0o600
        file.write(b"x")
        file.commit()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    target.chmod(0o644)
    write_atomically(target, b"y", overwrite=True, mode=PRIVATE)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    target.chmod(0o664)
    assert write_atomically(target, b"y", mode=PRIVATE).outcome == "unchanged"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_rights_of_other_files_are_their_owners_business(tmp_path: Path) -> None:
    target = tmp_path / "receipt"
    target.write_bytes(b"y")
    target.chmod(0o664)
    assert write_atomically(target, b"y").outcome == "unchanged"
    assert stat.S_IMODE(target.stat().st_mode) == 0o664
