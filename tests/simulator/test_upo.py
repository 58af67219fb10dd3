"""UPO documents: what they say, the three ways to them, their signature, their schema."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidDigest
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from ksef_facade.simulator import Latencies, Simulator
from tests.simulator.invoice_maker import make_invoice
from tests.simulator.plain_client import Sender, codes, sha256

NIP = "5265877635"
NAMESPACE = "{http://upo.schematy.mf.gov.pl/KSeF/v4-3}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
SCHEMA = Path(__file__).parents[2] / "../shared/data/upo/v4-3/upo-v4-3.xsd"


def page_of(sender: Sender, session: str, index: int = 0) -> dict[str, str]:
    page: dict[str, str] = sender.get(f"/sessions/{session}").json()["upo"]["pages"][index]
    return page


def text_of(root: etree._Element, path: str) -> str | None:
    return root.findtext("/".join(NAMESPACE + step for step in path.split("/")))


def test_session_upo_says_what_happened(sender: Sender) -> None:
    token = sender.simulator.issue_token(NIP)
    sender.authenticate(token)
    session = sender.open()
    plain = make_invoice(NIP, number="FV <1> & Co", issued="2026-03-02")
    reference = sender.send(session, plain)
    sender.send(session, make_invoice("1111111111"))
    sender.close(session)
    sender.wait(1)
    invoice = sender.get(f"/sessions/{session}/invoices/{reference}").json()
    root = etree.fromstring(sender.simulator.upo_bytes(session, 1))

    assert root.tag == f"{NAMESPACE}Potwierdzenie"
    expected = {
        "NazwaPodmiotuPrzyjmujacego": "Ministerstwo Finansów - środowisko testowe (TE)",
        "NumerReferencyjnySesji": session,
        "Uwierzytelnienie/IdKontekstu/Nip": NIP,
        "Uwierzytelnienie/NumerReferencyjnyTokenaKSeF": token.partition("|")[0],
        "OpisPotwierdzenia/Strona": "1",
        "OpisPotwierdzenia/LiczbaStron": "1",
        "OpisPotwierdzenia/ZakresDokumentowOd": "1",
        "OpisPotwierdzenia/ZakresDokumentowDo": "1",
        "OpisPotwierdzenia/CalkowitaLiczbaDokumentow": "1",
        "NazwaStrukturyLogicznej": "Schemat_FA(3)_v1-0E.xsd",
        "KodFormularza": "FA (3)",
        "Dokument/NipSprzedawcy": NIP,
        "Dokument/NumerKSeFDokumentu": invoice["ksefNumber"],
        "Dokument/NumerFaktury": "FV <1> & Co",
        "Dokument/DataWystawieniaFaktury": "2026-03-02",
        "Dokument/SkrotDokumentu": sha256(plain),
        "Dokument/TrybWysylki": "Online",
    }
    assert {path: text_of(root, path) for path in expected} == expected
    assert len(root.findall(f"{NAMESPACE}Dokument")) == 1
    sent = text_of(root, "Dokument/DataPrzeslaniaDokumentu") or ""
    assert re.fullmatch(r"2026-03-02T10:00:\d\d\.\d{3}\+01:00", sent)


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ("TR", "Ministerstwo Finansów - środowisko przedprodukcyjne (TR)"),
        ("PRD", "Ministerstwo Finansów"),
    ],
)
def test_authority_tells_the_environment(environment: Any, name: str) -> None:
    simulator = Simulator(environment=environment)
    root = etree.fromstring(simulator.upo_bytes(simulator.seed_session(NIP), 1))
    assert text_of(root, "NazwaPodmiotuPrzyjmujacego") == name


def test_pages_cover_all_accepted_invoices_in_order(simulator: Simulator, sender: Sender) -> None:
    session = simulator.seed_session(NIP, accepted=25, rejected=4, upo_page_size=10)
    status = sender.get(f"/sessions/{session}").json()
    assert len(status["upo"]["pages"]) == 3
    numbers: list[str | None] = []
    spans = []
    for page in (1, 2, 3):
        root = etree.fromstring(simulator.upo_bytes(session, page))
        documents = root.findall(f"{NAMESPACE}Dokument")
        numbers += [document.findtext(f"{NAMESPACE}NumerKSeFDokumentu") for document in documents]
        fields = ("Strona", "LiczbaStron", "ZakresDokumentowOd", "ZakresDokumentowDo")
        spans.append([text_of(root, f"OpisPotwierdzenia/{field}") for field in fields])
    assert spans == [["1", "3", "1", "10"], ["2", "3", "11", "20"], ["3", "3", "21", "25"]]
    invoices = sender.get(f"/sessions/{session}/invoices?pageSize=1000").json()["invoices"]
    assert numbers == [item["ksefNumber"] for item in invoices if "ksefNumber" in item]
    with pytest.raises(LookupError):
        simulator.upo_bytes(session, 4)
    with pytest.raises(LookupError):
        simulator.upo_bytes("20250625-SO-2C3E6C8000-B675CF5D68-07", 1)


def test_bytes_are_the_same_by_every_way(simulator: Simulator, sender: Sender) -> None:
    session = simulator.seed_session(NIP, accepted=2)
    page = page_of(sender, session)
    by_route = sender.get(f"/sessions/{session}/upo/{page['referenceNumber']}")
    by_link = sender.http.get(page["downloadUrl"])
    later = sender.http.get(page_of(sender, session)["downloadUrl"])
    expected = simulator.upo_bytes(session, 1)
    for response in (by_route, by_link, later):
        assert response.content == expected
        assert response.headers["x-ms-meta-hash"] == sha256(expected)
        assert response.headers["content-type"] == "application/xml"


def test_invoice_upo_by_number_reference_and_link(simulator: Simulator, sender: Sender) -> None:
    session = sender.open()
    reference = sender.send(session, make_invoice(NIP))
    sender.wait(1)
    invoice = sender.get(f"/sessions/{session}/invoices/{reference}").json()
    base = f"/sessions/{session}/invoices"
    ways = [
        sender.get(f"{base}/ksef/{invoice['ksefNumber']}/upo"),
        sender.get(f"{base}/{reference}/upo"),
        sender.http.get(invoice["upoDownloadUrl"]),
    ]
    assert len({response.content for response in ways}) == 1
    root = etree.fromstring(ways[0].content)
    assert root.find(f"{NAMESPACE}OpisPotwierdzenia") is None
    assert len(root.findall(f"{NAMESPACE}Dokument")) == 1
    assert all(response.headers["x-ms-meta-hash"] == sha256(ways[0].content) for response in ways)
    # The session is still open: an invoice's UPO does not wait for it.
    assert sender.get(f"/sessions/{session}").json()["status"]["code"] == 100


def test_no_upo_looks_alike_whether_early_or_never(simulator: Simulator, sender: Sender) -> None:
    session = sender.open()
    early = sender.send(session, make_invoice(NIP))
    base = f"/sessions/{session}"
    assert codes(sender.get(f"{base}/invoices/{early}/upo")) == [21178]
    rejected = sender.send(session, make_invoice("1111111111"))
    sender.wait(1)
    assert codes(sender.get(f"{base}/invoices/{rejected}/upo")) == [21178]
    unknown = "5265877635-20250826-0100001AF629-AF"
    assert codes(sender.get(f"{base}/invoices/ksef/{unknown}/upo")) == [21178]
    assert codes(sender.get(f"{base}/upo/20250901-EU-47FDBE3000-5961A5D232-BF")) == [21178]
    # Of the three ways, this one has no code for a session that does not exist.
    nowhere = "/sessions/20250925-SO-2F67776000-97273B191A-65"
    assert codes(sender.get(f"{nowhere}/invoices/ksef/{unknown}/upo")) == [21178]
    assert codes(sender.get(f"{nowhere}/upo/20250901-EU-47FDBE3000-5961A5D232-BF")) == [21173]


def test_upo_of_a_session_comes_a_while_after_its_end() -> None:
    simulator = Simulator(latencies=Latencies(session_upo=0.3, invoice_upo=0.4))
    session = simulator.seed_session(NIP)
    found = simulator.core.sessions.find(session)
    assert found is not None
    done = found.done_at(simulator.clock.now(), simulator.settings.latencies)
    assert done is not None
    assert not found.has_upo(done + timedelta(seconds=0.2), simulator.settings.latencies)
    assert found.has_upo(done + timedelta(seconds=0.3), simulator.settings.latencies)


def verify(content: bytes, certificate: bytes) -> list[str]:
    """Root elements of what the signature covers, by an independent verifier."""
    configuration = XAdESSignatureConfiguration(
        expect_references=2,
        location="./",
        signature_methods=frozenset({SignatureMethod.RSA_SHA256}),
        digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
    )
    results = XAdESVerifier().verify(
        content,
        x509_cert=x509.load_der_x509_certificate(certificate),
        expect_config=configuration,
    )
    return [etree.QName(result.signed_xml).localname for result in results]


@pytest.mark.parametrize("number", ["FV/1", "FV <1> & 2 > 'x' \"y\"", "zażółć\tgęślą"])
def test_signature_verifies(sender: Sender, number: str) -> None:
    simulator = sender.simulator
    session = sender.open()
    sender.send(session, make_invoice(NIP, number=number))
    sender.close(session)
    sender.wait(1)
    content = simulator.upo_bytes(session, 1)
    assert verify(content, simulator.upo_certificate) == ["Potwierdzenie", "SignedProperties"]


def test_changed_document_does_not_verify(simulator: Simulator) -> None:
    session = simulator.seed_session(NIP, accepted=2)
    content = simulator.upo_bytes(session, 1).replace(b"<Strona>1<", b"<Strona>2<")
    with pytest.raises(InvalidDigest):
        verify(content, simulator.upo_certificate)


def test_signature_has_the_known_shape(simulator: Simulator) -> None:
    root = etree.fromstring(simulator.upo_bytes(simulator.seed_session(NIP), 1))
    signature = root[-1]
    assert signature.tag == f"{DS}Signature"
    references = signature.findall(f"{DS}SignedInfo/{DS}Reference")
    enveloped, exclusive = (
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
    )
    transforms = [
        [node.get("Algorithm") for node in reference.iter(f"{DS}Transform")]
        for reference in references
    ]
    assert transforms == [[enveloped, exclusive], [exclusive]]
    assert references[0].get("URI") == ""
    assert references[1].get("Type") == "http://uri.etsi.org/01903#SignedProperties"
    certificate = signature.findtext(f"{DS}KeyInfo/{DS}X509Data/{DS}X509Certificate")
    assert base64.b64decode(certificate or "") == simulator.upo_certificate
    names = {etree.QName(node).localname for node in signature.iter(etree.Element)}
    assert {"SigningTime", "SigningCertificate", "IssuerSerial", "DataObjectFormat"} <= names


def test_signature_can_be_left_out(simulator: Simulator) -> None:
    simulator.settings.sign_upo = False
    root = etree.fromstring(simulator.upo_bytes(simulator.seed_session(NIP), 1))
    assert root.find(f"{DS}Signature") is None
    assert len(root.findall(f"{NAMESPACE}Dokument")) == 1


@pytest.mark.skipif(not SCHEMA.exists(), reason="the official UPO schema is not on this machine")
@pytest.mark.parametrize("kind", ["session", "invoice"])
def test_normalised_document_fits_the_official_schema(
    simulator: Simulator, sender: Sender, kind: str
) -> None:
    session = simulator.seed_session(NIP, accepted=3, rejected=1, upo_page_size=2)
    content = simulator.upo_bytes(session, 1)
    if kind == "invoice":
        first = sender.get(f"/sessions/{session}/invoices").json()["invoices"][0]
        path = f"/sessions/{session}/invoices/{first['referenceNumber']}/upo"
        content = sender.get(path).content
    root = etree.fromstring(content)
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    assert not schema.validate(root)
    root.remove(root[-1])
    root[0].text = "Ministerstwo Finansów"
    schema.assertValid(root)
