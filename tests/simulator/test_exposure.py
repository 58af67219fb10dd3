"""A simulator that other machines reach: only when asked for, never under a web page's domain."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from ksef_facade.simulator import Simulator
from ksef_facade.simulator.loopback import is_nobodys_domain
from ksef_facade.simulator.messages import Request

NIP = "5265877635"
KEY = "a-key-of-sixteen-characters"


@pytest.fixture(scope="module")
def exposed() -> Iterator[Simulator]:
    with Simulator(host="0.0.0.0", expose=True, control_key=KEY) as simulator:
        yield simulator
    assert simulator.contract_violations == []


def test_it_must_be_asked_for() -> None:
    with pytest.raises(ValueError, match="has to be asked for with expose"):
        Simulator(host="0.0.0.0")


def test_its_base_url_is_that_of_this_machine(exposed: Simulator) -> None:
    assert exposed.base_url == f"http://127.0.0.1:{exposed.port}/v2"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:9999", 200),
        ("192.0.2.7:8095", 200),
        ("[2001:db8::1]:8095", 200),
        ("ksef:8095", 200),
        ("ksef", 200),
        ("host.docker.internal:8095", 200),
        ("ksef.test", 200),
        ("example.com:8095", 421),
        ("internal.example.com", 421),
        ("evilinternal", 200),
        ("notinternal.com", 421),
        ("a@ksef", 421),
        ("ksef/x", 421),
    ],
)
def test_names_that_nobody_can_own_are_served(exposed: Simulator, host: str, status: int) -> None:
    url = f"{exposed.base_url}/security/public-key-certificates"
    assert httpx.get(url, headers={"Host": host}).status_code == status
    assert is_nobodys_domain(host) is (status == 200)


def test_the_same_names_are_refused_without_being_exposed(running: Simulator) -> None:
    url = f"{running.base_url}/security/public-key-certificates"
    for host in ("ksef:8095", "192.0.2.7:8095", "localhost:1"):
        assert httpx.get(url, headers={"Host": host}).status_code == 421


def ask(simulator: Simulator, client: str, **headers: str) -> int:
    given = {name.lower().replace("_", "-"): value for name, value in headers.items()}
    body = b'{"nip": "5265877635"}'
    request = Request("POST", "/_simulator/tokens", headers=given, body=body, client=client)
    return simulator.core.handle(request).status


def test_control_endpoints_want_the_key_of_other_machines(exposed: Simulator) -> None:
    assert ask(exposed, "127.0.0.1") == 200
    assert ask(exposed, "172.17.0.1") == 403
    assert ask(exposed, "172.17.0.1", x_simulator_key="another-key-of-that-length") == 403
    assert ask(exposed, "172.17.0.1", x_simulator_key=KEY) == 200
    # A web page cannot be given the key, and is refused whatever it sends.
    assert ask(exposed, "172.17.0.1", x_simulator_key=KEY, origin="https://example.com") == 403


def test_without_a_key_no_other_machine_controls_it() -> None:
    simulator = Simulator(host="0.0.0.0", expose=True)
    assert ask(simulator, "172.17.0.1") == 403
    assert ask(simulator, "172.17.0.1", x_simulator_key="") == 403


def test_callers_of_the_public_name_are_not_taken_for_this_machine() -> None:
    simulator = Simulator(public_url="https://ksef.test", control_key=KEY)
    assert ask(simulator, "127.0.0.1", host="127.0.0.1:8095") == 200
    assert ask(simulator, "127.0.0.1", host="ksef.test") == 403
    assert ask(simulator, "127.0.0.1", host="KSEF.test:443") == 403
    assert ask(simulator, "127.0.0.1", host="ksef.test", x_simulator_key=KEY) == 200


def test_a_short_key_is_refused_and_none_is_shown() -> None:
    with pytest.raises(ValueError, match="16 characters"):
        Simulator(control_key="short")
    assert KEY not in repr(Simulator(control_key=KEY).settings)
