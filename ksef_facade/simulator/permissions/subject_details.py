"""Who somebody with permissions is: persons and entities as requests and answers write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from ..identifiers import Identifiers

#: Member of the request that holds the details of each kind (contract, subjectDetails).
_MEMBERS = {
    "PersonByIdentifier": "personById",
    "PersonByFingerprintWithIdentifier": "personByFpWithId",
    "PersonByFingerprintWithoutIdentifier": "personByFpNoId",
    "EntityByFingerprint": "entityByFp",
}
_BY_IDENTIFIER = "PersonByIdentifier"


@frozen
class Details:
    """A person or an entity, as the contract writes them in lists."""

    person: dict[str, Any] | None = None
    entity: dict[str, Any] | None = None


def read_details(document: Mapping[str, Any], by: str, identifiers: Identifiers) -> Details:
    """The details of a subject who is identified by a kind of identifier.

    What is wrong with them is added to the complaints of the identifiers: details that are missing
    or of another kind than stated, that belong to another kind of identifier (contract,
    descriptions of subjectDetailsType), or that hold an identifier of a wrong form.
    """
    kind: str = document["subjectDetailsType"]
    member = _MEMBERS[kind]
    given = [name for name in _MEMBERS.values() if document.get(name) is not None]
    if given != [member]:
        identifiers.complaints.append(
            f"'subjectDetails': {kind} goes with {member} and nothing else"
        )
        return Details()
    if (kind == _BY_IDENTIFIER) == (by == "Fingerprint"):
        identifiers.complaints.append(
            f"'subjectDetails.subjectDetailsType': {kind} does not go with {by}"
        )
    details = document[member]
    found: dict[str, Any] = {"subjectDetailsType": kind}
    if kind == "EntityByFingerprint":
        return Details(entity=found | {name: details[name] for name in ("fullName", "address")})
    found |= {name: details[name] for name in ("firstName", "lastName")}
    if kind == "PersonByFingerprintWithIdentifier":
        identifiers.read(details, "identifier")
        found["personIdentifier"] = dict(details["identifier"])
    elif kind == "PersonByFingerprintWithoutIdentifier":
        found |= {"birthDate": details["birthDate"], "idDocument": dict(details["idDocument"])}
    return Details(person=found)


def entity_details(document: Mapping[str, Any]) -> dict[str, Any]:
    """A company identified by its number."""
    return {"subjectDetailsType": "EntityByIdentifier", "fullName": document["fullName"]}
