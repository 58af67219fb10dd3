"""Identifiers with a kind, as requests write them, held against their patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import define, field

from .logins.credentials import Party
from .problems import INVALID_INPUT, Complaint, Refusal

#: A certificate by the SHA-256 of its DER (documented format).
_FINGERPRINT = r"[0-9A-F]{64}"
#: Kinds that need no value: all clients of an intermediary, and the service itself.
WITHOUT_VALUE = frozenset({"AllPartners", "System"})


@define
class Identifiers:
    """Reads identifiers and gathers what is wrong with them, to be refused at once."""

    #: The contract's, by name of schema; the schemas of `{type, value}` do not apply them.
    patterns: Mapping[str, str]
    complaints: list[str] = field(factory=list)

    def read(self, body: Mapping[str, Any], name: str) -> Party | None:
        """The identifier in a member of a request; None when it is absent or null."""
        document = body.get(name)
        if document is None:
            return None
        kind, value = document["type"], document.get("value") or ""
        if kind in WITHOUT_VALUE:
            if value:
                self.complaints.append(f"'{name}.value': it must be empty for {kind}")
        else:
            pattern = _FINGERPRINT if kind == "Fingerprint" else self.patterns[kind]
            if not re.fullmatch(pattern, value, re.ASCII) or value.endswith("\n"):
                self.complaints.append(f"'{name}.value': it is not in the format of {kind}")
        return Party(kind, value)

    def require(self, body: Mapping[str, Any], name: str) -> Party:
        """The identifier in a member that the contract requires."""
        party = self.read(body, name)
        if party is None:
            self.complaints.append(f"'{name}': it is required")
            return Party("", "")
        return party

    def refuse(self) -> None:
        """Raise Refusal with 21405 and everything that is wrong, if anything is."""
        if self.complaints:
            raise Refusal.of(Complaint(INVALID_INPUT, (sentence,)) for sentence in self.complaints)


def written(party: Party | None) -> dict[str, str] | None:
    """An identifier as answers write it; None for none."""
    if party is None:
        return None
    return {"type": party.kind, **({"value": party.value} if party.value else {})}


def has_internal_checksum(identifier: str) -> bool:
    """Whether the last digit of an InternalId is its checksum.

    The digits before it are weighed 1, 3, 1, 3 and so on (contract, POST
    /permissions/subunits/grants).
    """
    digits = [int(digit) for digit in identifier if digit.isdigit()]
    total = sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits[:-1]))
    return total % 10 == digits[-1]
