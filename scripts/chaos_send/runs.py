"""Runs one after the other: invoices, mischief, attempts until all is delivered, and the verdict."""

from __future__ import annotations

import multiprocessing
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Literal

from attrs import define, field, frozen

from ksef_facade.invoices.facts import hash_of
from ksef_facade.samples.invoices import demo_invoices, seller
from ksef_facade.simulator import Latencies, Simulator
from scripts.chaos_send import child
from scripts.chaos_send.executioner import Executioner
from scripts.chaos_send.mischief import Mischief
from scripts.chaos_send.verdict import Verdict, judge

_WARM = "scripts.chaos_send.warm"
_MOST_ATTEMPTS = 20
_CALM_AFTER = 12
"""Attempts after which what is left of the mischief is called off."""
_FAST = Latencies(
    authentication=0.0,
    key_check=0.0,
    invoice_started=0.0,
    invoice_done=0.002,
    invoice_upo=0.0,
    permanent_storage=0.0,
    session_done=0.002,
    session_upo=0.0,
)


@frozen(kw_only=True)
class Run:
    """What happened in one run."""

    seed: int
    mode: Literal["online", "batch"]
    invoices: int
    attempts: int
    kills: Counter[str]
    faults: Counter[str]
    verdict: Verdict
    problem: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether it ended as it must."""
        return self.verdict.is_clean and not self.problem


@define
class Arena:
    """The simulator of a series of runs, and the server that their processes are forked from."""

    simulator: Simulator
    executioner: Executioner
    scratch: Path
    processes: Any
    """The context of `multiprocessing` that makes them."""
    _used: int = field(default=0)

    def run(self, seed: int) -> Run:
        """One run: the same seed brings the same invoices, faults and deaths."""
        random = Random(seed)
        mode: Literal["online", "batch"] = random.choice(("online", "batch"))
        self._used += 1
        folder = self.scratch / f"{seed}-{self._used}"
        invoices = folder / "invoices"
        invoices.mkdir(parents=True)
        nip, hashes = _write_invoices(invoices, random)
        self.simulator.faults.clear()
        self.simulator.outcomes.clear()
        self.simulator.requests.clear()
        mischief = Mischief.plan(self.simulator, mode, random)
        kills: Counter[str] = Counter()
        token = self.simulator.issue_token(nip)
        problem, attempts = "not finished", 0
        for attempts in range(1, _MOST_ATTEMPTS + 1):
            if attempts > _CALM_AFTER:
                self.simulator.faults.clear()
            code = self._attempt(folder, token, mode, mischief, attempts, random, kills)
            if code == child.DONE:
                problem = ""
                break
            if code not in (child.NOT_YET, child.BROKE_OFF, -signal.SIGKILL):
                problem = f"an attempt ended with exit code {code}"
                break
        verdict = judge(self.simulator, nip, hashes, folder / "journal.sqlite3")
        if not problem and self.simulator.contract_violations:
            problem = self.simulator.contract_violations[0]
        shutil.rmtree(folder, ignore_errors=True)
        return Run(
            seed=seed,
            mode=mode,
            invoices=len(hashes),
            attempts=attempts,
            kills=kills,
            faults=mischief.happened(),
            verdict=verdict,
            problem=problem,
        )

    def _attempt(
        self,
        folder: Path,
        token: str,
        mode: Literal["online", "batch"],
        mischief: Mischief,
        number: int,
        random: Random,
        kills: Counter[str],
    ) -> int:
        death = mischief.deaths[number - 1] if number <= len(mischief.deaths) else None
        own = death if death is not None and not death.at_request else None
        what = child.Attempt(
            base_url=self.simulator.base_url,
            token=token,
            folder=folder / "invoices",
            journal=folder / "journal.sqlite3",
            mode=mode,
            on_event_loop=random.random() < 0.5,
            die_at=own.at if own else None,
            die_after_commit=own is not None and own.kill == "after a commit",
        )
        process = self.processes.Process(target=child.run, args=(what,))
        self.executioner.arm(process, death if own is None else None)
        process.start()
        process.join()
        code = process.exitcode if process.exitcode is not None else 1
        if code == -signal.SIGKILL and death is not None:
            kills[death.kill] += 1
        return code


def chaos(runs: int, first_seed: int) -> Iterator[Run]:
    """Make so many runs, with seeds counted from the first."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    processes = multiprocessing.get_context(method)
    processes.set_forkserver_preload([child.__name__, _WARM])
    scratch = Path(tempfile.mkdtemp(prefix="ksef-chaos-"))
    try:
        with Simulator(latencies=_FAST, sign_upo=False) as simulator:
            arena = Arena(simulator, Executioner(simulator), scratch, processes)
            for seed in range(first_seed, first_seed + runs):
                yield arena.run(seed)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _write_invoices(folder: Path, random: Random) -> tuple[str, frozenset[str]]:
    """Two to five good invoices of a made-up shop."""
    now = datetime.now(UTC)
    shop = seller(random)
    hashes: set[str] = set()
    for invoice in demo_invoices(shop, now.date(), random)[: random.randint(2, 5)]:
        content = invoice.document(now)
        (folder / f"{len(hashes)}.xml").write_bytes(content)
        hashes.add(hash_of(content))
    return shop.tax_number, frozenset(hashes)
