"""Generating: the same bytes every time, warnings stop it, older contracts work as well."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts import check_generated, generate
from scripts.document import Document, compact
from scripts.failure import BadInput, PipelineError
from scripts.generate import Derived, changes, derive_all, show, write
from scripts.layout import (
    CONTRACT,
    GENERATOR_REQUIREMENTS,
    GENERATOR_SETTINGS,
    RAW_CLIENT,
    SIMULATOR_CONTRACT,
    TEMPLATES,
)
from scripts.names import Named, load
from scripts.prepare import XML
from scripts.raw_client import raw_client, without_secrets_in_repr

NOTHING_NAMED = Named({}, [], [])


def test_the_committed_client_is_generated_from_the_committed_contract(committed: Document) -> None:
    before = json.dumps(committed)
    files, named = raw_client(committed, load())
    assert (named.missing, named.unpinned) == ([], [])
    assert json.dumps(committed) == before
    # A second run of the generator, in this process and not in `make generate`: the same bytes.
    assert list(changes(Derived({RAW_CLIENT: files}, {}, named))) == []
    assert "py.typed" in files
    assert not [name for name in files if name.endswith((".toml", ".md", ".gitignore"))]


@pytest.mark.parametrize("version", ["2.0.0-rc6.1", "2.7.0"])
def test_an_older_contract_is_generated_and_imported(
    older: Callable[[str], Document], tmp_path: Path, version: str
) -> None:
    files, named = raw_client(older(f"ksef-{version}.json"), load())
    assert named.missing
    folder = tmp_path / "ksef_api"
    write(Derived({folder: files}, {}, named))
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.strip() == f"{folder / '__init__.py'} {len(named.by_key)}"


IMPORT_ALL = """
import sys
sys.path.insert(0, ".")
import importlib, os
import ksef_api, ksef_api.operations, ksef_api.limits, ksef_api.permissions, ksef_api.models
for operation in ksef_api.operations.OPERATIONS.values():
    importlib.import_module(operation.module)
    assert operation.name in ksef_api.limits.LIMITS and operation.name in ksef_api.permissions.PERMISSIONS
for name in ksef_api.models.__all__:
    getattr(ksef_api.models, name)
print(os.path.abspath(ksef_api.__file__), len(ksef_api.operations.OPERATIONS))
"""


def test_a_new_operation_is_generated_under_a_derived_name(contract: Document) -> None:
    parameter = {"name": "a", "in": "path", "required": True, "schema": {"type": "string"}}
    contract["paths"]["/sessions/{a}/newThings"] = {
        "get": {"parameters": [parameter], "responses": {"200": {"description": ""}}}
    }
    files, named = raw_client(contract, load())
    assert named.unpinned == [("GET", "/sessions/{}/newThings")]
    assert "api/sessions/get_sessions_item_new_things.py" in files
    assert "'get_sessions_item_new_things'" in files["operations.py"].replace('"', "'")


def test_what_the_generator_cannot_take_costs_only_itself_when_oddities_are_told(
    contract: Document,
) -> None:
    paths = contract["paths"]
    kept = ("/sessions", "/sessions/{referenceNumber}", "/auth/challenge", "/limits/context")
    contract["paths"] = {path: paths[path] for path in kept}
    schemas = contract["components"]["schemas"]
    # Two values that would be one name: no class can be made of them.
    schemas["CommonSessionStatus"]["enum"] += ["inProgress", "InProgress"]
    # A form that the generator refuses to read at all.
    contract["paths"]["/limits/context"]["get"]["responses"]["200"]["content"] = {"a/b": 5}
    contract["paths"]["/limits/context"]["get"]["callbacks"] = {"a": 5}
    schemas["AuthenticationChallengeResponse"]["properties"]["challenge"]["type"] = "odd"
    with pytest.raises(PipelineError):
        raw_client(contract, load())
    told: list[str] = []
    files, named = raw_client(contract, load(), tell=told.append)
    assert ("GET", "/sessions") in named.by_key
    assert "api/sessions/list_sessions.py" in files
    assert "api/sessions/get_session_status.py" in files
    assert "an enumeration cannot be one" in " ".join(told)
    assert "cannot be read by the generator" in " ".join(told)
    table = files["operations.py"]
    modules = [line for line in table.splitlines() if line.strip().startswith("module=")]
    for line in modules:
        name = line.split('"')[1].removeprefix("ksef_api.").replace(".", "/")
        assert f"{name}.py" in files


def test_a_warning_of_the_generator_stops_the_run(contract: Document) -> None:
    content = contract["paths"]["/sessions"]["get"]["responses"]["200"]["content"]
    content["application/pdf"] = content.pop("application/json")
    with pytest.raises(PipelineError, match="openapi-python-client failed") as caught:
        raw_client(contract, load())
    assert "application/pdf" in str(caught.value)


def test_a_missing_pinned_operation_stops_the_run_and_is_named(
    contract: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    del contract["paths"]["/peppol/query"]
    path = tmp_path / "ksef.json"
    path.write_text(json.dumps(contract), encoding="utf-8")
    monkeypatch.setattr(generate, "CONTRACT", path)
    with pytest.raises(PipelineError, match="lacks operations that are pinned: GET /peppol/query"):
        derive_all()
    path.unlink()
    with pytest.raises(PipelineError, match=r"scripts\.spec"):
        derive_all()


def test_every_setting_of_the_generator_matches_something(committed: Document) -> None:
    settings = yaml.safe_load(GENERATOR_SETTINGS.read_text(encoding="utf-8"))
    # A key that matches nothing is ignored by the generator: new ones need a check of their own here.
    assert settings.keys() == {"content_type_overrides", "post_hooks"}
    assert settings["content_type_overrides"] == {XML: "application/octet-stream"}
    assert json.dumps(committed).count(f'"{XML}"') == 5
    assert all(
        "--isolated --no-cache --target-version py311" in hook for hook in settings["post_hooks"]
    )


def test_templates_are_few_and_short() -> None:
    templates = sorted(TEMPLATES.iterdir())
    assert [path.name for path in templates] == ["models_init.py.jinja", "str_enum.py.jinja"]
    assert all(len(path.read_text(encoding="utf-8").splitlines()) < 45 for path in templates)


def test_the_generator_is_pinned_to_the_last_library() -> None:
    lines = GENERATOR_REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    requirements = [line for line in lines if not line.startswith("#")]
    assert "openapi-python-client==0.29.1" in requirements
    assert "ruff==0.17.5" in requirements
    assert all(line.count("==") == 1 and " " not in line for line in requirements)


def test_the_client_keeps_secrets_out_of_its_repr_or_stops_the_run() -> None:
    with pytest.raises(PipelineError, match="no single Client:"):
        without_secrets_in_repr("@define\nclass Clients:\n")


def test_the_simulators_contract_is_the_committed_one_in_few_lines(committed: Document) -> None:
    text = SIMULATOR_CONTRACT.read_text(encoding="utf-8")
    assert json.loads(text) == committed
    lines = text.splitlines()
    paths, schemas = committed["paths"], committed["components"]["schemas"]
    assert len(lines) < len(paths) + len(schemas) + 20
    for name in [*paths, *schemas]:
        assert sum(line.startswith(f'"{name}":') for line in lines) == 1, name
    assert compact(committed) == text
    assert len(text) < CONTRACT.stat().st_size * 0.6


def test_only_what_differs_is_written_and_named(tmp_path: Path) -> None:
    folder, single = tmp_path / "package", tmp_path / "contract.json"
    wanted = {"a.py": "a = 1\n", "deep/b.py": "b = 2\n", "py.typed": ""}
    derived = Derived({folder: wanted}, {single: "{}\n"}, NOTHING_NAMED)
    assert len(list(changes(derived))) == 4
    write(derived)
    assert list(changes(derived)) == []
    untouched = (folder / "a.py").stat().st_mtime_ns
    (folder / "deep" / "b.py").write_text("b = 3\n", encoding="utf-8")
    (folder / "old" / "__pycache__").mkdir(parents=True)
    (folder / "old" / "__pycache__" / "c.pyc").write_bytes(b"")
    (folder / "old" / "c.py").write_text("", encoding="utf-8")
    single.write_text("[]", encoding="utf-8")
    assert list(changes(derived)) == [
        f"changed {folder / 'deep/b.py'}",
        f"removed {folder / 'old/c.py'}",
        f"changed {single}",
    ]
    write(derived)
    assert list(changes(derived)) == []
    assert (folder / "a.py").stat().st_mtime_ns == untouched
    assert not (folder / "old").exists()
    assert single.read_text(encoding="utf-8") == "{}\n"


def test_a_long_list_of_changes_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    show([f"changed {number}" for number in range(45)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "... and 5 more"
    assert len(lines) == 41


def test_the_check_lists_what_differs_and_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "package"
    derived = Derived({folder: {"a.py": "a = 1\n"}}, {}, NOTHING_NAMED)
    monkeypatch.setattr(check_generated, "derive_all", lambda: derived)
    assert check_generated.main([]) == 1
    assert f"added {folder / 'a.py'}" in capsys.readouterr().err
    assert not folder.exists()
    write(derived)
    assert check_generated.main([]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("command", [generate.main, check_generated.main])
def test_commands_refuse_arguments(command: Callable[[list[str]], Any]) -> None:
    with pytest.raises(BadInput, match="takes no arguments"):
        command(["--force"])


def test_generating_writes_prints_and_reports_what_is_unpinned(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = load()["GET", "/sessions"]
    named = Named({("GET", "/new"): name}, [], [("GET", "/new")])
    folder = tmp_path / "package"
    monkeypatch.setattr(generate, "derive_all", lambda: Derived({folder: {"a.py": ""}}, {}, named))
    assert generate.main([]) == 0
    shown = capsys.readouterr()
    assert shown.out == f"added {folder / 'a.py'}\n"
    assert shown.err == "not pinned yet: GET /new, for now list_sessions\n"
    assert generate.main([]) == 0
    assert capsys.readouterr().out == ""
