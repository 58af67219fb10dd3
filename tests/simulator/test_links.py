"""Pre-signed links: new each time, bound to their bytes, and closed to credentials."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from ksef_facade.simulator import Simulator
from tests.simulator.plain_client import Sender

NIP = "5265877635"


@pytest.fixture
def session(simulator: Simulator) -> str:
    return simulator.seed_session(NIP, accepted=2, upo_page_size=1)


def links(sender: Sender, session: str) -> list[str]:
    pages = sender.get(f"/sessions/{session}").json()["upo"]["pages"]
    return [page["downloadUrl"] for page in pages]


def test_link_is_on_the_same_host_and_names_the_page(sender: Sender, session: str) -> None:
    first, second = links(sender, session)
    for url, name in ((first, "upo_00.xml"), (second, "upo_01.xml")):
        parts = urlsplit(url)
        assert parts.netloc == "simulator.test"
        assert parts.path == f"/storage/01/{session.lower()}/session-upo/{name}"
        assert list(parse_qs(parts.query)) == ["sv", "st", "se", "sr", "sp", "sig"]


def test_link_lasts_three_days(simulator: Simulator, sender: Sender, session: str) -> None:
    page = sender.get(f"/sessions/{session}").json()["upo"]["pages"][0]
    end = datetime.fromisoformat(page["downloadUrlExpirationDate"])
    start = simulator.clock.now().replace(microsecond=0)
    assert end - start == timedelta(days=3)
    assert parse_qs(urlsplit(page["downloadUrl"]).query)["se"] == [f"{end:%Y-%m-%dT%H:%M:%SZ}"]


def test_every_status_makes_other_links(sender: Sender, session: str) -> None:
    made = [link for _ in range(5) for link in links(sender, session)]
    assert len(set(made)) == len(made)
    assert all(sender.http.get(link).status_code == 200 for link in made)


def test_signature_holds_what_careless_clients_spoil(sender: Sender, session: str) -> None:
    for link in links(sender, session):
        signature = link.rpartition("sig=")[2]
        assert all(code in signature for code in ("%2B", "%2F", "%3D"))
        for spoilt in (unquote(signature), signature.replace("%2B", "%20")):
            response = sender.http.get(link.replace(signature, spoilt))
            assert response.status_code == 403
            assert "<Code>AuthenticationFailed</Code>" in response.text


def test_what_need_not_be_escaped_may_stand_bare(sender: Sender, session: str) -> None:
    # Programs that take links to pieces and put them together again write them so.
    link = links(sender, session)[0]
    for bare in ("%2F", "%3D", "%3A"):
        assert sender.http.get(link.replace(bare, unquote(bare))).status_code == 200
    parts = urlsplit(link)
    backwards = "&".join(reversed(parts.query.split("&")))
    assert sender.http.get(parts._replace(query=backwards).geturl()).status_code == 200


def test_credentials_are_refused(sender: Sender, session: str) -> None:
    link = links(sender, session)[0]
    response = sender.http.get(link, headers=sender.headers)
    assert response.status_code == 401
    assert "InvalidAuthenticationInfo" in response.text
    assert sender.http.get(link).status_code == 200


def test_link_expires(simulator: Simulator, sender: Sender, session: str) -> None:
    simulator.settings.link_lifetime = timedelta(seconds=30)
    link = links(sender, session)[0]
    simulator.clock.advance(29)
    assert sender.http.get(link).status_code == 200
    simulator.clock.advance(1)
    expired = sender.http.get(link)
    assert expired.status_code == 403
    assert expired.headers["content-type"] == "application/xml"
    assert "Signature not valid in the time frame" in expired.text
    assert sender.http.get(links(sender, session)[0]).status_code == 200


def test_link_opens_nothing_but_its_own_document(sender: Sender, session: str) -> None:
    first, second = links(sender, session)
    assert sender.http.get(first.replace("upo_00", "upo_01")).status_code == 403
    assert sender.http.get(first.partition("?")[0]).status_code == 403
    end = first.partition("se=")[2].partition("&")[0]
    assert sender.http.get(first.replace(end, end.replace("2026", "2036"))).status_code == 403
    assert sender.http.put(first).status_code == 403
    assert sender.http.get("http://simulator.test/storage/elsewhere").status_code == 404
    assert sender.http.get(first).content != sender.http.get(second).content


def test_hash_header_can_be_left_out(simulator: Simulator, sender: Sender, session: str) -> None:
    link = links(sender, session)[0]
    assert "x-ms-meta-hash" in sender.http.get(link).headers
    simulator.settings.meta_hash = False
    assert "x-ms-meta-hash" not in sender.http.get(link).headers


def test_downloads_are_counted_without_their_secret(sender: Sender, session: str) -> None:
    journal = sender.simulator.requests
    link = links(sender, session)[0]
    journal.clear()
    sender.http.get(link)
    template = "/storage/{shard}/{session}/session-upo/{name}"
    assert journal.counts == {f"GET {template}": 1}
    (call,) = journal.calls
    assert call.has_authorization is False
    signature = unquote(link.rpartition("sig=")[2])
    assert signature not in unquote(call.query)
    assert "sig=redacted" in call.query


def test_errors_tell_the_time_of_the_simulator(
    simulator: Simulator, sender: Sender, session: str
) -> None:
    link = links(sender, session)[0]
    simulator.clock.advance(timedelta(days=4))
    expired = sender.http.get(link)
    assert expired.status_code == 403
    told = expired.text.partition("Time:")[2].partition("<")[0]
    assert datetime.fromisoformat(told) == simulator.clock.now()
