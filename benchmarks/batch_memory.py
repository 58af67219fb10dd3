"""What `ksef send` needs to send 10,000 invoices, 1 GB in all, as one batch.

The invoices are files of about 100 kB whose text hardly compresses, so that the package has hundreds
of megabytes and many parts. The command runs as a process of its own. The simulator decrypts, unpacks
and checks all of them; the run counts only when every file ends with a KSeF number of its own, and the
simulator has the same number for the hash of that file.
"""

from __future__ import annotations

import csv
import hashlib
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from attrs import evolve

from benchmarks.figures import Figure
from benchmarks.peak_memory import peak_megabytes
from ksef_facade.samples.invoices import demo_invoices, seller
from ksef_facade.simulator import Simulator

_COUNT = 10_000
_SIZE = 107_000
_LIMIT_MB = 120
_LIMIT_SECONDS = 300
# Two at a time are the least that is parallel.
_PARALLEL = 2
_LONGEST_NAME = 500
"""Characters of a line's name; the schema allows 512."""
_MARK = "FILLING"


def measure() -> Iterator[Figure]:
    """Peak resident memory of the command, how long the whole way takes, and parts at a time."""
    random = Random(1)
    firm = seller(random)
    with tempfile.TemporaryDirectory() as folder:
        source, results = Path(folder, "invoices"), Path(folder, "results.csv")
        source.mkdir()
        hashes: dict[str, str] = {}
        total = 0
        for number, content in enumerate(_invoices(random)):
            path = source / f"{number:05d}.xml"
            total += path.write_bytes(content)
            hashes[path.name] = b64encode(hashlib.sha256(content).digest()).decode()
        with Simulator() as simulator:
            at_once = _count_uploads(simulator)
            environment = {
                "KSEF_TOKEN": simulator.issue_token(firm.tax_number),
                "KSEF_BASE_URL": simulator.base_url,
                "KSEF_JOURNALS": str(Path(folder, "journals")),
                "TMPDIR": folder,
            }
            command = [str(Path(sys.executable).with_name("ksef")), "send", str(source)]
            begun = time.perf_counter()
            peak, _ = peak_megabytes([*command, "--csv", str(results)], environment)
            seconds = time.perf_counter() - begun
            accepted = {one.hash: one.ksef_number for one in simulator.accepted_invoices()}
        _check(results, hashes, accepted)
    size = f"{_COUNT:,} invoices, {total / 1e9:.2f} GB in {len(at_once)} parts"
    yield Figure(f"ksef send, {size}, peak memory", peak, "MB", _LIMIT_MB)
    yield Figure("the same, from files to KSeF numbers", seconds, "s", _LIMIT_SECONDS)
    yield Figure("the same, parts uploaded at a time", max(at_once), "", _PARALLEL, at_least=True)


def _count_uploads(simulator: Simulator) -> list[int]:
    """Gets a figure for each part that arrives: how many were on their way when it began."""
    core: Any = simulator.core
    inner = core.open_upload
    figures: list[int] = []
    under_way = 0

    def ended(act: Any) -> Any:
        def counted(*given: Any) -> Any:
            nonlocal under_way
            under_way -= 1
            return act(*given)

        return counted

    def counting(request: Any) -> Any:
        nonlocal under_way
        upload = inner(request)
        under_way += 1
        figures.append(under_way)
        upload._answer = ended(upload._answer)
        upload._note_break = ended(upload._note_break)
        return upload

    core.open_upload = counting
    return figures


def _check(results: Path, hashes: dict[str, str], accepted: dict[str, str]) -> None:
    """Hold the command's results against the files, and against what the simulator has."""
    with open(results, encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["outcome"] for row in rows} == {"accepted"}
    told = {Path(row["file"]).name: row["ksef_number"] for row in rows}
    assert len(rows) == len(told) == len({*told.values()}) == _COUNT
    assert len(accepted) == _COUNT
    assert all(accepted[hashes[name]] == number for name, number in told.items())


def _invoices(random: Random) -> Iterator[bytes]:
    now = datetime.now(UTC)
    first = demo_invoices(seller(Random(1)), now.date(), random)[0]
    line = evolve(first.lines[0], name=_MARK)
    lines = _SIZE // (_LONGEST_NAME + 260)
    template = evolve(first, number=_MARK + "NUMBER", lines=(line,) * lines).document(now)
    head, *rest = template.split(_MARK.encode())
    for number in range(_COUNT):
        filling = b64encode(random.randbytes(_LONGEST_NAME * lines * 3 // 4 + 3))
        pieces = [head, rest[0].replace(b"NUMBER", b"FV/%d" % number)]
        for index, piece in enumerate(rest[1:]):
            pieces += [filling[index * _LONGEST_NAME : (index + 1) * _LONGEST_NAME], piece]
        yield b"".join(pieces)
