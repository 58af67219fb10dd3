"""Numbers the simulator gives out: reference numbers and KSeF numbers, with their checksums."""

from __future__ import annotations

import random
from datetime import date

#: CRC-8 with polynomial x^8+x^2+x+1, no reflection, initial value 0: the documented checksum of
#: KSeF numbers, and the one found in the reference numbers that the contract prints.
_POLYNOMIAL = 0x07


def _table() -> tuple[int, ...]:
    values = []
    for value in range(256):
        for _ in range(8):
            value = ((value << 1) ^ _POLYNOMIAL if value & 0x80 else value << 1) & 0xFF
        values.append(value)
    return tuple(values)


_CRC_TABLE = _table()


def checksum(text: str) -> str:
    """CRC-8 of the text as two upper-case hexadecimal digits."""
    crc = 0
    for byte in text.encode():
        crc = _CRC_TABLE[crc ^ byte]
    return f"{crc:02X}"


class References:
    """Makes numbers that never repeat within one simulator."""

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)
        self._serial = self._random.getrandbits(24)

    def _next(self) -> int:
        # A counter spread over 40 bits by an odd factor: distinct for 2**40 calls, looks random.
        self._serial += 1
        return (self._serial * 0x9E3779B97F) & 0xFFFFFFFFFF

    def skip(self, count: int) -> None:
        """Leave numbers out, which somebody may have got already."""
        self._serial += count

    def reference(self, kind: str, day: date) -> str:
        """A 36-character reference number of a kind (two letters, such as SO or EE)."""
        group = f"{self._random.getrandbits(28):07X}000"
        text = f"{day:%Y%m%d}-{kind}-{group}-{self._next():010X}"
        return f"{text}-{checksum(text)}"

    def ksef_number(self, seller_nip: str, day: date) -> str:
        """A 35-character KSeF number of an invoice accepted on a day."""
        text = f"{seller_nip}-{day:%Y%m%d}-01{self._next():010X}"
        return f"{text}-{checksum(text)}"

    def collective_identifier(self, seller_nip: str, day: date) -> str:
        """A 35-character number of a collective identifier generated on a day."""
        text = f"{seller_nip}-IZ{day:%Y%m}-02{self._next():010X}"
        return f"{text}-{checksum(text)}"

    def hexadecimal(self, digits: int) -> str:
        """Lower-case hexadecimal digits, for traces and tokens of no consequence."""
        return f"{self._random.getrandbits(digits * 4):0{digits}x}"

    def uuid(self) -> str:
        """An identifier of 36 characters in the shape of a UUID, such as permissions have."""
        digits = self.hexadecimal(32)
        steps = ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32))
        return "-".join(digits[start:end] for start, end in steps)

    def number(self, below: int) -> int:
        """A number from 0 up to, not including, `below`."""
        return self._random.randrange(below)
