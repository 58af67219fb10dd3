"""Rate limits as they are published, and as a context changes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Clock, Simulator
from ksef_facade.simulator.messages import Request, Response
from tests.simulator.conftest import START
from tests.simulator.plain_client import Sender, codes, over_core

NIP, OTHER = "5265877635", "1111111111"
PATH = "/testdata/rate-limits"
UNKNOWN = "20250625-SO-2C3E6C8000-B675CF5D68-07"
NAMES = ("perSecond", "perMinute", "perHour")
#: Published rates (contract, example of GET /rate-limits).
TABLE = {
    "onlineSession": (10, 30, 120),
    "onlineSessionClose": (20, 60, 240),
    "batchSession": (10, 20, 60),
    "batchSessionClose": (20, 40, 120),
    "invoiceSend": (10, 30, 180),
    "invoiceStatus": (30, 120, 1200),
    "sessionList": (5, 10, 60),
    "sessionInvoiceList": (10, 20, 200),
    "sessionMisc": (10, 120, 1200),
    "invoiceMetadata": (8, 16, 20),
    "invoiceExport": (8, 16, 20),
    "invoiceExportStatus": (10, 60, 600),
    "invoiceDownload": (8, 16, 64),
    "collectiveIdentifier": (20, 120, 240),
    "other": (10, 30, 120),
    "anonymous": (60, -1, -1),
    "global": (75, -1, -1),
}
FIXED = ("onlineSessionClose", "batchSessionClose", "anonymous", "global")


@pytest.fixture
def limited() -> Iterator[Sender]:
    """A program logged in to a simulator that counts by the contract's table."""
    simulator = Simulator(clock=Clock.stopped(START), limits="contract")
    with over_core(simulator) as http:
        sender = Sender(simulator, http, NIP)
        sender.authenticate()
        yield sender
    assert simulator.contract_violations == []


def document(rates: dict[str, tuple[int, ...]]) -> dict[str, dict[str, int]]:
    return {group: dict(zip(NAMES, values, strict=True)) for group, values in rates.items()}


def change(sender: Sender, **changes: tuple[int, int, int]) -> httpx.Response:
    """Set the table, with these groups changed."""
    rates = {group: values for group, values in TABLE.items() if group not in FIXED}
    return sender.post(PATH, json={"rateLimits": document({**rates, **changes})})


def shown(sender: Sender) -> dict[str, tuple[int, ...]]:
    published = sender.get("/rate-limits").json()
    return {group: tuple(rates[name] for name in NAMES) for group, rates in published.items()}


def times_until_refused(sender: Sender, path: str, most: int = 300) -> int:
    for count in range(most):
        if sender.get(path).status_code == 429:
            return count
    return most


def test_all_groups_are_published(limited: Sender) -> None:
    assert shown(limited) == TABLE


def test_profiles_publish_what_they_allow(limited: Sender) -> None:
    limited.simulator.settings.limits = "off"
    assert shown(limited) == TABLE
    limited.simulator.settings.limits = "x10"
    wide = shown(limited)
    assert wide["sessionList"] == (50, 100, 600)
    assert wide["anonymous"] == (600, -1, -1)


def test_changed_rates_are_published_and_enforced_until_restored(limited: Sender) -> None:
    path = "/sessions?sessionType=Online"
    assert times_until_refused(limited, path) == 5
    answer = change(limited, sessionList=(7, 8, 9))
    assert (answer.status_code, answer.content) == (200, b"")
    assert shown(limited) == {**TABLE, "sessionList": (7, 8, 9)}
    # Five were made before: they count, under whatever limit.
    assert times_until_refused(limited, path) == 2
    limited.wait(1)
    assert times_until_refused(limited, path) == 1
    assert limited.get(path).headers["retry-after"] == "59"
    limited.wait(59)
    assert times_until_refused(limited, path) == 1
    refused = limited.get(path)
    assert "limit 9 żądań na godzinę" in refused.json()["status"]["details"][0]
    restored = limited.http.delete(PATH, headers=limited.headers)
    assert (restored.status_code, restored.content) == (200, b"")
    assert shown(limited) == TABLE
    assert limited.get(path).status_code == 200


def test_other_contexts_keep_theirs(limited: Sender) -> None:
    assert change(limited, sessionMisc=(1, 1, 1)).status_code == 200
    path = f"/sessions/{UNKNOWN}"
    assert times_until_refused(limited, path) == 1
    other = Sender(limited.simulator, limited.http, OTHER)
    other.authenticate()
    assert shown(other) == TABLE
    assert times_until_refused(other, path) == 10


def test_production_rates(limited: Sender) -> None:
    limited.simulator.settings.limits = "x10"
    path = "/sessions?sessionType=Online"
    answer = limited.post(f"{PATH}/production")
    assert (answer.status_code, answer.content) == (200, b"")
    assert shown(limited) == TABLE
    assert times_until_refused(limited, path) == 5
    limited.http.delete(PATH, headers=limited.headers)
    assert shown(limited)["sessionList"] == (50, 100, 600)
    assert times_until_refused(limited, path) == 45


def test_profile_off_enforces_nothing(limited: Sender) -> None:
    limited.simulator.settings.limits = "off"
    change(limited, sessionMisc=(1, 1, 1))
    assert shown(limited)["sessionMisc"] == (1, 1, 1)
    assert times_until_refused(limited, f"/sessions/{UNKNOWN}", most=50) == 50


@pytest.mark.parametrize("values", [(0, 30, 120), (10, -1, 120), (10, 30, 1201), (101, 300, 1200)])
def test_rates_out_of_bounds(limited: Sender, values: tuple[int, int, int]) -> None:
    refused = change(limited, other=values)
    assert codes(refused) == [21405]
    assert "rateLimits.other.per" in refused.text
    assert shown(limited) == TABLE


def test_all_groups_must_be_given(limited: Sender) -> None:
    rates = document({"other": (1, 1, 1)})
    assert codes(limited.post(PATH, json={"rateLimits": rates})) == [21405]


def test_wider_rates_than_the_table(limited: Sender) -> None:
    change(limited, sessionMisc=(100, 1200, 12_000))
    assert times_until_refused(limited, f"/sessions/{UNKNOWN}") == 100


def send_from(sender: Sender, address: str, path: str, *, secured: bool = True) -> Response:
    request = Request(
        "GET",
        f"/v2{path}",
        headers={"authorization": sender.headers["Authorization"]} if secured else {},
        client=address,
    )
    return sender.simulator.core.handle(request)


def test_every_address_counts_for_itself(limited: Sender) -> None:
    def count(address: str, path: str, **options: Any) -> int:
        made = 0
        while send_from(limited, address, path, **options).status != 429:
            made += 1
        return made

    session = f"/sessions/{UNKNOWN}"
    assert [count(address, session) for address in ("10.0.0.1", "10.0.0.2")] == [10, 10]
    keys = "/security/public-key-certificates"
    assert count("10.0.0.1", keys, secured=False) == 60
    assert count("10.0.0.2", keys, secured=False) == 60


def test_operations_of_the_group_other_count_each_for_itself(limited: Sender) -> None:
    paths = ("/limits/context", "/limits/subject", "/certificates/limits")
    assert [times_until_refused(limited, path) for path in paths] == [10, 10, 10]


def test_refresh_tokens_are_counted_in_their_context(limited: Sender) -> None:
    # Programs end what they began with the token that lives longest; it names no context itself.
    change(limited, other=(3, 30, 120))
    other = Sender(limited.simulator, limited.http, OTHER)

    def end(sender: Sender) -> int:
        token = sender.authenticate()["refreshToken"]["token"]
        headers = {"Authorization": f"Bearer {token}"}
        return sender.http.delete("/auth/sessions/current", headers=headers).status_code

    assert [end(limited) for _ in range(4)] == [204, 204, 204, 429]
    assert [end(other) for _ in range(4)] == [204] * 4


def test_longest_wait_is_told(limited: Sender) -> None:
    change(limited, sessionMisc=(2, 2, 2))
    path = f"/sessions/{UNKNOWN}"
    assert times_until_refused(limited, path) == 2
    refused = limited.get(path)
    assert refused.headers["retry-after"] == "3600"
    assert "limit 2 żądań na godzinę" in refused.json()["status"]["details"][0]


@pytest.mark.parametrize("made", [0.0, 0.1, 0.35, 0.7])
def test_waiting_as_long_as_told_is_enough(limited: Sender, made: float) -> None:
    path = "/sessions?sessionType=Online"
    limited.wait(made)
    for _ in range(5):
        assert limited.get(path).status_code == 200
        limited.wait(0.1)
    refused = limited.get(path)
    assert refused.status_code == 429
    limited.wait(float(refused.headers["retry-after"]))
    assert limited.get(path).status_code == 200


def test_global_limit_is_enforced_on_demand(limited: Sender) -> None:
    limited.simulator.settings.enforce_global_limit = True
    limited.wait(1)
    for group in ("/limits/context", "/limits/subject", f"/sessions/{UNKNOWN}"):
        assert times_until_refused(limited, group, most=5) == 5
    anonymous = "/security/public-key-certificates"
    assert all(limited.http.get(anonymous).status_code == 200 for _ in range(60))
    refused = limited.get("/limits/context")
    assert refused.status_code == 429
    assert "limit 75 żądań na sekundę" in refused.json()["status"]["details"][0]
    limited.wait(1)
    assert limited.get("/limits/context").status_code == 200


def test_blocks_grow_on_demand(limited: Sender) -> None:
    limited.simulator.settings.growing_blocks = True
    path = "/sessions?sessionType=Online"
    assert times_until_refused(limited, path) == 5
    waits = [int(limited.get(path).headers["retry-after"]) for _ in range(3)]
    assert waits == [2, 3, 4]
    limited.wait(3)
    assert limited.get(path).headers["retry-after"] == "2"
    limited.wait(2)
    assert limited.get(path).status_code == 200
