"""What every test shares, and the README's Python examples as tests."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

ROOT = Path(__file__).parent


@pytest.fixture
def scratch_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, so that an example which saves receipts leaves nothing behind."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


MARKERS = (
    "sends_bad_requests(reason): lets the facade send what the contract does not allow",
    "gives_bad_answers(reason): lets a simulator want to answer what the contract does not allow",
)


def pytest_configure(config: pytest.Config) -> None:
    from tests.answers_by_contract import watch_all

    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    watch_all()


@pytest.fixture(autouse=True)
def signals_as_in_a_terminal() -> Iterator[None]:
    """Tests and their processes obey signals, though they may run under nohup or in the background,
    where some are ignored and every child inherits that.
    """
    usual = {signal.SIGINT: signal.default_int_handler, signal.SIGHUP: signal.SIG_DFL}
    ignored = [number for number in usual if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, usual[number])
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture(autouse=True)
def requests_by_contract(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test in which the facade sends a request that the contract does not describe."""
    from tests.facade.contract_at_hand import IS_COMMITTED
    from tests.requests_by_contract import watch

    with watch() as faults:
        yield
    # Another contract, with which the tests are run too, need not know what the facade sends.
    if IS_COMMITTED and request.node.get_closest_marker("sends_bad_requests") is None:
        assert faults == []


@pytest.fixture(autouse=True)
def answers_by_contract(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test in which a simulator wants to give an answer that the contract does not describe."""
    from tests.answers_by_contract import new_violations

    yield
    violations = new_violations()
    if request.node.get_closest_marker("gives_bad_answers") is None:
        assert violations == []


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    patterns=["README.md"],
    fixtures=["scratch_folder"],
).pytest()
