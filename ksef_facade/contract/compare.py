"""Two contracts in, a report out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ksef_facade.contract.document import Document, Key, UnreadableContract, operations
from ksef_facade.contract.facts import (
    API_VERSION,
    BUILD,
    CODES,
    GROUP,
    add_exception_codes,
    add_rate_limit_groups,
    add_version,
)
from ksef_facade.contract.findings import Finding, Impact
from ksef_facade.contract.grouping import grouped
from ksef_facade.contract.message_changes import message_changes
from ksef_facade.contract.operations import ComparedOperation, read_operations
from ksef_facade.contract.parameter_changes import parameter_changes
from ksef_facade.contract.reliance import Reliance
from ksef_facade.contract.relied_on import RELIANCE
from ksef_facade.contract.report import Report, Side
from ksef_facade.contract.rule_changes import rule_changes
from ksef_facade.contract.schema_changes import SchemaComparison
from ksef_facade.contract.schemas import Schemas
from ksef_facade.contract.wellformed import wellformed
from ksef_facade.contract.wording import (
    describes_answers,
    renamed_parameters,
    renamed_schemas,
    reworded,
)

_TABLES: tuple[tuple[str, str, Callable[[Document], None]], ...] = (
    (GROUP, "limits", add_rate_limit_groups),
    (CODES, "exception codes", add_exception_codes),
)


def compare(old: Document, new: Document, reliance: Mapping[Key, Reliance] = RELIANCE) -> Report:
    """Every difference between two contracts, published or stripped, by what it means to us.

    Operations are matched by method and path shape, schemas by where they are used: neither order
    nor names of schemas and path parameters, nor prose, make a difference.

    Args:
        old: what is in use, as `parse` returns it.
        new: what is to be judged.
        reliance: what the facade relies on.
    """
    old, new = wellformed(old), wellformed(new)
    findings = list(_wording(old, new))
    findings += _add_facts(old, new)
    old_schemas, new_schemas = Schemas(old), Schemas(new)
    before, after = read_operations(old, old_schemas), read_operations(new, new_schemas)
    findings += _operations(before, after, reliance)
    schemas = SchemaComparison(old_schemas, new_schemas)
    for key in sorted(before.keys() & after.keys()):
        both = before[key], after[key], reliance.get(key)
        findings += parameter_changes(schemas, *both)
        findings += message_changes(schemas, *both)
        findings += rule_changes(*both)
    return Report(_side(old, before), _side(new, after), tuple(grouped(findings)))


def _operations(
    before: Mapping[Key, ComparedOperation],
    after: Mapping[Key, ComparedOperation],
    reliance: Mapping[Key, Reliance],
) -> Iterator[Finding]:
    for key in sorted(before.keys() - after.keys()):
        used = key in reliance
        yield Finding(
            impact=Impact.FACADE if used else Impact.RAW,
            topic="operation-removed",
            phrase="operations gone:",
            names=(str(before[key]),),
            note="the facade uses it" if used else "",
        )
    for key in sorted(after.keys() - before.keys()):
        yield Finding(
            impact=Impact.NEW,
            topic="operation-added",
            phrase="new operations:",
            names=(str(after[key]),),
        )


def _add_facts(old: Document, new: Document) -> Iterator[Finding]:
    """Turn the tables in the documents' prose into extensions; one that cannot be read is told, and
    so is a new document without prose: what it does not speak of is not gone.
    """
    documents = old, new
    for document in documents:
        add_version(document)
    for extension, what, add in _TABLES:
        problem = ""
        try:
            for document in documents:
                add(document)
        except UnreadableContract as error:
            problem = str(error)
        if _states(old, extension) and not _states(new, extension) and not describes_answers(new):
            problem = problem or "the new contract does not describe its answers, where these stand"
        if problem:
            for document in documents:
                for operation in operations(document):
                    operation.body.pop(extension, None)
            yield Finding(
                impact=Impact.LIMITS,
                topic="unreadable",
                phrase=f"the {what} were not compared:",
                detail=problem,
            )


def _states(document: Document, extension: str) -> bool:
    return any(extension in operation.body for operation in operations(document))


def _wording(old: Document, new: Document) -> Iterator[Finding]:
    if texts := reworded(old, new):
        yield _wording_of("reworded", f"texts that read differently: {texts}")
    if paths := renamed_parameters(old, new):
        yield _wording_of(
            "renamed-paths", f"paths with other parameter names or base path: {paths}"
        )
    if renamed := renamed_schemas(old, new):
        names = tuple(f"{before} -> {after}" for before, after in renamed)
        yield _wording_of("renamed-schemas", "schemas (and their raw models) renamed:", names)


def _wording_of(topic: str, phrase: str, names: tuple[str, ...] = ()) -> Finding:
    return Finding(impact=Impact.WORDING, topic=topic, phrase=phrase, names=names)


def _side(document: Document, found: Mapping[Key, ComparedOperation]) -> Side:
    info = document["info"]
    schemas = document.get("components", {}).get("schemas", {})
    return Side(str(info[API_VERSION]), str(info.get(BUILD) or ""), len(found), len(schemas))
