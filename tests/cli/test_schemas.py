"""`ksef schemas`: fetching with the rules of safety, importing, listing, checking."""

import hashlib
import io
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO

import pytest

from ksef_facade import IntegrityFailure, TransportError, UnsafeUrl
from ksef_facade.cli.steps import schema_download
from ksef_facade.cli.steps.schema_download import fetch_into, secure_opener
from ksef_facade.schemas.catalogue import FILES, LARGEST_FILE, SchemaFile
from ksef_facade.schemas.store import SchemaStore
from tests.cli.conftest import Ksef

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "xsd"
NEEDS_OFFICIAL = pytest.mark.skipif(
    not OFFICIAL.is_dir(),
    reason="the Ministry's schemas are not beside the project (../shared/data)",
)
ROOT = FILES["schemat_FA(3)_v1-0E.xsd"]


class Web:
    """Answers by host: bytes, or an error to raise; keeps what was asked for."""

    def __init__(self, **hosts: bytes | Exception) -> None:
        self.hosts = {name.replace("_", "."): answer for name, answer in hosts.items()}
        self.asked: list[str] = []

    def __call__(self, request: urllib.request.Request, *, timeout: float) -> IO[bytes]:
        assert timeout > 0
        self.asked.append(request.full_url)
        answer = self.hosts.get(request.host, OSError("no such host"))
        if isinstance(answer, Exception):
            raise answer
        return io.BytesIO(answer)


@NEEDS_OFFICIAL
def test_fetching_takes_the_first_address_that_has_the_file(tmp_path: Path) -> None:
    content = (OFFICIAL / "FA" / ROOT.name).read_bytes()
    web = Web(crd_gov_pl=content)
    seen: list[SchemaFile] = []
    fetch_into(SchemaStore(tmp_path), [ROOT], opener=web, on_file=seen.append)
    assert seen == [ROOT]
    assert web.asked == ["https://crd.gov.pl/wzor/2025/06/25/13775/schemat.xsd"]
    assert SchemaStore(tmp_path).read(ROOT.name) == content


@NEEDS_OFFICIAL
def test_fetching_goes_on_where_a_host_is_out_or_has_another_file(tmp_path: Path) -> None:
    content = (OFFICIAL / "FA" / ROOT.name).read_bytes()
    for first in (b"<html/>", OSError("out"), urllib.error.URLError("out")):
        web = Web(crd_gov_pl=first, raw_githubusercontent_com=content)
        fetch_into(SchemaStore(tmp_path), [ROOT], opener=web)
        assert len(web.asked) == 2
        assert web.asked[1].endswith("faktury/schemy/FA/schemat_FA%283%29_v1-0E.xsd")


def test_a_file_that_changed_is_not_kept(tmp_path: Path) -> None:
    web = Web(crd_gov_pl=b"<other/>", raw_githubusercontent_com=b"<other/>")
    with pytest.raises(IntegrityFailure, match="another file than the one known"):
        fetch_into(SchemaStore(tmp_path / "store"), [ROOT], opener=web)
    assert not (tmp_path / "store").exists()


def test_a_known_file_under_another_ones_address_is_not_taken_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = SchemaFile("a.xsd", (hashlib.sha256(b"<a/>").hexdigest(),), "a.xsd")
    other = SchemaFile("b.xsd", (hashlib.sha256(b"<b/>").hexdigest(),), "b.xsd")
    known = {file.sha256[0]: file for file in (wanted, other)}
    monkeypatch.setattr("ksef_facade.schemas.store.file_with", known.get)
    with pytest.raises(IntegrityFailure, match=r"a\.xsd"):
        fetch_into(SchemaStore(tmp_path), [wanted], opener=Web(raw_githubusercontent_com=b"<b/>"))


def test_without_a_network_the_way_out_is_told(tmp_path: Path) -> None:
    not_found = urllib.error.HTTPError("https://x", 404, "none", None, None)  # type: ignore[arg-type]
    with pytest.raises(TransportError) as caught, not_found:
        fetch_into(SchemaStore(tmp_path), [ROOT], opener=Web(crd_gov_pl=not_found))
    assert "crd.gov.pl: status 404; raw.githubusercontent.com: no such host" in str(caught.value)
    assert "--from FOLDER" in str(caught.value)


def test_an_endless_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= LARGEST_FILE + 1
            Endless.taken += size
            return bytes(size)

    def opener(request: urllib.request.Request, *, timeout: float) -> IO[bytes]:
        return Endless()  # type: ignore[return-value]

    with pytest.raises(IntegrityFailure):
        fetch_into(SchemaStore(tmp_path), [ROOT], opener=opener)
    assert Endless.taken == 3 * (LARGEST_FILE + 1)


@pytest.mark.parametrize(
    "address", ["http://crd.gov.pl/x", "file:///etc/passwd", "ftp://crd.gov.pl/x"]
)
def test_only_https_is_opened(address: str) -> None:
    with pytest.raises(UnsafeUrl, match="not https"):
        schema_download._get(address, Web())
    # The opener itself could not, either.
    with pytest.raises(urllib.error.URLError, match="unknown url type"):
        secure_opener()(urllib.request.Request(address), timeout=1)


def test_redirects_are_not_followed() -> None:
    handler = schema_download._NoRedirect()
    request = urllib.request.Request("https://crd.gov.pl/x")
    for code in (301, 302, 303, 307, 308):
        assert (
            handler.redirect_request(request, None, code, "", {}, "https://evil.example/") is None
        )


@NEEDS_OFFICIAL
def test_install_from_a_folder_list_and_check(offline_ksef: Ksef, schema_folder: Path) -> None:
    listed = offline_ksef("schemas", "list", "--json").document
    assert listed["folder"] == str(schema_folder)
    assert {schema["state"] for schema in listed["schemas"]} == {"missing"}
    installed = offline_ksef("schemas", "install", "--from", OFFICIAL, "--json")
    assert installed.code == 0
    assert {schema["state"] for schema in installed.document["schemas"]} == {"installed"}
    assert set(installed.document["schemas"][0]) == {
        "form_code",
        "state",
        "files",
        "missing",
        "damaged",
    }
    table = offline_ksef("schemas", "list")
    assert "PEF_KOR (3)  2-1      installed" in table.out
    assert offline_ksef("schemas", "check").code == 0


@NEEDS_OFFICIAL
def test_the_variable_names_another_folder(
    offline_ksef: Ksef, schema_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KSEF_SCHEMAS", str(tmp_path / "mine"))
    assert offline_ksef("schemas", "install", "--from", OFFICIAL).code == 0
    assert (tmp_path / "mine" / ROOT.name).is_file()
    assert not schema_folder.exists()


@NEEDS_OFFICIAL
def test_a_part_of_the_schemas_will_do(offline_ksef: Ksef, schema_folder: Path) -> None:
    installed = offline_ksef("schemas", "install", "--from", OFFICIAL / "RR", "--json").document
    states = {entry["form_code"]["systemCode"]: entry["state"] for entry in installed["schemas"]}
    assert states["FA_RR (1)"] == "incomplete"
    assert states["FA (3)"] == "missing"


@NEEDS_OFFICIAL
def test_a_changed_file_is_told_and_mended(offline_ksef: Ksef, schema_folder: Path) -> None:
    offline_ksef("schemas", "install", "--from", OFFICIAL)
    (schema_folder / ROOT.name).write_bytes(b"")
    checked = offline_ksef("schemas", "check")
    assert checked.code == 6
    assert f"changed since: {ROOT.name}" in checked.out
    offline_ksef("schemas", "install", "--from", OFFICIAL)
    assert offline_ksef("schemas", "check").code == 0


@pytest.mark.parametrize("name", ["none", "empty"])
def test_a_folder_without_schemas_is_a_mistake(
    name: str, offline_ksef: Ksef, schema_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    outcome = offline_ksef("schemas", "install", "--from", tmp_path / name)
    assert outcome.code == 2
    assert outcome.err.startswith("ksef: ")
    assert not schema_folder.exists()


def test_install_without_a_network(
    offline_ksef: Ksef, schema_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema_download, "secure_opener", Web)
    outcome = offline_ksef("schemas", "install")
    assert outcome.code == 5
    assert "ksef schemas install --from FOLDER" in outcome.err
