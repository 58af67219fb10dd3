"""What the examples of the pages beside this file find: a KSeF of their own, a client, and files.

Each page has a fresh simulator and an empty folder, in which its examples run one after the other.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509 import load_der_x509_certificate
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

from ksef_facade import Ksef, TokenAuth, self_signed_seal
from ksef_facade.samples.fa3_document import Party
from ksef_facade.samples.invoices import demo_invoices
from ksef_facade.simulator import Latencies, Simulator

NIP = "5265877635"
PASSWORD = "correct horse battery staple"
# Nothing has to be waited for; only a page's own simulator shows how time passes.
AT_ONCE = Latencies(
    authentication=0,
    key_check=0,
    invoice_started=0,
    invoice_done=0,
    package_done=0,
    session_done=0,
)


@pytest.fixture(scope="module")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The page's working folder, with invoices and certificates as a company would have them."""
    folder = tmp_path_factory.mktemp("page")
    shop = Party(
        NIP, "Palarnia Kawy Żółty Młynek sp. z o.o.", "ul. Łódzka 7", "20-128 Lublin"
    )
    now = datetime.now(UTC)
    (folder / "invoices").mkdir()
    # The last one repeats the number of the first.
    for number, invoice in enumerate(
        demo_invoices(shop, now.date(), Random(1))[:-1], start=1
    ):
        (folder / "invoices" / f"{number}.xml").write_bytes(invoice.document(now))
    seal = self_signed_seal(NIP, key="ec")
    certificate, key = seal.to_pem(PASSWORD)
    (folder / "certificate.pem").write_bytes(certificate)
    (folder / "key.pem").write_bytes(key)
    (folder / "id.p12").write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"shop",
            seal.private_key,
            load_der_x509_certificate(seal.certificate_der),
            None,
            BestAvailableEncryption(PASSWORD.encode()),
        )
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("CERTIFICATE_PASSWORD", PASSWORD)
        # Journals and schemas of whoever runs the tests stay out of it.
        for variable in ("KSEF_CONFIG", "KSEF_JOURNALS", "KSEF_SCHEMAS"):
            patch.setenv(variable, str(folder / "home" / variable))
        yield folder


@pytest.fixture(scope="module")
def simulator(page_folder: Path) -> Iterator[Simulator]:
    """A KSeF on this machine; its token is where programs look for one."""
    with Simulator(latencies=AT_ONCE) as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("KSEF_TOKEN", running.issue_token(NIP))
        yield running


@pytest.fixture(scope="module")
def ksef(simulator: Simulator) -> Iterator[Ksef]:
    """A client of it."""
    with Ksef(
        base_url=simulator.base_url, auth=TokenAuth(os.environ["KSEF_TOKEN"])
    ) as client:
        yield client


@pytest.fixture(scope="module")
def reference(simulator: Simulator) -> str:
    """A session that is over: five invoices accepted, one rejected, a UPO of three pages."""
    return simulator.seed_session(NIP, accepted=5, rejected=1, upo_page_size=2)


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    patterns=["*.md"],
    fixtures=["simulator", "ksef", "reference"],
).pytest()
