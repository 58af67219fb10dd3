"""One call of an operation, after the contract and the caller have been checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import frozen

from .checking import Inputs
from .contract import Operation
from .logins.access import Caller
from .messages import Request, Response


@frozen
class Call:
    """What a handler gets."""

    operation: Operation
    request: Request
    inputs: Inputs
    #: Empty for operations that anyone may call.
    caller: Caller


Handler: TypeAlias = Callable[[Call], Response]
