"""The replay of contracts: what it reads, what it tells, and that it would see a failure."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from ksef_facade.errors import KsefError
from scripts.document import Document
from scripts.layout import CONTRACT
from scripts.replay import __main__ as command
from scripts.replay import asked
from scripts.replay.features import FEATURES
from scripts.replay.futures import FUTURES, future
from scripts.replay.payloads import FORMS, Payloads
from scripts.replay.published import Published
from scripts.replay.report import lines
from scripts.replay.trial import Trial, attempt, read, write_raw_client
from scripts.replay.worker import Worker

NEWEST = (2, 9, 0)

# Several futures in one contract each, so that few contracts have to be generated here. All of them
# one by one: `make spec-replay-futures`.
TOGETHER = {
    "removed": (
        "no_history",
        "no_upo_page",
        "no_refresh",
        "added_operations",
        "renamed_schemas",
        "smaller_pages",
        "media_types_with_charset",
        "moved_prefix",
    ),
    "older": (
        "pages_by_number",
        "old_challenge",
        "numbers_as_texts",
        "error_format_everywhere",
        "no_limits",
        "shared_parts",
        "unknown_keys",
        "null_by_list",
    ),
    "spelt otherwise": (
        "route_constraints",
        "trailing_slashes",
        "address_in_every_path",
        "types_beside_places",
        "taken_names",
        "one_name_in_several_places",
    ),
}


@pytest.fixture(scope="session")
def committed() -> Document:
    document: Document = json.loads(CONTRACT.read_text(encoding="utf-8"))
    return document


def written(folder: Path, document: Any, name: str = "contract.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize("names", TOGETHER.values(), ids=list(TOGETHER))
def test_the_facade_holds_in_these_futures(
    committed: Document, tmp_path: Path, names: tuple[str, ...]
) -> None:
    document = committed
    for name in names:
        document = future(document, name)
    trial = attempt(written(tmp_path, document), NEWEST)
    assert trial.problems == ()
    assert trial.generated
    assert trial.regenerated_passed == trial.committed_passed > 300
    if "no_history" in names:
        assert "history: no GET /sessions" in trial.missing
        assert "refresh: no POST /auth/token/refresh; logs in anew" in trial.missing
        assert "GET /sessions/query" in trial.unpinned
        assert set(trial.lacking) == {
            "GET /sessions",
            "GET /sessions/{}/upo/{}",
            "POST /auth/token/refresh",
        }
    if "route_constraints" in names:
        assert (trial.missing, trial.lacking, trial.unpinned) == ((), (), ())


def test_every_future_changes_something_and_stays_json(committed: Document) -> None:
    assert len(FUTURES) > 40
    before = copy.deepcopy(committed)
    for name in FUTURES:
        assert future(committed, name) != before, name
    assert committed == before


@pytest.mark.parametrize("version", [3.0, "3.2.0"])
def test_odd_ways_to_write_a_contract_hide_nothing_of_it(
    committed: Document, tmp_path: Path, version: Any
) -> None:
    document = copy.deepcopy(committed)
    document["openapi"] = version
    document["servers"] = [{"url": "/v9"}, None, "elsewhere", {}]
    document["paths"] = {
        f"/ksef/api/v3/api/v2{path}": {key.upper(): value for key, value in item.items()}
        for path, item in document["paths"].items()
    }
    path = written(tmp_path, document)
    _, facts, _, notes = read(path)
    assert set(Published(facts).operations) == set(Published(committed).operations)
    assert "/servers/2" not in "".join(notes)
    named = write_raw_client(facts, tmp_path, notes.append)
    assert (named.missing, named.unpinned) == ([], [])
    assert not [note for note in notes if "generated" in note]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<html>", "is not a JSON document"),
        ("[]", "not an OpenAPI 3 document"),
        ('{"swagger": "2.0", "paths": {}}', "not an OpenAPI 3 document"),
        ('{"openapi": "3.0.4", "paths": {}}', "without paths"),
        ("[" * 100_000, "is not a JSON document"),
    ],
)
def test_what_is_no_contract_is_told_in_one_sentence_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, said: str
) -> None:
    path = tmp_path / "odd.json"
    path.write_text(content)
    assert command.main([str(path)]) == 1
    shown = capsys.readouterr().out
    assert "unreadable" in shown
    assert shown.count(said) == 1
    assert "1 contracts: 1 unreadable" in shown


def test_a_contract_that_breaks_the_pipeline_is_told_and_hides_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path, _: tuple[int, ...]) -> Trial:
        if path.name == "a.json":
            raise RecursionError("too deep")
        return Trial(source=path.name, version="2.9.0", generated=True, regenerated_passed=1)

    monkeypatch.setattr(command, "attempt", broken)
    documents = ({"/a": {"get": {}}}, {"/b": {"get": {}}}, {"/b": {"get": {"description": None}}})
    for name, paths in zip("abc", documents, strict=True):
        written(tmp_path, {"openapi": "3.0.4", "paths": paths}, f"{name}.json")
    assert command.main([str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "the pipeline broke: RecursionError: too deep" in shown
    assert "the same facts as b.json, tried once" in shown
    assert "3 contracts: 1 FAILED, 2 passed" in shown


def outcomes(document: Document, feature: str, *, regenerated: bool, older: bool) -> Worker:
    worker = Worker(document, regenerated=regenerated, older=older)
    (chosen,) = [item for item in FEATURES if item.name == feature]
    worker._feature(chosen, "full", "sync", None)
    return worker


def test_a_new_thing_that_must_be_sent_fails_and_an_old_one_is_missing(committed: Document) -> None:
    document = copy.deepcopy(committed)
    send = document["components"]["schemas"]["SendInvoiceRequest"]
    send["required"] = [*send["required"], "fileHash"]
    newer = outcomes(document, "online session", regenerated=True, older=False).findings
    assert len(newer.failures) == 1
    assert "HTTP 400" in newer.failures[0]
    older = outcomes(document, "online session", regenerated=True, older=True).findings
    assert older.failures == []
    assert "the body lacks fileHash" in next(iter(older.missing))


def test_an_answer_that_the_facade_misreads_fails(committed: Document) -> None:
    document = copy.deepcopy(committed)
    schemas = document["components"]["schemas"]
    schemas["StatusInfo"]["properties"]["code"] = {"type": "object", "properties": {}}
    found = outcomes(document, "session status", regenerated=False, older=False).findings
    assert len(found.failures) == 1
    assert "no status.code" in found.failures[0]


def test_a_raw_exception_fails_whatever_the_contract_lacks(committed: Document) -> None:
    document = future(committed, "no_history")
    worker = Worker(document, regenerated=False, older=True)

    def broken(*_: Any) -> None:
        raise KeyError("clientIp")

    history = next(item for item in FEATURES if item.name == "history")
    worker._feature(history._replace(check=broken), "full", "sync", None)
    assert "KeyError: 'clientIp'" in worker.findings.failures[0]


def test_every_operation_of_the_facade_is_in_the_committed_contract(committed: Document) -> None:
    contract = Published(committed)
    assert [key for key in asked.ALL if key not in contract.operations] == []
    for key, paths in asked.SPINE.items():
        for path in paths:
            assert contract.has(key, path), (key, path)
    used = {key for feature in FEATURES for key in feature.needs}
    assert used == set(asked.ALL)


@pytest.mark.parametrize(
    ("payload", "is_lacking"),
    [
        ({"accessToken": {"token": "t"}}, False),
        ({"accessToken": "t"}, False),
        ({"accessToken": {"token": None}}, True),
        ({"accessToken": {}}, True),
        ({"accessToken": None}, True),
        ({}, True),
    ],
)
def test_a_token_is_lacking_in_whichever_form_it_comes(payload: Any, is_lacking: bool) -> None:
    assert asked.lacks(payload, "accessToken.token") is is_lacking


def test_payloads_have_three_forms() -> None:
    schema = {
        "type": "object",
        "required": ["a", "b", "old"],
        "properties": {
            "a": {"type": "integer", "minimum": 3},
            "b": {"oneOf": [{"type": "null"}, {"type": "string", "format": "date-time"}]},
            "c": {"type": "array", "items": {"enum": [None, "x"]}},
            "old": {"type": ["string", "null"], "deprecated": True},
            "own": {"allOf": [{"properties": {"n": {"type": "number"}}}], "nullable": True},
        },
    }
    contract = Published({"paths": {}})

    def made(form: Any) -> Any:
        return Payloads(contract, form).value(schema, lambda path: None)

    full = made("full")
    assert full["a"] == 3
    assert full["c"] == ["x", "x"]
    assert full["own"] == {"n": 1.5}
    assert made("minimal").keys() == {"a", "b", "old"}
    assert made("bare") == {"a": 3, "b": None}


@pytest.mark.parametrize("form", FORMS)
def test_payloads_of_schemas_without_end_have_one(form: Any) -> None:
    reference = {"$ref": "#/components/schemas/Endless"}
    properties = {"own": reference, "list": {"type": "array", "items": reference}}
    endless = {
        "type": "object",
        "required": ["own", "list", "map"],
        "properties": {
            **properties,
            "map": {"$ref": "#/components/schemas/Map"},
        },
    }
    schemas = {
        "Endless": endless,
        "Map": {"additionalProperties": {"$ref": "#/components/schemas/Map"}},
    }
    contract = Published({"paths": {}, "components": {"schemas": schemas}})
    assert Payloads(contract, form).value(reference, lambda path: None).keys() == {
        "own",
        "list",
        "map",
    }


def test_a_contract_about_downloads_alone_is_generated(committed: Document, tmp_path: Path) -> None:
    facts = future(committed, "downloads_only")
    named = write_raw_client(facts, tmp_path, lambda oddity: None)
    assert len(named.by_key) == 4
    code = (tmp_path / "ksef_api" / "models" / "__init__.py").read_text(encoding="utf-8")
    models: dict[str, Any] = {"__name__": "models"}
    exec(compile(code, "models", "exec"), models)
    assert models["__dir__"]() == []


def test_meant_values_take_the_declared_type() -> None:
    payloads = Payloads(Published({"paths": {}}), "full")
    assert payloads.value({"type": "string"}, lambda path: 200) == "200"
    assert payloads.value({"type": "number"}, lambda path: 200) == 200.0
    assert payloads.value({"type": "string"}, lambda path: ["a", "b"]) == "a"


def test_the_report_counts_and_cuts() -> None:
    trial = Trial(source="x/y.json", problems=tuple(f"p{n}" for n in range(20)), generated=True)
    text = "\n".join(lines([trial]))
    assert "FAIL: and 8 more" in text
    assert "0 of 0 FAIL" in text


def test_the_report_tells_a_lack_of_all_answers_once() -> None:
    lack = "answers: GET /a without code"
    missing = (f"a: full {lack}", f"a: minimal {lack}", f"b: minimal {lack}", f"a: bare {lack}")
    text = "\n".join(lines([Trial(source="x.json", missing=missing)]))
    assert f"missing: full {lack}: a\n  missing: minimal {lack}: b\n" in text
    assert "bare" not in text


def test_every_error_of_a_use_is_ours(committed: Document) -> None:
    worker = Worker(committed, regenerated=False, older=False)
    worker._errors("full", "sync", None)
    assert worker.findings.failures == []
    assert worker.findings.passed > 90
    assert issubclass(KsefError, Exception)


@pytest.mark.parametrize("key", [asked.SEND, asked.OPEN, asked.OPEN_BATCH], ids=" ".join)
def test_errors_of_an_operation_need_no_other_that_the_contract_lacks(
    committed: Document, key: tuple[str, str]
) -> None:
    document = copy.deepcopy(committed)
    gone = Published(document).operations[key]
    del document["paths"][gone.path][gone.method.lower()]
    worker = Worker(document, regenerated=False, older=False)
    worker._errors("full", "sync", None)
    assert worker.findings.failures == []
