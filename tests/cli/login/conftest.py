"""`ksef` without any variable, a keyring in memory, and a person at a terminal."""

import io
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError, PasswordSetError

from ksef_facade import SigningIdentity, self_signed_seal
from ksef_facade.simulator import Simulator
from tests.cli.conftest import Ksef

NIP = "5265877635"
PESEL = "30112206276"
PASSWORD = " zażółć "


class MemoryKeyring(KeyringBackend):  # type: ignore[misc]
    """A keyring that lasts as long as the test."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.refuses = False

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.refuses:
            raise PasswordSetError("locked")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        try:
            del self.entries[service, username]
        except KeyError:
            raise PasswordDeleteError("no such entry") from None


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def ring() -> MemoryKeyring:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    return backend


@pytest.fixture
def ksef(offline_ksef: Ksef, simulator: Simulator) -> Ksef:
    """`ksef` without any variable; the simulator is named once, when logging in."""
    return offline_ksef


@pytest.fixture
def url(simulator: Simulator) -> list[str]:
    return ["--base-url", simulator.base_url]


@pytest.fixture
def token(simulator: Simulator) -> str:
    return simulator.issue_token(NIP)


@pytest.fixture
def token_file(tmp_path: Path, token: str) -> Path:
    path = tmp_path / "token"
    path.write_text(token + "\n")
    path.chmod(0o600)
    return path


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a person at a terminal types when asked without echo."""
    typed: list[str] = []
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda prompt: typed.pop(0))
    return typed


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def seal() -> SigningIdentity:
    return self_signed_seal(NIP, key="ec")


@pytest.fixture
def pem(tmp_path: Path, seal: SigningIdentity) -> dict[str, Path]:
    certificate, key = seal.to_pem()
    _, locked = seal.to_pem(PASSWORD)
    paths = {name: tmp_path / f"{name}.pem" for name in ("certificate", "key", "locked")}
    for path, content in zip(paths.values(), (certificate, key, locked), strict=True):
        path.write_bytes(content)
    return paths


def everything_kept(folder: Path) -> str:
    return "".join(path.read_text() for path in folder.rglob("*") if path.is_file())
