"""What a difference between two schemas means, which depends on who writes the value and who reads
it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

from ksef_facade.contract.dialect import EITHER
from ksef_facade.contract.findings import Finding, Impact
from ksef_facade.contract.reliance import Reliance, Values
from ksef_facade.contract.schema_changes import LOWER_BOUNDS, UPPER_BOUNDS, Change, Seen
from ksef_facade.contract.schemas import Schema

Role = Literal["request", "answer", "error"]

_SENDS = "the facade sends it"
_FITS = "what the facade sends still fits"
_MISFITS = "what the facade sends does not fit"
_NOT_SENT = "the facade does not send it"
_NEEDS = "the facade needs it"
_READS = "the facade reads it, and goes on without"
_WHERE = {"request": "requests", "answer": "answers", "error": "errors"}
_FORMAT = "of another format in {where}:"
#: Formats that the raw client has a type of its own for.
_TYPED_FORMATS = {"binary", "date", "date-time", "uuid"}
_CLOSED = "properties that the contract does not name are refused in {where} now, by"
_OPENED = "properties that the contract does not name are allowed in {where} now, by"

_NUMBERS = {"integer", "number"}

Verdict = tuple[Impact, str, str]
"""Impact, phrase, note."""


def judge(seen: Seen, role: Role, reliance: Reliance | None, operation: str) -> Finding | None:
    """The finding that a change in a body is, or `None` for one that concerns nobody.

    Args:
        seen: the change.
        role: what the body is.
        reliance: what the facade relies on in the operation (for errors: in any error), if it
            uses the operation at all.
        operation: where it was seen.
    """
    judges = _REQUEST if role == "request" else _ANSWER
    verdict = judges[seen.change.kind](seen, reliance)
    if verdict is None:
        return None
    change = seen.change
    # An object that takes any property is one more of many; it is listed, not told by itself.
    whole = change.kind in ("opened", "closed")
    return Finding(
        impact=verdict[0],
        topic=change.kind,
        phrase=verdict[1],
        where=_WHERE[role],
        subject="" if whole else change.subject,
        names=(".".join(filter(None, (change.subject, *change.names))),) if whole else change.names,
        detail=_detail(change),
        note=verdict[2],
        operation=operation,
    )


def fits(value: str | int | bool, schema: Schema) -> bool:
    """Whether a value may be sent where the schema stands, as far as its own keywords say."""
    keywords = schema.keywords
    listed = keywords.get("enum")
    if listed is not None and str(value) not in {str(item) for item in listed}:
        return False
    if isinstance(value, str):
        pattern = keywords.get("pattern")
        shortest: int = keywords.get("minLength", 0)
        longest: int = keywords.get("maxLength", len(value))
        text = "string" in _kinds(schema, "string") and _matches(pattern, value)
        return text and shortest <= len(value) <= longest
    if isinstance(value, bool):
        return "boolean" in _kinds(schema, "boolean")
    least: float = keywords.get("minimum", value)
    most: float = keywords.get("maximum", value)
    return bool(_kinds(schema, "integer") & _NUMBERS) and least <= value <= most


def _kinds(schema: Schema, otherwise: str) -> set[str]:
    """The types that a value may have: several in OpenAPI 3.1."""
    return set(str(schema.keywords.get("type", otherwise)).split(EITHER))


def _matches(pattern: Any, value: str) -> bool:
    try:
        return pattern is None or re.search(str(pattern), value) is not None
    except re.error:
        # A pattern in another dialect says nothing here.
        return True


def _values(seen: Seen, reliance: Reliance | None) -> Values:
    return reliance.values(seen.at.removesuffix("[]")) if reliance else ()


def _sends(seen: Seen, reliance: Reliance | None) -> bool:
    return reliance is not None and reliance.sends(seen.at.removesuffix("[]"))


def _tried(seen: Seen, reliance: Reliance | None, phrase: str, otherwise: Impact) -> Verdict:
    """A narrower rule for what is sent, tried on the facade's own values."""
    if not _sends(seen, reliance):
        return otherwise, phrase, ""
    values = _values(seen, reliance)
    if seen.new is not None and all(fits(value, seen.new) for value in values):
        return otherwise, phrase, _FITS if values else _SENDS
    return Impact.FACADE, phrase, _MISFITS


def _request_added(seen: Seen, reliance: Reliance | None) -> Verdict:
    if not seen.change.required:
        return Impact.NEW, "new in {where}, optional:", ""
    if _sends(seen, reliance):
        return Impact.RAW, "new in {where}, required:", _SENDS
    if reliance is not None:
        return Impact.FACADE, "new in {where}, required:", _NOT_SENT
    return Impact.RAW, "new in {where}, required:", ""


def _request_required(seen: Seen, reliance: Reliance | None) -> Verdict:
    if reliance is None or _sends(seen, reliance):
        return Impact.RAW, "required in {where} now:", _SENDS if reliance else ""
    return Impact.FACADE, "required in {where} now:", _NOT_SENT


def _request_removed(seen: Seen, reliance: Reliance | None) -> Verdict:
    if _sends(seen, reliance):
        return Impact.FACADE, "gone from {where}:", _SENDS
    return Impact.RAW, "gone from {where}:", ""


def _request_type(seen: Seen, reliance: Reliance | None) -> Verdict:
    before, after = (set(text.split(EITHER)) for text in (seen.change.before, seen.change.after))
    if before < after:
        return Impact.NEW, "of other types too in {where}:", ""
    if _sends(seen, reliance) and not _values(seen, reliance):
        return Impact.FACADE, "of another type in {where}:", _SENDS
    return _tried(seen, reliance, "of another type in {where}:", Impact.RAW)


def _request_bound(seen: Seen, reliance: Reliance | None) -> Verdict | None:
    if _says_nothing(seen):
        return None
    phrase = "other bounds in {where}:"
    narrowed = _narrowed(seen.change)
    return _tried(seen, reliance, phrase, Impact.RAW if narrowed else Impact.LIMITS)


def _says_nothing(seen: Seen) -> bool:
    """Whether a bound excludes nothing: 0 as the least count or length."""
    change = seen.change
    if change.keyword not in LOWER_BOUNDS or seen.new is None:
        return False
    counts = change.keyword != "minimum" or seen.new.keywords.get("type") == "array"
    return counts and (_number(change.before) or 0) == (_number(change.after) or 0)


def _narrowed(change: Change) -> bool:
    before, after = _number(change.before), _number(change.after)
    if change.keyword in LOWER_BOUNDS:
        return (after or 0) > (before or 0)
    if change.keyword in UPPER_BOUNDS:
        return after is not None and (before is None or after < before)
    if change.keyword == "pattern":
        # Whether another pattern lets fewer values pass cannot be told.
        return change.before == "none"
    return change.after != "none"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _always(impact: Impact, phrase: str) -> Callable[[Seen, Reliance | None], Verdict]:
    return lambda seen, reliance: (impact, phrase, "")


def _tried_as(impact: Impact, phrase: str) -> Callable[[Seen, Reliance | None], Verdict]:
    return lambda seen, reliance: _tried(seen, reliance, phrase, impact)


def _noted(impact: Impact, phrase: str) -> Callable[[Seen, Reliance | None], Verdict]:
    return lambda seen, reliance: (impact, phrase, _SENDS if _sends(seen, reliance) else "")


def _if_needed(phrase: str, otherwise: Impact) -> Callable[[Seen, Reliance | None], Verdict]:
    """Grave where the facade cannot do without the value, else what it is to raw callers."""

    def judged(seen: Seen, reliance: Reliance | None) -> Verdict:
        if reliance is None or not reliance.reads_in_answer(seen.at):
            return otherwise, phrase, ""
        if reliance.needs_in_answer(seen.at):
            return Impact.FACADE, phrase, _NEEDS
        return otherwise, phrase, _READS

    return judged


def _answer_type(seen: Seen, reliance: Reliance | None) -> Verdict:
    if reliance is not None and reliance.reads_in_answer(seen.at):
        needed = reliance.needs_in_answer(seen.at)
        return Impact.FACADE, "of another type in {where}:", _NEEDS if needed else _READS
    return Impact.RAW, "of another type in {where}:", ""


def _answer_added(seen: Seen, reliance: Reliance | None) -> Verdict:
    always = ", always there" if seen.change.required else ""
    return Impact.NEW, f"new in {{where}}{always}:", ""


def _answer_deprecated(seen: Seen, reliance: Reliance | None) -> Verdict:
    read = reliance is not None and reliance.reads_in_answer(seen.at)
    return Impact.NEW, _deprecation(seen), "the facade reads it" if read else ""


def _request_deprecated(seen: Seen, reliance: Reliance | None) -> Verdict:
    return Impact.NEW, _deprecation(seen), _SENDS if _sends(seen, reliance) else ""


def _deprecation(seen: Seen) -> str:
    over = seen.change.after == "none"
    return "not deprecated in {where} any more:" if over else "deprecated in {where}:"


def _answer_format(seen: Seen, reliance: Reliance | None) -> Verdict | None:
    return (Impact.RAW, _FORMAT, "") if _retyped(seen.change) else None


def _request_format(seen: Seen, reliance: Reliance | None) -> Verdict | None:
    if not _retyped(seen.change):
        return None
    return Impact.RAW, _FORMAT, _SENDS if _sends(seen, reliance) else ""


def _retyped(change: Change) -> bool:
    """Whether the generated types differ: other formats are plain texts and numbers in Python."""
    return bool({change.before, change.after} & _TYPED_FORMATS)


def _nobody(seen: Seen, reliance: Reliance | None) -> None:
    return None


_Judge = Callable[[Seen, Reliance | None], Verdict | None]

_REQUEST: dict[str, _Judge] = {
    "added": _request_added,
    "removed": _request_removed,
    "required": _request_required,
    "optional": _always(Impact.NEW, "optional in {where} now:"),
    "type": _request_type,
    "format": _request_format,
    "nullable": _always(Impact.NEW, "null is allowed in {where} now:"),
    "not-nullable": _noted(Impact.RAW, "null is not allowed in {where} any more:"),
    "values-added": _always(Impact.NEW, "new values in {where}:"),
    "values-removed": _tried_as(Impact.RAW, "values gone from {where}:"),
    "bound": _request_bound,
    "default": _noted(Impact.LIMITS, "another default in {where}:"),
    "deprecated": _request_deprecated,
    "closed": _always(Impact.RAW, _CLOSED),
    "opened": _always(Impact.NEW, _OPENED),
}

_ANSWER: dict[str, _Judge] = {
    "added": _answer_added,
    "removed": _if_needed("gone from {where}:", Impact.RAW),
    # The raw client asks for nothing but the spine, so that this takes nothing from anybody.
    "required": _nobody,
    "optional": _if_needed("may be absent from {where} now:", Impact.NEW),
    "type": _answer_type,
    "format": _answer_format,
    "nullable": _if_needed("may be null in {where} now:", Impact.NEW),
    "not-nullable": _nobody,
    "values-added": _always(Impact.NEW, "new values in {where}:"),
    "values-removed": _always(Impact.RAW, "values gone from {where}:"),
    # Nobody checks what the service answers against these.
    "bound": _nobody,
    "default": _nobody,
    "deprecated": _answer_deprecated,
    "closed": _nobody,
    "opened": _always(Impact.NEW, _OPENED),
}


def _detail(change: Change) -> str:
    if change.keyword == "pattern" and "none" not in (change.before, change.after):
        return "another pattern"
    if change.kind == "bound":
        return f"{change.keyword} {change.before} -> {change.after}"
    if change.kind in ("type", "format", "default"):
        return f"{change.before} -> {change.after}"
    return ""
