"""Requests against the contract before they are served, responses before they leave."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn
from urllib.parse import parse_qs

from attrs import evolve, frozen

from .contract import Operation
from .identifiers import WITHOUT_VALUE
from .messages import Request, Response
from .problems import INVALID_INPUT, UNREADABLE, Complaint, Refusal
from .schemas import Finding, Validator


@frozen
class Inputs:
    """What a request says, read by the contract: typed parameters and the JSON body."""

    path: Mapping[str, str]
    query: Mapping[str, Any]
    headers: Mapping[str, str]
    body: Any


def read_inputs(operation: Operation, request: Request, path: Mapping[str, str]) -> Inputs:
    """Check path, query, headers and body.

    Raises Refusal with 21405 for values out of bounds, and with 21001 for what cannot be read
    where the operation lists that code (contract, 400 tables). All findings come at once.
    """
    query = _read_query(operation, request.query)
    headers = {
        name: request.headers[name]
        for place, name in operation.parameter_types
        if place == "header" and name in request.headers
    }
    values = {"path": dict(path), "query": query, "header": headers}
    findings = [
        evolve(finding, path=finding.path[1:])
        for finding in _findings(operation.parameter_validator, values)
    ]
    body, more = _read_body(operation, request)
    findings += more
    if findings:
        raise Refusal.of(_complaints(operation, findings))
    return Inputs(path, query, headers, body)


def _findings(validator: Validator, document: Any) -> list[Finding]:
    """What is wrong with a document, whose values of enumerations are respelled in place: the
    service reads them in any letter case (observed)."""
    findings = validator.findings(document)
    respelled = [_respell(document, finding) for finding in findings if finding.allowed]
    if any(respelled):
        findings = validator.findings(document)
    return [finding for finding in findings if not _is_left_empty(document, finding)]


def _is_left_empty(document: Any, finding: Finding) -> bool:
    """Whether it is about the empty value of an identifier of a kind that has none: such a value
    is to be left empty, says the contract, which bounds its length all the same."""
    if finding.keyword != "minLength" or finding.path[-1:] != ("value",):
        return False
    for step in finding.path[:-1]:
        document = document[int(step) if isinstance(document, list) else step]
    return document["value"] == "" and document.get("type") in WITHOUT_VALUE


def _respell(document: Any, finding: Finding) -> bool:
    """Write one value as the contract does; False when it is none of those allowed."""
    holder, place, value = None, None, document
    for step in finding.path:
        place = int(step) if isinstance(value, list) else step
        holder, value = value, value[place]
    if holder is None or not isinstance(value, str):
        return False
    for name in finding.allowed:
        if isinstance(name, str) and name.lower() == value.lower():
            holder[place] = name
            return True
    return False


#: Breaches that have a code of their own: operation, path of the value, keyword.
_SPECIAL_CODES: Mapping[tuple[tuple[str, str], tuple[str, ...], str], int] = {
    (("POST", "/sessions/batch"), ("batchFile", "fileParts"), "maxItems"): 21161
}


def _complaints(operation: Operation, findings: Iterable[Finding]) -> list[Complaint]:
    """One complaint for each code, with a sentence for each finding (observed)."""
    sentences: dict[int, list[str]] = {}
    for finding in findings:
        sentences.setdefault(_code(operation, finding), []).append(str(finding))
    return [Complaint(code, tuple(details)) for code, details in sentences.items()]


def _code(operation: Operation, finding: Finding) -> int:
    if finding.unreadable and UNREADABLE in operation.codes:
        return UNREADABLE
    breach = operation.key, finding.path, finding.keyword
    return _SPECIAL_CODES.get(breach, INVALID_INPUT)


def _read_query(operation: Operation, query: str) -> dict[str, Any]:
    """The parameters of a query as ASP.NET Core, which answers in the service's place, reads them:
    names in any letter case, lists with or without indices, and nothing where nothing is said."""
    given: dict[str, list[str]] = {}
    # Empty values are left out.
    for name, texts in parse_qs(query).items():
        given.setdefault(name.lower(), []).extend(texts)
    values: dict[str, Any] = {}
    for (place, name), (kind, schema) in operation.parameter_types.items():
        if place != "query":
            continue
        texts = given.get(name.lower(), [])
        if kind == "array":
            item_kind = str((schema.get("items") or {}).get("type", "string"))
            texts = texts or _indexed(given, name.lower())
            if texts:
                values[name] = [_coerce(text, item_kind) for text in texts]
        elif texts:
            values[name] = _coerce(texts[0], kind)
    return values


def _indexed(given: Mapping[str, list[str]], name: str) -> list[str]:
    """A list as PHP and some programs for .NET write it: statuses[0]=...&statuses[1]=..."""
    found: list[str] = []
    while texts := given.get(f"{name}[{len(found)}]"):
        found.append(texts[0])
    return found


def _coerce(text: str, kind: str) -> Any:
    """The typed value, or the text itself, which the validator then refuses."""
    if kind == "integer":
        digits = text[1:] if text.startswith("-") else text
        return int(text) if digits.isascii() and digits.isdigit() and len(text) < 20 else text
    if kind == "boolean":
        return {"true": True, "false": False}.get(text.lower(), text)
    return text


def _read_body(operation: Operation, request: Request) -> tuple[Any, list[Finding]]:
    validators = operation.body_validators
    if not validators:
        return None, []
    if not request.body and not operation.needs_body:
        # Its content type, if any, describes nothing: ASP.NET Core does not look at it either.
        return {}, []
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in validators:
        expected = " or ".join(validators)
        return None, [Finding((), f"the body must be sent as {expected}", True)]
    validator = validators[media]
    if validator is None:
        return request.body, []
    try:
        # A byte order mark is passed over, as RFC 8259, section 8.1, lets a reader do, and as
        # ASP.NET Core, which answers in the service's place, does with bodies.
        text = request.body.decode("utf-8-sig")
        document = json.loads(text, parse_constant=_refuse_constant)
        document = operation.read_names(media, document)
        return document, _findings(validator, document)
    except (ValueError, RecursionError, OverflowError):
        # The validator cannot take texts with half of a surrogate pair: no JSON of the API can.
        return None, [Finding((), "the body is not a JSON document in UTF-8", True)]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def violations(operation: Operation, response: Response) -> list[str]:
    """What the contract does not allow in an answer; empty when the answer may leave."""
    declared = operation.responses.get(response.status)
    if declared is None:
        return [f"status {response.status} is not in the contract"]
    bodies, headers = declared
    types = operation.response_header_types
    values = {
        name: int(value)
        if types.get((response.status, name)) == "integer" and value.isdigit()
        else value
        for name, value in response.headers.items()
    }
    found = [f"header {finding}" for finding in headers.findings(values)]
    if not bodies:
        return [*found, "a body where none is declared"] if response.body else found
    if response.media_type not in bodies:
        return [*found, f"content type {response.media_type or 'none'} is not in the contract"]
    validator = bodies[response.media_type]
    if validator is not None:
        found += [f"body {finding}" for finding in validator.findings(response.document)]
    elif not response.body:
        found.append("an empty body where a document is declared")
    return found
