"""The fixture that other people's tests use."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from ksef_facade import pytest_plugin

pytest_plugins = ["pytester"]

Run = Callable[..., pytest.RunResult]
ROOT = Path(__file__).resolve().parents[2]
NAME = "ksef_simulator"


@pytest.fixture
def run(pytester: pytest.Pytester, request: pytest.FixtureRequest) -> Run:
    """Runs a test module in an empty folder."""
    installed = request.config.pluginmanager.has_plugin(NAME)
    plugin = () if installed else ("-p", pytest_plugin.__name__)

    def run(text: str, *arguments: str, conftest: str = "") -> pytest.RunResult:
        pytester.makepyfile(text)
        if conftest:
            pytester.makeconftest(conftest)
        # Within this process it would leave modules behind that exist twice.
        return pytester.runpytest_subprocess(*plugin, "-p", "no:cacheprovider", "-q", *arguments)

    return run


def test_it_is_an_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["pytest11"] == {NAME: pytest_plugin.__name__}


def test_a_simulator_for_a_test(run: Run) -> None:
    result = run(
        """
        import urllib.request

        seen = []

        def test_it_answers(ksef_simulator):
            with urllib.request.urlopen(
                f"{ksef_simulator.base_url}/security/public-key-certificates"
            ) as answer:
                assert answer.status == 200
            seen.append(ksef_simulator)

        def test_each_test_has_its_own(ksef_simulator):
            assert ksef_simulator is not seen[0]
            assert ksef_simulator.requests.calls == []
        """
    )
    result.assert_outcomes(passed=2)


def test_options_come_from_a_fixture_and_from_markers(run: Run) -> None:
    result = run(
        """
        import pytest

        pytestmark = pytest.mark.ksef_simulator(upo_page_size=3)

        def test_of_the_module(ksef_simulator):
            settings = ksef_simulator.settings
            assert (settings.limits, settings.upo_page_size) == ("contract", 3)

        @pytest.mark.ksef_simulator(limits="x10", upo_page_size=4)
        def test_of_its_own(ksef_simulator):
            settings = ksef_simulator.settings
            assert (settings.limits, settings.upo_page_size) == ("x10", 4)

        @pytest.mark.ksef_simulator("contract")
        def test_without_names(ksef_simulator):
            pass

        @pytest.mark.ksef_simulator(limit="contract")
        def test_unknown(ksef_simulator):
            pass
        """,
        "--strict-markers",
        conftest="""
        import pytest

        @pytest.fixture
        def ksef_simulator_options():
            return {"limits": "contract", "upo_page_size": 2}
        """,
    )
    result.assert_outcomes(passed=2, errors=2)
    result.stdout.fnmatch_lines(["*takes options by name only*", "*TypeError*'limit'*"])


@pytest.mark.gives_bad_answers("to see that the fixture notices")
def test_a_broken_contract_fails_the_test(run: Run) -> None:
    result = run(
        """
        def test_passes(ksef_simulator):
            ksef_simulator.contract_violations.append("GET /sessions: a poem")
        """
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["the simulator broke the contract:", "GET /sessions: a poem"])


def test_a_missing_extra_is_named(run: Run) -> None:
    result = run(
        """
        import sys

        sys.modules["jsonschema_rs"] = None

        def test_it(ksef_simulator):
            raise AssertionError("never")
        """
    )
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["the simulator needs its extra: pip install*"])


def test_nobody_pays_for_it_unused() -> None:
    probe = "import sys, pytest, ksef_facade.pytest_plugin; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = ("attrs", "cryptography", "httpx", "ksef_facade.simulator", "starlette", "uvicorn")
    assert [name for name in heavy if name in loaded] == []


def test_the_example_of_the_manual(run: Run) -> None:
    page = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")
    blocks = [part.partition("```")[0] for part in page.split("```python\n")[1:]]
    (example,) = (block for block in blocks if "def test_" in block and "ksef_simulator" in block)
    run(example).assert_outcomes(passed=example.count("def test_"))
