"""The spool against the published vectors, and parts that are read back for an upload."""

import base64
import threading

import pytest

from ksef_facade.crypto.encryption import SessionKey, encrypted_size
from ksef_facade.errors import IntegrityFailure
from ksef_facade.packages.feeds import PartFeed, UploadAbandoned, check_part
from ksef_facade.packages.limits import PackageLimits
from ksef_facade.packages.spool import PartSpool
from tests.unit.packages.unpacked import digest

KEY = SessionKey(bytes(range(32)), bytes(range(16)))


@pytest.mark.parametrize(
    ("plain", "encrypted"),
    [
        (b"KSeF", "akq1YTFftdaH6+bRlaIuZw=="),
        (b"0123456789abcdef", "4j/AuRx71kQlxVlzbpsMWEhewdanHmFZMjJdZQbsNwA="),
    ],
)
def test_parts_are_what_the_published_vectors_say(tmp_path, plain, encrypted):
    spool = PartSpool(tmp_path, KEY, len(plain), PackageLimits())
    for byte in plain * 3:
        spool.write(bytes([byte]))
    parts = spool.finish()
    # Every part is encrypted from the start with the same key and vector, none has a prefix.
    assert [part.path.read_bytes() for part in parts] == [base64.b64decode(encrypted)] * 3
    assert {part.sha256 for part in parts} == {digest(base64.b64decode(encrypted))}
    assert (spool.size, spool.sha256) == (3 * len(plain), digest(plain * 3))


@pytest.mark.parametrize(
    ("plain", "encrypted"),
    [(6480, 6496), (16037, 16048), (22425060, 22425072), (100000000, 100000016)],
)
def test_sizes_of_parts_follow_the_published_law(plain, encrypted):
    assert encrypted_size(plain) == encrypted


def test_a_part_never_takes_the_place_of_another_file(tmp_path):
    (tmp_path / "part-001.aes").write_bytes(b"mine")
    spool = PartSpool(tmp_path, KEY, 10, PackageLimits())
    spool.write(b"x" * 20)
    with pytest.raises(FileExistsError):
        spool.finish()
    spool.discard()
    assert (tmp_path / "part-001.aes").read_bytes() == b"mine"


@pytest.fixture
def part(tmp_path):
    path = tmp_path / "part-001.aes"
    path.write_bytes(bytes(range(256)) * 2000)
    return path


def test_a_feed_counts_what_was_taken_and_takes_back_what_was_in_vain(part):
    told = []
    feed = PartFeed(part, 512_000, told.append, threading.Event())
    feed.restart()
    first = feed.read()
    feed.count(len(first))
    feed.restart()
    content = b""
    while piece := feed.read():
        content += piece
        feed.count(len(piece))
    feed.close()
    feed.close()
    assert content == part.read_bytes()
    assert told[:2] == [len(first), -len(first)]
    assert sum(told) == 512_000


def test_a_feed_that_nobody_wants_stops(part):
    abandoned = threading.Event()
    feed = PartFeed(part, 512_000, lambda _: None, abandoned)
    assert feed.read()
    abandoned.set()
    with pytest.raises(UploadAbandoned):
        feed.read()
    feed.close()


def test_a_part_that_is_not_what_was_declared_is_told(part):
    with pytest.raises(IntegrityFailure, match="512000"):
        PartFeed(part, 511_999, lambda _: None, threading.Event()).read()
    right = digest(part.read_bytes())
    check_part(part, right)
    with pytest.raises(IntegrityFailure, match="changed"):
        check_part(part, digest(b""))
    part.unlink()
    with pytest.raises(IntegrityFailure, match="cannot be read"):
        check_part(part, right)
    with pytest.raises(IntegrityFailure, match="cannot be read"):
        PartFeed(part, 512_000, lambda _: None, threading.Event()).read()
