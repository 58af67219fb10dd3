"""The simulator publishes its contract where the Ministry's hosts do."""

import json

import httpx

from ksef_facade.simulator import Simulator
from ksef_facade.simulator.contract import PACKAGED

DOCUMENT = "/docs/v2/openapi.json"


def test_the_contract_is_there_without_a_token_and_outside_the_limits():
    with Simulator(limits="contract") as simulator:
        url = simulator.origin + DOCUMENT
        for _ in range(100):
            answer = httpx.get(url)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        assert answer.content == PACKAGED.read_bytes()
        assert simulator.requests.counts == {"GET /docs/v2/openapi.json": 100}


def test_a_contract_of_ones_own_is_what_is_published(tmp_path):
    document = json.loads(PACKAGED.read_bytes())
    document["info"]["x-build"] = "mine"
    path = tmp_path / "contract.json"
    path.write_text(json.dumps(document))
    with Simulator(contract=path) as simulator:
        answer = httpx.get(simulator.origin + DOCUMENT)
    assert answer.json()["info"]["x-build"] == "mine"


def test_it_is_read_and_nothing_else():
    with Simulator() as simulator:
        answer = httpx.post(simulator.origin + DOCUMENT)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
