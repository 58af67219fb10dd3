"""The published contracts, each against the next: what is known to have changed is found, briefly."""

from __future__ import annotations

import json
import random
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ksef_facade.contract.compare import compare
from ksef_facade.contract.document import Document
from ksef_facade.contract.findings import Impact
from ksef_facade.contract.rendering import as_text
from ksef_facade.contract.report import Report
from scripts.layout import ROOT
from scripts.strip import strip
from tests.unit.contract.test_compare import shuffled

FOLDER = ROOT.parent / "shared" / "data" / "openapi"
VERSIONS = ["2.0.0-rc6.1", "2.0.0", "2.1.2", "2.2.0", "2.4.0", "2.6.0", "2.7.0", "2.9.0"]
PAIRS = [*pairwise(VERSIONS), (VERSIONS[0], VERSIONS[-1])]
#: A screen or two: a report that nobody reads to the end is none.
MOST_LINES = 80

#: From the Ministry's change log and from comparing the documents: (topic, a name) that must be told.
KNOWN: dict[tuple[str, str], set[tuple[Impact, str, str]]] = {
    ("2.0.0-rc6.1", "2.0.0"): {
        (Impact.NEW, "added", "dateCreated"),
        (Impact.NEW, "header-added", "x-ms-meta-hash"),
        (Impact.NEW, "code-added", "21402"),
        (Impact.RAW, "required", "subjectDetails"),
    },
    ("2.0.0", "2.1.2"): {
        (Impact.NEW, "operation-added", "POST /testdata/context/block"),
        (Impact.NEW, "deprecated", "authenticationMethod"),
        (Impact.NEW, "added", "authenticationMethodInfo"),
        (Impact.NEW, "values-added", "Introspection"),
        (Impact.NEW, "opened", "SessionStatusResponse"),
    },
    ("2.1.2", "2.2.0"): {
        (Impact.NEW, "added", "clientIp"),
        (Impact.NEW, "operation-added", "POST /permissions/query/entities/grants"),
        (Impact.NEW, "error-media", "HTTP 403"),
    },
    ("2.2.0", "2.4.0"): {
        (Impact.NEW, "error-added", "HTTP 410"),
        (Impact.NEW, "added", "onlyMetadata"),
        (Impact.NEW, "values-added", "FA_RR"),
    },
    ("2.4.0", "2.6.0"): {
        (Impact.NEW, "added", "publicKeyId"),
        (Impact.NEW, "code-added", "21470"),
        (Impact.NEW, "header-added", "X-System-Warning"),
        (Impact.RAW, "values-removed", "RR"),
    },
    ("2.6.0", "2.7.0"): {
        (Impact.NEW, "operation-added", "POST /collective-identifiers"),
        (Impact.NEW, "values-added", "CollectiveIdentifierManage"),
    },
    ("2.7.0", "2.9.0"): {
        (Impact.RAW, "operation-removed", "GET /collective-identifiers/{collectiveIdentifierNumber}/invoices"),
        (Impact.NEW, "operation-added", "POST /collective-identifiers/invoices"),
        (Impact.NEW, "added", "onlineSessionClose"),
        (Impact.NEW, "added", "ownerPermissions"),
        (Impact.NEW, "code-added", "21001"),
        (Impact.NEW, "code-added", "21184"),
        (Impact.NEW, "optional", "timestamp"),
        (Impact.NEW, "values-added", "ZWG"),
        (Impact.RAW, "bound", "invoices"),
    },
    ("2.0.0-rc6.1", "2.9.0"): {
        (Impact.NEW, "added", "clientIp"),
        (Impact.NEW, "code-added", "21184"),
        (Impact.RAW, "values-removed", "RR"),
    },
}  # fmt: skip
LIMIT_LINES = {
    (
        "2.4.0",
        "2.6.0",
    ): "sessionMisc: 100/s -> 10/s, 1200/min -> 120/min, 12000/h -> 1200/h (4 operations)",
    (
        "2.7.0",
        "2.9.0",
    ): "onlineSessionClose: a group of its own budget, was in onlineSession; 10/s -> 20/s",
}


@cache
def published(version: str) -> Document:
    name = f"ksef-{version}.json"
    for path in (FOLDER / name, FOLDER / "history" / name):
        if path.is_file():
            document: Document = json.loads(path.read_text(encoding="utf-8"))
            return document
    pytest.skip(f"no published contract here: ../shared/data/openapi/**/{name}")


@cache
def report(pair: tuple[str, str]) -> Report:
    return compare(published(pair[0]), published(pair[1]))


@pytest.mark.parametrize("pair", PAIRS, ids=" to ".join)
def test_what_is_known_to_have_changed_is_told(pair: tuple[str, str]) -> None:
    told = {(line.impact, line.topic, name) for line in report(pair).lines for name in line.names}
    assert KNOWN[pair] - told == set()
    if pair in LIMIT_LINES:
        assert LIMIT_LINES[pair] in as_text(report(pair))


@pytest.mark.parametrize("pair", PAIRS, ids=" to ".join)
def test_nothing_of_this_history_breaks_the_facade(pair: tuple[str, str]) -> None:
    assert report(pair).of(Impact.FACADE) == ()


@pytest.mark.parametrize("pair", PAIRS, ids=" to ".join)
def test_a_report_is_short(pair: tuple[str, str]) -> None:
    assert len(as_text(report(pair)).splitlines()) <= MOST_LINES


@pytest.mark.parametrize("version", VERSIONS)
def test_a_contract_has_no_difference_from_itself(version: str) -> None:
    document = published(version)
    assert compare(document, document).lines == ()
    assert compare(strip(document), document).lines == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_order_and_prose_make_no_difference(version: str) -> None:
    changed = reworded(shuffled(published(version), random.Random(version)))
    lines = compare(published(version), changed).lines
    assert [line.topic for line in lines] == ["reworded"]


def reworded(node: Any, *, names: bool = False) -> Any:
    """The same document with other summaries and titles, and with prose where there was none."""
    if isinstance(node, list):
        return [reworded(item) for item in node]
    if not isinstance(node, dict):
        return node
    maps = {"properties", "schemas", "responses", "headers", "content"}
    result = {key: reworded(value, names=key in maps) for key, value in node.items()}
    if not names and "type" in result and isinstance(result["type"], str):
        result["description"] = "Inny opis."
        result["example"] = "inny przykład"
    return result


@pytest.mark.parametrize("pair", PAIRS, ids=" to ".join)
def test_stripped_contracts_differ_as_published_ones_do(pair: tuple[str, str]) -> None:
    old, new = published(pair[0]), published(pair[1])
    whole = [line for line in report(pair).lines if line.topic != "reworded"]
    assert list(compare(strip(old), strip(new)).lines) == whole
    assert list(compare(strip(old), new).lines) == whole


def test_the_folder_holds_no_version_that_is_not_compared() -> None:
    found = {path.stem.removeprefix("ksef-") for path in Path(FOLDER).rglob("ksef-*.json")}
    if not found:
        pytest.skip("no published contracts here: ../shared/data/openapi is absent")
    assert found == set(VERSIONS)
