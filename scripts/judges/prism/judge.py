"""Prism between the facade and the simulator, and Prism in the simulator's place."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from ksef_facade.contract.relied_on import RELIANCE
from ksef_facade.simulator.settings import Settings
from scripts.judges.accused import simulator, violations
from scripts.judges.operations import CONTRACT
from scripts.judges.prism.flows import (
    BATCH,
    CHALLENGE,
    INVOICE,
    LOGIN,
    SESSION,
    against_mock,
    against_simulator,
)
from scripts.judges.prism.mocking import contract_for_mocking
from scripts.judges.prism.program import prism
from scripts.judges.prism.relay import Exchange, Relay, serving
from scripts.judges.verdicts import Verdict

PROXY, CONTRACT_TESTS, MOCK = "prism-proxy", "prism-contract", "prism-mock"
VERSION = "Prism 5.14.2"
#: Of what the mock makes up; the same answers every time.
SEED = "2026"


def judge_flows(node: Path) -> Verdict:
    """Every flow of the facade through the validating proxy."""
    with (
        tempfile.TemporaryDirectory() as name,
        simulator() as accused,
        prism(node, Path(name), CONTRACT, "proxy", accused.base_url) as address,
        serving(Relay(address, accused.origin)) as relay,
    ):
        accused.settings.public_url = relay.origin
        flows = against_simulator(f"{relay.origin}/v2", accused, Path(name))
        failures = [*flows.failures, *_complaints(relay.exchanges), *violations(accused)]
        summary = (
            f"{VERSION} as proxy: {flows.done} flows of the facade, "
            f"{len(_operations(relay.exchanges))} operations, "
            f"{len(_complaints(relay.exchanges))} violations"
        )
        return Verdict(PROXY, len(relay.exchanges), summary, failures)


def judge_contract_tests(node: Path) -> Verdict:
    """The project's whole contract suite, `make contract`, through the validating proxy.

    The suite also asks what must be refused. A request that Prism refuses is therefore tried at the
    simulator: refused there too, it was meant to be bad; answered there, it is a violation.
    """
    with (
        tempfile.TemporaryDirectory() as name,
        simulator(access_token_lifetime=Settings().access_token_lifetime) as accused,
        prism(node, Path(name), CONTRACT, "proxy", accused.base_url) as address,
        serving(Relay(address, accused.origin)) as relay,
    ):
        accused.settings.public_url = relay.origin
        command = [sys.executable, "-m", "scripts.contract_tests", f"{relay.origin}/v2"]
        done = subprocess.run(
            [*command, "--report", name, "--quiet", "--within-contract"],
            cwd=CONTRACT.parents[1],
            capture_output=True,
            text=True,
            check=False,
        )
        broken = violations(accused)
    bad = sum(exchange.refused for exchange in relay.exchanges)
    complaints = _complaints(entry for entry in relay.exchanges if not entry.refused)
    told = (done.stdout.strip() or done.stderr.strip()).splitlines() or ["nothing was said"]
    failures = [*complaints, *broken]
    if done.returncode:
        failures.append("\n".join(["the contract suite did not pass", *told[-20:]]))
    summary = (
        f"{VERSION} as proxy: {len(_operations(relay.exchanges))} operations, "
        f"{len(complaints)} violations, {bad} requests meant to be bad; {told[-1]}"
    )
    return Verdict(CONTRACT_TESTS, len(relay.exchanges), summary, failures)


def judge_mock(node: Path) -> Verdict:
    """Every operation of the facade against answers that are made from the contract alone."""
    with tempfile.TemporaryDirectory() as name, simulator() as lender:
        # What the mock makes up is no certificate, and without one nothing can be encrypted.
        keys = httpx.get(f"{lender.base_url}/security/public-key-certificates").json()
        contract = Path(name) / "contract.json"
        contract.write_text(json.dumps(contract_for_mocking()), "utf-8")
        with (
            prism(node, Path(name), contract, "mock", "--dynamic", "--seed", SEED) as address,
            serving(Relay(address)) as relay,
        ):
            relay.sense = _sense(keys, relay)
            # A token that is refused has to be renewed.
            relay.wanted = {("GET", "/sessions/{}"): [401]}
            flows = against_mock(f"{relay.origin}/v2", Path(name))
        asked = _operations(relay.exchanges)
        missing = sorted(" ".join(key) for key in set(RELIANCE) - asked)
        failures = [*flows.failures, *_complaints(relay.exchanges)]
        if missing:
            failures.append(f"never asked: {', '.join(missing)}")
        summary = (
            f"{VERSION} as mock: {len(asked & set(RELIANCE))} of {len(RELIANCE)} operations of the "
            f"facade, {flows.values} calls with a value, {flows.errors} with an error of its own"
        )
        return Verdict(MOCK, len(relay.exchanges), summary, failures)


def _sense(keys: Any, relay: Relay) -> dict[tuple[str, str], Callable[[Any], Any]]:
    """What is put into made-up answers, so that the calls after them are made at all."""

    def opened(document: Any) -> Any:
        part = {"ordinalNumber": 1, "method": "PUT", "url": f"{relay.origin}/part", "headers": {}}
        return {**document, "referenceNumber": BATCH, "partUploadRequests": [part]}

    now = datetime.now(UTC)

    moment = {"timestamp": now.isoformat(), "timestampMs": int(now.timestamp() * 1000)}
    return {
        ("GET", "/security/public-key-certificates"): lambda _: keys,
        ("POST", "/auth/challenge"): _with(challenge=CHALLENGE, **moment),
        ("POST", "/auth/ksef-token"): _with(referenceNumber=LOGIN),
        ("POST", "/auth/xades-signature"): _with(referenceNumber=LOGIN),
        ("GET", "/auth/{}"): _with(status={"code": 200, "description": ""}),
        ("GET", "/sessions/{}"): _with(status={"code": 100, "description": ""}),
        ("POST", "/sessions/online"): _with(referenceNumber=SESSION),
        ("POST", "/sessions/online/{}/invoices"): _with(referenceNumber=INVOICE),
        ("POST", "/sessions/batch"): opened,
    }


def _with(**members: Any) -> Callable[[Any], Any]:
    return lambda document: {**document, **members}


def _operations(exchanges: Iterable[Exchange]) -> set[tuple[str, str]]:
    return {exchange.key for exchange in exchanges if exchange.key is not None}


def _complaints(exchanges: Iterable[Exchange]) -> list[str]:
    return [exchange.sentence for exchange in exchanges if exchange.complaint is not None]
