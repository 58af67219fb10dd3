"""`ksef upo render`: receipts for people, as PDF or HTML. No request is made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from ksef_facade.cli.arguments import BadArgument, Flag
from ksef_facade.cli.settings import Settings

_SUFFIXES = {".htm": "html", ".html": "html", ".pdf": "pdf"}


def render(
    *files: Path,
    to: Path | None = None,
    format: Literal["pdf", "html"] | None = None,
    language: Literal["pl", "en", "both"] = "pl",
    pdfa: Flag = False,
    overwrite: Flag = False,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> None:
    """Set receipts (UPO) as a document to read, print and file. No request is made.

    Every element of the XML is in it; a PDF holds the XML itself as an attachment. The same files
    give the same bytes. The evidence remains the XML.

    Parameters
    ----------
    files
        UPO of any version, of invoices or of sessions, as they were saved; several become one
        document, in this order.
    to
        File or folder for the document; else beside the first file, under its name.
    format
        What to make; else by the name in --to, else pdf, which needs the extra pdf.
    language
        Of the words around: Polish, English, or both.
    pdfa
        Make the PDF a PDF/A-3, for archives.
    overwrite
        Replace the file if it holds something else.
    """
    from ksef_facade.store.files import AtomicFile

    output = settings.output
    if not files:
        raise BadArgument("name at least one file with a UPO")
    wanted = format or _SUFFIXES.get(to.suffix.lower() if to else "", "pdf")
    if pdfa and wanted != "pdf":
        raise BadArgument("--pdfa makes a PDF; it does not go with --format html")
    target = rendered_target(to, f"{files[0].stem}.{wanted}", files[0].parent)
    with output.progress("setting the document"):
        content = rendered(list(files), wanted, language, pdfa=pdfa)
    with AtomicFile(target, overwrite=overwrite) as file:
        file.write(content)
        saved = file.commit()
    output.document(
        {
            "path": str(target),
            "format": wanted,
            "documents": len(files),
            "size": saved.size,
            "sha256": saved.sha256,
        }
    )
    output.line(f"{target}: {saved.size:,} bytes")


def rendered(
    sources: list[Path] | list[bytes],
    wanted: str,
    language: Literal["pl", "en", "both"],
    *,
    pdfa: bool = False,
) -> bytes:
    """The bytes of the PDF or the HTML page."""
    from ksef_facade.upo.render import render_html, render_pdf

    if wanted == "html":
        return render_html(sources, language=language).encode()
    return render_pdf(sources, language=language, pdfa=pdfa)


def rendered_target(to: Path | None, name: str, folder: Path) -> Path:
    """Where a document goes: the file that is named, or its own name in a folder.

    Raises:
        BadArgument: the folder is not there.
    """
    if to is None:
        return folder / name
    if to.is_dir():
        return to / name
    if not to.parent.is_dir():
        raise BadArgument(f"the folder {to.parent} does not exist")
    return to
