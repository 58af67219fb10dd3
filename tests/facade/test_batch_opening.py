"""Opening a batch session: lost answers, refusals, and where parts may go."""

import json
import os

import httpx
import pytest

from ksef_facade import BadRequest, TransportError, UndecodableBody, UnsafeUrl
from tests.facade.batch_server import BATCH, OPEN, BatchServer
from tests.facade.scripted import legacy, ok

NOISE = [(f"faktura-{number}.xml", os.urandom(700)) for number in range(5)]


@pytest.mark.parametrize("lost", [httpx.ReadTimeout("x"), httpx.Response(502)])
def test_an_opening_whose_answer_was_lost_is_done_again(make, tmp_path, lost):
    on = BatchServer()
    on.on(OPEN, lost, on.accept)
    with make(on).open_batch_session(NOISE, work_dir=tmp_path):
        pass
    assert on.count(OPEN) == 2
    first, second = (json.loads(request.content) for request in on.asked(OPEN))
    assert first["batchFile"] == second["batchFile"]
    assert on.files() == dict(NOISE)


def test_opening_gives_up_in_the_end_and_leaves_nothing(make, tmp_path):
    on = BatchServer().on(OPEN, httpx.ReadTimeout("x"))
    with pytest.raises(TransportError), make(on).open_batch_session(NOISE, work_dir=tmp_path):
        pass
    assert on.count(OPEN) == 3
    assert list(tmp_path.iterdir()) == []


def test_an_opening_that_is_refused_is_told_and_leaves_nothing(make, tmp_path):
    on = BatchServer().on(OPEN, legacy(21405, "Błąd walidacji", "formCode"))
    with pytest.raises(BadRequest), make(on).open_batch_session(NOISE, work_dir=tmp_path):
        pass
    assert (on.count(OPEN), list(tmp_path.iterdir())) == (1, [])


def test_an_unknown_public_key_is_fetched_anew_once(make, tmp_path):
    on = BatchServer()
    on.on(OPEN, legacy(21470), on.accept)
    with make(on).open_batch_session(NOISE, work_dir=tmp_path):
        pass
    assert on.count(OPEN) == 2
    on.on(OPEN, legacy(21470))
    with pytest.raises(BadRequest), make(on).open_batch_session(NOISE, work_dir=tmp_path):
        pass
    assert on.count(OPEN) == 4


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("https://evil.example/part", UnsafeUrl),
        ("http://api-test.ksef.mf.gov.pl/part", UnsafeUrl),
        ("https://user:pw@api-test.ksef.mf.gov.pl/part", UnsafeUrl),
        (None, UndecodableBody),
    ],
)
def test_parts_go_nowhere_but_to_the_service(make, tmp_path, url, error):
    row = {"ordinalNumber": 1, "method": "PUT", "url": url, "headers": {}}
    on = BatchServer().on(OPEN, ok({"referenceNumber": BATCH, "partUploadRequests": [row]}, 201))
    with pytest.raises(error), make(on).open_batch_session(NOISE, work_dir=tmp_path):
        pass
    assert not [request for request in on.requests if request.method == "PUT"]
    assert list(tmp_path.iterdir()) == []


def test_an_answer_without_a_reference_is_told(make, tmp_path):
    on = BatchServer().on(OPEN, ok({"partUploadRequests": []}, 201))
    with pytest.raises(UndecodableBody), make(on).open_batch_session(NOISE, work_dir=tmp_path):
        pass
