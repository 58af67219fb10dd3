"""From the options of `ksef login` to credentials, and to what shall be kept of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from attrs import evolve, field, frozen

from ksef_facade.cli.arguments import BadArgument
from ksef_facade.cli.logins.credential_choice import (
    PASSWORD_VARIABLE,
    TOKEN_VARIABLE,
    given_contexts,
    variable,
    with_certificate,
    with_token,
)
from ksef_facade.cli.logins.profile import LoginProfile, SecretPlace
from ksef_facade.cli.logins.secret_places import (
    ask,
    is_open_to_others,
    kept_secret,
    keyring_works,
    read_secret,
)

if TYPE_CHECKING:
    from ksef_facade.cli.settings import Settings
    from ksef_facade.logins.credentials import Credentials


@frozen(kw_only=True)
class Wish:
    """The options of one `ksef login`."""

    contexts: Mapping[str, str]
    token_file: Path | None = None
    from_keyring: bool = False
    certificate: Path | None = None
    key: Path | None = None
    password_file: Path | None = None
    subject: Literal["certificate", "fingerprint"] = "certificate"
    allowed_ips: tuple[str, ...] = ()
    store: Literal["keyring", "file", "nowhere"] | None = None


@frozen
class Attempt:
    """What to log in with, what to keep if it works, and the secret that goes to its place."""

    credentials: Credentials
    profile: LoginProfile
    secret: str | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()


def attempt(wish: Wish, settings: Settings) -> Attempt:
    """Find or ask for everything that the wish needs; no request is made.

    Raises:
        ConfigurationError: options that do not go together, or something is missing or wrong.
    """
    if wish.certificate is None:
        for option, value in (("--key", wish.key), ("--password-file", wish.password_file)):
            if value is not None:
                raise BadArgument(f"{option} belongs to a certificate; name it with --certificate")
        return _with_token(wish, settings)
    if wish.token_file is not None:
        raise BadArgument("log in with a token or with a certificate, not with both")
    return _with_certificate(wish, settings)


def _with_token(wish: Wish, settings: Settings) -> Attempt:
    contexts = wish.contexts or given_contexts(settings.variables)
    place: SecretPlace | None = wish.store
    if wish.from_keyring:
        token = _from_keyring(wish, settings, "token", contexts)
        place = place or "keyring"
    elif wish.token_file is not None:
        token = read_secret(wish.token_file)
        place = place or ("nowhere" if str(wish.token_file) == "-" else "path")
    else:
        token = variable(settings.variables, TOKEN_VARIABLE) or ask("KSeF token").strip()
    credentials = with_token(token, contexts, wish.allowed_ips)
    profile = _profile(wish, settings, credentials, "token")
    return _finished(wish, credentials, profile, token, place, wish.token_file)


def _with_certificate(wish: Wish, settings: Settings) -> Attempt:
    from ksef_facade.crypto.identities import PasswordNeeded

    contexts = wish.contexts or given_contexts(settings.variables)
    place: SecretPlace | None = wish.store
    password = settings.variables.get(PASSWORD_VARIABLE) or None
    if wish.from_keyring:
        password = _from_keyring(wish, settings, "certificate", contexts)
        place = place or "keyring"
    elif wish.password_file is not None:
        password = read_secret(wish.password_file)
        place = place or ("nowhere" if str(wish.password_file) == "-" else "path")
    certificate = str(wish.certificate)
    key = None if wish.key is None else str(wish.key)
    try:
        credentials = with_certificate(
            certificate, key, password, wish.subject, contexts, wish.allowed_ips
        )
    except PasswordNeeded:
        password = ask("Password of the key")
        credentials = with_certificate(
            certificate, key, password, wish.subject, contexts, wish.allowed_ips
        )
    profile = _profile(wish, settings, credentials, "certificate")
    return _finished(wish, credentials, profile, password, place, wish.password_file)


def _finished(
    wish: Wish,
    credentials: Credentials,
    profile: LoginProfile,
    secret: str | None,
    place: SecretPlace | None,
    file: Path | None,
) -> Attempt:
    notes: tuple[str, ...] = ()
    if secret is None:
        place = "nowhere"
    elif place is None:
        place = "keyring" if keyring_works() else "nowhere"
        if place == "nowhere":
            name = TOKEN_VARIABLE if profile.method == "token" else PASSWORD_VARIABLE
            notes = (
                f"the secret is not kept, for this machine has no keyring that works (extra 'keyring'); "
                f"put it into {name}, or log in with --store file",
            )
    path = file.absolute() if file is not None and place == "path" else None
    if path is not None and is_open_to_others(path):
        notes = (f"others may read {path}; chmod 600 would change that",)
    kept = evolve(profile, secret=place, secret_path=None if path is None else str(path))
    return Attempt(credentials, kept, secret if place in ("keyring", "file") else None, notes)


def _profile(
    wish: Wish,
    settings: Settings,
    credentials: Credentials,
    method: Literal["token", "certificate"],
) -> LoginProfile:
    chosen = settings.environment()
    return LoginProfile(
        environment=chosen.name,
        base_url=chosen.base_url,
        context_type=credentials.context.type,
        context_value=credentials.context.value,
        method=method,
        certificate=_absolute(wish.certificate),
        key=_absolute(wish.key),
        subject=wish.subject,
        allowed_ips=wish.allowed_ips,
    )


def _absolute(path: Path | None) -> str | None:
    return None if path is None else str(path.absolute())


def _from_keyring(
    wish: Wish,
    settings: Settings,
    method: Literal["token", "certificate"],
    contexts: Mapping[str, str],
) -> str:
    from ksef_facade.logins.contexts import given_context

    names = ("nip", "internal_id", "nip_vat_ue", "peppol_id")
    context = given_context(*(contexts.get(name) for name in names))
    if context is None:
        raise BadArgument("the keyring holds a secret for each taxpayer; say which with --nip")
    chosen = settings.environment()
    profile = LoginProfile(
        environment=chosen.name,
        base_url=chosen.base_url,
        context_type=context.type,
        context_value=context.value,
        method=method,
        secret="keyring",
    )
    found = kept_secret(profile, settings.profiles)
    assert found is not None, "what the keyring does not hold is told by an error"
    return found
