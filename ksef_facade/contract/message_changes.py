"""Differences in the bodies of one operation, and in what surrounds them: status, media, headers."""

from __future__ import annotations

from collections.abc import Iterator

from ksef_facade.contract.body_judgement import Role, judge
from ksef_facade.contract.findings import Finding, Impact
from ksef_facade.contract.operations import Answer, Body, ComparedOperation
from ksef_facade.contract.reliance import Reliance
from ksef_facade.contract.relied_on import ERRORS
from ksef_facade.contract.schema_changes import SchemaComparison

_NONE = "no body"


def message_changes(
    schemas: SchemaComparison,
    old: ComparedOperation,
    new: ComparedOperation,
    reliance: Reliance | None,
) -> Iterator[Finding]:
    """Every such difference of one operation."""
    yield from _request(schemas, old, new, reliance)
    before, after = _successes(old), _successes(new)
    yield from _other_success(before, after, new)
    for old_status, new_status in _paired(before, after):
        answers = old.answers[old_status], new.answers[new_status]
        yield from _answer(schemas, *answers, new, reliance)
    for status in sorted(_errors(old) | _errors(new)):
        yield from _error(schemas, status, old, new, reliance)


def _request(
    schemas: SchemaComparison,
    old: ComparedOperation,
    new: ComparedOperation,
    reliance: Reliance | None,
) -> Iterator[Finding]:
    before, after = old.body or Body(), new.body or Body()
    if before.media != after.media:
        sent = reliance is not None and bool(reliance.body)
        # One more form to send a body in takes nothing from anybody; a body out of nothing does.
        wider = before.media < after.media and bool(before.media)
        grave = Impact.FACADE if sent or (reliance is not None and after.required) else Impact.RAW
        yield Finding(
            impact=Impact.NEW if wider else grave,
            topic="request-media",
            phrase="body of requests:",
            detail=f"{_media(before)} -> {_media(after)}",
            operation=str(new),
        )
    yield from _bodies(schemas, before, after, "request", new, reliance)


def _other_success(
    before: list[str], after: list[str], operation: ComparedOperation
) -> Iterator[Finding]:
    if before == after:
        return
    wider = set(before) < set(after)
    yield Finding(
        # The facade takes any 2xx; the raw client decodes the documented ones alone.
        impact=Impact.NEW if wider else Impact.RAW,
        topic="answer-status",
        phrase="status of success:",
        detail=f"{' '.join(before) or 'none'} -> {' '.join(after) or 'none'}",
        operation=str(operation),
    )


def _answer(
    schemas: SchemaComparison,
    before: Answer,
    after: Answer,
    operation: ComparedOperation,
    reliance: Reliance | None,
) -> Iterator[Finding]:
    media = after.body.media
    if before.body.media != media:
        lost = reliance is not None and bool(reliance.media) and reliance.media not in media
        added = before.body.media < media
        yield Finding(
            impact=Impact.FACADE if lost else Impact.NEW if added else Impact.RAW,
            topic="answer-media",
            phrase="body of answers:",
            detail=f"{_media(before.body)} -> {_media(after.body)}",
            operation=str(operation),
        )
    yield from _bodies(schemas, before.body, after.body, "answer", operation, reliance)
    for name in sorted(after.headers.keys() - before.headers.keys()):
        yield Finding(
            impact=Impact.NEW,
            topic="header-added",
            phrase="new header of answers:",
            names=(after.headers[name],),
            operation=str(operation),
        )
    for name in sorted(before.headers.keys() - after.headers.keys()):
        reads = reliance is not None and name in reliance.headers
        yield Finding(
            impact=Impact.RAW,
            topic="header-removed",
            phrase="header of answers gone:",
            names=(before.headers[name],),
            note="the facade reads it, and goes on without" if reads else "",
            operation=str(operation),
        )


def _error(
    schemas: SchemaComparison,
    status: str,
    old: ComparedOperation,
    new: ComparedOperation,
    reliance: Reliance | None,
) -> Iterator[Finding]:
    before, after = old.answers.get(status), new.answers.get(status)
    if before is None or after is None:
        yield Finding(
            impact=Impact.NEW,
            topic="error-added" if before is None else "error-removed",
            phrase="errors documented now:"
            if before is None
            else "errors not documented any more:",
            names=(f"HTTP {status}",),
            operation=str(new),
        )
        return
    if before.body.media != after.body.media:
        yield Finding(
            # The raw client decodes no error, and the facade reads every shape of them.
            impact=Impact.NEW,
            topic="error-media",
            phrase="body of errors:",
            names=(f"HTTP {status}",),
            detail=f"{_media(before.body)} -> {_media(after.body)}",
            operation=str(new),
        )
    relied = ERRORS if reliance is not None else None
    yield from _bodies(schemas, before.body, after.body, "error", new, relied)


def _bodies(
    schemas: SchemaComparison,
    before: Body,
    after: Body,
    role: Role,
    operation: ComparedOperation,
    reliance: Reliance | None,
) -> Iterator[Finding]:
    for media in sorted(before.schemas.keys() & after.schemas.keys()):
        for seen in schemas.compare(before.schemas[media], after.schemas[media]):
            found = judge(seen, role, reliance, str(operation))
            if found is not None:
                yield found


def _successes(operation: ComparedOperation) -> list[str]:
    return sorted(status for status in operation.answers if status.startswith("2"))


def _errors(operation: ComparedOperation) -> set[str]:
    return {status for status in operation.answers if not status.startswith("2")}


def _paired(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    same = [(status, status) for status in before if status in after]
    # One success under another number is still the same answer.
    return same or list(zip(before[:1], after[:1], strict=False))


def _media(body: Body) -> str:
    return " or ".join(sorted(body.media)) or _NONE
