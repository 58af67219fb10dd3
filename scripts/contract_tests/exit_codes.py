"""Exit codes of a run. make turns all but 0 into 2, so the last sentence names the code too."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
"""Facts were checked, all of them hold, and no check broke off."""
REFUTED: Final = 1
"""At least one fact does not hold."""
USAGE: Final = 2
"""Nothing was run: the target is unknown or not for tests, or a credential cannot be used."""
UNREACHABLE: Final = 3
"""Nothing was checked: the target did not answer, or answered like a service that is down."""
INCOMPLETE: Final = 4
"""No fact is refuted, but a check broke off, or nothing was checked."""
