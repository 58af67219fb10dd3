"""Challenges: given out to anyone, to be answered once and soon."""

from __future__ import annotations

from datetime import datetime

from attrs import define, field, frozen

from ..calls import Call, Handler
from ..clock import Clock, wire_time
from ..messages import Response, json_response
from ..problems import Refusal
from ..references import References
from ..settings import Settings

_BAD_CHALLENGE = 21111


@frozen
class Challenge:
    """A challenge as given out."""

    text: str
    issued: datetime
    timestamp_ms: int


@define
class Challenges:
    """The challenges that wait for their answer."""

    clock: Clock
    settings: Settings
    references: References
    _waiting: dict[str, Challenge] = field(factory=dict)

    def __len__(self) -> int:
        return len(self._waiting)

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {("POST", "/auth/challenge"): self._issue}

    def take(self, text: str) -> Challenge:
        """The challenge of a text, used up. Raises Refusal with 21111 when it is not good."""
        challenge = self._waiting.pop(text, None)
        if challenge is None:
            raise Refusal(_BAD_CHALLENGE)
        if self.clock.now() - challenge.issued > self.settings.challenge_lifetime:
            raise Refusal(_BAD_CHALLENGE)
        return challenge

    def _issue(self, call: Call) -> Response:
        now = self.clock.now()
        self._forget_old(now)
        text = self.references.reference("CR", now)
        # Whole milliseconds, cut off and not rounded: the client must send this very number back.
        milliseconds = int(now.timestamp()) * 1000 + now.microsecond // 1000
        self._waiting[text] = Challenge(text, now, milliseconds)
        document = {
            "challenge": text,
            "timestamp": wire_time(now),
            "timestampMs": milliseconds,
            "clientIp": call.request.client,
        }
        return json_response(200, document)

    def _forget_old(self, now: datetime) -> None:
        # The oldest come first in the dictionary.
        while self._waiting:
            oldest = next(iter(self._waiting.values()))
            if now - oldest.issued <= self.settings.challenge_lifetime:
                return
            del self._waiting[oldest.text]
