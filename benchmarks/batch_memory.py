"""How much memory a process needs to send 10,000 invoices, 1 GB in all, as one batch.

The invoices are files of about 100 kB whose text hardly compresses, so that the package has hundreds
of megabytes and many parts. The simulator decrypts, unpacks and checks all of them; the run counts
only when every file ends with a KSeF number of its own.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from attrs import evolve

from benchmarks.figures import Figure
from benchmarks.peak_memory import peak_megabytes
from ksef_facade.cli.sample_invoices import demo_invoices, seller
from ksef_facade.simulator import Simulator

_COUNT = 10_000
_SIZE = 107_000
_LIMIT_MB = 120
_LONGEST_NAME = 500
"""Characters of a line's name; the schema allows 512."""
_MARK = "FILLING"
_SEND = """
import json, os, sys
from ksef_facade import Ksef, TokenAuth

told = []
auth = TokenAuth(os.environ["KSEF_TOKEN"])
with Ksef(base_url=os.environ["KSEF_BASE_URL"], auth=auth) as ksef:
    batch = ksef.open_batch_session(sys.argv[1], work_dir=sys.argv[2], on_progress=told.append)
    with batch:
        del told[:-1]
    session = batch.wait(timeout=1800)
    numbers = {}
    for result in batch.results():
        if result.joined_by == "file_name_and_hash" and result.status.ksef_number:
            numbers[result.status.ksef_number] = result.source_name
    print(json.dumps({
        "code": session.status.code, "numbers": len(numbers), "files": len({*numbers.values()}),
        "parts": told[-1].parts_total, "bytes": told[-1].bytes_total,
    }), file=sys.stderr)
"""


def measure() -> Iterator[Figure]:
    """Peak resident memory of the sending process, and how long the whole way takes."""
    random = Random(1)
    firm = seller(random)
    with tempfile.TemporaryDirectory() as folder:
        source, work = Path(folder, "invoices"), Path(folder, "work")
        source.mkdir()
        work.mkdir()
        total = sum(
            (source / f"{number:05d}.xml").write_bytes(content)
            for number, content in enumerate(_invoices(random))
        )
        with Simulator() as simulator:
            environment = {
                "KSEF_TOKEN": simulator.issue_token(firm.tax_number),
                "KSEF_BASE_URL": simulator.base_url,
            }
            begun = time.perf_counter()
            command = [sys.executable, "-c", _SEND, str(source), str(work)]
            peak, printed = peak_megabytes(command, environment)
            seconds = time.perf_counter() - begun
        told = json.loads(printed.splitlines()[-1])
    assert (told["code"], told["numbers"], told["files"]) == (200, _COUNT, _COUNT), told
    what = f"batch of {_COUNT:,} invoices, {total / 1e9:.2f} GB in {told['parts']} parts"
    yield Figure(f"{what}, peak memory of the sender", peak, "MB", _LIMIT_MB)
    yield Figure(f"{what}, from files to KSeF numbers", seconds, "s", 300)


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
