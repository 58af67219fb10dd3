"""`ksef qr make` and `ksef qr verify`."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from PIL import Image

from ksef_facade.qr import check_certificate_link, invoice_link
from tests.cli.conftest import Ksef
from tests.unit.crypto.conftest import make_key
from tests.unit.invoices.documents import OTHER, SELLER, fa, fa_rr
from tests.unit.qr.offline_identities import certificate

PASSWORD = "hasło do klucza"
NUMBER = "5265877635-20250826-0100001AF629-AF"
# The command has no clock of its own to be set.
TODAY = datetime.now(UTC).replace(microsecond=0)
SPAN = {"start": TODAY - timedelta(days=1), "end": TODAY + timedelta(days=9)}


@pytest.fixture
def invoice(tmp_path: Path) -> Path:
    path = tmp_path / "FV 1.xml"
    path.write_bytes(fa())
    return path


@pytest.fixture
def offline_certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Files with an Offline certificate and its encrypted key."""
    paths = (tmp_path / "offline.pem", tmp_path / "offline.key")
    paths[0].write_bytes(certificate(**SPAN).public_bytes(Encoding.PEM))
    paths[1].write_bytes(key_pem(PASSWORD))
    return paths


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text(PASSWORD, encoding="utf-8")
    return path


def key_pem(password: str | None) -> bytes:
    encryption = s.BestAvailableEncryption(password.encode()) if password else s.NoEncryption()
    return bytes(make_key("p256").private_bytes(Encoding.PEM, s.PrivateFormat.PKCS8, encryption))


Make = Callable[..., list[object]]


@pytest.fixture
def make(invoice: Path, offline_certificate: tuple[Path, Path], password_file: Path) -> Make:
    """The arguments of a call with a certificate."""
    pem, key = offline_certificate

    def arguments(*more: object) -> list[object]:
        certified = ("--certificate", pem, "--key", key, "--password-file", password_file)
        return ["qr", "make", invoice, *certified, *more]

    return arguments


def test_links_alone(offline_ksef: Ksef, invoice: Path) -> None:
    outcome = offline_ksef("qr", "make", invoice)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        f"{invoice} (KSeF test)",
        f"KOD I        {invoice_link(fa(), 'test')}",
        "KOD I label  OFFLINE",
    ]


@pytest.mark.parametrize("environment", ["simulator", "test", "demo", "prod"])
def test_environments(offline_ksef: Ksef, invoice: Path, environment: str) -> None:
    document = offline_ksef("qr", "make", invoice, "--env", environment, "--json").document
    assert document["environment"] == environment
    ((code,),) = (one["codes"] for one in document["invoices"])
    assert code["link"] == invoice_link(fa(), environment)
    assert (code["kind"], code["label"], code["files"]) == ("invoice", "OFFLINE", [])


def test_both_codes_into_a_folder(
    offline_ksef: Ksef, make: Make, offline_certificate: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "codes"
    arguments = make("--to", folder, "--format", "both", "--env", "prod", "--json")
    outcome = offline_ksef(*arguments)
    assert (outcome.code, outcome.err) == (0, "")
    (one,) = outcome.document["invoices"]
    assert one["seller_nip"] == SELLER
    assert one["issue_date"] == "2026-11-20"
    first, second = one["codes"]
    assert [first["label"], second["label"]] == ["OFFLINE", "CERTYFIKAT"]
    names = ["FV 1-kod-i.png", "FV 1-kod-i.svg", "FV 1-kod-ii.png", "FV 1-kod-ii.svg"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert [*first["files"], *second["files"]] == [str(folder / name) for name in names]
    check = check_certificate_link(second["link"], offline_certificate[0], invoice=fa())
    assert check.is_valid
    reader = pytest.importorskip("zxingcpp", reason="the decoder zxing-cpp is not installed")
    for code in (first, second):
        picture = Image.open(io.BytesIO(Path(code["files"][0]).read_bytes()))
        assert [found.text for found in reader.read_barcodes(picture)] == [code["link"]]


def test_a_second_run_replaces_no_kod_ii_unasked(
    offline_ksef: Ksef, make: Make, tmp_path: Path
) -> None:
    arguments = make("--to", tmp_path / "codes")
    assert offline_ksef(*arguments).code == 0
    refused = offline_ksef(*arguments)
    assert refused.code == 2
    assert "FV 1-kod-ii.png is there already" in refused.err
    assert offline_ksef(*arguments, "--overwrite").code == 0


def test_a_folder_of_invoices(offline_ksef: Ksef, tmp_path: Path) -> None:
    folder = tmp_path / "invoices"
    folder.mkdir()
    (folder / "a.xml").write_bytes(fa())
    (folder / "b.XML").write_bytes(fa_rr())
    outcome = offline_ksef("qr", "make", folder, "--to", tmp_path / "codes")
    assert outcome.code == 0
    assert {path.name for path in (tmp_path / "codes").iterdir()} == {"a-kod-i.png", "b-kod-i.png"}
    (folder / "inside").mkdir()
    (folder / "inside" / "a.xml").write_bytes(fa())
    outcome = offline_ksef("qr", "make", folder, "--to", tmp_path / "other")
    assert (outcome.code, "two invoices are named a" in outcome.err) == (2, True)
    assert not (tmp_path / "other").exists()


def test_the_number_as_label(offline_ksef: Ksef, invoice: Path) -> None:
    outcome = offline_ksef("qr", "make", invoice, "--ksef-number", NUMBER)
    assert f"KOD I label  {NUMBER}" in outcome.out


@pytest.mark.parametrize(
    ("options", "variables", "part"),
    [
        ((), {}, f"Nip/{SELLER}"),
        (("--nip", OTHER), {}, f"Nip/{OTHER}"),
        ((), {"KSEF_NIP": OTHER}, f"Nip/{OTHER}"),
        (("--nip", SELLER), {"KSEF_NIP": OTHER}, f"Nip/{SELLER}"),
        (("--internal-id", f"{SELLER}-12345"), {}, f"InternalId/{SELLER}-12345"),
        (("--nip-vat-ue", f"{SELLER}-DE123456789"), {}, f"NipVatUe/{SELLER}-DE123456789"),
        (("--peppol-id", "PPL123456"), {}, "PeppolId/PPL123456"),
    ],
)
def test_on_whose_behalf(
    offline_ksef: Ksef,
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    variables: dict[str, str],
    part: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    document = offline_ksef(*make(*options, "--json")).document
    assert f"/certificate/{part}/{SELLER}/" in document["invoices"][0]["codes"][1]["link"]


def test_pkcs12_and_standard_input(
    offline_ksef: Ksef, invoice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "offline.p12"
    encryption = s.BestAvailableEncryption(PASSWORD.encode())
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"x", make_key("p256"), certificate(**SPAN), None, encryption
        )
    )
    typed = io.TextIOWrapper(io.BytesIO(f"{PASSWORD}\n".encode()))
    monkeypatch.setattr("sys.stdin", typed)
    outcome = offline_ksef("qr", "make", invoice, "--certificate", path, "--password-file", "-")
    assert (outcome.code, outcome.err) == (0, "")
    assert "KOD II label  CERTYFIKAT" in outcome.out


def test_the_password_is_asked_for(
    offline_ksef: Ksef,
    invoice: Path,
    offline_certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pem, key = offline_certificate
    asking = ("qr", "make", invoice, "--certificate", pem, "--key", key)
    nobody = offline_ksef(*asking)
    assert (nobody.code, "nobody can be asked" in nobody.err) == (2, True)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)
    assert offline_ksef(*asking).code == 0
    monkeypatch.setattr("getpass.getpass", lambda prompt: "another")
    wrong = offline_ksef(*asking)
    assert (wrong.code, wrong.err) == (
        2,
        "ksef: the key cannot be read: wrong password, or no key\n",
    )


@pytest.mark.parametrize(
    ("usages", "changes", "sentence"),
    [
        (("digital_signature",), {}, "the certificate is for logging in (digitalSignature)"),
        (("key_agreement",), {}, "the certificate's key usage lacks nonRepudiation"),
        ((), {"end": TODAY - timedelta(hours=1)}, "the certificate expired on"),
        ((), {"own": True}, "the certificate is self-signed"),
    ],
)
def test_an_unfit_certificate(
    offline_ksef: Ksef,
    make: Make,
    offline_certificate: tuple[Path, Path],
    tmp_path: Path,
    usages: tuple[str, ...],
    changes: dict[str, object],
    sentence: str,
) -> None:
    made = certificate("p256", *usages, **{**SPAN, **changes})  # type: ignore[arg-type]
    offline_certificate[0].write_bytes(made.public_bytes(Encoding.PEM))
    outcome = offline_ksef(*make("--to", tmp_path / "codes"))
    assert outcome.code == 2
    assert outcome.err.startswith(f"ksef: {sentence}")
    assert outcome.err.count("\n") == 1
    assert not (tmp_path / "codes").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("qr make", "name at least one invoice"),
        ("qr make FILE --key k.pem", "--key belongs to a certificate"),
        ("qr make FILE --password-file p", "--password-file belongs to a certificate"),
        ("qr make FILE FILE --ksef-number 1", "--ksef-number is of one invoice"),
        ("qr make FILE --ksef-number 5265877635-20250826-0100001AF629-AE", "is mistyped"),
        (
            "qr make FILE --ksef-number 5555555555-20250828-010080615740-E4",
            "of another seller",
        ),
        ("qr make FILE --nip 5265877636", "is mistyped"),
        ("qr make FILE --nip 5265877635 --peppol-id PPL123456", "one context"),
        ("qr make FILE --to FILE", "is a file; a folder is wanted"),
        ("qr make FILE --certificate absent.pem", "cannot be read: No such file"),
        ("qr make FILE --certificate FILE", "PKCS#12"),
        ("qr make absent.xml", "absent.xml"),
        ("qr make FILE --format gif", '"gif"'),
        ("qr verify", "LINK"),
        ("qr verify nonsense", "--certificate"),
        ("qr verify nonsense --certificate FILE", "no X.509"),
    ],
)
def test_bad_input(offline_ksef: Ksef, invoice: Path, arguments: str, sentence: str) -> None:
    given = [invoice if word == "FILE" else word for word in arguments.split()]
    outcome = offline_ksef(*given)
    assert outcome.code == 2
    assert sentence in outcome.err


def test_a_mistyped_number_is_no_fault_of_the_invoice(offline_ksef: Ksef, invoice: Path) -> None:
    outcome = offline_ksef("qr", "make", invoice, "--ksef-number", "abc")
    assert outcome.code == 2
    assert "is not a KSeF number" in outcome.err
    assert str(invoice) not in outcome.err


def test_a_password_on_the_command_line_is_refused_and_not_repeated(
    offline_ksef: Ksef, make: Make
) -> None:
    outcome = offline_ksef(*make("--password", "tajne-haslo"))
    assert outcome.code == 2
    assert "never taken from the command line" in outcome.err
    assert "tajne" not in outcome.err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (fa(issued="?"), "date of issue is '?'"),
        (fa(seller="12"), "is not a NIP"),
        (b"<html/>", "no invoice of a schema"),
        (b"", "empty"),
        (b"\0" * 3_100_000, "larger than any invoice"),
    ],
    ids=["date", "seller", "html", "empty", "large"],
)
def test_a_document_without_codes_is_named(
    offline_ksef: Ksef, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "odd.xml"
    path.write_bytes(content)
    outcome = offline_ksef("qr", "make", path)
    assert outcome.code == 2
    assert sentence in outcome.err
    assert str(path) in outcome.err


def test_verify(
    offline_ksef: Ksef,
    make: Make,
    invoice: Path,
    offline_certificate: tuple[Path, Path],
    tmp_path: Path,
) -> None:
    made = offline_ksef(*make("--env", "demo", "--json")).document
    link = made["invoices"][0]["codes"][1]["link"]
    verify = ("qr", "verify", link, "--certificate", offline_certificate[0])
    outcome = offline_ksef(*verify, "--invoice", invoice, "--env", "demo")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0] == "valid"
    assert "certificate   01F20A5D352AE590" in outcome.out
    document = offline_ksef(*verify, "--json").document
    assert document["valid"]
    assert document["reason"] is None
    assert document["context"] == {"type": "Nip", "value": SELLER}
    elsewhere = offline_ksef(*verify, "--env", "prod")
    assert elsewhere.code == 6
    assert "because       the link leads to https://qr-demo" in elsewhere.out
    other = tmp_path / "other.xml"
    other.write_bytes(fa(number="FV/2"))
    told = offline_ksef(*verify, "--invoice", other, "--json")
    assert (told.code, told.document["valid"]) == (6, False)
    assert "another invoice" in told.document["reason"]
    nothing = offline_ksef("qr", "verify", "https://example.com", *verify[3:], "--json")
    assert (nothing.code, nothing.document["certificate_serial"]) == (6, None)


def test_no_secret_is_told(
    offline_ksef: Ksef, make: Make, password_file: Path, offline_certificate: tuple[Path, Path]
) -> None:
    for more in ((), ("--json",), ("--verbose",)):
        outcome = offline_ksef(*make(*more))
        assert PASSWORD not in outcome.out + outcome.err
    password_file.write_text("falsch", encoding="utf-8")
    outcome = offline_ksef(*make("--verbose"))
    assert (outcome.code, "falsch" in outcome.err) == (2, False)
    assert "PRIVATE KEY" not in outcome.err
