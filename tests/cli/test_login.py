"""`ksef login` and `ksef logout`: where secrets come from, where they go, and where they never show."""

import io
import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError, PasswordSetError

from ksef_facade import SigningIdentity, self_signed_person, self_signed_seal
from ksef_facade.cli.output import Output
from ksef_facade.cli.settings import Settings
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


def test_a_token_from_a_file_serves_later_commands(ksef, url, token_file, token, no_kept_login):
    done = ksef("login", "--token-file", token_file, *url)
    assert (done.code, done.err) == (0, "")
    assert "acting for  Nip:5265877635" in done.out
    assert token not in done.out
    assert token not in everything_kept(no_kept_login)
    # No option and no variable: neither the address nor the token.
    assert ksef("sessions", "--kind", "online", "--json").code == 0
    token_file.unlink()
    gone = ksef("sessions", "--kind", "online")
    assert gone.code == 2
    assert "cannot be read (No such file" in gone.err


def test_what_is_kept_is_for_its_owner_and_is_told_as_json(ksef, url, token_file, no_kept_login):
    done = ksef("--json", "login", "--token-file", token_file, *url)
    file = no_kept_login / "login.json"
    assert done.document == {
        "environment": "simulator",
        "base_url": url[1],
        "context": {"type": "Nip", "value": NIP},
        "method": "token",
        "certificate_fingerprint": None,
        "certificate_valid_to": None,
        "secret": "path",
        "file": str(file),
    }
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(no_kept_login.stat().st_mode) == 0o700
    assert json.loads(file.read_text())["secret_path"] == str(token_file)


def test_a_login_that_is_refused_keeps_nothing(
    ksef, url, simulator, token_file, token, no_kept_login
):
    simulator.revoke_token(token)
    done = ksef("login", "--token-file", token_file, *url)
    assert done.code == 3
    assert "was revoked; make a new one" in done.err
    assert token not in done.err
    assert not no_kept_login.exists()


def test_trying_a_login_leaves_none_behind(ksef, url, simulator, token_file, no_kept_login):
    before = simulator.requests.counts["DELETE /auth/sessions/current"]
    ksef("login", "--token-file", token_file, *url)
    assert simulator.requests.counts["DELETE /auth/sessions/current"] == before + 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["SECRET|nip-1|abc"],
        ["--token", "SECRET|nip-1|abc"],
        ["--token=SECRET|nip-1|abc"],
        ["--access-token", "SECRET|nip-1|abc"],
        ["--password", "SECRET|nip-1|abc"],
        ["--nip", NIP, "SECRET|nip-1|abc", "more"],
    ],
)
def test_a_secret_among_the_arguments_is_refused_and_not_repeated(ksef, arguments, no_kept_login):
    done = ksef("login", *arguments)
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert "never taken from the command line" in done.err
    assert "SECRET" not in done.out + done.err
    assert "SECRET" not in ksef("--json", "login", *arguments).out


def test_a_person_is_asked_and_the_token_is_kept_nowhere_without_a_keyring(
    ksef, url, token, answers, no_kept_login, monkeypatch
):
    answers.append(f" {token} ")
    done = ksef("login", *url)
    assert done.code == 0
    assert "the secret is not kept" in done.err
    assert "KSEF_TOKEN" in done.err
    assert token not in everything_kept(no_kept_login) + done.out + done.err
    later = ksef("sessions", "--kind", "online")
    assert later.code == 2
    assert "kept no token; put it into KSEF_TOKEN" in later.err
    monkeypatch.setenv("KSEF_TOKEN", token)
    assert ksef("sessions", "--kind", "online").code == 0


def test_nobody_is_asked_without_a_terminal(ksef, url, pem):
    for arguments in ([], ["--certificate", pem["certificate"], "--key", pem["locked"]]):
        done = ksef("login", *arguments, *url)
        assert done.code == 2
        assert "nobody can be asked" in done.err


def test_a_token_on_standard_input(ksef, url, token, monkeypatch, no_kept_login):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{token}\n".encode())))
    done = ksef("login", "--token-file", "-", "--store", "file", *url)
    assert done.code == 0
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert ksef("sessions", "--kind", "online").code == 0


def test_a_secret_file_is_chosen_and_for_its_owner_only(
    ksef, url, token, monkeypatch, no_kept_login
):
    monkeypatch.setenv("KSEF_TOKEN", token)
    assert ksef("login", "--store", "file", *url).code == 0
    monkeypatch.delenv("KSEF_TOKEN")
    file = no_kept_login / "secret"
    assert file.read_text() == token
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert token not in (no_kept_login / "login.json").read_text()
    assert ksef("sessions", "--kind", "online").code == 0
    file.chmod(0o644)
    opened = ksef("sessions", "--kind", "online")
    assert opened.code == 2
    assert "others may read" in opened.err
    assert token not in opened.err


def test_a_token_file_that_others_may_read_is_remarked(ksef, url, token_file):
    token_file.chmod(0o644)
    done = ksef("login", "--token-file", token_file, *url)
    assert done.code == 0
    assert f"note: others may read {token_file}" in done.err


@pytest.mark.parametrize("content", [b"", b"a\nb\n", b"x" * 5000, b"\xff\xfe"])
def test_a_token_file_that_holds_something_else(ksef, url, tmp_path, content):
    path = tmp_path / "other"
    path.write_bytes(content)
    done = ksef("login", "--token-file", path, *url)
    assert done.code == 2
    assert "nothing else, on one line" in done.err


def test_the_keyring_keeps_the_token_where_there_is_one(
    ksef, url, token, ring, answers, no_kept_login
):
    answers.append(token)
    done = ksef("login", *url)
    assert (done.code, done.err) == (0, "")
    assert "in the keyring" in done.out
    assert ring.entries == {("ksef-facade", f"token {url[1]} Nip:{NIP}"): token}
    assert token not in everything_kept(no_kept_login)
    assert ksef("sessions", "--kind", "online").code == 0
    # Another login takes it from there, and nobody is asked.
    assert ksef("login", "--from-keyring", "--nip", NIP, *url).code == 0
    ring.entries.clear()
    lost = ksef("sessions", "--kind", "online")
    assert lost.code == 2
    assert "the keyring has no entry" in lost.err


def test_a_keyring_that_refuses_keeps_the_old_login(ksef, url, token, ring, answers, no_kept_login):
    ring.refuses = True
    answers.append(token)
    done = ksef("login", *url)
    assert done.code == 2
    assert "the keyring did not take it" in done.err
    assert not no_kept_login.exists()


def test_from_the_keyring_needs_to_know_whose(ksef, url, ring):
    done = ksef("login", "--from-keyring", *url)
    assert done.code == 2
    assert "say which with --nip" in done.err


def test_a_missing_extra_is_asked_for(ksef, url, token, answers, monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    answers.append(token)
    done = ksef("login", "--store", "keyring", *url)
    assert done.code == 2
    assert "ksef-facade[keyring]" in done.err


def test_logging_out_forgets_everything_but_the_users_own_file(
    ksef, url, token, token_file, ring, answers, no_kept_login
):
    answers.append(token)
    assert ksef("login", *url).code == 0
    assert ksef("logout").out == "the login is forgotten\n"
    assert ring.entries == {}
    assert everything_kept(no_kept_login) == ""
    assert ksef("logout").out == "no login was kept\n"
    answers.append(token)
    ksef("login", "--store", "file", *url)
    ksef("logout")
    assert everything_kept(no_kept_login) == ""
    ksef("login", "--token-file", token_file, *url)
    assert ksef("--json", "logout").document["forgotten"] is True
    assert token_file.read_text().strip() == token
    later = ksef("sessions", "--kind", "online")
    assert later.code == 2
    assert "run ksef login" in later.err


def test_another_login_leaves_no_secret_of_the_one_before(
    ksef, url, simulator, token, ring, answers
):
    other = simulator.issue_token("7980332920")
    answers += [token, other]
    ksef("login", *url)
    ksef("login", *url)
    assert list(ring.entries.values()) == [other]


def test_another_place_leaves_no_secret_in_the_one_before(
    ksef, url, token, token_file, ring, answers, no_kept_login
):
    answers += [token, token]
    ksef("login", "--store", "file", *url)
    ksef("login", "--store", "keyring", *url)
    assert token not in everything_kept(no_kept_login)
    assert list(ring.entries.values()) == [token]
    ksef("login", "--token-file", token_file, *url)
    assert ring.entries == {}


def test_a_certificate_with_an_open_key(ksef, url, pem, seal, no_kept_login):
    done = ksef("--json", "login", "--certificate", pem["certificate"], "--key", pem["key"], *url)
    assert done.code == 0
    assert done.document["certificate_fingerprint"] == seal.fingerprint
    assert (done.document["method"], done.document["secret"]) == ("certificate", "nowhere")
    assert "PRIVATE" not in everything_kept(no_kept_login)
    assert ksef("sessions", "--kind", "online").code == 0


def test_a_certificate_with_an_encrypted_key(
    ksef, url, pem, ring, answers, no_kept_login, monkeypatch
):
    answers.append(PASSWORD)
    done = ksef("login", "--certificate", pem["certificate"], "--key", pem["locked"], *url)
    assert done.code == 0
    assert list(ring.entries.values()) == [PASSWORD]
    assert PASSWORD.strip() not in done.out + done.err + everything_kept(no_kept_login)
    assert ksef("sessions", "--kind", "online").code == 0
    monkeypatch.setenv("KSEF_CERTIFICATE_PASSWORD", "wrong")
    wrong = ksef("sessions", "--kind", "online")
    assert wrong.code == 2
    assert "wrong password" in wrong.err


def test_a_password_file_and_pkcs12(ksef, url, tmp_path, seal):
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
    from cryptography.x509 import load_der_x509_certificate

    certificate = load_der_x509_certificate(seal.certificate_der)
    encryption = BestAvailableEncryption(PASSWORD.encode())
    content = pkcs12.serialize_key_and_certificates(
        None, seal.private_key, certificate, None, encryption
    )
    (tmp_path / "id.p12").write_bytes(content)
    (tmp_path / "password").write_text(PASSWORD + "\n")
    (tmp_path / "password").chmod(0o600)
    arguments = ["--certificate", tmp_path / "id.p12", "--password-file", tmp_path / "password"]
    assert ksef("login", *arguments, *url).code == 0
    assert ksef("sessions", "--kind", "online").code == 0


def test_a_person_says_for_whom_and_how_to_be_recognised(ksef, url, tmp_path, simulator):
    person = self_signed_person(pesel=PESEL, key="ec")
    (tmp_path / "id.pem").write_bytes(b"".join(person.to_pem()))
    arguments = ["--certificate", tmp_path / "id.pem", *url]
    unsaid = ksef("login", *arguments)
    assert unsaid.code == 2
    assert "KSEF_NIP" in unsaid.err
    refused = ksef("login", *arguments, "--nip", NIP, "--subject", "fingerprint")
    assert refused.code == 3
    assert "has no permission in this context" in refused.err
    simulator.taxpayers.grant(NIP, person.fingerprint, ["InvoiceWrite"], subject_kind="Fingerprint")
    arguments += ["--nip", NIP, "--subject", "fingerprint", "--allow-ip", "127.0.0.1"]
    assert ksef("login", *arguments).code == 0
    assert ksef("sessions", "--kind", "online").code == 0
    simulator.taxpayers.revoke(NIP, person.fingerprint, subject_kind="Fingerprint")


def test_a_policy_is_kept_with_the_login(ksef, url, token_file):
    arguments = ["--allow-ip", "203.0.113.7", "--allow-ip", "203.0.113.0/24"]
    assert ksef("login", "--token-file", token_file, *arguments, *url).code == 0
    kept_out = ksef("sessions", "--kind", "online")
    assert kept_out.code == 3
    assert "ip-not-allowed" in kept_out.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--key", "k.pem"], "--key belongs to a certificate"),
        (["--password-file", "p"], "--password-file belongs to a certificate"),
        (["--certificate", "c.pem", "--token-file", "t"], "not with both"),
        (["--certificate", "no-such.pem"], "cannot be read: No such file"),
        (["--token-file", "no-such"], "No such file or directory: no-such"),
        (["--nip", NIP, "--peppol-id", "PPL123456"], "pass one context"),
        (["--nip", "5265877636"], "is mistyped"),
        (["--allow-ip", "1.2.3.999"], "is not an IPv4 address"),
        (["--store", "cloud"], "cloud"),
    ],
)
def test_options_that_cannot_work(ksef, url, answers, token, arguments, sentence):
    answers.append(token)
    done = ksef("login", *arguments, *url)
    assert done.code == 2
    assert sentence in done.err


def test_a_self_signed_certificate_stays_on_test(ksef, pem):
    arguments = ["--certificate", pem["certificate"], "--key", pem["key"]]
    done = ksef("--env", "prod", "login", *arguments)
    assert done.code == 2
    assert "self-signed certificate works in the environment test only" in done.err


def test_variables_of_a_certificate(ksef, url, pem, monkeypatch):
    monkeypatch.setenv("KSEF_CERTIFICATE", str(pem["certificate"]))
    monkeypatch.setenv("KSEF_CERTIFICATE_KEY", str(pem["locked"]))
    needed = ksef("sessions", "--kind", "online", *url)
    assert needed.code == 2
    assert "KSEF_CERTIFICATE_PASSWORD" in needed.err
    monkeypatch.setenv("KSEF_CERTIFICATE_PASSWORD", PASSWORD)
    assert ksef("sessions", "--kind", "online", *url).code == 0
    monkeypatch.setenv("KSEF_CERTIFICATE_SUBJECT", "fingerprint")
    unsaid = ksef("sessions", "--kind", "online", *url)
    assert (unsaid.code, "KSEF_NIP" in unsaid.err) == (2, True)
    monkeypatch.setenv("KSEF_TOKEN", "x")
    both = ksef("sessions", "--kind", "online", *url)
    assert (both.code, "two ways to log in" in both.err) == (2, True)


def test_variables_count_before_what_is_kept(ksef, url, token_file, simulator, monkeypatch):
    ksef("login", "--token-file", token_file, *url)
    monkeypatch.setenv("KSEF_TOKEN", f"20251010-EC-1DCE3E3000-12ECB5B36E-45|nip-{NIP}|ab")
    assert ksef("sessions", "--kind", "online").code == 3
    monkeypatch.delenv("KSEF_TOKEN")
    monkeypatch.setenv("KSEF_NIP", "7980332920")
    other = ksef("sessions", "--kind", "online")
    assert (other.code, "another context" in other.err) == (3, True)


def test_a_kept_login_is_for_one_ksef_only(ksef, url, token_file, monkeypatch):
    ksef("login", "--token-file", token_file, *url)
    for arguments in (
        ["--env", "test"],
        ["--env", "prod"],
        ["--base-url", "http://127.0.0.1:9/v2"],
    ):
        done = ksef("sessions", "--kind", "online", *arguments)
        assert done.code == 2
        assert "the one kept is for simulator" in done.err
    monkeypatch.setenv("KSEF_ENV", "demo")
    assert "there is no login for demo" in ksef("sessions", "--kind", "online").err
    # Naming the same environment means the kept address of it.
    monkeypatch.delenv("KSEF_ENV")
    assert ksef("sessions", "--kind", "online", "--env", "simulator").code == 0


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "x": 1}'])
def test_a_damaged_login_is_told_and_replaced(ksef, url, token_file, no_kept_login, content):
    no_kept_login.mkdir()
    (no_kept_login / "login.json").write_text(content)
    done = ksef("sessions", "--kind", "online")
    assert done.code == 2
    assert "run ksef login again" in done.err
    assert ksef("login", "--token-file", token_file, *url).code == 0
    assert ksef("sessions", "--kind", "online").code == 0


def test_the_folder_is_that_of_the_variable_or_of_the_users_settings(tmp_path, monkeypatch):
    def folder(**variables: str) -> Any:
        return Settings(variables=variables, output=Output()).profiles.folder

    monkeypatch.setattr("platformdirs.user_config_path", lambda name, **_: tmp_path / name)
    assert folder() == tmp_path / "ksef-facade"
    assert folder(KSEF_CONFIG=str(tmp_path / "x")) == tmp_path / "x"
    monkeypatch.chdir(tmp_path)
    assert folder(KSEF_CONFIG="relative") == Path(os.getcwd()) / "relative"


def test_the_help_speaks_of_no_option_for_secrets(ksef, capsys):
    from ksef_facade.cli.main import main

    main(["login", "--help"])
    text = capsys.readouterr().out
    assert "--token-file" in text
    assert "--token " not in text
    assert "--password " not in text
