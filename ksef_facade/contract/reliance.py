"""What the facade relies on in an operation of the contract: what it sends, and what it reads."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen

Values = tuple[str | int | bool, ...]

_NOTHING: Mapping[str, Values] = MappingProxyType({})


@frozen(kw_only=True)
class Reliance:
    """What the facade relies on in one operation."""

    path: Values = ()
    """A value for each path parameter, in their order."""
    always: Mapping[str, Values] = field(default=_NOTHING)
    """Query parameters and headers that go with every request; headers in lower case."""
    sometimes: Mapping[str, Values] = field(default=_NOTHING)
    """Those that go along when the caller asks for them."""
    body: Mapping[str, Values] = field(default=_NOTHING)
    """Properties of the request's body that always go along."""
    body_sometimes: Mapping[str, Values] = field(default=_NOTHING)
    """Those that go along when the caller asks for them."""
    needs: tuple[str, ...] = ()
    """What it cannot do without in the answer: identifiers, codes, tokens, the lists themselves."""
    reads: tuple[str, ...] = ()
    """What it passes on where it is there, and reads as absent where it is not."""
    headers: tuple[str, ...] = ()
    """Headers of the answer that it looks at, in lower case."""
    media: str = "application/json"
    """What the answer is."""
    codes: tuple[int, ...] = ()
    """Exception codes of a 400 that it acts upon."""

    @property
    def _path(self) -> dict[str, Values]:
        return {f"{{{position}}}": (value,) for position, value in enumerate(self.path)}

    @property
    def _whole_body(self) -> Mapping[str, Values]:
        return {**self.body, **self.body_sometimes}

    def sends(self, place: str) -> bool:
        """Whether a parameter or a property of the body, or something inside it, is sent.

        Path parameters are called by their position: `{0}`.
        """
        return _holds((*self._path, *self.always, *self.sometimes, *self._whole_body), place)

    def values(self, place: str) -> Values:
        """The values at the limits of what is sent there."""
        sent = {**self._path, **self.always, **self.sometimes, **self._whole_body}
        return sent.get(place, ())

    def needs_in_answer(self, place: str) -> bool:
        """Whether the answer without that place, or something inside it, is of no use."""
        return _holds(self.needs, place)

    def reads_in_answer(self, place: str) -> bool:
        """Whether that place of the answer is read at all."""
        return _holds(self.needs, place) or _holds(self.reads, place)


def _holds(listed: tuple[str, ...], place: str) -> bool:
    """Whether a place, or something inside it, is listed."""
    return any(item == place or item.startswith((f"{place}.", f"{place}[")) for item in listed)
