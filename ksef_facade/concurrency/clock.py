"""Time, as the client sees it; tests put their own in."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime


class SystemClock:
    """Monotonic seconds for durations and deadlines, wall time for dates, and the jitter of waits."""

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    def now(self) -> datetime:
        """The time of day, aware, UTC."""
        return datetime.now(UTC)

    def jitter(self) -> float:
        """A random number from 0 to 1, to spread waits of many clients."""
        return random.random()
