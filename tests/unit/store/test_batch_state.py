"""The state of a batch session: it comes back as it was, tells no secret, and loses them in time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.identifiers import SessionReference
from ksef_facade.packages.manifest import PackageEntry
from ksef_facade.store.batch_state import BatchState, PartState, UploadTarget

SECRET = "https://host/part?sig=secret"
OPENED = datetime(2026, 11, 20, 12, tzinfo=UTC)


def target() -> UploadTarget:
    return UploadTarget(method="PUT", url=SECRET, headers={"x-ms-blob-type": "BlockBlob"})


STATE = BatchState(
    environment="test",
    base_url="https://api-test.ksef.mf.gov.pl/v2",
    context="Nip:5265877635",
    reference=SessionReference("20250626-SB-213D593000-4DE10D80A5-E9"),
    opened_at=OPENED,
    archive_size=10,
    archive_sha256="x",
    folder=Path("/somewhere"),
    parts=tuple(
        PartState(ordinal=n, file_name=f"part-{n:03d}.aes", size=16, sha256="y", target=target())
        for n in (1, 2, 3)
    ),
    entries=(),
)


@given(
    entries=st.lists(
        st.builds(
            PackageEntry,
            source_name=st.text(),
            file_name=st.text(),
            invoice_hash=st.text(),
            size=st.integers(min_value=0),
        )
    ),
    done=st.sets(st.integers(min_value=1, max_value=3)),
    closed=st.booleans(),
)
def test_a_state_comes_back_as_it_was(entries, done, closed, tmp_path_factory):
    state = evolve(STATE, entries=tuple(entries)).with_uploaded(frozenset(done))
    state = state.after_closing() if closed else state
    path = tmp_path_factory.mktemp("state") / "batch.json"
    state.save(path)
    assert BatchState.load(path) == state


def test_the_window_is_20_minutes_for_each_part():
    assert STATE.upload_ends == OPENED + timedelta(minutes=60)


def test_parts_that_arrived_are_not_missing():
    state = STATE.with_uploaded(frozenset({1, 3}))
    assert [part.ordinal for part in state.missing] == [2]
    again = state.with_uploaded(frozenset({3}), False)
    assert [part.ordinal for part in again.missing] == [2, 3]


def test_secrets_are_in_no_text_and_gone_after_closing():
    assert "sig=" not in repr(STATE)
    assert "sig=" in STATE.dumps()
    assert "sig=" not in STATE.after_closing().dumps()
