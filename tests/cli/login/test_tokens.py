"""`ksef login` with a KSeF token: asked for, from a file, from a variable."""

import io
import json
import stat

import pytest

from tests.cli.login.conftest import NIP, everything_kept


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
    before = simulator.requests.counts.get("DELETE /auth/sessions/current", 0)
    ksef("login", "--token-file", token_file, *url)
    assert simulator.requests.counts.get("DELETE /auth/sessions/current", 0) == before + 1


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


def test_the_help_speaks_of_no_option_for_secrets(ksef, capsys):
    from ksef_facade.cli.main import main

    main(["login", "--help"])
    text = capsys.readouterr().out
    assert "--token-file" in text
    assert "--token " not in text
    assert "--password " not in text
