"""One run from the target to the report: reach it, let pytest check the facts, say what came of it."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from ksef_facade import Ksef
from ksef_facade.calls.describing import describe
from ksef_facade.cli.logins.credential_choice import (
    CERTIFICATE_VARIABLE,
    KEY_VARIABLE,
    PASSWORD_VARIABLE,
    SUBJECT_VARIABLE,
    TOKEN_VARIABLE,
    given_contexts,
    with_certificate,
    with_token,
)
from ksef_facade.environments import Environment
from ksef_facade.errors import ConfigurationError, KsefError, ResponseError
from ksef_facade.logins.credentials import Credentials
from scripts.contract_tests.budget import PLAN, overspent
from scripts.contract_tests.checking import ContractRun
from scripts.contract_tests.exit_codes import DONE, INCOMPLETE, REFUTED, UNREACHABLE, USAGE
from scripts.contract_tests.facts_file import read
from scripts.contract_tests.findings import Findings, tidy
from scripts.contract_tests.report import Report, counts, fact_lines, refuted_lines
from scripts.contract_tests.targets import Target
from scripts.layout import ROOT, shown

_PATIENCE: Final = 5.0
"""Seconds in which a target has to answer before it counts as out of reach."""
_PATIENCE_HERE: Final = 0.5
_SUITE: Final = ROOT / "tests" / "contract"
_LOG: Final = "pytest.log"


def run(
    target: Target,
    folder: Path,
    *,
    only: str,
    quiet: bool,
    variables: Mapping[str, str],
    is_within_contract: bool = False,
) -> int:
    """Check the facts against a target, write the report into a folder, return the exit code."""
    try:
        credentials(target, variables)
    except (KsefError, OSError) as problem:
        return _give_up(f"the login cannot be made from the variables: {problem}", USAGE)
    if target.environment is not None:
        reason = unreachable(target.environment)
        if reason:
            return _give_up(
                f"{target.name} cannot be reached: {reason}; nothing was checked", UNREACHABLE
            )
    if target.is_live:
        print("against TEST, with at most so many requests of each limit group:", file=sys.stderr)
        told = ", ".join(f"{group} {most}" for group, most in PLAN.items())
        print(f"  {told}", file=sys.stderr)
    contract_run = ContractRun(target, Findings(read()), dict(variables), is_within_contract)
    started, clock = datetime.now(UTC), time.monotonic()
    outcome = _pytest(contract_run, folder, only)
    for excess in overspent(contract_run.findings.requests):
        contract_run.findings.notice("the suite itself", excess)
    code = _exit_code(contract_run.findings, outcome)
    report = Report(
        target,
        contract_run.findings,
        started,
        time.monotonic() - clock,
        code,
        _verdict(target, contract_run.findings, code),
    )
    _write(report, folder)
    _say(report, folder, quiet)
    return code


def credentials(target: Target, variables: Mapping[str, str]) -> Credentials | None:
    """The login that variables hold, for TEST only; `None` where the suite makes its own identity.

    A server on this machine never gets to see a credential of the user.

    Raises:
        KsefError: what they hold cannot be used.
    """
    if not target.is_live:
        return None
    token = variables.get(TOKEN_VARIABLE, "").strip()
    certificate = variables.get(CERTIFICATE_VARIABLE, "").strip()
    if token and certificate:
        raise ConfigurationError(f"set either {TOKEN_VARIABLE} or {CERTIFICATE_VARIABLE}, not both")
    if token:
        return with_token(token, given_contexts(variables))
    if certificate:
        return with_certificate(
            certificate,
            variables.get(KEY_VARIABLE) or None,
            variables.get(PASSWORD_VARIABLE) or None,
            variables.get(SUBJECT_VARIABLE) or "certificate",
            given_contexts(variables),
        )
    return None


def unreachable(environment: Environment) -> str:
    """Why a target cannot be tested now, in a few words; empty when it answers."""
    patience = _PATIENCE_HERE if environment.is_loopback else _PATIENCE
    with Ksef(environment, timeout=_PATIENCE, retry_deadline=patience) as ksef:
        try:
            ksef._caller.wire.send(describe("POST", "/auth/challenge"))
        except ResponseError as error:
            return f"it answers HTTP {error.status_code} to a request for a challenge"
        except KsefError as error:
            return tidy(str(error))
    return ""


class _Progress:
    """Says on stderr which room of the suite is being checked, where that takes its time."""

    def __init__(self) -> None:
        self._room = ""

    def pytest_runtest_logstart(self, nodeid: str, location: Any) -> None:
        """A check begins."""
        room = nodeid.split("::")[0].rsplit("/", 1)[-1].removesuffix(".py").removeprefix("test_")
        if room != self._room:
            self._room = room
            print(f"-- {room.replace('_', ' ')}", file=sys.__stderr__, flush=True)


def _pytest(contract_run: ContractRun, folder: Path, only: str) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    arguments = [
        str(_SUITE),
        "-s",
        "--rootdir",
        str(ROOT),
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-p",
        "no:logging",
        # Values in messages are what checks say; nothing else of an answer belongs into a log.
        "--assert=plain",
        "--tb=short",
        "-W",
        "ignore::ksef_facade.KsefSystemWarning",
    ]
    if only:
        arguments += ["-k", only]
    with (folder / _LOG).open("w", encoding="utf-8") as log, contextlib.redirect_stdout(log):
        return int(pytest.main(arguments, plugins=[contract_run, _Progress()]))


def _exit_code(findings: Findings, outcome: int) -> int:
    if findings.refuted:
        return REFUTED
    checked = findings.count("confirmed")
    return DONE if outcome == pytest.ExitCode.OK and checked and not findings.broken else INCOMPLETE


def _verdict(target: Target, findings: Findings, code: int) -> str:
    numbers = counts(findings)
    checked = numbers["confirmed"] + numbers["refuted"]
    sentence = (
        f"{checked} of {numbers['facts']} facts checked against {target.name}: "
        f"{numbers['confirmed']} confirmed, {numbers['refuted']} refuted; "
        f"{numbers['answered']} of {numbers['probes']} open questions answered, "
        f"{numbers['new']} new observations"
    )
    if code == INCOMPLETE:
        sentence += f"; incomplete: {numbers['broken']} facts whose checks broke off"
    return f"{sentence} (exit code {code})"


def _write(report: Report, folder: Path) -> None:
    text = json.dumps(report.document(), ensure_ascii=False, indent=2)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    (folder / "report.md").write_text(report.markdown(), encoding="utf-8")


def _say(report: Report, folder: Path, quiet: bool) -> None:
    findings = report.findings
    lines = [] if quiet else fact_lines(findings)
    lines += [f"not checked: {name}: {findings.of(name).reason}" for name in findings.broken]
    lines += refuted_lines(findings)
    lines += [f"new: {operation}: {what}" for operation, what in sorted(findings.new)]
    lines += [f"left behind: {entry}" for entry in findings.mess]
    lines.append(f"report: {shown(folder / 'report.md')} and report.json")
    print("\n".join(lines))
    print(report.verdict, flush=True)


def _give_up(sentence: str, code: int) -> int:
    print(f"error: {sentence} (exit code {code})", file=sys.stderr)
    return code
