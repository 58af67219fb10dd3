"""Runs every check for one contract with one raw client, in a process of its own.

`python -m scripts.replay.worker CONTRACT committed|regenerated`: JSON on the standard output, one
object: counts, what was missing, and what failed.
"""

from __future__ import annotations

import asyncio
import json
import sys
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx

import ksef_api
from ksef_api.operations import API_VERSION
from ksef_facade import AsyncKsef, Ksef, TokenAuth
from ksef_facade.errors import KsefError, KsefSystemWarning, OperationUnavailable
from scripts.document import Document, parse
from scripts.replay import asked
from scripts.replay.errors import check_error, declared_errors
from scripts.replay.features import FEATURES, Feature, Parameter
from scripts.replay.payloads import FORMS, Form
from scripts.replay.published import Published
from scripts.replay.server import Server
from scripts.soundness import drop_unsound
from tests.facade.blocking import Blocking
from tests.facade.scripted import TOKEN, TaskTime, ThreadTime

FLAVOURS = ("sync", "async")


class Findings:
    """What the checks found."""

    def __init__(self) -> None:
        self.passed = 0
        self.missing: dict[str, None] = {}
        self.failures: list[str] = []

    def as_json(self) -> str:
        """The findings for the process that asked."""
        found = {
            "client": API_VERSION,
            "package": str(Path(ksef_api.__file__ or "").parent),
            "passed": self.passed,
            "missing": list(self.missing),
            "failures": self.failures,
        }
        return json.dumps(found)


class Worker:
    """Checks one contract."""

    def __init__(self, document: Document, *, regenerated: bool, older: bool) -> None:
        self._contract = Published(document)
        self._regenerated = regenerated
        self._older = older
        self._bodiless = [key for key in asked.WITH_BODY if not self._contract.takes_body(key)]
        self.findings = Findings()

    def run(self) -> Findings:
        """Every feature and every declared error, in every form, with both clients."""
        with asyncio.Runner() as runner:
            for form in FORMS:
                for flavour in FLAVOURS:
                    for feature in FEATURES:
                        self._feature(feature, form, flavour, runner)
                    self._errors(form, flavour, runner)
        return self.findings

    def _feature(self, feature: Feature, form: Form, flavour: str, runner: Any) -> None:
        where = f"{feature.name} ({form} payloads, {flavour})"
        server = Server(self._contract, form)
        outcome = self._outcome(flavour, server, runner, lambda ksef: feature.check(ksef, server))
        lacking = [key for key in feature.needs if key not in self._contract.operations]
        if lacking == [feature.needs[-1]] and feature.instead and not _is_raw(outcome):
            self._note(f"{feature.name}: no {_listed(lacking)}; {feature.instead}")
            self.findings.passed += 1
        elif lacking:
            self._note(f"{feature.name}: no {_listed(lacking)}")
            self._must_be_unavailable(where, outcome, server, lacking)
        elif outcome is None or _is_rightly_absent(feature, form, outcome):
            self.findings.passed += 1
        elif _is_raw(outcome):
            self._fail(where, outcome)
        elif reason := self._excuse(feature, form, server, outcome):
            self._note(f"{feature.name}: {reason}")
            self.findings.passed += 1
        else:
            self._fail(where, outcome)

    def _must_be_unavailable(
        self, where: str, outcome: BaseException | None, server: Server, lacking: list[asked.Key]
    ) -> None:
        if not self._regenerated:
            right = isinstance(outcome, KsefError)
        else:
            labels = {_shape(f"{method} {shape}") for method, shape in lacking}
            right = (
                isinstance(outcome, OperationUnavailable)
                and _shape(outcome.operation) in labels
                and outcome.api_version == API_VERSION
                and API_VERSION in str(outcome)
            )
        if right or (server.lacking and isinstance(outcome, KsefError)):
            self.findings.passed += 1
        else:
            self._fail(f"{where}, which the contract lacks", outcome)

    def _excuse(
        self, feature: Feature, form: Form, server: Server, outcome: BaseException
    ) -> str | None:
        """Why the contract itself, and not the facade, is the reason for a wrong outcome."""
        for parameter in feature.parameters:
            if problem := self._parameter_missing(parameter):
                return problem
        for key in self._bodiless:
            if key in feature.needs:
                return f"{' '.join(key)} is described without a body"
        for key, path in feature.properties:
            if not self._contract.has(key, path):
                return f"{' '.join(key)} answers without {path}"
        if server.lacking:
            return f"{form} answers: {', '.join(sorted(server.lacking))}"
        if server.refused and self._older:
            return f"asks otherwise, {server.refused[0]}"
        if server.overasked and not self._regenerated:
            return f"asks for more than this server gives, {server.refused[0]}"
        return None

    def _parameter_missing(self, parameter: Parameter) -> str | None:
        known = self._contract.parameters(parameter.key)
        label = f"{' '.join(parameter.key)}"
        if parameter.name not in known:
            return f"{label} has no parameter {parameter.name}"
        place = known[parameter.name].get("in")
        if place not in ("query", "header"):
            return f"{label} does not say where {parameter.name} goes"
        if place != parameter.place and not self._regenerated:
            return f"{label} takes {parameter.name} in the {place}"
        return None

    def _errors(self, form: Form, flavour: str, runner: Any) -> None:
        for key, answer in declared_errors(self._contract):
            if any(needed not in self._contract.operations for needed in asked.LOGIN):
                continue
            where = f"{' '.join(key)} -> {answer.status} {answer.media_type} ({form}, {flavour})"
            server = Server(self._contract, form)
            check = partial(check_error, server=server, key=key, answer=answer)
            outcome = self._outcome(flavour, server, runner, check)
            # An answer before this one that the facade cannot go on from is told by the features.
            stuck = isinstance(outcome, AssertionError) and (
                server.lacking or server.refused or key not in server.asked
            )
            if outcome is None or stuck:
                self.findings.passed += 1
            else:
                self._fail(where, outcome)

    def _outcome(
        self, flavour: str, server: Server, runner: Any, use: Callable[[Any], object]
    ) -> BaseException | None:
        server.time = ThreadTime() if flavour == "sync" else TaskTime()
        options: dict[str, Any] = {
            "auth": TokenAuth(TOKEN),
            "transport": httpx.MockTransport(server),
            "clock": server.time,
            "retry_deadline": 5,
            # Longer than any window of a second, shorter than the server's `Retry-After`.
            "max_rate_limit_wait": 5,
        }
        client: Any = (
            Ksef(**options) if flavour == "sync" else Blocking(AsyncKsef(**options), runner)
        )
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                warnings.simplefilter("ignore", KsefSystemWarning)
                use(client)
        # Whatever comes out is what the check is about.
        except Exception as error:
            return error
        finally:
            client.close()
        return None

    def _note(self, text: str) -> None:
        self.findings.missing.setdefault(text)

    def _fail(self, where: str, outcome: BaseException | None) -> None:
        what = "no error" if outcome is None else f"{type(outcome).__name__}: {outcome}"
        self.findings.failures.append(f"{where}: {' '.join(what.split())[:300]}")


def _is_raw(outcome: BaseException | None) -> bool:
    return outcome is not None and not isinstance(outcome, KsefError | AssertionError)


def _is_rightly_absent(feature: Feature, form: Form, outcome: BaseException) -> bool:
    # Without the optional parts of the answers there is no receipt yet, and that is the answer.
    return feature.optional and form != "full" and isinstance(outcome, KsefError)


def _shape(label: str) -> str:
    method, _, path = label.partition(" ")
    return f"{method} " + "/".join("{}" if part[:1] == "{" else part for part in path.split("/"))


def _listed(keys: list[asked.Key]) -> str:
    return ", ".join(" ".join(key) for key in keys)


def main(arguments: list[str]) -> int:
    """Check the contract and print the findings."""
    path, client, age = arguments
    document = parse(Path(path).read_bytes(), Path(path).name)
    drop_unsound(document, lambda oddity: None)
    worker = Worker(document, regenerated=client == "regenerated", older=age == "older")
    print(worker.run().as_json())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
