"""Taking over a contract: where from, what is refused, what is written."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import httpx
import pytest

from scripts import spec
from scripts.failure import BadInput, exit_with

DOCUMENT = json.dumps(
    {"openapi": "3.0.4", "info": {"title": "t", "version": "v2"}, "paths": {"/a": {"get": {}}}}
).encode()


def answer(monkeypatch: pytest.MonkeyPatch, response: httpx.Response | Exception) -> None:
    def get(url: str, timeout: float) -> httpx.Response:
        if isinstance(response, Exception):
            raise response
        return response

    monkeypatch.setattr(httpx, "get", get)


def test_an_https_source_is_named_without_credentials_and_query(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer(monkeypatch, httpx.Response(200, content=DOCUMENT))
    document, lock = spec.take_over("https://me:secret@example.test/docs/openapi.json?sig=secret")
    assert document["info"]["title"] == "KSeF API"
    assert 'source = "https://example.test/docs/openapi.json"' in lock
    assert f'sha256 = "{hashlib.sha256(DOCUMENT).hexdigest()}"' in lock
    assert "secret" not in lock


def test_a_local_source_is_named_by_its_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "contract.json"
    path.write_bytes(DOCUMENT)
    assert 'source = "contract.json"' in spec.take_over(str(path))[1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>", "is not a JSON document"),
        (b"\xff\xfe\x00", "is not a JSON document"),
        (b"[]", "is JSON, but not an OpenAPI 3 document"),
        (b'{"swagger": "2.0", "paths": {}}', "Swagger document of version 2.0, not an OpenAPI 3"),
        (b'{"openapi": "2.0", "paths": {}}', "is JSON, but not an OpenAPI 3 document"),
        (b'{"openapi": "3.0.4", "paths": {}}', "is an OpenAPI document without paths"),
    ],
)
def test_what_is_no_contract_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "contract.json"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=message) as caught:
        spec.take_over(str(path))
    assert str(caught.value).startswith("contract.json ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("source", ["http://example.test/a", "ftp://example.test/a", "https:///a"])
def test_only_https_is_fetched(source: str) -> None:
    with pytest.raises(BadInput, match="over https"):
        spec.take_over(source)


def test_a_source_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, httpx.Response(503))
    with pytest.raises(BadInput, match=r"https://example\.test/a answered with HTTP 503"):
        spec.take_over("https://example.test/a?sig=1")
    answer(monkeypatch, httpx.ConnectTimeout("no"))
    with pytest.raises(BadInput, match=r"cannot be fetched \(ConnectTimeout\)"):
        spec.take_over("https://example.test/a")


def test_bad_input_ends_with_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        exit_with(spec.main, [str(tmp_path / "absent.json")])
    assert ended.value.code == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "cannot be read (No such file or directory)" in shown.err
    assert shown.err.count("\n") == 1


def test_only_what_changed_is_written_and_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "published.json"
    source.write_bytes(DOCUMENT)
    monkeypatch.setattr(spec, "CONTRACT", tmp_path / "ksef.json")
    monkeypatch.setattr(spec, "LOCK", tmp_path / "ksef.lock")
    assert spec.main([str(source)]) == 0
    assert capsys.readouterr().out.count("changed ") == 2
    assert spec.main([str(source)]) == 0
    assert capsys.readouterr().out == ""
    source.write_bytes(DOCUMENT + b"\n")
    assert spec.main([str(source)]) == 0
    assert capsys.readouterr().out == f"changed {tmp_path / 'ksef.lock'}\n"
