"""Differences in what surrounds an operation: limits, permissions, exception codes, the token."""

from __future__ import annotations

from collections.abc import Iterator

from ksef_facade.contract.findings import Finding, Impact
from ksef_facade.contract.operations import ComparedOperation
from ksef_facade.contract.reliance import Reliance

_WINDOWS = {"perSecond": "s", "perMinute": "min", "perHour": "h"}
_ACTS = "the facade acts on it"


def rule_changes(
    old: ComparedOperation, new: ComparedOperation, reliance: Reliance | None
) -> Iterator[Finding]:
    """Every such difference of one operation."""
    yield from _limits(old, new)
    yield from _permissions(old, new)
    yield from _codes(old, new, reliance)
    if old.needs_token != new.needs_token:
        yield Finding(
            impact=Impact.RAW if new.needs_token else Impact.NEW,
            topic="token",
            phrase="a token is needed now" if new.needs_token else "no token is needed any more",
            operation=str(new),
        )
    if new.deprecated and not old.deprecated:
        yield Finding(
            impact=Impact.NEW,
            topic="operation-deprecated",
            phrase="deprecated",
            note="the facade uses it" if reliance else "",
            operation=str(new),
        )


def _limits(old: ComparedOperation, new: ComparedOperation) -> Iterator[Finding]:
    changes = ", ".join(
        f"{_rate(old.limits, window)} -> {_rate(new.limits, window)}"
        for window in _WINDOWS
        if old.limits.get(window) != new.limits.get(window)
    )
    if old.group != new.group and old.group and new.group:
        phrase = f"a group of its own budget, was in {old.group}"
        yield Finding(
            impact=Impact.LIMITS,
            topic="limit-group",
            subject=new.group,
            phrase=phrase + (";" if changes else ""),
            detail=changes,
            operation=str(new),
        )
    elif changes:
        yield Finding(
            impact=Impact.LIMITS,
            topic="limit",
            subject=new.group or old.group,
            phrase="" if old.limits else "limited now:",
            detail=changes if old.limits else _all(new),
            operation=str(new),
        )


def _rate(limits: object, window: str) -> str:
    value = limits.get(window) if isinstance(limits, dict) else None
    return f"{value}/{_WINDOWS[window]}" if value else f"no limit/{_WINDOWS[window]}"


def _all(operation: ComparedOperation) -> str:
    rates = [_rate(operation.limits, window) for window in _WINDOWS if window in operation.limits]
    return ", ".join(rates)


def _permissions(old: ComparedOperation, new: ComparedOperation) -> Iterator[Finding]:
    told = [
        ("permission-added", "suffices now:", new.permissions - old.permissions),
        ("permission-removed", "does not suffice any more:", old.permissions - new.permissions),
    ]
    if new.permissions and not old.permissions:
        told = [("permission-added", "needed now, any of:", new.permissions)]
    elif old.permissions and not new.permissions:
        told = [("permission-removed", "not needed any more:", old.permissions)]
    for topic, phrase, names in told:
        if names:
            yield Finding(
                impact=Impact.LIMITS,
                topic=topic,
                subject="permissions",
                phrase=phrase,
                names=tuple(sorted(names)),
                operation=str(new),
            )


def _codes(
    old: ComparedOperation, new: ComparedOperation, reliance: Reliance | None
) -> Iterator[Finding]:
    for code in sorted(new.codes - old.codes):
        yield Finding(
            impact=Impact.NEW,
            topic="code-added",
            phrase="new exception codes:",
            names=(str(code),),
            operation=str(new),
        )
    for code in sorted(old.codes - new.codes):
        acts = reliance is not None and code in reliance.codes
        yield Finding(
            impact=Impact.FACADE if acts else Impact.NEW,
            topic="code-removed",
            phrase="exception codes not listed any more:",
            names=(str(code),),
            note=_ACTS if acts else "",
            operation=str(new),
        )
