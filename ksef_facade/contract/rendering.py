"""A report as text for a terminal and as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from ksef_facade.contract.findings import Impact
from ksef_facade.contract.grouping import Line
from ksef_facade.contract.report import Report

_MOST_NAMES = 12
_MANY_TIMES = 4
_MOST_SUBJECTS = 6
_MOST_OPERATIONS = 2
_LONGEST_DETAIL = 120

_ADVICE = {
    Impact.FACADE: "Change the facade before this contract is generated from.",
    Impact.RAW: "Callers of `ksef_api` have to change; say so in the changelog.",
    Impact.NEW: "Nothing to do; decide what the facade should offer, and pin names for new operations.",
    Impact.LIMITS: "Nothing to do: the limits and permissions tables are generated.",
    Impact.WORDING: "Nothing to do.",
}
#: Topics of many short names, each with its own operations: they stand in one line.
_LISTS = ("code-added", "code-removed", "error-added", "error-removed", "header-added")

Code = Callable[[str], str]


def as_text(report: Report) -> str:
    """The report for a terminal."""
    lines = [f"KSeF contract {_versions(report)}", *_builds(report)]
    if not report.lines:
        return "\n".join([*lines, "", "no difference"]) + "\n"
    for impact in Impact:
        found = list(_sentences(report.of(impact), str))
        if found:
            lines += ["", f"{impact.value}: {_count(report, impact)}"]
            lines += [f"  - {sentence}" for sentence in found]
    return "\n".join([*lines, "", verdict(report)]) + "\n"


def as_markdown(report: Report) -> str:
    """The report for the body of a pull request."""
    lines = [f"## KSeF contract {_versions(report)}", ""]
    lines += [f"{build}  " for build in _builds(report)]
    lines += ["", f"**{verdict(report)}**"]
    for impact in Impact:
        found = list(_sentences(report.of(impact), lambda text: f"`{text}`"))
        if found:
            heading = impact.value[0].upper() + impact.value[1:]
            lines += ["", f"### {heading}: {_count(report, impact)}", "", _ADVICE[impact], ""]
            lines += [f"- {sentence}" for sentence in found]
    return "\n".join(lines) + "\n"


def verdict(report: Report) -> str:
    """What the report comes to, in one sentence."""
    if report.of(Impact.FACADE):
        return "The facade has to change before this contract can be taken over."
    if report.of(Impact.RAW):
        return "The facade keeps working as it is; callers of the raw client have to change."
    if report.exit_code:
        return "Nothing breaks: take the new contract over."
    return "The contracts say the same." if report.lines else "The contracts are the same."


def sentence(line: Line, code: Code = str) -> str:
    """One line in words; `code` marks identifiers."""
    phrase = line.phrase.replace("{where}", _listed(line.where, "and"))
    subjects = _capped([code(item) for item in line.subjects], _MOST_SUBJECTS)
    names = _capped([code(item) for item in line.names], _MOST_NAMES)
    detail = _cut(line.detail)
    said = " ".join(filter(None, (phrase, names, detail)))
    # A schema itself has changed: there is no name to follow.
    said = said.removesuffix(":")
    if subjects:
        said = f"{subjects}: {said}"
    return said + _operations(line.operations, code) + (f" - {line.note}" if line.note else "")


def _sentences(lines: Sequence[Line], code: Code) -> Iterator[str]:
    for key, found in groupby(lines, lambda line: (line.topic, line.phrase, line.note)):
        if key[0] not in _LISTS:
            yield from (sentence(line, code) for line in found)
            continue
        parts = [
            _capped([code(name) for name in line.names], _MOST_NAMES)
            + _operations(line.operations, code)
            for line in found
        ]
        yield f"{key[1]} {', '.join(parts)}" + (f" - {key[2]}" if key[2] else "")


def _operations(operations: Sequence[str], code: Code) -> str:
    if not operations:
        return ""
    if len(operations) > _MOST_OPERATIONS:
        return f" ({len(operations)} operations)"
    return f" ({', '.join(code(item) for item in operations)})"


def _capped(items: Sequence[str], most: int) -> str:
    if len(items) <= most + 1:
        return ", ".join(items)
    if len(items) > most * _MANY_TIMES:
        # Of hundreds a few are examples, not a list.
        most //= 3
    return f"{', '.join(items[:most])} and {len(items) - most} more"


def _listed(items: Sequence[str], word: str) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_DETAIL else f"{text[:_LONGEST_DETAIL]}..."


def _versions(report: Report) -> str:
    return f"{report.old} -> {report.new}"


def _builds(report: Report) -> list[str]:
    return [
        f"{name}: {side.build or 'no build stated'}, {side.operations} operations, "
        f"{side.schemas} schemas"
        for name, side in (("old", report.old), ("new", report.new))
    ]


def _count(report: Report, impact: Impact) -> int:
    return sum(1 for _ in _sentences(report.of(impact), str))
