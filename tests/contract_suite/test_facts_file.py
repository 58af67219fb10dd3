"""The facts file is honest: what it names is there, and what the facade relies on stands in it."""

import ast
import contextlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from ksef_facade.calls.describing import shape_of
from ksef_facade.contract.relied_on import RELIANCE
from scripts.contract_tests.facts_file import FACTS, read

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = json.loads((ROOT / "openapi" / "ksef.json").read_text(encoding="utf-8"))
FILE = read()
EVERYTHING = [*FILE.facts.values(), *FILE.probes.values()]
KINDS = (
    "contract ",
    "UPO schema ",
    "authentication schema",
    "documented rule",
    "observed behaviour",
)
OPEN = ("open question: ", "contradiction: ")
OPERATION = re.compile(r"contract (GET|POST|PUT|DELETE) (/\S+)(?: (\d+))?(?:, .*)?")
SCHEMA = re.compile(r"contract schema (\w+)(?:\.(\w+))?")


@cache
def names_in(path: Path) -> frozenset[str]:
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {one.id for one in node.targets if isinstance(one, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return frozenset(found)


@cache
def claimed() -> dict[str, set[str]]:
    """Which test names which id in its markers."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "tests" / "contract").glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        lists = constants(tree)
        for test in tree.body:
            if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
                where = f"{path.relative_to(ROOT).as_posix()}::{test.name}"
                for one in marked(test, lists):
                    found.setdefault(one, set()).add(where)
    return found


def constants(tree: ast.Module) -> dict[str, list[str]]:
    """Names of a module's collections of texts, and the texts."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            with contextlib.suppress(ValueError, TypeError):
                found[node.targets[0].id] = list(ast.literal_eval(node.value))
    return found


def marked(test: ast.FunctionDef, lists: dict[str, list[str]]) -> Iterator[str]:
    """The ids in the markers of a test."""
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) in ("facts", "probes"):
            for argument in mark.args:
                if isinstance(argument, ast.Starred):
                    yield from lists[ast.unparse(argument.value)]
                else:
                    yield ast.literal_eval(argument)


def test_there_are_enough_facts_and_every_open_question_is_a_probe() -> None:
    assert len(FILE.facts) >= 120
    assert len(FILE.probes) >= 14


def test_the_check_that_is_named_is_there_and_names_the_fact() -> None:
    assert [one.id for one in EVERYTHING if one.test not in claimed().get(one.id, ())] == []


def test_no_check_is_about_a_fact_that_is_not_in_the_file() -> None:
    assert set(claimed()) == {one.id for one in EVERYTHING}


def test_every_piece_of_code_that_is_named_is_there() -> None:
    missing = []
    for fact in FILE.facts.values():
        assert fact.rests, f"nothing rests on {fact.id}"
        for place in fact.rests:
            name, _, symbol = place.partition(":")
            path = ROOT / name
            if not path.is_file() or (symbol and symbol not in names_in(path)):
                missing.append(f"{fact.id}: {place}")
    assert missing == []


def test_every_fact_says_one_sentence_and_where_it_comes_from() -> None:
    said = [fact.says for fact in FILE.facts.values()]
    assert len(set(said)) == len(said)
    for fact in FILE.facts.values():
        assert re.fullmatch(r"[A-Z\w].*\.", fact.says), fact.id
        assert fact.source.startswith(KINDS), fact.id
    for probe in FILE.probes.values():
        assert "?" in probe.asks, probe.id
        assert probe.source.startswith(OPEN), probe.id


def test_places_in_the_contract_are_there() -> None:
    missing = []
    for fact in FILE.facts.values():
        if not fact.source.startswith("contract "):
            continue
        schema, operation = SCHEMA.fullmatch(fact.source), OPERATION.fullmatch(fact.source)
        if schema:
            found = CONTRACT["components"]["schemas"].get(schema[1])
            wanted = schema[2]
            there = found is not None and (wanted is None or wanted in found.get("properties", {}))
        else:
            assert operation, fact.source
            entry = CONTRACT["paths"].get(operation[2], {}).get(operation[1].lower())
            codes = (entry or {}).get("x-exception-codes", ())
            there = entry is not None and (operation[3] is None or int(operation[3]) in codes)
        if not there:
            missing.append(f"{fact.id}: {fact.source}")
    assert missing == []


def test_every_operation_and_code_that_the_facade_relies_on_has_a_fact() -> None:
    sources = {fact.source for fact in FILE.facts.values()}
    places = [OPERATION.fullmatch(source) for source in sources]
    known = {(place[1], shape_of(place[2])) for place in places if place}
    coded = {
        (place[1], shape_of(place[2]), int(place[3])) for place in places if place and place[3]
    }
    assert set(RELIANCE) - known == set()
    relied = {(*key, code) for key, reliance in RELIANCE.items() for code in reliance.codes}
    assert relied - coded == set()


def test_the_file_is_written_for_people() -> None:
    text = FACTS.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert max(map(len, text.splitlines())) < 400


def test_an_id_that_stands_there_twice_is_refused(tmp_path) -> None:
    path = tmp_path / "facts.toml"
    entry = '[[fact]]\nid = "one"\nsays = "It is."\nsource = "contract"\nrests = []\ntest = ""\n'
    path.write_text(entry * 2)
    with pytest.raises(ValueError, match="twice: one"):
        read(path)
