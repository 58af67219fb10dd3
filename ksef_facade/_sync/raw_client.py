# Derived from ksef_facade/_async/raw_client.py by scripts/derive_sync.py; do not edit.
"""The raw client's functions, sent by the facade: its login, its limits, its retries, its errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ksef_facade._sync.caller import Caller
from ksef_facade.calls.raw_requests import RawAnswer, WrongFlavour, is_anonymous, read_request
from ksef_facade.concurrency import threads

if TYPE_CHECKING:
    from ksef_api import AuthenticatedClient
    from ksef_facade._sync.client import Ksef

_OTHERS = "this raw client is of Ksef, which takes functions such as `sync_detailed`"
"""Said when a generated function of the other kind is called with it."""


def raw_client(self: Ksef) -> AuthenticatedClient:
    """What a generated function of `ksef_api` takes as its `client`; no request.

    It opens the whole contract. An operation that has no method here is called as
    `answer = list_tokens.sync_detailed(client=ksef.raw_client(), page_size=100)`, with
    `from ksef_api.api.tokens import list_tokens`; `answer.parsed` is the generated model. The
    request is made as every other of this client: logged in, within the limits of its group,
    retried where that is safe (never a POST that may have arrived), and an answer that is not 2xx
    is raised. Operations of group `anonymous` go without a token.

    Cost: none to make; each generated function is 1 request of the group in its docstring. Names
    of operations and groups are pinned by the contract's method and path; the fields of a generated
    model follow the contract.

    Raises:
        KsefError: from the generated functions: `ResponseError`, `TransportError` and the others.
    """
    from ksef_api import AuthenticatedClient

    client = AuthenticatedClient(base_url=self.environment.base_url, token="")
    threads.install(client, _Requests(self._caller), WrongFlavour(_OTHERS))
    return client


class _Requests:
    """Takes the place of the HTTP client that generated code expects."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def request(self, **described: Any) -> RawAnswer:
        """Make a request that a generated function describes."""
        call = read_request(**described)
        if is_anonymous(call):
            return RawAnswer(self._caller.wire.send(call))
        return RawAnswer(self._caller.send(call))
