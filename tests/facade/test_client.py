"""The client itself: environments, copies, warnings, limits, closing."""

import warnings
from datetime import timedelta

import httpx
import pytest

from ksef_facade import (
    ENVIRONMENTS,
    BudgetExhausted,
    ConfigurationError,
    Environment,
    Ksef,
    KsefSystemWarning,
    PackageRefused,
    TokenAuth,
)
from tests.facade.contract_at_hand import limit_of
from tests.facade.scripted import SESSION, TOKEN, Server, ok, session_status

STATUS = f"GET /sessions/{SESSION}"


def test_the_environment_is_never_production_by_default():
    assert Ksef().environment is ENVIRONMENTS["test"]
    assert Ksef(base_url="http://127.0.0.1:5/v2").environment.name == "simulator"
    assert Ksef("prod").environment.base_url == "https://api.ksef.mf.gov.pl/v2"
    own = Environment("mine", "https://ksef.example/v2", ("files.example",))
    assert Ksef(own).environment is own


@pytest.mark.parametrize(
    ("target", "base_url"),
    [
        ("production", None),
        ("test", "http://api-test.ksef.mf.gov.pl/v2"),
        (None, "http://10.0.0.1/v2"),
        (None, "ftp://127.0.0.1/v2"),
        (None, "not a url"),
        (None, "https://user:pw@api-test.ksef.mf.gov.pl/v2"),
        (None, "https://api-test.ksef.mf.gov.pl/v2?x=1"),
        (None, "https://ksef-test.mf.gov.pl/api/v2"),
        (None, "https://[::1"),
    ],
)
def test_an_address_that_cannot_work_is_refused_in_one_sentence(target, base_url):
    with pytest.raises(ConfigurationError) as caught:
        Ksef(target, base_url=base_url)
    assert "\n" not in str(caught.value)


def test_a_system_warning_comes_at_the_callers_line_and_to_the_hook(make):
    seen = []
    answer = ok(session_status(), **{"X-System-Warning": "[sig-001]: Uwaga | [x]: Dwa"})
    ksef = make(Server().on(STATUS, answer), on_system_warning=seen.append)
    session = ksef.session(SESSION)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        session.status()
    ours = [entry for entry in caught if entry.category is KsefSystemWarning]
    assert [(entry.message.code, entry.message.args[0]) for entry in ours] == [
        ("sig-001", "Uwaga"),
        ("x", "Dwa"),
    ]
    assert [warning.code for warning in seen] == ["sig-001", "x"]
    assert all("ksef_facade" not in entry.filename for entry in ours)
    assert str(seen[0]) == "[sig-001] Uwaga (GET /sessions/{referenceNumber})"


def test_a_system_warning_of_another_form_is_kept_whole(make):
    seen = []
    answer = ok(session_status(), **{"X-System-Warning": "cos innego"})
    ksef = make(Server().on(STATUS, answer), on_system_warning=seen.append)
    with pytest.warns(KsefSystemWarning):
        ksef.session(SESSION).status()
    assert (seen[0].code, seen[0].args[0]) == ("", "cos innego")


def test_a_copy_with_options_shares_login_and_connections(make):
    server = Server().on(STATUS, ok(session_status()))
    ksef = make(server)
    ksef.session(SESSION).status()
    ksef.options(timeout=1, retry_deadline=2).session(SESSION).status()
    assert server.count("POST /auth/ksef-token") == 1
    first, second = server.asked(STATUS)
    assert first.extensions["timeout"]["read"] == 30
    assert second.extensions["timeout"]["read"] == 1


def test_requests_wait_for_room_in_the_contracts_limits(make):
    server = Server().on(STATUS, ok(session_status()))
    session = make(server).session(SESSION)
    begin = server.time.seconds
    for _ in range(2 * limit_of("sessionMisc").per_second + 1):
        session.status()
    # The first one after what a second allows, and after what two allow, wait for the next.
    assert 2 <= server.time.seconds - begin < 3


def test_room_that_comes_too_late_is_told_without_a_request(make):
    server = Server().on(STATUS, ok(session_status()))
    session = make(server, max_rate_limit_wait=5).session(SESSION)
    minute = limit_of("sessionMisc").per_minute
    for _ in range(minute):
        session.status()
    with pytest.raises(BudgetExhausted) as caught:
        session.status()
    assert server.count(STATUS) == minute
    assert caught.value.group == "sessionMisc"
    assert 5 < caught.value.retry_after <= 61


def test_pacing_can_be_left_to_the_service(make):
    server = Server().on(STATUS, ok(session_status()))
    session = make(server, rate_limits="off").session(SESSION)
    begin = server.time.seconds
    for _ in range(30):
        session.status()
    assert server.time.seconds == begin


def test_a_429_closes_the_limit_for_others_too(make):
    limited = httpx.Response(429, headers={"Retry-After": "40"})
    server = Server().on(STATUS, limited, ok(session_status()))
    make(server).session(SESSION).status()
    assert server.count(STATUS) == 2
    assert 40 <= sum(server.time.slept) < 45


def test_a_closed_client_says_so(make):
    ksef = make(Server().on(STATUS, ok(session_status())))
    ksef.close()
    with pytest.raises(ConfigurationError, match="closed"):
        ksef.session(SESSION).status()


@pytest.mark.parametrize(
    "option",
    [
        {"parallel_downloads": 0},
        {"parallel_downloads": "4"},
        {"timeout": -1},
        {"timeout": 0},
        {"timeout": "30"},
        {"retry_deadline": timedelta(seconds=-1)},
        {"max_rate_limit_wait": "5m"},
    ],
)
def test_settings_that_cannot_work_are_refused(option):
    with pytest.raises(ConfigurationError):
        Ksef(auth=TokenAuth(TOKEN), **option)
    with Ksef(auth=TokenAuth(TOKEN)) as ksef, pytest.raises(ConfigurationError):
        ksef.options(**option)


def test_settings_of_a_whole_client_that_cannot_work_are_refused():
    for option in ({"rate_limits": "x"}, {"login_timeout": -1}):
        with pytest.raises(ConfigurationError):
            Ksef(auth=TokenAuth(TOKEN), **option)


def test_a_wait_takes_seconds_and_no_text():
    refusal = pytest.raises(ConfigurationError, match="seconds or a timedelta, not '5m'")
    with Ksef(auth=TokenAuth(TOKEN)) as ksef, refusal:
        ksef.session(SESSION).wait(timeout="5m")


@pytest.mark.parametrize(
    ("sources", "words"),
    [(b"<x/>", "bytes alone have no name"), ([("a.xml", "<x/>")], "str, str"), (12, "not int")],
)
def test_what_cannot_be_sent_is_named(sources, words):
    with Ksef(auth=TokenAuth(TOKEN)) as ksef, pytest.raises(PackageRefused, match=words):
        ksef.send(sources, journal=False)


def test_a_token_in_the_place_of_credentials_is_told_without_itself():
    with pytest.raises(ConfigurationError, match=r"TokenAuth\(...\).*, not str$") as caught:
        Ksef(auth=TOKEN)
    assert TOKEN not in str(caught.value)
    with Ksef(auth=TokenAuth(TOKEN)) as ksef, pytest.raises(ConfigurationError, match="not str"):
        ksef.for_context(TOKEN)
