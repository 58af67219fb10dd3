"""What is left of the limits that the contract publishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ksef_facade.calls.describing import PER_OPERATION_GROUP
from ksef_facade.models.budget import GroupBudget, Spent
from ksef_facade.planning.limits import Budget

if TYPE_CHECKING:
    from ksef_facade._async.caller import AsyncCaller
    from ksef_facade._async.client import AsyncKsef


def budget(self: AsyncKsef) -> dict[str, GroupBudget]:
    """What each limit group still allows this client's context, by the group's name; no request.

    Counted by this client and its copies alone, in the sliding windows of the contract
    (`x-rate-limits`): what other programs of the same company and address spend is not known. The
    group `other` is left out, since each of its operations is counted on its own.
    """
    return budget_of(self._caller)


def budget_of(caller: AsyncCaller) -> dict[str, GroupBudget]:
    """The same for whatever asks in the name of a context."""
    return {budget.group: caller.left(budget) for budget in _budgets()}


def recall(caller: AsyncCaller, spent: Mapping[str, Spent]) -> None:
    """Count what an earlier process has spent, by group."""
    for budget in _budgets():
        if budget.group in spent:
            caller.recall(budget, spent[budget.group])


def _budgets() -> Iterator[Budget]:
    from ksef_api import limits

    for name, limit in limits.GROUPS.items():
        if name != PER_OPERATION_GROUP:
            yield Budget.of(name, limit.per_second, limit.per_minute, limit.per_hour)
