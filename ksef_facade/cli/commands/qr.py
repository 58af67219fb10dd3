"""`ksef qr`: the codes that an invoice must show, made and verified. No request is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from ksef_facade.cli.arguments import BadArgument, Flag
from ksef_facade.cli.settings import Settings

if TYPE_CHECKING:
    from ksef_facade.crypto.identities import SigningIdentity

# Parsed so that a secret given as an argument is refused without being repeated.
_Hidden = Annotated[str | None, Parameter(show=False)]
# A lone hyphen is standard input.
_File = Annotated[Path | None, Parameter(allow_leading_hyphen=True)]


def make(
    *files: Path,
    ksef_number: str | None = None,
    certificate: Path | None = None,
    key: Path | None = None,
    password_file: _File = None,
    nip: str | None = None,
    internal_id: str | None = None,
    nip_vat_ue: str | None = None,
    peppol_id: str | None = None,
    to: Path | None = None,
    format: Literal["png", "svg", "both"] = "png",
    overwrite: Flag = False,
    password: _Hidden = None,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> None:
    """Make the codes that invoices must show: KOD I and, with an Offline certificate, KOD II.

    KOD I leads to the invoice at KSeF and is labelled with its KSeF number, or OFFLINE while it has
    none. An invoice issued offline must also show KOD II, labelled CERTYFIKAT and signed with a
    KSeF certificate of the type Offline. Make them of the very file that is sent. No request is
    made. Without --to only the links are shown.

    Parameters
    ----------
    files
        Invoices, or folders: of these, every file that ends in .xml.
    ksef_number
        KSeF number of the invoice, once it has one; for one file.
    certificate
        KSeF certificate of the type Offline: PEM, DER, or PKCS#12 with the key in it.
    key
        Private key of the certificate, encrypted or not. Its password is asked for.
    password_file
        File with the key's password alone in it, - for standard input.
    nip
        NIP of the taxpayer on whose behalf the invoices were issued; else KSEF_NIP and its like,
        else the seller's.
    internal_id
        Internal identifier to act for, in place of a NIP.
    nip_vat_ue
        NIP with an EU VAT number to act for.
    peppol_id
        Peppol provider to act for.
    to
        Folder for the pictures, made if it is absent; needs the extra pdf.
    format
        Of the pictures.
    overwrite
        Replace pictures that hold something else; each KOD II differs from the one before.
    """
    from ksef_facade.cli.logins.credential_choice import given_contexts
    from ksef_facade.cli.logins.secret_places import NEVER_AS_ARGUMENT
    from ksef_facade.cli.results.qr import Coded, coded, save, show
    from ksef_facade.cli.steps.checking import invoice_files
    from ksef_facade.identifiers import KsefNumber
    from ksef_facade.logins.contexts import given_context

    if password is not None:
        raise BadArgument(NEVER_AS_ARGUMENT)
    if not files:
        raise BadArgument("name at least one invoice or folder")
    for option, value in (("--key", key), ("--password-file", password_file)):
        if value is not None and certificate is None:
            raise BadArgument(f"{option} belongs to a certificate; name it with --certificate")
    paths = list(invoice_files(files))
    if ksef_number is not None and len(paths) != 1:
        raise BadArgument("--ksef-number is of one invoice; name its file alone")
    if ksef_number is not None:
        # Not later: of an error that comes with an invoice, the invoice is named.
        KsefNumber.parse(ksef_number)
    context = given_context(nip, internal_id, nip_vat_ue, peppol_id)
    identity = None
    if certificate is not None:
        identity = _identity(certificate, key, password_file)
        context = context or given_context(
            *(
                given_contexts(settings.variables).get(name)
                for name in ("nip", "internal_id", "nip_vat_ue", "peppol_id")
            )
        )
    environment = settings.environment()
    results: list[Coded] = [
        coded(path, environment, ksef_number=ksef_number, identity=identity, context=context)
        for path in paths
    ]
    if to is not None:
        formats = ("png", "svg") if format == "both" else (format,)
        with settings.output.progress("drawing") as progress:
            progress.update(total=len(results))
            results = save(
                results, to, formats, overwrite=overwrite, on_file=lambda: progress.advance()
            )
    show(results, environment, settings.output)


def verify(
    link: str,
    /,
    *,
    certificate: Path,
    invoice: Path | None = None,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> int:
    """Verify the link of a KOD II against the certificate that should have signed it.

    Exit code 6 when it does not hold. Not looked at is what only KSeF knows: whether it issued and
    revoked the certificate, and what its holder may do. No request is made. With --env, the link
    must lead to the site of that KSeF.

    Parameters
    ----------
    link
        What the code says.
    certificate
        The Offline certificate, PEM or DER.
    invoice
        File of the invoice that the link must be of.
    """
    from ksef_facade.cli.exit_codes import ExitCode
    from ksef_facade.cli.results.qr import facts_of, show_check
    from ksef_facade.qr.link_checks import check_certificate_link

    result = check_certificate_link(
        link,
        certificate,
        invoice=None if invoice is None else facts_of(invoice),
        environment=None if settings.env is None else settings.environment(),
    )
    show_check(result, settings.output)
    return ExitCode.DONE if result.is_valid else ExitCode.INTEGRITY


def _identity(certificate: Path, key: Path | None, password_file: Path | None) -> SigningIdentity:
    from ksef_facade.cli.logins.secret_places import ask, read_secret
    from ksef_facade.crypto.identities import PasswordNeeded, SigningIdentity
    from ksef_facade.qr.offline_certificates import refuse_unfit

    password = None if password_file is None else read_secret(password_file)
    try:
        identity = SigningIdentity.from_files(certificate, key, password)
    except PasswordNeeded:
        password = ask("Password of the key")
        identity = SigningIdentity.from_files(certificate, key, password)
    # Not later: of an error that comes with an invoice, the invoice is named.
    refuse_unfit(identity.certificate_der)
    return identity
