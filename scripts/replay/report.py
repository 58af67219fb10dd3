"""The trials as a table for people, and what to look at below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

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
_SHOWN_NOTES = 8
_SHOWN_FEATURES = 6
_ANSWERS = " answers: "


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
    features = {text.partition(": ")[0] for text in trial.missing}
    return (
        trial.version,
        _cut(trial.build) or "-",
        name,
        str(trial.operations),
        "yes" if trial.generated else "no",
        _counts(trial.regenerated_passed, trial.regenerated_failed) if trial.generated else "-",
        _counts(trial.committed_passed, trial.committed_failed),
        f"{_number(features, 'feature')}, {_number(trial.lacking, 'operation')}",
    )


def _by_reason(missing: Sequence[str]) -> Iterator[str]:
    """The features under what they lack, each reason once."""
    features: dict[str, list[str]] = {}
    told = set(missing)
    for text in missing:
        feature, _, reason = text.partition(": ")
        form, _, lack = reason.partition(_ANSWERS)
        # What full answers lack, the others lack as well.
        if form in ("minimal", "bare") and f"{feature}: full{_ANSWERS}{lack}" in told:
            continue
        features.setdefault(reason, []).append(feature)
    for reason, names in features.items():
        yield f"{reason}: {', '.join(names[:_SHOWN_FEATURES])}" + (
            f" and {len(names) - _SHOWN_FEATURES} more" if len(names) > _SHOWN_FEATURES else ""
        )


def _number(things: Collection[str], what: str) -> str:
    return f"{len(things) or 'no'} {what}{'' if len(things) == 1 else 's'}"


def _counts(passed: int, failed: int) -> str:
    return f"{failed} of {passed + failed} FAIL" if failed or not passed else f"{passed} pass"


def _details(trial: Trial) -> Iterator[str]:
    more = len(trial.notes) > _SHOWN_NOTES
    told = [
        *(f"missing: {text}" for text in _by_reason(trial.missing)),
        *([f"pinned and not in it: {', '.join(trial.lacking)}"] if trial.lacking else []),
        *(f"not pinned yet: {text}" for text in trial.unpinned),
        *(f"odd: {text}" for text in trial.notes[:_SHOWN_NOTES]),
        *([f"odd: and {len(trial.notes) - _SHOWN_NOTES} more"] if more else []),
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
