"""Which files of a folder are tried as contracts, and what is told of the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from scripts.document import parse
from scripts.failure import BadInput
from scripts.layout import CONTRACT
from scripts.replay import __main__ as command
from scripts.replay.finding import find
from scripts.replay.trial import Trial

DOCUMENT = {"openapi": "3.0.4", "paths": {"/a": {"get": {"responses": {200: {}}}}}}


def written(path: Path, content: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_nothing_named_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="name contracts"):
        find([])
    with pytest.raises(BadInput, match="neither a file nor a folder"):
        find([str(tmp_path / "absent")])
    written(tmp_path / "README.md", "# Contracts")
    with pytest.raises(BadInput, match=r"no contract in .*; passed over, neither .*: README\.md"):
        find([str(tmp_path)])


def test_a_folder_is_searched_and_a_file_is_tried_once(tmp_path: Path) -> None:
    first = written(tmp_path / "a.json", json.dumps(DOCUMENT))
    deep = written(tmp_path / "history" / "b.YML", yaml.dump(DOCUMENT))
    assert find([str(first), str(tmp_path)]).contracts == (first, deep)
    assert list(find([str(tmp_path)]).notes()) == []


def test_what_nobody_meant_as_a_contract_is_passed_over_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = written(tmp_path / "z.json", json.dumps(DOCUMENT))
    for name, content in {
        "README.md": "openapi and paths",
        "notes.txt": "x",
        "page.json": "<html>",
        "empty.json": "",
        "list.json": "[1]",
        "package.json": '{"name": "x"}',
        "settings.yaml": "a: [1, 2]",
        ".cache/old.json": json.dumps(DOCUMENT),
    }.items():
        written(tmp_path / name, content)
    tried = []

    def attempt(path: Path, _: tuple[int, ...]) -> Trial:
        tried.append(path)
        return Trial(source=path.name, generated=True, regenerated_passed=1)

    monkeypatch.setattr(command, "attempt", attempt)
    assert command.main([str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert tried == [contract]
    assert "passed over, neither *.json nor *.yaml nor *.yml: README.md, notes.txt\n" in shown
    assert "passed over, not readable, and no contract: empty.json, page.json\n" in shown
    assert "without openapi and paths: list.json, package.json, settings.yaml\n" in shown
    assert "1 contracts: 1 passed" in shown


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("half.json", json.dumps(DOCUMENT)[:-9], "half.json is not a JSON document"),
        ("old.json", '{"swagger": "2.0", "paths": {"/a": {}}}', "not an OpenAPI 3 document"),
        ("half.yaml", "openapi: 3.0.4\npaths: {", "half.yaml is not a YAML document"),
    ],
)
def test_a_broken_contract_in_a_folder_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, said: str
) -> None:
    written(tmp_path / name, content)
    assert command.main([str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert shown.count(said) == 1
    assert "1 contracts: 1 unreadable" in shown


@pytest.mark.parametrize("content", ["{", "a: *b", "a: &a [*a]", "? [1]\n: 2", "\x00", "{a: b}: 1"])
def test_what_is_no_yaml_is_told_in_one_sentence(content: str) -> None:
    with pytest.raises(BadInput, match=r"^a\.yaml is not a YAML document \(.+\)$"):
        parse(content, "a.yaml")


def test_aliases_that_stand_for_more_and_more_are_refused() -> None:
    lines = ["a0: &a0 [" + "x, " * 9 + "x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(BadInput, match="aliases stand for more"):
        parse("\n".join([*lines, "openapi: 3.0.4", "paths: {/a: {}}"]), "a.yaml")


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "is empty"), ("text", "is YAML, but not an OpenAPI 3 document")],
)
def test_what_is_yaml_and_no_contract_is_told_so(content: str, said: str) -> None:
    with pytest.raises(BadInput, match=rf"^a\.yaml {said}$"):
        parse(content, "a.yaml")


def test_a_contract_in_yaml_is_the_same_as_in_json() -> None:
    text = CONTRACT.read_text(encoding="utf-8")
    document = parse(text, "a.json")
    assert parse(yaml.safe_dump(json.loads(text)), "a.yaml") == document
    dated = (
        "openapi: 3.0.4\ninfo: {version: 2026-11-20}\npaths: {/a: {get: {responses: {200: {}}}}}"
    )
    read = parse(dated.encode("utf-16"), "a.yml")
    assert read["info"]["version"] == "2026-11-20"
    assert read["paths"]["/a"]["get"]["responses"] == {"200": {}}
