"""The identifiers of KSeF as types, so that one is never sent where another is wanted.

Each is text (`str`) that is known to be safe in a URL path. `parse` is for what people type and is
strict; `from_server` is for what the service answered and takes any harmless text, because an
answer that is already there must not be lost over its spelling.
"""

from __future__ import annotations

import re
from typing import Any, Final, Literal, NoReturn, Self

from ksef_facade.errors import InvalidIdentifier, UnusableReference

# Longest part of a refused text that a message repeats; identifiers have at most 36 characters.
_LONGEST_ECHO: Final = 60

# What may stand in a URL path without escaping; no identifier of the contract is longer than 64.
_URL_SAFE: Final = re.compile(r"[0-9A-Za-z-]{1,64}")

_JWT: Final = re.compile(r"\beyj", re.IGNORECASE)

_DATE: Final = (
    r"(?:20[2-9][0-9]|2[1-9][0-9]{2}|[3-9][0-9]{3})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
)
_NIP: Final = r"[1-9](?:[0-9][1-9]|[1-9][0-9])[0-9]{7}"

# UPO schema, type TNumerReferencyjny: date, kind, two random parts, checksum.
_REFERENCE: Final = re.compile(
    rf"{_DATE}-([0-9A-Z]{{2}})-[0-9A-F]{{10}}-[0-9A-F]{{10}}-[0-9A-F]{{2}}"
)

# Contract schema KsefNumber; the second hyphen stands only in numbers that KSeF 1.0 gave.
_KSEF_NUMBER: Final = re.compile(rf"({_NIP})-({_DATE})-[0-9A-F]{{6}}-?[0-9A-F]{{6}}-[0-9A-F]{{2}}")

_COLLECTIVE: Final = re.compile(rf"{_NIP}-IZ[0-9]{{6}}-[0-9A-F]{{12}}-[0-9A-F]{{2}}")
_NIP_SHAPE: Final = re.compile(_NIP)

# Documented rule of the Polish tax number: weights of its first nine digits, their sum modulo 11.
_NIP_WEIGHTS: Final = (6, 5, 7, 2, 3, 4, 5, 6, 7)

# Kinds of reference numbers as they appear in the contract's examples and in answers.
_KINDS: Final = {
    "AU": "an authentication reference",
    "CR": "a challenge reference",
    "EC": "the reference of a KSeF token",
    "EE": "an invoice reference",
    "EG": "the reference of a permission operation",
    "EH": "the reference of an invoice export",
    "EU": "a UPO reference",
    "SB": "the reference of a batch session",
    "SO": "the reference of an online session",
}


def _crc8_table() -> bytes:
    table = bytearray()
    for crc in range(256):
        for _ in range(8):
            crc = (crc << 1) ^ (0x07 if crc & 0x80 else 0)
        table.append(crc & 0xFF)
    return bytes(table)


_CRC8_TABLE: Final = _crc8_table()


def crc8(data: bytes) -> int:
    """CRC-8 (polynomial 0x07, initial value 0, nothing reflected or inverted) of `data`.

    Documented rule for the last two digits of KSeF numbers; observed in reference numbers too.
    """
    crc = 0
    for byte in data:
        crc = _CRC8_TABLE[crc ^ byte]
    return crc


def _checksum(text: str) -> str:
    """The two digits that belong behind the last hyphen of `text`."""
    return f"{crc8(text.rpartition('-')[0].encode()):02X}"


def shown(text: str) -> str:
    """`text` as a message may repeat it: short, on one line, and never a secret."""
    # KSeF tokens hold bars and JWTs begin with `eyJ`, perhaps behind "Bearer": people paste them into
    # the wrong field.
    if "|" in text or _JWT.search(text):
        return "The text (withheld: it looks like a token)"
    plain = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text[: _LONGEST_ECHO + 1])
    return f"'{plain if len(plain) <= _LONGEST_ECHO else plain[: _LONGEST_ECHO - 1] + '…'}'"


def _named(text: str) -> str | None:
    """What `text` is, if it is a well-formed identifier of any kind."""
    if match := _REFERENCE.fullmatch(text):
        kind = match[1]
        return f"{_KINDS[kind]} ({kind})" if kind in _KINDS else None
    if _KSEF_NUMBER.fullmatch(text):
        return "a KSeF number"
    if _COLLECTIVE.fullmatch(text):
        return "a collective identifier"
    if _NIP_SHAPE.fullmatch(text):
        return "a NIP"
    return None


class _Identifier(str):
    """Text that is safe in a URL path; every instance is, however it was made."""

    __slots__ = ()

    _wanted = "an identifier"
    _shape = "1 to 64 letters, digits and hyphens"

    def __new__(cls, text: str) -> Self:
        """Hold `text` as it is; `parse` is the way to check it for its kind as well.

        Raises:
            InvalidIdentifier: it is not 1 to 64 ASCII letters, digits and hyphens.
        """
        if not isinstance(text, str):
            raise InvalidIdentifier(f"Text is wanted for {cls._wanted}, not {type(text).__name__}")
        if not _URL_SAFE.fullmatch(text):
            cls._refuse(text)
        return super().__new__(cls, text)

    @classmethod
    def from_server(cls, text: Any) -> Self:
        """Take what the service answered, whatever its length, as long as it is harmless in a URL.

        Raises:
            UnusableReference: it is not 1 to 64 ASCII letters, digits and hyphens.
        """
        try:
            return cls(text)
        except InvalidIdentifier as error:
            raise UnusableReference(f"from the service: {error}") from None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed; each kind of identifier says how strictly.

        Raises:
            InvalidIdentifier: it is not such an identifier.
        """
        return cls(cls._tidy(text))

    @classmethod
    def of(cls, text: str) -> Self:
        """`text` itself when it is such an identifier already, else `parse` of it.

        Raises:
            InvalidIdentifier: as `parse`.
        """
        return text if isinstance(text, cls) else cls.parse(text)

    @classmethod
    def _tidy(cls, text: str) -> str:
        """`text` without the blanks around it and in upper case, as KSeF writes identifiers."""
        if not isinstance(text, str):
            raise InvalidIdentifier(f"Text is wanted for {cls._wanted}, not {type(text).__name__}")
        stripped = text.strip()
        # Some other letters have an upper case in ASCII ("ı" has "I"); none of them may slip in.
        return stripped.upper() if stripped.isascii() else stripped

    @classmethod
    def _refuse(cls, text: str) -> NoReturn:
        if not text:
            raise InvalidIdentifier(f"The text is empty; {cls._wanted} is wanted: {cls._shape}")
        if named := _named(text):
            raise InvalidIdentifier(f"{shown(text)} is {named}; {cls._wanted} is wanted")
        raise InvalidIdentifier(
            f"{shown(text)} ({len(text)} characters) is not {cls._wanted}: {cls._shape}"
        )

    def __repr__(self) -> str:
        """The class and the text, e.g. `Nip('5265877635')`."""
        return f"{type(self).__name__}({str(self)!r})"


class _Reference(_Identifier):
    """A reference number: date, kind, two random parts and a checksum, 36 characters."""

    __slots__ = ()

    _kinds: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed: blanks around it are dropped, letters become upper case.

        A kind that is not known here is taken, and the checksum, being undocumented, is not looked
        at (see `checksum_matches`). No request is made.

        Raises:
            InvalidIdentifier: it has another shape, or is an identifier of another known kind.
        """
        tidy = cls._tidy(text)
        match = _REFERENCE.fullmatch(tidy)
        if not match or (match[1] in _KINDS and match[1] not in cls._kinds):
            cls._refuse(tidy)
        return cls(tidy)

    @property
    def checksum_matches(self) -> bool:
        """Whether the last two digits are the CRC-8 of what precedes them.

        Observed behaviour, not a documented rule: `False` hints at a typing error, no more.
        """
        return _REFERENCE.fullmatch(self) is not None and self[-2:] == _checksum(self)


class SessionReference(_Reference):
    """`referenceNumber` of an online (SO) or batch (SB) session."""

    __slots__ = ()

    _wanted = "a session reference (SO or SB)"
    _shape = "36 characters like 20250925-SO-2F67776000-97273B191A-65"
    _kinds = ("SO", "SB")

    @property
    def kind(self) -> Literal["online", "batch", "other"]:
        """What the two letters after the date say; "other" for letters not known here."""
        match = _REFERENCE.fullmatch(self)
        if match and match[1] in self._kinds:
            return "online" if match[1] == "SO" else "batch"
        return "other"


class InvoiceReference(_Reference):
    """`referenceNumber` of an invoice inside a session (EE); not its KSeF number."""

    __slots__ = ()

    _wanted = "an invoice reference (EE)"
    _shape = "36 characters like 20250625-EE-319D7EE000-B67F415CDC-2C"
    _kinds = ("EE",)


class UpoReference(_Reference):
    """`referenceNumber` of one page of a session's UPO (EU)."""

    __slots__ = ()

    _wanted = "a UPO reference (EU)"
    _shape = "36 characters like 20250901-EU-47FDBE3000-5961A5D232-BF"
    _kinds = ("EU",)


class KsefNumber(_Identifier):
    """`ksefNumber` of an accepted invoice: 35 characters, or 36 when KSeF 1.0 gave it."""

    __slots__ = ()

    _wanted = "a KSeF number"
    _shape = "35 characters like 5265877635-20250826-0100001AF629-AF"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed: blanks around it are dropped, letters become upper case.

        No request is made. Pattern: contract schema KsefNumber; checksum: documented rule.

        Raises:
            InvalidIdentifier: it has another shape, or its checksum does not match.
        """
        tidy = cls._tidy(text)
        if not _KSEF_NUMBER.fullmatch(tidy):
            cls._refuse(tidy)
        if tidy[-2:] != _checksum(tidy):
            raise InvalidIdentifier(
                f"{shown(tidy)} is mistyped: its last two digits do not match the rest;"
                " copy it again"
            )
        return cls(tidy)

    @property
    def seller_nip(self) -> str:
        """NIP of the seller: the text before the first hyphen."""
        return self.partition("-")[0]


class AuthReference(_Reference):
    """`referenceNumber` of a login, and of the authentication session that came of it (AU)."""

    __slots__ = ()

    _wanted = "an authentication reference (AU)"
    _shape = "36 characters like 20251010-AU-19F5E39000-39B5B182BA-B8"
    _kinds = ("AU",)


class Nip(_Identifier):
    """A Polish tax number (NIP): ten digits, the last one a checksum."""

    __slots__ = ()

    _wanted = "a NIP"
    _shape = "10 digits without separators or country code"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed; blanks around it are dropped. No request is made.

        Pattern: contract schema of Nip; checksum: documented rule of the tax number.

        Raises:
            InvalidIdentifier: it is not ten digits, or its checksum does not match.
        """
        tidy = cls._tidy(text)
        if not _NIP_SHAPE.fullmatch(tidy):
            cls._refuse(tidy)
        total = sum(w * int(digit) for w, digit in zip(_NIP_WEIGHTS, tidy, strict=False))
        if total % 11 != int(tidy[-1]):
            raise InvalidIdentifier(
                f"{shown(tidy)} is mistyped: its last digit does not match the rest; check the NIP"
            )
        return cls(tidy)
