"""The contract that the raw client at hand was made of: the committed one, or any other that it is tried with.

`python -m scripts.replay --tests` runs the tests of this folder on raw clients of other contracts.
What such a contract has not got cannot be tested there; the test is skipped and says what is lacking.
"""

from __future__ import annotations

import json

import pytest

from ksef_api.limits import GROUPS, Limit
from ksef_api.operations import API_VERSION
from ksef_facade.contract.packaged import packaged_contract
from scripts.layout import CONTRACT

IS_COMMITTED = packaged_contract() == json.loads(CONTRACT.read_text(encoding="utf-8"))


def skip_for_lack_of(what: str) -> None:
    """Skip the test, or the module at its import, with what the contract lacks.

    Of the committed contract nothing may be lacking: there it fails.
    """
    told = f"contract {API_VERSION} has no {what}"
    if IS_COMMITTED:
        pytest.fail(told)
    pytest.skip(told, allow_module_level=True)


def limit_of(group: str) -> Limit:
    """What the contract allows in a group; contracts differ in it, so no test types it in."""
    limit = GROUPS.get(group)
    if limit is None or None in limit:
        skip_for_lack_of(f"limits of the group {group}")
    return GROUPS[group]
