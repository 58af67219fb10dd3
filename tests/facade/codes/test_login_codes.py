"""Every end of a login, as either client sees it: final statuses with their details, and refusals.

Documented rules: the table of statuses under `GET /auth/{referenceNumber}`, and the exception codes of
the operations under `/auth`. What no client of ours brings about is decided or injected beforehand.
"""

from functools import cache
from typing import Any

import pytest

from ksef_facade import AuthenticationFailed, CertificateAuth, TokenAuth, self_signed_seal
from ksef_facade.simulator import Latencies
from tests.facade.sending.conftest import NIP, OTHER_NIP

TOKEN, SIGNED = "POST /auth/ksef-token", "POST /auth/xades-signature"
STATUS, REDEEM = "GET /auth/{referenceNumber}", "POST /auth/token/redeem"
FAILED = "Uwierzytelnianie zakończone niepowodzeniem"
BAD_TOKEN = f"{FAILED} z powodu błędnego tokenu"
BAD_CERTIFICATE = f"{FAILED} z powodu błędu certyfikatu"
FOREVER = 3600.0


@cache
def seal() -> CertificateAuth:
    return CertificateAuth(self_signed_seal(NIP, key="ec"))


ENDS: dict[tuple[int, str], tuple[str, str]] = {
    # Code and detail: description, and our reason in one word.
    (415, "Brak przypisanych uprawnień"): (FAILED, "no-permission"),
    (425, ""): ("Uwierzytelnienie unieważnione", "ended"),
    (450, "Nieprawidłowe wyzwanie autoryzacyjne"): (BAD_TOKEN, "token"),
    (450, "Nieprawidłowy token"): (BAD_TOKEN, "token"),
    (450, "Nieprawidłowy czas tokena"): (BAD_TOKEN, "token"),
    (450, "Token unieważniony"): (BAD_TOKEN, "token"),
    (450, "Token nieaktywny"): (BAD_TOKEN, "token"),
    (450, "Nieprawidłowe szyfrowanie tokena"): (BAD_TOKEN, "token"),
    (450, "Nieprawidłowe kodowanie tokena"): (BAD_TOKEN, "token"),
    (450, f"Token nie może być użyty w kontekście {OTHER_NIP}"): (BAD_TOKEN, "token"),
    (460, "Nieważny certyfikat"): (BAD_CERTIFICATE, "certificate"),
    (460, "Błąd weryfikacji łańcucha certyfikatów"): (BAD_CERTIFICATE, "certificate"),
    (460, "Niezaufany łańcuch certyfikatów"): (BAD_CERTIFICATE, "certificate"),
    (460, "Certyfikat odwołany"): (BAD_CERTIFICATE, "certificate"),
    (460, "Certyfikat zawieszony"): (BAD_CERTIFICATE, "certificate"),
    (460, "Niepoprawny certyfikat"): (BAD_CERTIFICATE, "certificate"),
    (470, ""): (FAILED, "deceased"),
    (480, ""): ("Uwierzytelnienie zablokowane", "blocked"),
    (500, ""): ("Nieznany błąd", "service"),
    (550, ""): ("Operacja została anulowana przez system", "cancelled"),
}
DOCUMENTED = {100, 200, 415, 425, 450, 460, 470, 480, 500, 550}
"""The table of statuses; 100 and 200 have tests of their own below."""

REFUSALS: dict[tuple[str, int], str] = {
    # Operation and exception code: our reason in one word.
    (TOKEN, 21001): "document",
    (TOKEN, 21111): "challenge",
    (TOKEN, 21405): "document",
    (TOKEN, 21470): "public-key",
    (SIGNED, 9101): "document",
    (SIGNED, 9102): "signature",
    (SIGNED, 9103): "signature",
    (SIGNED, 9105): "signature",
    (SIGNED, 21001): "document",
    (SIGNED, 21111): "challenge",
    (SIGNED, 21115): "certificate",
    (SIGNED, 21117): "document",
    (SIGNED, 21217): "document",
    (SIGNED, 21401): "document",
    (SIGNED, 21405): "document",
    (SIGNED, 21406): "certificate",
    (STATUS, 21304): "tokens",
    (REDEEM, 21301): "tokens",
    (REDEEM, 21304): "tokens",
    (REDEEM, 21308): "deceased",
}


def failure(ksef: Any) -> AuthenticationFailed:
    with pytest.raises(AuthenticationFailed) as caught:
        ksef.log_in()
    error: AuthenticationFailed = caught.value
    return error


def test_no_documented_code_is_left_out():
    assert {code for code, _ in ENDS} | {100, 200} == DOCUMENTED


@pytest.mark.parametrize("with_token", [True, False], ids=["token", "certificate"])
def test_every_end_of_a_login(sim, connect, with_token):
    """With each detail that is documented; the advice follows the detail where there is one."""
    token = TokenAuth(sim.issue_token(NIP))
    advices = set()
    for (code, detail), (description, reason) in ENDS.items():
        # A login that the service broke off is tried once more.
        sim.outcomes.decide("login", code, *([detail] if detail else []), times=2)
        error = failure(connect(token if with_token else seal()))
        sim.outcomes.clear()
        assert (error.status.code, error.status.description) == (code, description)
        assert error.status.details == ((detail,) if detail else ())
        assert error.reason == reason
        assert error.advice in str(error)
        advices.add(error.advice)
    assert len(advices) == len(ENDS)


def test_a_login_succeeds(sim, connect):
    reference = sim.seed_session(NIP, "online", accepted=1)
    for auth in (TokenAuth(sim.issue_token(NIP)), seal()):
        ksef = connect(auth)
        ksef.log_in()
        assert ksef.session(reference).status().status.code == 200


def test_a_login_that_stays_in_progress_is_told_as_such(sim, connect):
    sim.settings.latencies = Latencies(authentication=FOREVER)
    error = failure(connect(seal(), login_timeout=1))
    assert (error.status.code, error.status.description) == (100, "Uwierzytelnianie w toku")
    assert error.reason == "timeout"


@pytest.mark.parametrize("operation", sorted({operation for operation, _ in REFUSALS}))
def test_every_refusal_of_a_login(sim, connect, operation):
    token = TokenAuth(sim.issue_token(NIP))
    method, template = operation.split(" ")
    for (of, code), reason in REFUSALS.items():
        if of != operation:
            continue
        sim.faults.add(method, template, None, exception_code=code, details=("powód",))
        error = failure(connect(seal() if operation == SIGNED else token))
        sim.faults.clear()
        assert (error.codes, error.reason) == ((code,), reason)
        assert error.advice in str(error)


@pytest.mark.parametrize(
    ("spoil", "detail"),
    [
        (lambda plain: plain.replace("|", "|x", 1), "Nieprawidłowy token"),
        (lambda plain: plain[:-1], "Nieprawidłowy czas tokena"),
    ],
)
def test_tokens_that_were_spoilt_on_the_way(sim, connect, monkeypatch, spoil, detail):
    from ksef_facade.crypto import encryption

    genuine = encryption._encrypt_rsa
    monkeypatch.setattr(
        encryption,
        "_encrypt_rsa",
        lambda der, secret: genuine(der, spoil(secret.decode()).encode()),
    )
    error = failure(connect(TokenAuth(sim.issue_token(NIP))))
    assert (error.status.code, error.status.details) == (450, (detail,))


def test_a_token_that_cannot_be_decrypted(sim, connect, monkeypatch):
    from ksef_facade.crypto import encryption

    monkeypatch.setattr(encryption, "_encrypt_rsa", lambda *_: b"garbage" * 40)
    error = failure(connect(TokenAuth(sim.issue_token(NIP))))
    assert (error.status.code, error.status.details) == (
        450,
        ("Nieprawidłowe szyfrowanie tokena",),
    )


def test_a_login_that_ended_is_renewed(sim, connect):
    """21301 on refreshing leads to a new login."""
    reference = sim.seed_session(NIP, "online", accepted=1)
    ksef = connect(TokenAuth(sim.issue_token(NIP)))
    ksef.log_in()
    sim.clock.advance(16 * 60)
    sim.faults.add("POST", "/auth/token/refresh", exception_code=21301)
    assert ksef.session(reference).status().status.code == 200
    assert sim.requests.counts[TOKEN] == 2
