"""`ksef upo verify`: receipts as evidence. No request is made unless `--ask` says so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from ksef_facade.cli.arguments import Flag
from ksef_facade.cli.settings import Settings


def verify(
    *files: Path,
    session: str | None = None,
    ask: Flag = False,
    sent: Path | None = None,
    nip: str | None = None,
    pin: list[str] | None = None,
    ca: Path | None = None,
    schema: Path | None = None,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> int:
    """Check receipts: bytes, pages, numbers, what was sent, and the Ministry's signature.

    Exit code 6 when a check fails; what only warns leaves it at 0. Pages of one session belong
    together: name all of them, or their folder. With --env, they must be from that KSeF.

    Parameters
    ----------
    files
        Receipts (UPO), or folders: of these, every file that ends in .xml.
    session
        Reference of the session (SO or SB) that they must be of.
    ask
        Ask KSeF what that session lists, to compare; wants a login.
    sent
        Folder with the invoices that were sent, to find each of them in the receipts.
    nip
        NIP that they must be for.
    pin
        SHA-256 fingerprint of a certificate to trust; may be repeated. Without it, those of the
        file upo-pins.json among your user's data, if there are any.
    ca
        PEM file with certificates of authorities to trust.
    schema
        The XSD of the UPO, in place of an installed one.
    """
    from ksef_facade.cli.arguments import BadArgument, session_reference
    from ksef_facade.cli.exit_codes import ExitCode
    from ksef_facade.cli.results.verification import Expectations, show, verified
    from ksef_facade.cli.steps.checking import invoice_files
    from ksef_facade.identifiers import Nip
    from ksef_facade.logins.contexts import Context
    from ksef_facade.upo.signature.trust import Pins

    output = settings.output
    if not files:
        raise BadArgument("name at least one receipt or folder")
    if ask and session is None:
        raise BadArgument("--ask wants to know of which session: give --session too")
    if sent is not None and not sent.is_dir():
        raise BadArgument(f"{sent} is not a folder")
    reference = session_reference(session, output) if session is not None else None
    paths = list(invoice_files(files))
    expected = Expectations(
        session_reference=str(reference) if reference else None,
        context=Context("Nip", str(Nip.parse(nip))) if nip else None,
        environment=settings.env,
        pins=Pins.of(pin) if pin else Pins.load(),
        ca=ca,
        schema=schema,
        sent=tuple(invoice_files([sent])) if sent is not None else None,
    )
    if ask:
        assert reference is not None
        with settings.client() as ksef, output.progress("asking for the session"):
            handle = ksef.session(reference)
            expected = expected.knowing(handle.status(), tuple(handle.invoices()))
    with output.progress("verifying") as progress:
        progress.update(total=len(paths))
        result = verified(paths, expected, on_file=lambda: progress.advance())
    show(result, output)
    return ExitCode.INTEGRITY if result.outcome == "failed" else ExitCode.DONE
