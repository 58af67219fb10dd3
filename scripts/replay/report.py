"""The trials as a table for people, and what to look at below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scripts.replay.trial import Trial

_HEADER = (
    "version",
    "build",
    "contract",
    "operations",
    "generated",
    "facade on regenerated code",
    "committed client on this server",
    "missing",
)
_LONGEST = 34
_SHOWN_PROBLEMS = 12


def lines(trials: Sequence[Trial]) -> Iterator[str]:
    """The report, line by line."""
    rows = [_HEADER, *(_row(trial) for trial in trials)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADER))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    for trial in trials:
        yield from _details(trial)
    yield ""
    yield _sum(trials)


def _row(trial: Trial) -> tuple[str, ...]:
    name = trial.source.rsplit("/", 1)[-1]
    if not trial.readable:
        return ("-", "-", name, "-", "unreadable", "-", "-", "-")
    return (
        trial.version,
        _cut(trial.build) or "-",
        name,
        str(trial.operations),
        "yes" if trial.generated else "no",
        _counts(trial.regenerated_passed, trial.regenerated_failed) if trial.generated else "-",
        _counts(trial.committed_passed, trial.committed_failed),
        f"{_number(trial.missing, 'feature')}, {_number(trial.lacking, 'operation')}",
    )


def _number(things: Sequence[str], what: str) -> str:
    return f"{len(things) or 'no'} {what}{'' if len(things) == 1 else 's'}"


def _counts(passed: int, failed: int) -> str:
    return f"{failed} of {passed + failed} FAIL" if failed or not passed else f"{passed} pass"


def _details(trial: Trial) -> Iterator[str]:
    told = [
        *(f"missing: {text}" for text in trial.missing),
        *([f"pinned and not in it: {', '.join(trial.lacking)}"] if trial.lacking else []),
        *(f"not pinned yet: {text}" for text in trial.unpinned),
        *(f"odd: {text}" for text in trial.notes),
        *(f"FAIL: {text}" for text in trial.problems[:_SHOWN_PROBLEMS]),
    ]
    if len(trial.problems) > _SHOWN_PROBLEMS:
        told.append(f"FAIL: and {len(trial.problems) - _SHOWN_PROBLEMS} more")
    if told:
        yield ""
        yield trial.source
        yield from (f"  {text}" for text in told)


def _sum(trials: Sequence[Trial]) -> str:
    kinds = Counter(
        "unreadable" if not trial.readable else "passed" if trial.passed else "FAILED"
        for trial in trials
    )
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    checks = sum(trial.regenerated_passed + trial.committed_passed for trial in trials)
    return f"{len(trials)} contracts: {listed}; {checks} checks passed"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
