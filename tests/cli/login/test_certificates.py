"""`ksef login` with a certificate, and certificates in variables."""

from ksef_facade import self_signed_person
from tests.cli.login.conftest import NIP, PASSWORD, PESEL, everything_kept


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
