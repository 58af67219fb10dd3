"""From findings, one for each operation, to the few lines that a person reads."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from attrs import evolve, frozen

from ksef_facade.contract.findings import Finding, Impact


@frozen(kw_only=True)
class Line:
    """Findings that say the same of several schemas, names or operations."""

    impact: Impact
    topic: str
    phrase: str
    where: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    detail: str = ""
    note: str = ""
    operations: tuple[str, ...] = ()


#: What is told in one line, however many operations it happened to.
_ONE_LINE = ("closed", "opened", "operation-added")
_NEEDED = ("required", "added")


def grouped(findings: Iterable[Finding]) -> list[Line]:
    """The lines, the gravest first; the order of the findings does not matter."""
    lines = [
        Line(
            impact=finding.impact,
            topic=finding.topic,
            phrase=finding.phrase,
            where=tuple(filter(None, (finding.where,))),
            subjects=tuple(filter(None, (finding.subject,))),
            names=finding.names,
            detail=finding.detail,
            note=finding.note,
            operations=tuple(filter(None, (finding.operation,))),
        )
        for finding in findings
    ]
    lines = _merged(lines, "operations")
    lines = _without_echoes(lines)
    lists = [line for line in lines if line.topic in _ONE_LINE]
    lines = [line for line in lines if line.topic not in _ONE_LINE]
    # A shared schema in requests and answers is one difference, whatever operations see it where.
    lines = _merged(lines, "where", "operations")
    lines = _merged(lines, "detail")
    lines = _merged(lines, "names")
    lines = _merged(lines, "subjects", "operations")
    lines += _merged(lists, "where", "names", "operations")
    return sorted(lines, key=_rank)


def _merged(lines: list[Line], *fields: str) -> list[Line]:
    """Lines that differ in these fields alone become one."""
    by_rest: dict[Hashable, Line] = {}
    for line in lines:
        empty: dict[str, Any] = {name: "" if name == "detail" else () for name in fields}
        rest = evolve(line, **empty)
        known = by_rest.get(rest)
        if known is not None:
            united: dict[str, Any] = {
                name: _united(getattr(known, name), getattr(line, name)) for name in fields
            }
            line = evolve(known, **united)
        by_rest[rest] = line
    return list(by_rest.values())


def _united(one: Any, other: Any) -> Any:
    if isinstance(one, str):
        return ", ".join(sorted(filter(None, {one, other})))
    return tuple(sorted({*one, *other}))


def _without_echoes(lines: list[Line]) -> list[Line]:
    """Without `null is not allowed` where the same property became required: that says it."""
    required = {(line.subjects, line.names, line.where) for line in lines if line.topic in _NEEDED}
    return [
        line
        for line in lines
        if line.topic != "not-nullable" or (line.subjects, line.names, line.where) not in required
    ]


def _rank(line: Line) -> tuple[Any, ...]:
    return (
        list(Impact).index(line.impact),
        not line.topic.startswith("operation-"),
        not line.note,
        line.topic,
        line.phrase,
        line.subjects,
        line.names,
        line.detail,
        line.operations,
    )
