"""The simulator as the judges find it: served over HTTP, with something in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from ksef_facade.simulator import Simulator

#: A company with a good checksum, in whose context the judges work.
NIP = "5265877635"
_LONGEST_TRIAL = timedelta(hours=2)
_SHOWN_VIOLATIONS = 5


@contextmanager
def simulator(**options: Any) -> Iterator[Simulator]:
    """A running simulator whose access tokens outlive the trial."""
    options.setdefault("access_token_lifetime", _LONGEST_TRIAL)
    with Simulator(**options) as running:
        yield running


def violations(accused: Simulator) -> list[str]:
    """What the simulator itself noticed of answers that the contract does not allow."""
    counted = Counter(sentence.strip().splitlines()[-1] for sentence in accused.contract_violations)
    return [
        f"the simulator broke the contract {times} times: {sentence}"
        for sentence, times in counted.most_common(_SHOWN_VIOLATIONS)
    ]
