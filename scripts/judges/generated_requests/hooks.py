"""Loaded by schemathesis itself: who is asking, one check of our own, and what is excused."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import schemathesis

from scripts.judges.generated_requests.excuses import EXCUSES

#: Written by the judge before schemathesis starts: the bearers, by name.
_BEARERS: dict[str, str] = json.loads(Path(os.environ["JUDGE_BEARERS"]).read_text("utf-8"))
#: Where this process leaves how often each excuse was used.
_USED = Path(os.environ["JUDGE_EXCUSES_USED"])
#: Operations that take another token than the access token (documented rule).
_OTHER_BEARERS = {
    "GET /auth/{referenceNumber}": "authentication",
    "POST /auth/token/redeem": "authentication",
    "POST /auth/token/refresh": "refresh",
}
#: Answers that say the input itself is wrong: not readable, or against the contract.
_UNREADABLE, _INVALID = 21001, 21405

_used: Counter[str] = Counter()


@schemathesis.auth(refresh_interval=None)
class Login:
    """Each operation is asked with the token it takes."""

    def get(self, case: Any, context: Any) -> str:
        return _BEARERS[_OTHER_BEARERS.get(case.operation.label, "access")]

    def set(self, case: Any, data: str, context: Any) -> None:
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.check
def valid_data_is_understood(ctx: Any, response: Any, case: Any) -> None:
    """What the contract allows may be refused for what it means, never as unreadable or invalid."""
    meta = case.meta
    if meta is None or not meta.generation.mode.is_positive or response.status_code != 400:
        return
    codes = _codes(response)
    if codes <= {_UNREADABLE, _INVALID}:
        raise AssertionError(f"data that the contract allows was refused with {sorted(codes)}")


def _codes(response: Any) -> set[int]:
    document = response.json()
    if "errors" in document:
        return {entry["code"] for entry in document["errors"]}
    return {entry["exceptionCode"] for entry in document["exception"]["exceptionDetailList"]}


@schemathesis.hook
def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
    """Drop what is excused, and note by which excuse."""
    for excuse in EXCUSES:
        if excuse.covers(failure, case, response):
            _used[excuse.name] += 1
            _USED.write_text(json.dumps(_used), "utf-8")
            return False
    return True
