"""From a case that went wrong to the smallest one that still does."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.fuzz.case import Case, Outcome, run
from scripts.fuzz.kinds import Mutation

_SHOWN_BYTES = 700


def smallest(case: Case, outcome: Outcome) -> tuple[tuple[Mutation, ...], Outcome]:
    """The mutations, as few as possible, that bring the same kind of violation, and its outcome."""
    mutations, found = case.mutations, outcome
    shrinking = True
    while shrinking:
        shrinking = False
        for fewer in _one_less(mutations):
            again = run(case, fewer)
            if again.violation is not None and again.name == outcome.name:
                mutations, found, shrinking = fewer, again, True
                break
    return mutations, found


def report(case: Case, outcome: Outcome) -> Iterator[str]:
    """What went wrong and how to see it again, in lines."""
    mutations, found = smallest(case, outcome)
    names = ", ".join(mutation.__name__ for mutation in mutations)
    flavour = "AsyncKsef" if case.is_async else "Ksef"
    yield f"{case.target.name} with {names}: {type(found.violation).__name__}: {found.violation}"
    yield f"  client {flavour}; answer to {' '.join(case.target.key)} became:"
    for answer in found.answers[:2]:
        yield f"  HTTP {answer.status} {answer.headers}"
        body = answer.body
        yield f"  {body[:_SHOWN_BYTES]!r}{f' ... {len(body)} bytes' if len(body) > _SHOWN_BYTES else ''}"
    yield f"  again: python -m scripts.fuzz_responses --seed {case.seed} --case {case.number}"


def _one_less(mutations: tuple[Mutation, ...]) -> Iterator[tuple[Mutation, ...]]:
    if len(mutations) > 1:
        for index in range(len(mutations)):
            yield mutations[:index] + mutations[index + 1 :]
