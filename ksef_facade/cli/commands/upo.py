"""`ksef upo ...`: receipts, saved or printed byte for byte as KSeF served them, or as a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from ksef_facade.cli.arguments import Flag
from ksef_facade.cli.settings import Settings


def save(
    ref: str,
    /,
    *,
    to: Path,
    timeout: str = "15m",
    overwrite: Flag = False,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> int:
    """Wait for a session's UPO, save every page, and check that nothing is missing.

    Parameters
    ----------
    ref
        Reference of the session (SO or SB).
    to
        Folder for the files; it is made if need be. Names come from the pages' references.
    timeout
        Longest wait for the UPO, like 90s, 15m or 2h.
    overwrite
        Replace a file of the same name that holds something else.
    """
    from ksef_facade.cli.arguments import duration, session_reference
    from ksef_facade.cli.exit_codes import ExitCode
    from ksef_facade.cli.results.documents import receipt_document
    from ksef_facade.cli.results.tables import show_receipt
    from ksef_facade.cli.steps.receipt_saving import save_receipt

    output = settings.output
    longest = duration(timeout)
    reference = session_reference(ref, output)
    with settings.client() as ksef:
        receipt = save_receipt(ksef.session(reference), to, longest, output, overwrite=overwrite)
    output.document(receipt_document(receipt))
    show_receipt(receipt, output)
    return ExitCode.DONE if receipt.complete else ExitCode.INTEGRITY


def get(
    ref: str,
    /,
    *,
    ksef_number: str | None = None,
    invoice: str | None = None,
    format: Literal["xml", "pdf"] = "xml",
    language: Literal["pl", "en", "both"] = "pl",
    to: Path | None = None,
    overwrite: Flag = False,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> None:
    """Get the UPO of one invoice, on stdout or into a file. One request.

    Parameters
    ----------
    ref
        Reference of the session (SO or SB).
    ksef_number
        KSeF number of the invoice.
    invoice
        Reference of the invoice (EE), in place of its KSeF number.
    format
        The XML byte for byte as KSeF served it, or a PDF made of it with the XML inside.
    language
        Of the words in the PDF: Polish, English, or both.
    to
        File for the UPO, or a folder, where its name is that of the KSeF number and -upo;
        otherwise its bytes go to stdout.
    overwrite
        Replace the file if it holds something else.
    """
    import sys
    from base64 import b64encode

    from ksef_facade.cli.arguments import BadArgument, invoice_reference, session_reference
    from ksef_facade.cli.commands.render import rendered, rendered_target
    from ksef_facade.identifiers import KsefNumber
    from ksef_facade.store.files import AtomicFile

    output = settings.output
    if (ksef_number is None) == (invoice is None):
        raise BadArgument("say which invoice: either --ksef-number or --invoice")
    if to is not None:
        rendered_target(to, "", to)
    elif format == "pdf" and sys.stdout.isatty():
        raise BadArgument("a PDF is nothing for a terminal; say where it shall go with --to")
    reference = session_reference(ref, output)
    number = KsefNumber.parse(ksef_number) if ksef_number is not None else None
    wanted = invoice_reference(invoice, output) if invoice is not None else None
    with settings.client() as ksef, output.progress("asking for the UPO"):
        receipts = ksef.session(reference).upo
        if number is not None:
            upo = receipts.by_ksef_number(number)
        else:
            assert wanted is not None
            upo = receipts.by_invoice(wanted)
    content = upo.content
    if format == "pdf":
        content = rendered([content], "pdf", language)
    if to is not None:
        name = Path(upo.suggested_name).with_suffix(f".{format}")
        to = rendered_target(to, str(name), to)
    document = {
        "session_reference": str(reference),
        "path": str(to) if to else None,
        "format": format,
        # Of the XML, whatever is made of it.
        "size": upo.size,
        "sha256": upo.sha256,
        "hash_verified": upo.hash_verified,
        "source": upo.source,
    }
    if to is not None:
        with AtomicFile(to, overwrite=overwrite) as file:
            file.write(content)
            file.commit()
        output.document(document)
        told = f"{upo.size:,} bytes, SHA-256 {upo.sha256}"
        output.line(f"{to}: {told if format == 'xml' else f'PDF of {told}'}")
    elif output.as_json:
        output.document({**document, "content_base64": b64encode(content).decode()})
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
