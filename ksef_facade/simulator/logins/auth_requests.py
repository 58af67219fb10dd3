"""The signed request to log in: AuthTokenRequest, checked against its schema's rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen
from lxml import etree

from .credentials import Party

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Both versions of the schema are accepted (contract, POST /auth/xades-signature).
NAMESPACES = (
    "http://ksef.mf.gov.pl/auth/token/2.0",
    "http://ksef.mf.gov.pl/auth/token/2.1",
)
ROOT = "AuthTokenRequest"
SubjectBy = Literal["certificateSubject", "certificateFingerprint"]

#: Kinds of context (schema auth 2.1, TContextIdentifier). The contract has schemas of the same
#: names, with the same patterns, and no ends that XML Schema would take for characters.
CONTEXTS = ("Nip", "InternalId", "NipVatUe", "PeppolId")
_CHALLENGE = re.compile(r"\d{8}-CR-[A-F0-9]{10}-[A-F0-9]{10}-[A-F0-9]{2}", re.ASCII)
_OCTET = r"(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])"
_ADDRESS = rf"({_OCTET}\.){{3}}{_OCTET}"
#: Lists of a policy: element, name in JSON and in tokens, pattern of an entry; in this order
#: (schema auth 2.1, AllowedIps).
_POLICY = (
    ("Ip4Address", "ip4Addresses", re.compile(_ADDRESS)),
    ("Ip4Range", "ip4Ranges", re.compile(f"{_ADDRESS}-{_ADDRESS}")),
    ("Ip4Mask", "ip4Masks", re.compile(rf"{_ADDRESS}/(0|[1-9]|[12][0-9]|3[0-2])")),
)
_MOST_ADDRESSES = 10
#: Attributes that every document may have (XML Schema, part 1, 2.6).
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


class OffSchema(Exception):
    """Raised with a sentence for a document that departs from the schema."""


@frozen
class AuthRequest:
    """Who wants to log in where."""

    challenge: str
    context: Party
    subject_by: SubjectBy
    policy: dict[str, list[str]] | None


def read_request(root: _Element, patterns: Mapping[str, str]) -> AuthRequest:
    """The request in a document that is known to be signed.

    `patterns` are the contract's, by name of schema. Raises OffSchema.
    """
    namespace = etree.QName(root).namespace
    if namespace not in NAMESPACES or etree.QName(root).localname != ROOT:
        raise OffSchema(f"The element '{etree.QName(root).localname}' is not declared.")
    _refuse_attributes(root)
    children = _children(root, namespace)
    names = [etree.QName(child).localname for child in children]
    wanted = ["Challenge", "ContextIdentifier", "SubjectIdentifierType"]
    if names not in (wanted, [*wanted, "AuthorizationPolicy"]):
        raise OffSchema(f"The element '{ROOT}' has invalid content: {', '.join(names) or 'none'}.")
    challenge = _token(children[0])
    if not _CHALLENGE.fullmatch(challenge):
        raise _invalid(children[0])
    by: Any = _token(children[2])
    if by not in ("certificateSubject", "certificateFingerprint"):
        raise _invalid(children[2])
    policy = _read_policy(children[3], namespace) if len(children) > len(wanted) else None
    return AuthRequest(challenge, _read_context(children[1], namespace, patterns), by, policy)


def _read_context(element: _Element, namespace: str, patterns: Mapping[str, str]) -> Party:
    children = _children(element, namespace)
    kind = etree.QName(children[0]).localname if len(children) == 1 else ""
    if kind not in CONTEXTS:
        raise OffSchema("The element 'ContextIdentifier' has invalid content.")
    value = _text(children[0])
    if not re.fullmatch(patterns[kind], value, re.ASCII) or value.endswith("\n"):
        raise _invalid(children[0])
    return Party(kind, value)


def _read_policy(element: _Element, namespace: str) -> dict[str, list[str]] | None:
    lists = _children(element, namespace)
    if [etree.QName(child).localname for child in lists] != ["AllowedIps"]:
        raise OffSchema("The element 'AuthorizationPolicy' has invalid content.")
    entries = _children(lists[0], namespace)
    found: dict[str, list[str]] = {}
    order = [name for name, _, _ in _POLICY]
    places = []
    for entry in entries:
        name = etree.QName(entry).localname
        if name not in order:
            raise OffSchema(f"The element 'AllowedIps' has invalid child element '{name}'.")
        places.append(order.index(name))
        _, member, pattern = _POLICY[places[-1]]
        value = _token(entry)
        if not pattern.fullmatch(value):
            raise _invalid(entry)
        found.setdefault(member, []).append(value)
    if places != sorted(places) or any(len(one) > _MOST_ADDRESSES for one in found.values()):
        raise OffSchema("The element 'AllowedIps' has too many children or in another order.")
    return found or None


def _refuse_attributes(root: _Element) -> None:
    for element in root.iter("*"):
        for name in element.attrib:
            if etree.QName(name).namespace != _INSTANCE:
                raise OffSchema(f"The '{etree.QName(name).localname}' attribute is not declared.")


def _children(element: _Element, namespace: str | None) -> list[_Element]:
    pieces = [element.text, *(child.tail for child in element)]
    if any(piece and piece.strip() for piece in pieces):
        raise OffSchema(f"The element '{etree.QName(element).localname}' cannot contain text.")
    children = [child for child in element if isinstance(child.tag, str)]
    for child in children:
        if etree.QName(child).namespace != namespace:
            raise OffSchema(f"The element '{etree.QName(child).localname}' is not declared.")
    return children


def _text(element: _Element) -> str:
    if any(isinstance(child.tag, str) for child in element):
        raise OffSchema(f"The element '{etree.QName(element).localname}' cannot have children.")
    return "".join(str(piece) for piece in element.itertext(tag=element.tag))


def _token(element: _Element) -> str:
    return " ".join(_text(element).split())


def _invalid(element: _Element) -> OffSchema:
    name = etree.QName(element).localname
    return OffSchema(f"The '{name}' element is invalid: its value does not fit its pattern.")
