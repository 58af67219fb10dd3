"""`ksef contract`: the published contract against the one in use, over HTTP, without a token."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ksef_facade.contract.packaged import packaged_contract
from ksef_facade.simulator import Simulator
from tests.cli.conftest import Ksef
from tests.facade.contract_at_hand import IS_COMMITTED

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def publishing(tmp_path: Path) -> Iterator[Callable[[Change], str]]:
    """Base URLs of simulators that publish a changed contract."""
    running: list[Simulator] = []

    def publish(change: Change) -> str:
        document = packaged_contract()
        change(document)
        path = tmp_path / "contract.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        running.append(Simulator(contract=path).start())
        return running[-1].base_url

    yield publish
    for simulator in running:
        simulator.stop()


def schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


@pytest.mark.skipif(not IS_COMMITTED, reason="the simulator publishes the committed contract")
def test_the_same_contract_is_exit_code_0(offline_ksef: Ksef, simulator: Simulator) -> None:
    simulator.requests.clear()
    outcome = offline_ksef("contract", "check", "--base-url", simulator.base_url)
    assert outcome.code == 0
    assert "no difference" in outcome.out
    assert simulator.requests.counts == {"GET /docs/v2/openapi.json": 1}


def test_an_addition_is_exit_code_1(
    offline_ksef: Ksef, publishing: Callable[[Change], str]
) -> None:
    url = publishing(lambda document: schema(document, "SessionType")["enum"].append("Other"))
    outcome = offline_ksef("contract", "check", "--base-url", url)
    assert outcome.code == 1
    assert "SessionType: new values in requests: Other" in outcome.out
    markdown = offline_ksef("contract", "check", "--markdown", "--base-url", url)
    assert (markdown.code, markdown.out[:3]) == (1, "## ")


def test_what_breaks_is_exit_code_2_and_json_says_it_all(
    offline_ksef: Ksef, publishing: Callable[[Change], str]
) -> None:
    url = publishing(lambda document: schema(document, "StatusInfo")["properties"].pop("code"))
    outcome = offline_ksef("contract", "check", "--json", "--base-url", url)
    assert outcome.code == outcome.document["exit_code"] == 2
    assert outcome.document["environment"] == "simulator"
    assert outcome.document["source"] == url.replace("/v2", "/docs/v2/openapi.json")
    facade = [line for line in outcome.document["differences"] if line["impact"] == "facade"]
    assert [line["names"] for line in facade] == [["code"]]


def test_no_answer_is_exit_code_5(offline_ksef: Ksef) -> None:
    outcome = offline_ksef("contract", "check", "--base-url", "http://127.0.0.1:9/v2")
    assert outcome.code == 5
    assert "GET /docs/v2/openapi.json: no answer" in outcome.err


def test_two_forms_at_once_are_refused(offline_ksef: Ksef, simulator: Simulator) -> None:
    url = simulator.base_url
    outcome = offline_ksef("contract", "check", "--json", "--markdown", "--base-url", url)
    assert outcome.code == 2
    assert "choose --json or --markdown" in outcome.err


def test_show_tells_what_this_package_was_generated_from(offline_ksef: Ksef) -> None:
    outcome = offline_ksef("contract", "show", "--json")
    assert outcome.code == 0
    assert outcome.document["version"] == packaged_contract()["info"]["x-api-version"]
    assert outcome.document["operations"] > outcome.document["used_by_the_facade"] > 10
    assert "operations" in offline_ksef("contract", "show").out


def test_help_tells_the_exit_codes_of_this_command(offline_ksef: Ksef) -> None:
    text = " ".join(offline_ksef("contract", "check", "--help").out.split())
    assert "Its exit codes are its own: 0 the same but for wording, 1 additions" in text
