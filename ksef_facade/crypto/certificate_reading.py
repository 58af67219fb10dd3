"""What stands in a certificate, read from its DER without judging its signature.

KSeF's own certificate authority writes a parameter into its signature algorithm that belongs there
by no standard (observed: NULL beside ecdsa-with-SHA512). `cryptography` refuses to read such
certificates, and they are the ones to log in with; so the few things needed are read here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from attrs import field, frozen

# X.690 tags: universal, constructed, and the first context-specific one.
_INTEGER: Final = 0x02
_BIT_STRING: Final = 0x03
_OCTET_STRING: Final = 0x04
_OBJECT_IDENTIFIER: Final = 0x06
_SEQUENCE: Final = 0x30
_SET: Final = 0x31
_VERSION: Final = 0xA0
_EXTENSIONS: Final = 0xA3
_UTC_TIME: Final = 0x17
_GENERALIZED_TIME: Final = 0x18
_LONG_FORM: Final = 0x80
# Longer lengths need more than four bytes to say; no certificate is so long.
_LENGTH_BYTES: Final = 4
_ENCODINGS: Final = {
    0x0C: "utf-8",
    0x12: "ascii",
    0x13: "ascii",
    0x14: "latin-1",
    0x16: "ascii",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}
# RFC 5280: two digits from 50 on are of the twentieth century.
_CENTURY_TURN: Final = 50

# X.520 attribute types, DER without tag and length.
SERIAL_NUMBER: Final = bytes.fromhex("550405")
ORGANIZATION_IDENTIFIER: Final = bytes.fromhex("550461")

# RFC 5280, section 4.2.1.3: the extension that says what a key is for, and its bits in their order.
_KEY_USAGE: Final = bytes.fromhex("551d0f")
_USAGES: Final = (
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
)


@frozen
class CertificateFacts:
    """What a certificate says.

    Attributes:
        public_key_der: its SubjectPublicKeyInfo, DER.
        issuer_der: the issuer's name, DER.
        subject_der: the subject's name, DER.
        subject: attribute types (DER without tag and length) and texts of the subject.
        valid_from: first moment at which it is valid.
        valid_to: last moment at which it is.
        serial_number: its number, which its issuer gives once.
        key_usage: what its key is for, in the names of RFC 5280; `None` where it does not say.
    """

    public_key_der: bytes = field(repr=False)
    issuer_der: bytes = field(repr=False)
    subject_der: bytes = field(repr=False)
    subject: tuple[tuple[bytes, str], ...] = field(repr=False)
    valid_from: datetime
    valid_to: datetime
    serial_number: int
    key_usage: frozenset[str] | None

    def texts(self, attribute: bytes) -> list[str]:
        """The texts of one attribute type of the subject."""
        return [text for kind, text in self.subject if kind == attribute]


@frozen
class _Element:
    """A tag, its content, and the whole of both."""

    tag: int
    content: bytes
    whole: bytes

    def children(self) -> list[_Element]:
        found, rest = [], self.content
        while rest:
            element, rest = _first(rest)
            found.append(element)
        return found


def read_certificate(der: bytes) -> CertificateFacts:
    """The facts of an X.509 certificate (RFC 5280).

    Raises:
        ValueError: it is none.
    """
    certificate, rest = _first(der)
    parts = certificate.children()
    if rest or certificate.tag != _SEQUENCE or len(parts) != 3:
        raise ValueError("not a certificate")
    fields = parts[0].children()
    if fields and fields[0].tag == _VERSION:
        fields = fields[1:]
    tags = [element.tag for element in fields[:6]]
    if tags != [_INTEGER, *[_SEQUENCE] * 5]:
        raise ValueError("not a certificate")
    serial, _, issuer, validity, subject, public_key = fields[:6]
    start, end = validity.children()
    return CertificateFacts(
        public_key_der=public_key.whole,
        issuer_der=issuer.whole,
        subject_der=subject.whole,
        subject=tuple(_attributes(subject)),
        valid_from=_moment(start),
        valid_to=_moment(end),
        serial_number=int.from_bytes(serial.content, "big", signed=True),
        key_usage=_key_usage(fields[6:]),
    )


def _first(data: bytes) -> tuple[_Element, bytes]:
    """The element that `data` begins with, and what follows it."""
    if len(data) < 2:
        raise ValueError("cut off")
    length, start = data[1], 2
    if length & _LONG_FORM:
        size = length & ~_LONG_FORM
        if not 1 <= size <= _LENGTH_BYTES:
            raise ValueError("a length of no sense")
        start += size
        length = int.from_bytes(data[2:start], "big")
    end = start + length
    if end > len(data):
        raise ValueError("cut off")
    return _Element(data[0], data[start:end], data[:end]), data[end:]


def _attributes(name: _Element) -> list[tuple[bytes, str]]:
    found = []
    for group in name.children():
        for pair in group.children():
            kind, value = pair.children()
            if group.tag != _SET or kind.tag != _OBJECT_IDENTIFIER:
                raise ValueError("not a name")
            if value.tag in _ENCODINGS:
                found.append((kind.content, value.content.decode(_ENCODINGS[value.tag])))
    return found


def _key_usage(optional: list[_Element]) -> frozenset[str] | None:
    for part in optional:
        if part.tag != _EXTENSIONS:
            continue
        (extensions,) = part.children()
        for extension in extensions.children():
            kind, *_, value = extension.children()
            if (kind.tag, kind.content) == (_OBJECT_IDENTIFIER, _KEY_USAGE):
                return _usages(value)
    return None


def _usages(value: _Element) -> frozenset[str]:
    bits, rest = _first(value.content)
    if value.tag != _OCTET_STRING or bits.tag != _BIT_STRING or rest:
        raise ValueError("not a key usage")
    # The first byte counts the bits that are left over at the end; those are zero.
    digits = "".join(f"{byte:08b}" for byte in bits.content[1:])
    # Bits that no standard has named yet say nothing of what is asked here.
    return frozenset(name for name, bit in zip(_USAGES, digits, strict=False) if bit == "1")


def _moment(time: _Element) -> datetime:
    text = time.content.decode("ascii")
    if time.tag == _UTC_TIME:
        text = ("19" if int(text[:2]) >= _CENTURY_TURN else "20") + text
    elif time.tag != _GENERALIZED_TIME:
        raise ValueError("not a time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
