"""Failures that are not the simulator's, each with the reason why. Nothing else is let through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Excuse(NamedTuple):
    """One reason, and which failures it covers."""

    name: str
    reason: str
    covers: Callable[[Any, Any, Any], bool]


#: Paths of the contract that are also read as `/{referenceNumber}` of a GET operation.
_READ_AS_A_REFERENCE = {
    "/auth/challenge",
    "/auth/ksef-token",
    "/auth/xades-signature",
    "/sessions/batch",
    "/sessions/online",
}
_UNKNOWN = (" nie istnieje.", " nie została znaleziona.", "is not the identifier of a permission")
#: Documented rules between members of a request.
_BETWEEN_MEMBERS = (
    "must not exceed",
    "must not be earlier than",
    "is named twice",
    " does not go with ",
    "is required for an InternalId",
    "the last digit is not its checksum",
    "is not later than that of the time before",
    "at most 10 are allowed",
    "You cannot retrieve invoices starting from number",
)
#: What a test environment cannot do without, although the contract does not say so.
_NEEDED = ("'contextIdentifier': it is required", ": at least 1 is needed", " is allowed")


def _is_overlap(failure: Any, case: Any, response: Any) -> bool:
    codes = ("ST204", "ST205")
    return _code(failure) in codes and case.operation.path in _READ_AS_A_REFERENCE


def _is_unknown(failure: Any, case: Any, response: Any) -> bool:
    return _is_not_understood(failure) and _every_detail(response, *_UNKNOWN)


def _is_between_members(failure: Any, case: Any, response: Any) -> bool:
    return _is_not_understood(failure) and _every_detail(response, *_BETWEEN_MEMBERS)


def _is_needed(failure: Any, case: Any, response: Any) -> bool:
    return _is_not_understood(failure) and _every_detail(response, *_NEEDED)


def _code(failure: Any) -> str:
    return str(getattr(failure, "code", ""))


def _is_not_understood(failure: Any) -> bool:
    return "data that the contract allows was refused" in str(getattr(failure, "message", failure))


def _every_detail(response: Any, *ends: str) -> bool:
    entries = response.json().get("exception", {}).get("exceptionDetailList", ())
    details = [detail for entry in entries for detail in entry.get("details", ())]
    return bool(details) and all(any(end in detail for end in ends) for detail in details)


EXCUSES: tuple[Excuse, ...] = (
    Excuse(
        "overlapping paths",
        "GET /auth/challenge is GET /auth/{referenceNumber} with an odd reference, and so it is "
        "answered: the contract has both paths, and no rule that a literal one hides the other's "
        "methods",
        _is_overlap,
    ),
    Excuse(
        "unknown resource",
        "for these operations the contract lists no code but 21405, so that a well-formed "
        "reference of nothing is answered with it",
        _is_unknown,
    ),
    Excuse(
        "rules between members",
        "ranges of dates, checksums, what is named once, and what goes with what are documented "
        "rules that the contract's schemas do not hold",
        _is_between_members,
    ),
    Excuse(
        "what the test data cannot do without",
        "blocking no context at all, and limits of no request or beyond the highest (documented), are "
        "allowed by the schemas alone: nothing is marked as required, and numbers have no bounds",
        _is_needed,
    ),
)
