"""Runs the flow of a foreign client in its own environment and listens to its steps."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from ksef_facade import self_signed_seal
from ksef_facade.samples.invoices import demo_invoices, seller
from ksef_facade.simulator import Simulator
from scripts.judges.accused import simulator, violations
from scripts.judges.clients.front import NAME, front
from scripts.judges.verdicts import Verdict

_ROOT = Path(__file__).resolve().parents[3]
_PATIENCE = 300


def judge(
    name: str,
    command: Sequence[str | Path],
    version: str,
    host: str | None = NAME,
    folder: Path = _ROOT,
) -> Verdict:
    """The verdict of one client; `command` runs its flow, for which the simulator is at `host`.

    Without one it is at its loopback address: for clients that have no guard against that.
    """
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        accused = stack.enter_context(simulator())
        base_url, entrance = accused.base_url, {}
        if host is not None:
            accused.settings.public_url = f"https://{host}"
            base_url = f"https://{host}/v2"
            entrance = stack.enter_context(front(accused.port, work, host)).variables
        case = work / "case.json"
        case.write_text(json.dumps(_case(accused, base_url)), "utf-8")
        variables = {
            **os.environ,
            **entrance,
            "PYTHONPATH": str(_ROOT),
            "PYTHONUTF8": "1",
            "JUDGE_CASE": str(case),
        }
        done = subprocess.run(
            list(map(str, command)),
            cwd=folder,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )
        requests = sum(accused.requests.counts.values())
        operations = len(accused.requests.counts)
        broken = violations(accused)
    steps = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    failures = [f"{step['step']}: {step['error']}" for step in steps if step["error"]]
    if done.returncode:
        failures.append(f"ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
    if not steps:
        failures.append("did nothing")
    good = sum(step["error"] is None for step in steps)
    summary = f"{version}, unmodified: {good} of {len(steps)} steps done, {operations} operations"
    return Verdict(name, requests, summary, [*failures, *broken])


def _case(accused: Simulator, base_url: str) -> dict[str, object]:
    """What a company brings along: a token, a seal, invoices, the last of which is a bad one."""
    random = Random(accused.port)
    company = seller(random)
    nip, now = company.tax_number, datetime.now(UTC)
    good = [invoice.document(now) for invoice in demo_invoices(company, now.date(), random)[:3]]
    bad = good[0].replace(b"<P_2>", b"<P_0>").replace(b"</P_2>", b"</P_0>")
    certificate, key = self_signed_seal(nip, key="rsa").to_pem()
    return {
        "base_url": base_url,
        "nip": nip,
        "token": accused.issue_token(nip),
        "certificate": certificate.decode(),
        "private_key": key.decode(),
        "invoices": [b64encode(text).decode() for text in [*good, bad]],
    }
