"""`ksef login` and `ksef logout`: a login tried out, and kept for later commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from ksef_facade.cli.settings import Settings

if TYPE_CHECKING:
    from ksef_facade.cli.logins.profile import LoginProfile, ProfileStore
    from ksef_facade.cli.terminal.output import Output
    from ksef_facade.logins.credentials import Credentials

# Parsed so that a secret given as an argument is refused without being repeated.
_Hidden = Annotated[str | None, Parameter(show=False)]
# A lone hyphen is standard input.
_File = Annotated[Path | None, Parameter(allow_leading_hyphen=True)]
_KEPT = {
    "keyring": "in the keyring of this machine",
    "file": "in a file that only you may read",
    "path": "in your own file",
    "nowhere": "nowhere",
}


def login(
    *words: Annotated[str, Parameter(show=False)],
    nip: str | None = None,
    internal_id: str | None = None,
    nip_vat_ue: str | None = None,
    peppol_id: str | None = None,
    token_file: _File = None,
    from_keyring: Annotated[bool, Parameter(show_default=False)] = False,
    certificate: Path | None = None,
    key: Path | None = None,
    password_file: _File = None,
    subject: Literal["certificate", "fingerprint"] = "certificate",
    allow_ip: Annotated[tuple[str, ...], Parameter(show_default=False)] = (),
    store: Literal["keyring", "file", "nowhere"] | None = None,
    token: _Hidden = None,
    access_token: _Hidden = None,
    password: _Hidden = None,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> None:
    """Try a login, with a KSeF token or a certificate, and keep it for later commands.

    The token, or the password of the certificate's key, is asked for, or read from a file, the
    variable KSEF_TOKEN or KSEF_CERTIFICATE_PASSWORD, or the keyring; never from the command line.
    It is kept in the keyring where there is one (extra `keyring`), and nowhere else unless you say
    so. Variables count before what is kept.

    Parameters
    ----------
    nip
        NIP of the taxpayer to act for; a token or a company's seal names it itself.
    internal_id
        Internal identifier to act for, in place of a NIP.
    nip_vat_ue
        NIP with an EU VAT number to act for.
    peppol_id
        Peppol provider to act for.
    token_file
        File with the KSeF token alone in it, - for standard input. The file is read again by later
        commands.
    from_keyring
        Take the secret that an earlier login kept in the keyring.
    certificate
        Log in with this certificate: PEM, DER, or PKCS#12 with the key in it.
    key
        Private key of the certificate, encrypted or not.
    password_file
        File with the key's password alone in it, read again by later commands.
    subject
        How KSeF recognises the signer: by NIP or PESEL in the certificate, or by its fingerprint.
    allow_ip
        Address, range or network that access tokens are bound to; may be given several times.
    store
        Where to keep the secret: the keyring, a file that only you may read, or nowhere.
    """
    from ksef_facade.cli.arguments import BadArgument
    from ksef_facade.cli.logins.attempt import Wish, attempt
    from ksef_facade.cli.logins.secret_places import (
        NEVER_AS_ARGUMENT,
        forget_secret,
        keep_secret,
        same_place,
    )

    if words or token is not None or access_token is not None or password is not None:
        raise BadArgument(NEVER_AS_ARGUMENT)
    kept = settings.profiles
    wish = Wish(
        contexts={
            name: value
            for name, value in (
                ("nip", nip),
                ("internal_id", internal_id),
                ("nip_vat_ue", nip_vat_ue),
                ("peppol_id", peppol_id),
            )
            if value is not None
        },
        token_file=token_file,
        from_keyring=from_keyring,
        certificate=certificate,
        key=key,
        password_file=password_file,
        subject=subject,
        allowed_ips=allow_ip,
        store=store,
    )
    found = attempt(wish, settings)
    with settings.output.progress("logging in"), settings.client(found.credentials) as ksef:
        ksef.log_in()
        ksef.log_out()
    before = kept.load_if_readable()
    if found.secret is not None:
        keep_secret(found.secret, found.profile, kept)
    kept.save(found.profile)
    if before is not None and not same_place(before, found.profile):
        forget_secret(before, kept)
    _report(found.profile, found.credentials, kept, settings.output)
    for note in found.notes:
        settings.output.remark(f"note: {note}")


def logout(*, settings: Annotated[Settings, Parameter(parse=False)]) -> None:
    """Forget the login that is kept, and its secret; a token file of your own stays.

    Nothing is asked of KSeF: every command logs in for itself.
    """
    from ksef_facade.cli.logins.secret_places import forget_secret

    kept = settings.profiles
    profile = kept.load_if_readable()
    if profile is not None:
        forget_secret(profile, kept)
    was_there = kept.path.exists()
    kept.forget()
    settings.output.document({"forgotten": was_there, "file": str(kept.path)})
    settings.output.line("the login is forgotten" if was_there else "no login was kept")


def _report(
    profile: LoginProfile, credentials: Credentials, kept: ProfileStore, output: Output
) -> None:
    from ksef_facade.cli.results.tables import moment_text
    from ksef_facade.logins.credentials import CertificateAuth

    identity = credentials.identity if isinstance(credentials, CertificateAuth) else None
    output.document(
        {
            "environment": profile.environment,
            "base_url": profile.base_url,
            "context": {"type": profile.context_type, "value": profile.context_value},
            "method": profile.method,
            "certificate_fingerprint": identity.fingerprint if identity else None,
            "certificate_valid_to": identity.valid_to.isoformat() if identity else None,
            "secret": profile.secret,
            "file": str(kept.path),
        }
    )
    output.line("logged in", style="green")
    output.facts(
        {
            "KSeF": f"{profile.environment} {profile.base_url}",
            "acting for": str(profile.context),
            "with": f"a {profile.method}" if profile.method == "certificate" else "a KSeF token",
            "certificate": identity.fingerprint if identity else None,
            "valid until": moment_text(identity.valid_to) if identity else None,
            "secret": _where(profile),
            "kept in": str(kept.path),
        }
    )


def _where(profile: LoginProfile) -> str | None:
    if profile.method == "certificate" and profile.secret == "nowhere":
        return None
    return f"{_KEPT[profile.secret]} {profile.secret_path or ''}".strip()
