"""What a kept login is good for: one KSeF, behind the variables, and never when damaged."""

import os
from pathlib import Path
from typing import Any

import pytest

from ksef_facade.cli.settings import Settings
from ksef_facade.cli.terminal.output import Output
from tests.cli.login.conftest import NIP


def test_variables_count_before_what_is_kept(ksef, url, token_file, simulator, monkeypatch):
    ksef("login", "--token-file", token_file, *url)
    monkeypatch.setenv("KSEF_TOKEN", f"20251010-EC-1DCE3E3000-12ECB5B36E-45|nip-{NIP}|ab")
    assert ksef("sessions", "--kind", "online").code == 3
    monkeypatch.delenv("KSEF_TOKEN")
    monkeypatch.setenv("KSEF_NIP", "7980332920")
    other = ksef("sessions", "--kind", "online")
    assert (other.code, "another context" in other.err) == (3, True)


def test_a_kept_login_is_for_one_ksef_only(ksef, url, token_file, monkeypatch):
    ksef("login", "--token-file", token_file, *url)
    for arguments in (
        ["--env", "test"],
        ["--env", "prod"],
        ["--base-url", "http://127.0.0.1:9/v2"],
    ):
        done = ksef("sessions", "--kind", "online", *arguments)
        assert done.code == 2
        assert "the one kept is for simulator" in done.err
    monkeypatch.setenv("KSEF_ENV", "demo")
    assert "there is no login for demo" in ksef("sessions", "--kind", "online").err
    # Naming the same environment means the kept address of it.
    monkeypatch.delenv("KSEF_ENV")
    assert ksef("sessions", "--kind", "online", "--env", "simulator").code == 0


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "x": 1}'])
def test_a_damaged_login_is_told_and_replaced(ksef, url, token_file, no_kept_login, content):
    no_kept_login.mkdir()
    (no_kept_login / "login.json").write_text(content)
    done = ksef("sessions", "--kind", "online")
    assert done.code == 2
    assert "run ksef login again" in done.err
    assert ksef("login", "--token-file", token_file, *url).code == 0
    assert ksef("sessions", "--kind", "online").code == 0


def test_the_folder_is_that_of_the_variable_or_of_the_users_settings(tmp_path, monkeypatch):
    def folder(**variables: str) -> Any:
        return Settings(variables=variables, output=Output()).profiles.folder

    monkeypatch.setattr("platformdirs.user_config_path", lambda name, **_: tmp_path / name)
    assert folder() == tmp_path / "ksef-facade"
    assert folder(KSEF_CONFIG=str(tmp_path / "x")) == tmp_path / "x"
    monkeypatch.chdir(tmp_path)
    assert folder(KSEF_CONFIG="relative") == Path(os.getcwd()) / "relative"
