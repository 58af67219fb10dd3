"""What a command logs in with: what the variables say, else what `ksef login` has kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ksef_facade.errors import ConfigurationError

if TYPE_CHECKING:
    from ksef_facade.cli.logins.profile import ProfileStore
    from ksef_facade.environments import Environment
    from ksef_facade.logins.credentials import Credentials

TOKEN_VARIABLE: Final = "KSEF_TOKEN"
CERTIFICATE_VARIABLE: Final = "KSEF_CERTIFICATE"
KEY_VARIABLE: Final = "KSEF_CERTIFICATE_KEY"
PASSWORD_VARIABLE: Final = "KSEF_CERTIFICATE_PASSWORD"
SUBJECT_VARIABLE: Final = "KSEF_CERTIFICATE_SUBJECT"
NIP_VARIABLE: Final = "KSEF_NIP"
CONTEXT_VARIABLES: Final = {
    "nip": NIP_VARIABLE,
    "internal_id": "KSEF_INTERNAL_ID",
    "nip_vat_ue": "KSEF_NIP_VAT_UE",
    "peppol_id": "KSEF_PEPPOL_ID",
}
_ARGUMENTS: Final = {
    "Nip": "nip",
    "InternalId": "internal_id",
    "NipVatUe": "nip_vat_ue",
    "PeppolId": "peppol_id",
}


def variable(variables: Mapping[str, str], name: str) -> str | None:
    """A variable without blanks around it; an empty one counts as absent."""
    return variables.get(name, "").strip() or None


def choose_credentials(
    variables: Mapping[str, str], store: ProfileStore, chosen: Environment
) -> Credentials:
    """The login of a command for this KSeF; no request is made.

    Raises:
        ConfigurationError: there is none, or it lacks something; the message says what to do.
        InvalidIdentifier: a NIP or another context is none.
    """
    token = variable(variables, TOKEN_VARIABLE)
    certificate = variable(variables, CERTIFICATE_VARIABLE)
    if token and certificate:
        raise ConfigurationError(
            f"{TOKEN_VARIABLE} and {CERTIFICATE_VARIABLE} are two ways to log in; unset one of them"
        )
    if token:
        return with_token(token, given_contexts(variables))
    if certificate:
        return with_certificate(
            certificate,
            variable(variables, KEY_VARIABLE),
            variables.get(PASSWORD_VARIABLE) or None,
            variable(variables, SUBJECT_VARIABLE) or "certificate",
            given_contexts(variables),
        )
    return _kept(variables, store, chosen)


def given_contexts(variables: Mapping[str, str]) -> dict[str, str]:
    """The contexts that variables name, as arguments of the credentials."""
    found = {name: variable(variables, spelled) for name, spelled in CONTEXT_VARIABLES.items()}
    return {name: value for name, value in found.items() if value is not None}


def with_token(
    token: str, context: Mapping[str, str], allowed_ips: tuple[str, ...] = ()
) -> Credentials:
    """A login with a KSeF token.

    Raises:
        ConfigurationError: neither the token nor anything else names a context, or it is no token.
        InvalidIdentifier: the context is none.
    """
    from ksef_facade.logins.contexts import context_in_token
    from ksef_facade.logins.credentials import TokenAuth
    from ksef_facade.logins.ip_policy import AllowedIps

    # A token of KSeF holds its context between bars, unless it was made elsewhere.
    if not context and context_in_token(token) is None:
        raise ConfigurationError(
            f"the token does not say for whom it acts; put that NIP into {NIP_VARIABLE}"
        )
    policy = AllowedIps.parse(*allowed_ips) if allowed_ips else None
    return TokenAuth(token, allowed_ips=policy, **context)


def with_certificate(
    certificate: str,
    key: str | None,
    password: str | None,
    subject: str,
    context: Mapping[str, str],
    allowed_ips: tuple[str, ...] = (),
) -> Credentials:
    """A login with a certificate.

    Raises:
        PasswordNeeded: the key is encrypted and there is no password.
        ConfigurationError: a file cannot be used, or nothing names a context.
        InvalidIdentifier: the context is none.
    """
    from ksef_facade.crypto.identities import PasswordNeeded, SigningIdentity
    from ksef_facade.logins.credentials import CertificateAuth
    from ksef_facade.logins.ip_policy import AllowedIps

    if subject not in ("certificate", "fingerprint"):
        raise ConfigurationError(f"{SUBJECT_VARIABLE} is certificate or fingerprint")
    try:
        identity = SigningIdentity.from_files(certificate, key, password)
    except PasswordNeeded:
        raise PasswordNeeded(
            f"the certificate's key is encrypted; put its password into {PASSWORD_VARIABLE}"
        ) from None
    if not context and (identity.nip is None or subject != "certificate"):
        raise ConfigurationError(
            f"say on whose behalf the certificate logs in; put that NIP into {NIP_VARIABLE}"
        )
    policy = AllowedIps.parse(*allowed_ips) if allowed_ips else None
    return CertificateAuth(
        identity,
        subject="fingerprint" if subject == "fingerprint" else "certificate",
        allowed_ips=policy,
        nip=context.get("nip"),
        internal_id=context.get("internal_id"),
        nip_vat_ue=context.get("nip_vat_ue"),
        peppol_id=context.get("peppol_id"),
    )


def _kept(variables: Mapping[str, str], store: ProfileStore, chosen: Environment) -> Credentials:
    from ksef_facade.cli.logins.secret_places import kept_secret

    profile = store.load()
    if profile is None or not profile.is_for(chosen):
        other = f" (the one kept is for {profile.environment})" if profile else ""
        raise ConfigurationError(
            f"there is no login for {chosen.name}{other}; run ksef login, or put a KSeF token into "
            f"{TOKEN_VARIABLE}"
        )
    context = given_contexts(variables) or {_ARGUMENTS[profile.context_type]: profile.context_value}
    if profile.method == "token":
        token = kept_secret(profile, store)
        if token is None:
            raise ConfigurationError(
                f"ksef login kept no token; put it into {TOKEN_VARIABLE}, or run ksef login again"
            )
        return with_token(token, context, profile.allowed_ips)
    password = variables.get(PASSWORD_VARIABLE) or kept_secret(profile, store)
    return with_certificate(
        profile.certificate or "",
        profile.key,
        password,
        profile.subject,
        context,
        profile.allowed_ips,
    )
