"""From which addresses the tokens of a login may be used."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, Self

from attrs import field, frozen

from ksef_facade.errors import ConfigurationError
from ksef_facade.identifiers import shown

# Authentication schema 2.1: octets without leading zeros, prefixes from 0 to 32, ten of each kind.
_OCTET: Final = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])"
_ADDRESS: Final = rf"(?:{_OCTET}\.){{3}}{_OCTET}"
_MOST: Final = 10
SHAPES: Final = {
    "address": re.compile(_ADDRESS),
    "range": re.compile(rf"{_ADDRESS}-{_ADDRESS}"),
    "mask": re.compile(rf"{_ADDRESS}/(?:[12][0-9]|3[0-2]|[0-9])"),
}


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str):
        raise ConfigurationError("pass lists of addresses, ranges and masks, not one text")
    return tuple(value.strip() for value in values)


@frozen
class AllowedIps:
    """An IP policy (contract `AllowedIps`): where else the access token is used, KSeF answers 403.

    `AllowedIps.parse("203.0.113.7", "203.0.113.0/24")` sorts by itself which text is which.

    Attributes:
        addresses: single IPv4 addresses, e.g. `203.0.113.7`.
        ranges: first and last address, e.g. `203.0.113.1-203.0.113.9`.
        masks: networks, e.g. `203.0.113.0/24`.

    Raises:
        ConfigurationError: a text has another form, a range runs backwards, one kind has more than
            10 entries, or nothing is allowed at all.
    """

    addresses: tuple[str, ...] = field(default=(), converter=_texts)
    ranges: tuple[str, ...] = field(default=(), converter=_texts)
    masks: tuple[str, ...] = field(default=(), converter=_texts)

    def __attrs_post_init__(self) -> None:
        """Refuse what KSeF would refuse."""
        kinds = {"address": self.addresses, "range": self.ranges, "mask": self.masks}
        for kind, texts in kinds.items():
            for text in texts:
                if not SHAPES[kind].fullmatch(text):
                    raise ConfigurationError(
                        f"{shown(text)} is not an IPv4 {kind}; write 203.0.113.7, "
                        "203.0.113.1-203.0.113.9 or 203.0.113.0/24, without leading zeros"
                    )
            if len(texts) > _MOST:
                raise ConfigurationError(f"an IP policy takes {_MOST} of a kind at most")
        for text in self.ranges:
            first, _, last = text.partition("-")
            if _number(first) > _number(last):
                raise ConfigurationError(f"the range {text} runs backwards")
        if not any(kinds.values()):
            raise ConfigurationError("an IP policy that allows no address locks everybody out")

    @classmethod
    def parse(cls, *texts: str) -> Self:
        """A policy of addresses, ranges and masks in any order.

        Raises:
            ConfigurationError: as the class.
        """
        tidy = [text.strip() for text in texts]
        return cls(
            [text for text in tidy if "-" not in text and "/" not in text],
            [text for text in tidy if "-" in text],
            [text for text in tidy if "-" not in text and "/" in text],
        )

    def to_json(self) -> dict[str, Any]:
        """The policy as the contract's `AllowedIps`; empty lists are left out."""
        named = {
            "ip4Addresses": self.addresses,
            "ip4Ranges": self.ranges,
            "ip4Masks": self.masks,
        }
        return {name: list(texts) for name, texts in named.items() if texts}


def _number(address: str) -> tuple[int, ...]:
    return tuple(int(octet) for octet in address.split("."))
