"""What contract tests may run against, and what they never do."""

import pytest

from ksef_facade.environments import ENVIRONMENTS
from scripts.contract_tests.targets import BadTarget, choose


@pytest.mark.parametrize("text", ["", "simulator", " Simulator "])
def test_the_simulator_is_the_default(text: str) -> None:
    assert choose(text).kind == "simulator"


@pytest.mark.parametrize(
    "text",
    [
        "test",
        "TEST",
        "https://api-test.ksef.mf.gov.pl/v2",
        "api-test.ksef.mf.gov.pl",
        "HTTPS://API-TEST.KSEF.MF.GOV.PL./v2/",
    ],
)
def test_the_test_environment_is_known_by_name_and_host(text: str) -> None:
    target = choose(text)
    assert target.kind == "test"
    assert target.environment == ENVIRONMENTS["test"]
    assert target.is_live


@pytest.mark.parametrize(
    "text", ["http://127.0.0.1:8095/v2", "http://localhost:1/v2", "http://[::1]:1/v2"]
)
def test_a_server_of_this_machine_may_be_tested(text: str) -> None:
    target = choose(text)
    assert target.kind == "server"
    assert not target.is_live


@pytest.mark.parametrize(
    "text",
    [
        "prod",
        "PROD",
        " production.",
        "prd",
        "demo",
        "https://api.ksef.mf.gov.pl/v2",
        "HTTPS://API.KSEF.MF.GOV.PL/v2",
        "https://api.ksef.mf.gov.pl./v2",
        "api.ksef.mf.gov.pl",
        "api.ksef.mf.gov.pl:443",
        "https://api-demo.ksef.mf.gov.pl/v2",
        "https://user@api.ksef.mf.gov.pl/v2",
        "https://127.0.0.1@api.ksef.mf.gov.pl/v2",
        "https://ksef.mf.gov.pl/api/v2",
        "http://api.ksef.mf.gov.pl/v2",
        "https://api-test.ksef.mf.gov.pl@api.ksef.mf.gov.pl/v2",
        "//api.ksef.mf.gov.pl",
    ],
)
def test_production_and_demo_are_refused_by_every_name(text: str) -> None:
    with pytest.raises(BadTarget, match="never run against"):
        choose(text)


@pytest.mark.parametrize(
    "text",
    [
        "staging",
        "https://203.0.113.9/v2",
        "203.0.113.9",
        "https://[2001:db8::1]/v2",
        "https://127.0.0.1/v2",
        "http://127.0.0.1.example.org/v2",
        "https://api-test.ksef.mf.gov.pl.example.org/v2",
        "https://xn--ksef-mf-gov-pl-abc.example/v2",
        "http://[::1",
        "ftp://127.0.0.1/v2",
        "http://2130706433/v2",
    ],
)
def test_everything_else_is_refused_too(text: str) -> None:
    with pytest.raises(BadTarget, match="TARGET=simulator or TARGET=test"):
        choose(text)


def test_a_refusal_is_one_line(capsys) -> None:
    from scripts.contract_tests.__main__ import main

    assert main(["prod"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "(exit code 2)" in err
