"""The raw client's functions, sent by the facade: its login, its limits, its retries, its errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ksef_facade._async.caller import AsyncCaller
from ksef_facade.calls.raw_requests import RawAnswer, WrongFlavour, is_anonymous, read_request
from ksef_facade.concurrency import tasks

if TYPE_CHECKING:
    from ksef_api import AuthenticatedClient
    from ksef_facade._async.client import AsyncKsef

_OTHERS = "this raw client is of AsyncKsef, which takes functions such as `asyncio_detailed`"
"""Said when a generated function of the other kind is called with it."""


def raw_client(self: AsyncKsef) -> AuthenticatedClient:
    """What a generated function of `ksef_api` takes as its `client`; no request.

    It opens the whole contract. An operation that has no method here is called as
    `answer = await list_tokens.asyncio_detailed(client=ksef.raw_client(), page_size=100)`, with
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
    tasks.install(client, _Requests(self._caller), WrongFlavour(_OTHERS))
    return client


class _Requests:
    """Takes the place of the HTTP client that generated code expects."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller

    async def request(self, **described: Any) -> RawAnswer:
        """Make a request that a generated function describes."""
        call = read_request(**described)
        if is_anonymous(call):
            return RawAnswer(await self._caller.wire.send(call))
        return RawAnswer(await self._caller.send(call))
