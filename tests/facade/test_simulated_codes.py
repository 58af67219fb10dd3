"""Codes made by the client and verified by a simulator, which shares no code with it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from ksef_facade import Ksef, SigningIdentity, TokenAuth
from ksef_facade.environments import environment
from ksef_facade.local_time import poland
from ksef_facade.qr import check_certificate_link, verification_codes
from ksef_facade.simulator import Simulator
from tests.simulator.applications import enrol
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_client import Sender
from tests.simulator.signers import key_of

NIP = "5265877635"


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator() as running:
        yield running
    assert running.contract_violations == []


@pytest.mark.parametrize("kind", ["rsa", "p256"])
def test_an_invoice_issued_offline_from_code_to_number(simulator: Simulator, kind: str) -> None:
    with httpx.Client(base_url=simulator.base_url) as http:
        owner = Sender(simulator, http, NIP)
        owner.authenticate_as_owner()
        issued = enrol(owner, key_of(kind), certificateType="Offline")
    der = issued.certificate.public_bytes(Encoding.DER)
    identity = SigningIdentity(der, issued.key)
    here = environment(base_url=simulator.base_url)
    today = simulator.clock.now().astimezone(poland()).date()
    invoice = make_invoice(NIP, issued=today.isoformat())

    first, second = verification_codes(invoice, here, identity=identity)
    assert (first.label, second.label) == ("OFFLINE", "CERTYFIKAT")
    assert "There is no such invoice" in httpx.get(first.link).text
    assert "The issuer is confirmed" in httpx.get(second.link).text
    assert check_certificate_link(second.link, der, invoice=invoice, environment=here).is_valid
    forged = second.link.replace(f"/Nip/{NIP}/", "/Nip/1111111111/")
    assert "The issuer is not confirmed" in httpx.get(forged).text
    assert not check_certificate_link(forged, der, invoice=invoice).is_valid

    with Ksef(here, auth=TokenAuth(simulator.issue_token(NIP))) as ksef:
        report = ksef.send([("offline.xml", invoice)], offline=True)
    (item,) = report.items
    assert item.ksef_number is not None
    page = httpx.get(first.link).text
    assert "The invoice is in KSeF" in page
    assert item.ksef_number in page
    again, _ = verification_codes(
        invoice, here, ksef_number=str(item.ksef_number), identity=identity
    )
    assert (again.link, again.label) == (first.link, item.ksef_number)
