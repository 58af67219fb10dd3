"""What a judge says: how much it looked at, what was wrong, and when it could not sit."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

#: Exit codes of `python -m scripts.judges`. The last is automake's word for a test that was not run.
ALL_PASSED, SOME_FAILED, SOME_SKIPPED = 0, 1, 77
#: Of many failures of one judge, these are printed.
_SHOWN = 20


def _tuple(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(texts)


@frozen
class Verdict:
    """The result of one judge."""

    judge: str
    #: Requests that the simulator, or the judge in its place, was sent.
    requests: int
    #: One line that says what was looked at.
    summary: str
    failures: tuple[str, ...] = field(default=(), converter=_tuple)
    #: Why the judge could not sit; such a verdict is no pass.
    skipped: str | None = None
    #: Whether the others can do without it: then its absence alone changes no exit code.
    dispensable: bool = False

    @property
    def passed(self) -> bool:
        """Whether the judge sat and found nothing."""
        return self.skipped is None and not self.failures

    @property
    def line(self) -> str:
        """The verdict in one line."""
        if self.skipped is not None:
            return f"{self.judge}: SKIPPED, not passed: {self.skipped}"
        word = "passed" if self.passed else "FAILED"
        return (
            f"{self.judge}: {word}: {self.requests} requests, {len(self.failures)} failures: "
            f"{self.summary}"
        )


def skip(judge: str, reason: str, *, dispensable: bool = False) -> Verdict:
    """The verdict of a judge that could not sit."""
    return Verdict(judge, 0, "", skipped=reason, dispensable=dispensable)


def show(verdicts: Iterable[Verdict]) -> int:
    """Print all verdicts, failures first; returns the exit code."""
    verdicts = list(verdicts)
    for verdict in verdicts:
        for failure in verdict.failures[:_SHOWN]:
            print(f"\n{verdict.judge}: {failure}")
        if len(verdict.failures) > _SHOWN:
            print(f"\n{verdict.judge}: and {len(verdict.failures) - _SHOWN} more")
    print()
    for verdict in verdicts:
        print(verdict.line)
    passed = sum(verdict.passed for verdict in verdicts)
    skipped = sum(verdict.skipped is not None for verdict in verdicts)
    failed = len(verdicts) - passed - skipped
    print(f"{passed} judges passed, {failed} failed, {skipped} skipped")
    if failed:
        return SOME_FAILED
    missed = any(verdict.skipped and not verdict.dispensable for verdict in verdicts)
    return SOME_SKIPPED if missed else ALL_PASSED
