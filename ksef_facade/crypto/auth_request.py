"""`AuthTokenRequest` 2.1, the document whose signature is a login: built, and checked before signing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ksef_facade.errors import ConfigurationError, IntegrityFailure
from ksef_facade.logins.contexts import Context, has_the_shape_of
from ksef_facade.logins.ip_policy import SHAPES, AllowedIps

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ksef_facade.logins.credentials import SubjectKind

NAMESPACE: Final = "http://ksef.mf.gov.pl/auth/token/2.1"

# Authentication schema 2.1, element Challenge.
_CHALLENGE: Final = re.compile(r"[0-9]{8}-CR-[A-F0-9]{10}-[A-F0-9]{10}-[A-F0-9]{2}")
_SUBJECTS: Final = {
    "certificate": "certificateSubject",
    "fingerprint": "certificateFingerprint",
}
# Authentication schema 2.1, element AllowedIps: the kinds in this order, ten of each at most.
_IP_ELEMENTS: Final = (("Ip4Address", "address"), ("Ip4Range", "range"), ("Ip4Mask", "mask"))
_MOST_OF_A_KIND: Final = 10


def build_auth_request(
    challenge: str,
    context: Context,
    subject: SubjectKind = "certificate",
    allowed_ips: AllowedIps | None = None,
) -> _Element:
    """The document to sign, checked; without any whitespace between its elements.

    Args:
        challenge: `challenge` of `POST /auth/challenge`.
        context: on whose behalf to log in.
        subject: how KSeF recognises the signer.
        allowed_ips: the addresses that access tokens are bound to.

    Raises:
        IntegrityFailure: the challenge is not what the service's own schema says it is.
        ConfigurationError: the context is not what the schema takes.
    """
    from lxml import etree

    # The stubs know no default namespace.
    names: Any = {None: NAMESPACE}
    root = etree.Element(_named("AuthTokenRequest"), nsmap=names)
    _add(root, "Challenge", challenge)
    _add(_add(root, "ContextIdentifier"), context.type, context.value)
    _add(root, "SubjectIdentifierType", _SUBJECTS[subject])
    if allowed_ips is not None:
        listed = _add(_add(root, "AuthorizationPolicy"), "AllowedIps")
        kinds = (allowed_ips.addresses, allowed_ips.ranges, allowed_ips.masks)
        for (element, _), texts in zip(_IP_ELEMENTS, kinds, strict=True):
            for text in texts:
                _add(listed, element, text)
    check_auth_request(root)
    return root


def check_auth_request(root: _Element) -> None:
    """Hold a document against the rules of the authentication schema 2.1, which KSeF checks it by.

    Raises:
        IntegrityFailure: the challenge has another form.
        ConfigurationError: anything else is not as the schema wants it.
    """
    _expect(root.tag == _named("AuthTokenRequest"), "its root is another element")
    names = _children(root)
    wanted = ["Challenge", "ContextIdentifier", "SubjectIdentifierType"]
    policies = names[len(wanted) :]
    _expect(names[: len(wanted)] == wanted and policies in ([], ["AuthorizationPolicy"]), "order")
    if not _CHALLENGE.fullmatch(_text(root[0])):
        raise IntegrityFailure("the service's challenge is not of the form that its schema states")
    contexts = _children(root[1])
    _expect(
        len(contexts) == 1 and has_the_shape_of(contexts[0], _text(root[1][0])),
        "the context is not a NIP, InternalId, NipVatUe or PeppolId of the right form",
    )
    _expect(_text(root[2]) in _SUBJECTS.values(), "SubjectIdentifierType")
    if policies:
        _check_policy(root[3])


def _check_policy(policy: _Element) -> None:
    _expect(_children(policy) == ["AllowedIps"], "AuthorizationPolicy")
    addresses = policy[0]
    names = _children(addresses)
    order = [element for element, _ in _IP_ELEMENTS]
    _expect(set(names) <= set(order) and names == sorted(names, key=order.index), "AllowedIps")
    for element, kind in _IP_ELEMENTS:
        texts = [
            _text(entry) for entry, name in zip(addresses, names, strict=True) if name == element
        ]
        _expect(len(texts) <= _MOST_OF_A_KIND, f"more than {_MOST_OF_A_KIND} of {element}")
        _expect(all(SHAPES[kind].fullmatch(text) for text in texts), element)


def _named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: _Element, name: str, text: str | None = None) -> _Element:
    from lxml import etree

    child = etree.SubElement(parent, _named(name))
    child.text = text
    return child


def _children(element: _Element) -> list[str]:
    """Names of the children; those of another namespace keep it, so that they match nothing."""
    return [str(child.tag).removeprefix(f"{{{NAMESPACE}}}") for child in element]


def _text(element: _Element) -> str:
    _expect(len(element) == 0, "text is wanted where elements are")
    return element.text or ""


def _expect(condition: bool, what: str) -> None:
    if not condition:
        raise ConfigurationError(f"the login document is not as its schema wants it: {what}")
