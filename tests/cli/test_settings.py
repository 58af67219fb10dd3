"""Which KSeF is meant, from options and variables."""

import pytest

from ksef_facade.cli.settings import Settings
from ksef_facade.cli.terminal.output import Output
from ksef_facade.environments import ENVIRONMENTS
from ksef_facade.errors import ConfigurationError

LOCAL = "http://127.0.0.1:4711/v2"


def settings(env: str | None = None, base_url: str | None = None, **variables: str) -> Settings:
    return Settings(variables=variables, output=Output(), env=env, base_url=base_url)


def test_test_is_the_default() -> None:
    assert settings().environment() == ENVIRONMENTS["test"]


def test_an_empty_variable_counts_as_absent() -> None:
    assert settings(KSEF_ENV=" ", KSEF_BASE_URL="").environment() == ENVIRONMENTS["test"]


def test_variables_are_read() -> None:
    assert settings(KSEF_ENV="demo").environment() == ENVIRONMENTS["demo"]
    chosen = settings(KSEF_ENV="test", KSEF_BASE_URL="https://proxy.example/v2").environment()
    assert (chosen.name, chosen.base_url) == ("test", "https://proxy.example/v2")


def test_options_count_before_variables() -> None:
    chosen = settings("demo", "https://a.example/v2", KSEF_ENV="test", KSEF_BASE_URL=LOCAL)
    assert chosen.environment().name == "demo"
    assert chosen.environment().base_url == "https://a.example/v2"


@pytest.mark.parametrize("given", [settings(base_url=LOCAL), settings(KSEF_BASE_URL=LOCAL)])
def test_a_loopback_url_alone_is_the_simulator(given: Settings) -> None:
    assert (given.environment().name, given.environment().base_url) == ("simulator", LOCAL)


def test_the_variables_url_follows_the_option_to_its_own_environment_only() -> None:
    assert settings("simulator", KSEF_BASE_URL=LOCAL).environment().base_url == LOCAL
    assert settings("prod", KSEF_BASE_URL=LOCAL).environment() == ENVIRONMENTS["prod"]


def test_http_off_loopback_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="http is allowed only to this machine"):
        settings(base_url="http://ksef.example/v2").environment()


def test_a_token_is_wanted_and_the_variable_named() -> None:
    with pytest.raises(ConfigurationError, match="KSEF_TOKEN"):
        settings().client()


def test_a_nip_is_wanted_where_the_token_names_none() -> None:
    with pytest.raises(ConfigurationError, match="KSEF_NIP") as raised:
        settings(KSEF_TOKEN="s3cret").client()
    assert "s3cret" not in str(raised.value)
