"""What a PDF of 10,000 invoices costs, beside fpdf2 drawing as many plain cells.

All run as processes of their own, from reading the UPO to the bytes of the PDF. The plain one has a
cell for each value of each invoice, in the same typeface, on sheets of the same size, and nothing else.
The third verifies the signed UPO with all checks, holds it against what was sent and what the session
lists, and then makes the PDF.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure
from benchmarks.peak_memory import peak_megabytes
from ksef_facade.simulator import Simulator

_NIP = "5265877635"
_DOCUMENTS = 10_000
_TIMES = 2
_LIMIT_MB = 150
# The better of so many runs: other work on the machine only ever adds.
_RUNS = 3
_LINE = 7.0
_WIDTHS = (12, 56, 62, 40, 20, 20, 26, 26, 12)


def measure() -> Iterator[Figure]:
    """How many times as long as plain cells, and the most memory that a process needs."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "upo.xml"
        with Simulator() as simulator:
            reference = simulator.seed_session(_NIP, "batch", _DOCUMENTS, 0, _DOCUMENTS)
            _fetch(simulator, reference, source)
            pin = hashlib.sha256(simulator.upo_certificate).hexdigest()
        plain = [_run("plain", source, pin) for _ in range(_RUNS)]
        floor = min(seconds for seconds, _ in plain)
        for how, what in (("rendered", "PDF of"), ("proven", "checks, reconciliation and PDF of")):
            drawn = [_run(how, source, pin) for _ in range(_RUNS)]
            fastest = min(seconds for seconds, _ in drawn)
            name = f"{what} {_DOCUMENTS:,} invoices"
            yield Figure(f"{name} ({fastest:.1f} s), to plain cells", fastest / floor, "x", _TIMES)
            yield Figure(f"{name}, memory", max(peak for _, peak in drawn), "MB", _LIMIT_MB)


def _fetch(simulator: Simulator, reference: str, target: Path) -> None:
    from ksef_facade import Ksef, TokenAuth

    auth = TokenAuth(simulator.issue_token(_NIP), nip=_NIP)
    with Ksef("simulator", auth=auth, base_url=simulator.base_url) as ksef:
        (page,) = ksef.session(reference).upo.pages()
    target.write_bytes(page.content)


def _run(how: str, source: Path, pin: str) -> tuple[float, float]:
    """Seconds of the processor for the work itself, and the peak of its process in MB."""
    command = [sys.executable, "-m", "benchmarks.upo_rendering", how, str(source), pin]
    peak, printed = peak_megabytes(command, {})
    return json.loads(printed.splitlines()[-1])["seconds"], peak


def _rendered(source: Path, pin: str) -> bytes:
    from ksef_facade.upo.render import render_pdf

    return render_pdf(source)


def _proven(source: Path, pin: str) -> bytes:
    from ksef_facade.upo import verify_upo

    report = verify_upo(source, pins=[pin])
    assert not report.failed, report.failed
    _reconcile(source)
    return _rendered(source, pin)


def _reconcile(source: Path) -> None:
    from ksef_facade.models.sessions import InvoiceStatus, StatusInfo
    from ksef_facade.upo import read_upo, reconcile

    entries = list(read_upo(source).documents())
    listed = [
        InvoiceStatus(
            reference_number=str(position),
            status=StatusInfo(code=200),
            invoice_number=entry.invoice_number,
            ksef_number=entry.ksef_number,
            invoice_hash=entry.invoice_hash,
            invoicing_mode=entry.mode,
        )
        for position, entry in enumerate(entries)
    ]
    result = reconcile([entry.invoice_hash or "" for entry in entries], listed, entries)
    assert result.agrees
    assert len(result.rows) == _DOCUMENTS


def _plain(source: Path, pin: str) -> bytes:
    from importlib.resources import files

    from fpdf import FPDF

    from ksef_facade.upo.documents import read_upo

    pdf = FPDF("landscape")
    fonts = files("ksef_facade.upo.render") / "fonts"
    pdf.add_font("lato", "", Path(str(fonts / "Lato-Regular.ttf")))
    pdf.set_font("lato", size=6)
    pdf.add_page()
    for number, entry in enumerate(read_upo(source).documents(), start=1):
        values = (
            number,
            entry.ksef_number,
            entry.invoice_hash,
            entry.invoice_number,
            entry.seller_nip,
            entry.issue_date,
            entry.sent_at,
            entry.acquired_at,
            entry.mode,
        )
        for width, value in zip(_WIDTHS, values, strict=True):
            pdf.cell(width, _LINE, str(value))
        pdf.ln(_LINE)
    return bytes(pdf.output())


def main(how: str, source: str, pin: str) -> None:
    """Do the work once and print what it took."""
    works = {"rendered": _rendered, "proven": _proven, "plain": _plain}
    started = time.process_time()
    content = works[how](Path(source), pin)
    seconds = time.process_time() - started
    print(json.dumps({"seconds": seconds, "bytes": len(content)}), file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
