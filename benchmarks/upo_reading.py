"""What it costs to read, verify and reconcile a page of 10,000 invoices, signed.

Reading is held against an lxml iterparse that does nothing with the same file. Both are timed by the
processor's clock, in turns, and the fastest of each counts, because others use the machine too.
"""

from __future__ import annotations

import base64
import hashlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from benchmarks.figures import Figure
from benchmarks.peak_memory import peak_megabytes
from ksef_facade.models.sessions import InvoiceStatus, StatusInfo
from ksef_facade.simulator import Simulator
from ksef_facade.upo import UpoEntry, read_upo, reconcile, verify_upo

_NIP = "5265877635"
_COUNT = 10_000
_TURNS = 15
_RATIO = 3.0
# Beyond the same process with a page of 100 invoices: nothing of the page may stay.
_GROWTH_MB = 4
# The tree of the document and a copy of it, while its signature is verified.
_VERIFYING_MB = 150
_VERIFYING_SECONDS = 5.0
_RECONCILING_SECONDS = 1.0

_READ = (
    "import sys\nfrom pathlib import Path\nfrom ksef_facade.upo import read_upo\n"
    "print(sum(1 for _ in read_upo(Path(sys.argv[1])).documents()))\n"
)
_VERIFY = (
    "import sys\nfrom pathlib import Path\nfrom ksef_facade.upo import verify_upo\n"
    "assert not verify_upo(Path(sys.argv[1]), pins=[sys.argv[2]]).failed\n"
)


def measure() -> Iterator[Figure]:
    """The ratio to the floor, memory that reading needs, and the costs of the other two."""
    with tempfile.TemporaryDirectory() as folder, Simulator() as simulator:
        small, page = Path(folder, "small.xml"), Path(folder, "page.xml")
        for path, count in ((small, 100), (page, _COUNT)):
            reference = simulator.seed_session(_NIP, "batch", count, 0, count)
            path.write_bytes(simulator.upo_bytes(reference, 1))
        pin = hashlib.sha256(simulator.upo_certificate).hexdigest()
        reading, floor = _fastest(lambda: _read(page), lambda: _floor(page))
        yield Figure(
            "reading 10,000 invoices, to an idle iterparse", reading / floor, "times", _RATIO
        )
        few, many = (
            peak_megabytes([sys.executable, "-c", _READ, str(path)], {})[0]
            for path in (small, page)
        )
        yield Figure("reading 10,000 invoices, beyond 100", many - few, "MB", _GROWTH_MB)
        [verifying] = _fastest(lambda: _verify(page, pin))
        yield Figure("verifying them, all checks", verifying, "s", _VERIFYING_SECONDS)
        peak, _ = peak_megabytes([sys.executable, "-c", _VERIFY, str(page), pin], {})
        yield Figure("verifying them, the whole process", peak, "MB", _VERIFYING_MB)
        [reconciling] = _fastest(_reconciling(page))
        yield Figure("reconciling them on three sides", reconciling, "s", _RECONCILING_SECONDS)


def _fastest(*actions: Callable[[], object]) -> list[float]:
    best = [float("inf")] * len(actions)
    for _ in range(_TURNS):
        for position, action in enumerate(actions):
            start = time.process_time()
            action()
            best[position] = min(best[position], time.process_time() - start)
    return best


def _floor(page: Path) -> None:
    for _ in etree.iterparse(str(page)):
        pass


def _read(page: Path) -> None:
    document = read_upo(page, on_entry=_forget)
    assert document.document_count == _COUNT, document


def _forget(entry: UpoEntry) -> None:
    """Take an invoice and keep nothing of it."""


def _verify(page: Path, pin: str) -> None:
    report = verify_upo(page, pins=[pin])
    assert not report.failed, report.failed


def _reconciling(page: Path) -> Callable[[], None]:
    entries = list(read_upo(page).documents())
    sent = [entry.invoice_hash or "" for entry in entries]
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
    # A hash that is none would be taken for a path, and this measures no files.
    assert all(len(base64.b64decode(digest)) == hashlib.sha256().digest_size for digest in sent)

    def reconciling() -> None:
        result = reconcile(sent, listed, entries)
        assert result.agrees
        assert len(result.rows) == _COUNT

    return reconciling
