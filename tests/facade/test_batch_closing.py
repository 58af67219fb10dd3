"""Closing a batch session: lost answers, parts that did not arrive, and time that is over."""

import os

import httpx
import pytest

from ksef_facade import (
    BadRequest,
    BatchExpired,
    BatchIncomplete,
    ConfigurationError,
    FileConflict,
    ServerError,
)
from tests.facade.batch_server import BATCH, CLOSE, STATUS, BatchServer, put
from tests.facade.scripted import legacy, ok, session_status

FILES = [(f"faktura-{number}.xml", os.urandom(700)) for number in range(5)]


@pytest.mark.parametrize("lost", [httpx.ReadTimeout("x"), httpx.Response(504)])
def test_closing_is_repeated_until_it_is_settled(make, tmp_path, lost):
    on = BatchServer().on(CLOSE, lost, legacy(21180)).on(STATUS, ok(session_status(150)))
    with make(on).open_batch_session(FILES, work_dir=tmp_path):
        pass
    assert (on.count(CLOSE), on.count(STATUS)) == (2, 1)


def test_closing_before_the_parts_are_there_is_refused_here(make, tmp_path):
    on = BatchServer()
    with make(on).open_batch_session(FILES, work_dir=tmp_path) as batch:
        with pytest.raises(ConfigurationError, match="part 1"):
            batch.close()
        assert on.count(CLOSE) == 0
        batch.upload()
        batch.close()
        batch.close()
        batch.upload()
    assert (on.count(CLOSE), on.count(put(1))) == (1, 1)


def test_closing_gives_up_in_the_end_and_stays_resumable(make, tmp_path):
    on = BatchServer().on(CLOSE, httpx.Response(503))
    with (
        pytest.raises(ServerError) as caught,
        make(on).open_batch_session(FILES, work_dir=tmp_path),
    ):
        pass
    assert on.count(CLOSE) == 4
    (note,) = caught.value.__notes__
    assert "resume_batch" in note
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("code", "detail", "repeated"),
    [
        (21205, "Nie przesłano zadeklarowanej '2' części pliku.", {2}),
        (21157, "Zadeklarowany rozmiar części '3' nie zgadza się z rzeczywistym.", {3}),
        (21205, "", {1, 2, 3, 4}),
        (21205, "Nie przesłano zadeklarowanej '99' części pliku.", {1, 2, 3, 4}),
    ],
)
def test_parts_that_did_not_arrive_are_uploaded_once_more(make, tmp_path, code, detail, repeated):
    on = BatchServer().on(CLOSE, legacy(code, "x", detail), httpx.Response(204))
    with make(on).open_batch_session(FILES, work_dir=tmp_path, part_size=1200):
        pass
    assert len(on.opened["batchFile"]["fileParts"]) == 4
    assert {ordinal for ordinal in range(1, 5) if on.count(put(ordinal)) == 2} == repeated
    assert on.count(CLOSE) == 2
    assert list(tmp_path.iterdir()) == []


def test_parts_that_never_arrive_are_told(make, tmp_path):
    on = BatchServer().on(CLOSE, legacy(21205, "Pakiet", "Nie przesłano '1' części"))
    with (
        pytest.raises(BatchIncomplete) as caught,
        make(on).open_batch_session(FILES, work_dir=tmp_path),
    ):
        pass
    assert (on.count(CLOSE), on.count(put(1))) == (2, 2)
    assert caught.value.session_reference == BATCH


def test_one_missing_part_after_the_other_is_repaired(make, tmp_path):
    refusals = [legacy(21205, "x", f"Nie przesłano zadeklarowanej '{n}' części") for n in (1, 3, 4)]
    on = BatchServer().on(CLOSE, *refusals, httpx.Response(204))
    with make(on).open_batch_session(FILES, work_dir=tmp_path, part_size=1200):
        pass
    assert [on.count(put(ordinal)) for ordinal in range(1, 5)] == [2, 1, 2, 2]


def test_a_session_that_took_too_long_is_told_and_can_be_forgotten(make, tmp_path):
    state_file = tmp_path / "batch.json"
    on = BatchServer().on(CLOSE, legacy(21208, "Czas", "Sesja anulowana"))
    ksef = make(on)
    with (
        pytest.raises(BatchExpired) as caught,
        ksef.open_batch_session(FILES, state_file=state_file) as batch,
    ):
        pass
    assert not getattr(caught.value, "__notes__", [])
    assert caught.value.session_reference == batch.reference
    with pytest.raises(FileConflict), ksef.open_batch_session(FILES, state_file=state_file):
        pass
    batch.discard()
    assert list(state_file.parent.iterdir()) == []
    on.on(CLOSE, httpx.Response(204))
    with ksef.open_batch_session(FILES, state_file=state_file):
        pass


def test_another_refusal_to_close_is_told(make, tmp_path):
    on = BatchServer().on(CLOSE, legacy(21405, "x"))
    with pytest.raises(BadRequest) as caught, make(on).open_batch_session(FILES, work_dir=tmp_path):
        pass
    assert caught.value.codes == (21405,)
