"""What `ksef qr` makes of each invoice: its codes, their pictures, and how they are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from ksef_facade.cli.arguments import BadArgument
from ksef_facade.errors import KsefError, UnreadableInvoice

if TYPE_CHECKING:
    from ksef_facade.cli.results.documents import Document
    from ksef_facade.cli.terminal.output import Output
    from ksef_facade.crypto.identities import SigningIdentity
    from ksef_facade.environments import Environment
    from ksef_facade.invoices.facts import InvoiceFacts
    from ksef_facade.logins.contexts import Context
    from ksef_facade.qr.coded_invoices import CodedInvoice
    from ksef_facade.qr.codes import QrCode
    from ksef_facade.qr.link_checks import CertificateLinkCheck

# What the rules call the two codes, and what their files are called for it.
_NAMES = {"invoice": ("KOD I", "kod-i"), "certificate": ("KOD II", "kod-ii")}


@frozen
class Coded:
    """One invoice with its codes, and the pictures of each in the same order."""

    path: Path
    invoice: CodedInvoice
    codes: tuple[QrCode, ...]
    pictures: tuple[tuple[Path, ...], ...] = ()


def facts_of(path: Path) -> InvoiceFacts:
    """What an invoice says of itself.

    Raises:
        BadArgument: the file is larger than any invoice that KSeF takes.
        UnreadableInvoice: it has no facts to read.
        OSError: it cannot be read.
    """
    from ksef_facade.invoices.content_rules import InvoiceLimits
    from ksef_facade.invoices.reading import read_invoice

    largest = InvoiceLimits().largest
    with path.open("rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise BadArgument(f"{path} is larger than any invoice that KSeF takes")
    try:
        return read_invoice(content, path.name)
    except UnreadableInvoice as error:
        error.add_note(f"that is {path}")
        raise


def coded(
    path: Path,
    environment: Environment,
    *,
    ksef_number: str | None,
    identity: SigningIdentity | None,
    context: Context | None,
) -> Coded:
    """An invoice with its codes.

    Raises:
        KsefError: as `verification_codes`; a note names the file.
        OSError: the file cannot be read.
    """
    from ksef_facade.qr.coded_invoices import CodedInvoice
    from ksef_facade.qr.codes import verification_codes

    facts = facts_of(path)
    try:
        invoice = CodedInvoice.of(facts)
        codes = verification_codes(
            invoice, environment, ksef_number=ksef_number, identity=identity, context=context
        )
    except KsefError as error:
        error.add_note(f"that is {path}")
        raise
    return Coded(path, invoice, codes)


def save(
    results: Sequence[Coded],
    folder: Path,
    formats: Sequence[str],
    *,
    overwrite: bool,
    on_file: Callable[[], object],
) -> list[Coded]:
    """The same with pictures in a folder, named after the invoices' files.

    Raises:
        BadArgument: two invoices of one name, or the folder cannot be made.
        FileConflict: a picture with other content is there.
        ExtraNeeded: the extra `pdf` is not installed.
        OSError: a file cannot be written.
    """
    from ksef_facade.store.files import safe_name, write_atomically

    names = Counter(result.path.stem for result in results)
    twice = next((name for name, count in names.items() if count > 1), None)
    if twice is not None:
        raise BadArgument(
            f"two invoices are named {twice}; their pictures want folders of their own"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise BadArgument(f"{folder} is a file; a folder is wanted") from None
    found = []
    for result in results:
        pictures = []
        for code in result.codes:
            paths = []
            for wanted in formats:
                name = safe_name(f"{result.path.stem}-{_NAMES[code.kind][1]}", f".{wanted}")
                content = code.svg() if wanted == "svg" else code.png()
                paths.append(write_atomically(folder / name, content, overwrite=overwrite).path)
            pictures.append(tuple(paths))
        found.append(evolve(result, pictures=tuple(pictures)))
        on_file()
    return found


def show(results: Sequence[Coded], environment: Environment, output: Output) -> None:
    """Links, labels and pictures of every invoice."""
    output.document(
        {
            "environment": environment.name,
            "invoices": [_document(result) for result in results],
        }
    )
    for position, result in enumerate(results):
        if position:
            output.line()
        output.line(f"{result.path} (KSeF {environment.name})", style="bold")
        facts: dict[str, str | None] = {}
        for code, pictures in _with_pictures(result):
            name = _NAMES[code.kind][0]
            facts[name] = code.link
            facts[f"{name} label"] = code.label
            facts[f"{name} saved"] = ", ".join(map(str, pictures)) or None
        output.facts(facts)


def show_check(check: CertificateLinkCheck, output: Output) -> None:
    """Whether a link holds, and what it says."""
    link = check.link
    output.document(
        {
            "valid": check.is_valid,
            "reason": check.reason,
            "site": link.site if link else None,
            "context": {"type": link.context.type, "value": link.context.value} if link else None,
            "seller_nip": link.seller_nip if link else None,
            "certificate_serial": link.certificate_serial if link else None,
            "invoice_hash": link.invoice_hash if link else None,
        }
    )
    output.line("valid" if check.is_valid else "not valid", "green" if check.is_valid else "red")
    output.facts(
        {
            "because": check.reason,
            "site": link.site if link else None,
            "context": str(link.context) if link else None,
            "seller": link.seller_nip if link else None,
            "certificate": link.certificate_serial if link else None,
            "invoice hash": link.invoice_hash if link else None,
        }
    )


def _document(result: Coded) -> Document:
    return {
        "file": str(result.path),
        "seller_nip": result.invoice.seller_nip,
        "issue_date": result.invoice.issue_date.isoformat(),
        "invoice_hash": result.invoice.invoice_hash,
        "codes": [
            {
                "kind": code.kind,
                "label": code.label,
                "link": code.link,
                "files": [str(path) for path in pictures],
            }
            for code, pictures in _with_pictures(result)
        ],
    }


def _with_pictures(result: Coded) -> list[tuple[QrCode, tuple[Path, ...]]]:
    pictures = result.pictures or ((),) * len(result.codes)
    return list(zip(result.codes, pictures, strict=True))
