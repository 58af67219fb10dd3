"""What a PDF of 10,000 invoices costs, beside fpdf2 drawing as many plain cells.

Both run as processes of their own, from reading the UPO to the bytes of the PDF. The plain one has a
cell for each value of each invoice, in the same typeface, on sheets of the same size, and nothing else.
"""

from __future__ import annotations

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
        drawn = [_run("rendered", source) for _ in range(_RUNS)]
        plain = [_run("plain", source) for _ in range(_RUNS)]
    fastest, floor = min(seconds for seconds, _ in drawn), min(seconds for seconds, _ in plain)
    yield Figure(f"PDF of {_DOCUMENTS:,} invoices ({fastest:.1f} s)", fastest / floor, "x", _TIMES)
    yield Figure("the same, memory", max(peak for _, peak in drawn), "MB", _LIMIT_MB)


def _fetch(simulator: Simulator, reference: str, target: Path) -> None:
    from ksef_facade import Ksef, TokenAuth

    auth = TokenAuth(simulator.issue_token(_NIP), nip=_NIP)
    with Ksef("simulator", auth=auth, base_url=simulator.base_url) as ksef:
        (page,) = ksef.session(reference).upo.pages()
    target.write_bytes(page.content)


def _run(how: str, source: Path) -> tuple[float, float]:
    """Seconds of the processor for the work itself, and the peak of its process in MB."""
    command = [sys.executable, "-m", "benchmarks.upo_rendering", how, str(source)]
    peak, printed = peak_megabytes(command, {})
    return json.loads(printed.splitlines()[-1])["seconds"], peak


def _rendered(source: Path) -> bytes:
    from ksef_facade.upo.render import render_pdf

    return render_pdf(source)


def _plain(source: Path) -> bytes:
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


def main(how: str, source: str) -> None:
    """Do the work once and print what it took."""
    started = time.process_time()
    content = {"rendered": _rendered, "plain": _plain}[how](Path(source))
    seconds = time.process_time() - started
    print(json.dumps({"seconds": seconds, "bytes": len(content)}), file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
