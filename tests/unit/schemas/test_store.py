"""The store of schemas: files known by their hash, kept whole, and looked at when they are read."""

import hashlib
from pathlib import Path

import pytest

from ksef_facade import ConfigurationError, FormCode, IntegrityFailure
from ksef_facade.schemas import store as store_module
from ksef_facade.schemas.catalogue import (
    FILES,
    LARGEST_FILE,
    SETS,
    UPO_SCHEMAS,
    SchemaFile,
    file_with,
    schema_set,
)
from ksef_facade.schemas.store import SchemaStore, schema_folder

OFFICIAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "xsd"
NEEDS_OFFICIAL = pytest.mark.skipif(
    not OFFICIAL.is_dir(),
    reason="the Ministry's schemas are not beside the project (../shared/data)",
)
SMALL = "KodyKrajow_v10-0E.xsd"


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Content that the store takes for the list of countries."""
    content = b"<schema>\n</schema>\n"
    file = SchemaFile(SMALL, (hashlib.sha256(content).hexdigest(),), "x")
    monkeypatch.setattr(
        store_module, "file_with", lambda digest: file if digest in file.sha256 else None
    )
    monkeypatch.setitem(FILES, SMALL, file)
    return content


def test_the_catalogue_is_whole() -> None:
    assert {known.form_code for known in SETS} == {
        FormCode.FA_2,
        FormCode.FA_3,
        FormCode.FA_RR_1,
        FormCode.PEF_3,
        FormCode.PEF_KOR_3,
    }
    assert {name for known in SETS for name in known.files} | set(UPO_SCHEMAS) == set(FILES)
    digests = [digest for file in FILES.values() for digest in file.sha256]
    assert len(digests) == len(set(digests))
    for file in FILES.values():
        addresses = list(file.addresses)
        assert addresses
        assert all(address.startswith("https://") for address in addresses)
        assert not any(set(address) & set(" ()") for address in addresses)
        assert all(file_with(digest) is file for digest in file.sha256)
    assert schema_set(FormCode("X (1)", "1", "X")) is None


def test_files_are_known_by_hash_and_kept(tmp_path: Path, invented: bytes) -> None:
    store = SchemaStore(tmp_path / "deep" / "folder")
    assert store.add(b"something else") is None
    assert not store.folder.exists()
    added = store.add(invented)
    assert added is not None
    assert added.name == SMALL
    assert store.read(SMALL) == invented


def test_line_ends_of_a_windows_checkout_are_undone(tmp_path: Path, invented: bytes) -> None:
    store = SchemaStore(tmp_path)
    assert store.add(invented.replace(b"\n", b"\r\n")) is not None
    assert store.read(SMALL) == invented


def test_files_are_found_in_a_folder_under_any_name(tmp_path: Path, invented: bytes) -> None:
    source = tmp_path / "source" / "inner"
    source.mkdir(parents=True)
    (source / "anything.txt").write_bytes(invented)
    (source / "huge.xsd").write_bytes(bytes(LARGEST_FILE + 1))
    (source / "dangling").symlink_to(source / "nowhere")
    store = SchemaStore(tmp_path / "store")
    assert [file.name for file in store.add_from(tmp_path / "source")] == [SMALL]
    assert [path.name for path in store.folder.iterdir()] == [SMALL]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is not a folder"):
        SchemaStore(tmp_path).add_from(tmp_path / "none")


def test_a_changed_file_is_refused_and_mended(tmp_path: Path, invented: bytes) -> None:
    store = SchemaStore(tmp_path)
    store.add(invented)
    (tmp_path / SMALL).write_bytes(invented[:-1])
    with pytest.raises(IntegrityFailure, match="ksef schemas install"):
        store.read(SMALL)
    fa_3 = next(state for state in store.states() if state.schema.form_code == FormCode.FA_3)
    assert (fa_3.state, fa_3.damaged) == ("damaged", (SMALL,))
    store.add(invented)
    assert store.read(SMALL) == invented


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "", "nul\0", SMALL])
def test_only_installed_schemas_are_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError):
        SchemaStore(tmp_path).read(name)


def test_states_of_an_empty_and_of_an_incomplete_store(tmp_path: Path, invented: bytes) -> None:
    store = SchemaStore(tmp_path / "none")
    assert {state.state for state in store.states()} == {"missing"}
    store.add(invented)
    assert {state.state for state in store.states()} == {"missing"}
    fa_3 = schema_set(FormCode.FA_3)
    assert fa_3 is not None
    assert not store.has(fa_3)
    assert SMALL not in store.state_of(fa_3).missing


@NEEDS_OFFICIAL
def test_the_ministrys_files_are_all_known(tmp_path: Path) -> None:
    store = SchemaStore(tmp_path)
    assert {file.name for file in store.add_from(OFFICIAL)} == set(FILES) - set(UPO_SCHEMAS)
    assert {state.state for state in store.states()} == {"installed"}


@NEEDS_OFFICIAL
@pytest.mark.parametrize("name", ["StrukturyDanych_v10-0E.xsd", "ElementarneTypyDanych_v10-0E.xsd"])
def test_the_other_publication_differs_in_its_includes_alone(name: str) -> None:
    """The repository of templates includes by address, that of the documentation by name."""
    types = b"http://crd.gov.pl/xml/schematy/dziedzinowe/mf/2022/01/05/eD/DefinicjeTypy/"
    by_name = (OFFICIAL / "FA" / "bazowe" / name).read_bytes()
    by_address = by_name.replace(b'schemaLocation="', b'schemaLocation="' + types)
    assert by_address != by_name
    file = file_with(hashlib.sha256(by_address).hexdigest())
    assert file is not None
    assert file.name == name


@NEEDS_OFFICIAL
def test_a_schema_of_windows_line_ends_counts_as_itself(tmp_path: Path) -> None:
    content = (OFFICIAL / "FA" / "bazowe" / SMALL).read_bytes()
    # So the repository of templates publishes it.
    added = SchemaStore(tmp_path).add(content.replace(b"\n", b"\r\n"))
    assert added is not None
    assert added.name == SMALL


def test_the_folder_is_the_variables_or_else_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KSEF_SCHEMAS", "~/schemas")
    assert schema_folder() == Path.home() / "schemas"
    assert schema_folder({"KSEF_SCHEMAS": "/x"}) == Path("/x")
    usual = schema_folder({})
    assert usual.is_absolute()
    assert usual.parts[-2:] == ("ksef-facade", "schemas")
