"""The pages behind KOD I and KOD II, asked with links that the tests sign themselves."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import httpx
import pytest

from ksef_facade.simulator import Simulator
from tests.link_signatures import signed_text
from tests.simulator.applications import enrol, revoke, serial_of
from tests.simulator.conftest import NIP
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_client import Sender, sha256
from tests.simulator.signers import Identity, key_of

OTHER = "1111111111"
SITE = "simulator.test"
ISSUED = "2026-03-02"


def url_safe(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def invoice_link(content: bytes, *, seller: str = NIP, day: str = "02-03-2026") -> str:
    code = url_safe(base64.b64decode(sha256(content)))
    return f"http://{SITE}/invoice/{seller}/{day}/{code}"


def certificate_link(
    identity: Identity,
    content: bytes = b"<Faktura/>",
    *,
    context: str = f"Nip/{NIP}",
    seller: str = NIP,
    encoding: str = "p1363",
    site: str = SITE,
) -> str:
    code = url_safe(base64.b64decode(sha256(content)))
    path = f"/certificate/{context}/{seller}/{serial_of(identity)}/{code}"
    signature = signed_text(identity.key, f"{site}{path}", encoding=encoding)
    return f"http://{SITE}{path}/{url_safe(signature)}"


def shown(http: httpx.Client, link: str) -> str:
    answer = http.get(link)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


@pytest.fixture
def owner(anyone: Sender) -> Sender:
    """A company's program that has logged in with the company's seal."""
    anyone.authenticate_as_owner()
    return anyone


@pytest.fixture
def offline(owner: Sender) -> Identity:
    return enrol(owner, key_of("p256"), certificateType="Offline")


def test_an_invoice_is_found_by_what_its_code_says(sender: Sender, http: httpx.Client) -> None:
    content = make_invoice(NIP, number="A<1>", issued=ISSUED)
    assert "There is no such invoice" in shown(http, invoice_link(content))
    session = sender.open()
    sender.send(session, content)
    sender.wait(1)
    page = shown(http, invoice_link(content))
    assert "The invoice is in KSeF" in page
    assert "A&lt;1&gt;" in page
    assert f"{NIP}-20260302-" in page
    for other in (
        invoice_link(content + b" "),
        invoice_link(content, seller=OTHER),
        invoice_link(content, day="03-03-2026"),
    ):
        assert "There is no such invoice" in shown(http, other)


@pytest.mark.parametrize(("kind", "encoding"), [("rsa", ""), ("p256", "p1363"), ("p256", "der")])
def test_an_issuer_is_confirmed(
    owner: Sender, http: httpx.Client, kind: str, encoding: str
) -> None:
    identity = enrol(owner, key_of(kind), certificateType="Offline")
    page = shown(http, certificate_link(identity, encoding=encoding))
    assert "The issuer is confirmed" in page
    assert "<dd>no" not in page


NOT_CONFIRMED = "The issuer is not confirmed"
NO_CERTIFICATE = "<dt>KSeF issued this certificate, of the type Offline<dd>no"
NOT_VALID = "<dt>the certificate is valid: not expired, blocked or revoked<dd>no"
NOT_SIGNED = "<dt>the signature is the certificate&#x27;s<dd>no"
NO_RIGHT = "<dt>its holder may issue invoices in the context<dd>no"
NOT_FOR_SELLER = "<dt>the context may issue invoices for the seller<dd>no"


def assert_only(page: str, failure: str) -> None:
    assert NOT_CONFIRMED in page
    assert failure in page
    assert page.count("<dd>no") == 1


def test_a_certificate_for_logging_in_proves_nothing(owner: Sender, http: httpx.Client) -> None:
    assert_only(shown(http, certificate_link(enrol(owner))), NO_CERTIFICATE)


def test_a_revoked_one_neither(owner: Sender, http: httpx.Client, offline: Identity) -> None:
    link = certificate_link(offline)
    assert revoke(owner, serial_of(offline)).status_code == 204
    assert_only(shown(http, link), NOT_VALID)


def test_an_expired_one_neither(
    simulator: Simulator, http: httpx.Client, offline: Identity
) -> None:
    simulator.clock.advance(timedelta(days=731).total_seconds())
    assert_only(shown(http, certificate_link(offline)), NOT_VALID)


@pytest.mark.parametrize("changes", [{"site": "qr.ksef.mf.gov.pl"}, {"site": f"http://{SITE}"}])
def test_a_signature_over_something_else(
    http: httpx.Client, offline: Identity, changes: dict[str, Any]
) -> None:
    assert_only(shown(http, certificate_link(offline, **changes)), NOT_SIGNED)
    good = certificate_link(offline)
    start, _, signature = good.rpartition("/")
    *rest, _ = start.split("/")
    moved = "/".join((*rest, url_safe(bytes(32)), signature))
    assert_only(shown(http, moved), NOT_SIGNED)


def test_rights(owner: Sender, simulator: Simulator, http: httpx.Client, offline: Identity) -> None:
    page = shown(http, certificate_link(offline, context=f"Nip/{OTHER}", seller=OTHER))
    assert_only(page, NO_RIGHT)
    simulator.taxpayers.grant(OTHER, NIP, ["InvoiceWrite"], subject_kind="Nip")
    page = shown(http, certificate_link(offline, context=f"Nip/{OTHER}", seller=OTHER))
    assert "The issuer is confirmed" in page


def test_sellers(simulator: Simulator, http: httpx.Client, offline: Identity) -> None:
    link = certificate_link(offline, seller=OTHER)
    assert_only(shown(http, link), NOT_FOR_SELLER)
    simulator.taxpayers.authorize(OTHER, NIP, "SelfInvoicing")
    assert "The issuer is confirmed" in shown(http, link)


@pytest.mark.parametrize(
    "path",
    [
        "/invoice/",
        "/invoice/5265877635/2026-03-02/" + "A" * 43,
        "/invoice/5265877635/30-02-2026/" + "A" * 43,
        "/invoice/5265877635/02-03-2026/" + "A" * 42,
        "/invoice/5265877635/02-03-2026/" + "A" * 43 + "/",
        "/certificate/Pesel/1/5265877635/0123456789ABCDEF/" + "A" * 43 + "/AAAA",
        "/certificate/Nip/5265877635/5265877635/0123456789abcdef/" + "A" * 43 + "/AAAA",
        "/certificate/Nip/5265877635/5265877635/0123456789ABCDEF/" + "A" * 43,
        "/certificate/Nip/5265877635/5265877635/0123456789ABCDEF/" + "A" * 43 + "/A",
        "/certificate/<script>",
    ],
)
def test_what_is_no_link(http: httpx.Client, path: str) -> None:
    answer = http.get(f"http://{SITE}{path}")
    assert answer.status_code == 404
    assert "no link of an invoice" in answer.text
    assert "<script>" not in answer.text


def test_they_are_read_and_listed_without_what_they_say(
    simulator: Simulator, http: httpx.Client
) -> None:
    link = invoice_link(b"<Faktura/>")
    assert http.head(link).status_code == 200
    answer = http.post(link)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert simulator.requests.counts == {
        "HEAD /invoice/{link}": 1,
        "POST /invoice/{link}": 1,
    }
