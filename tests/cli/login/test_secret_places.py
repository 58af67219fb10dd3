"""Where `ksef login` keeps a secret, and that none stays behind."""

import stat
import sys

from tests.cli.login.conftest import NIP, everything_kept


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
