from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.collective_identifiers_by_ksef_number_query_response import (
    CollectiveIdentifiersByKsefNumberQueryResponse,
)
from ...types import UNSET, Response, Unset


def _get_kwargs(
    ksef_number: str,
    *,
    page_size: int | Unset = 10,
    x_continuation_token: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(x_continuation_token, Unset):
        headers["x-continuation-token"] = x_continuation_token

    params: dict[str, Any] = {}

    params["pageSize"] = page_size

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/collective-identifiers/ksef/{ksef_number}".format(
            ksef_number=quote(str(ksef_number), safe=""),
        ),
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CollectiveIdentifiersByKsefNumberQueryResponse | None:
    if response.status_code == 200:
        response_200 = CollectiveIdentifiersByKsefNumberQueryResponse.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[CollectiveIdentifiersByKsefNumberQueryResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    ksef_number: str,
    *,
    client: AuthenticatedClient,
    page_size: int | Unset = 10,
    x_continuation_token: str | Unset = UNSET,
) -> Response[CollectiveIdentifiersByKsefNumberQueryResponse]:
    """List the collective identifiers that one invoice belongs to.

    Limit group: collectiveIdentifier (20 per second, 120 per minute, 240 per hour).

    Needs one of these permissions: CollectiveIdentifierManage, InvoiceRead, InvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 21418.

    Args:
        ksef_number (str):
        page_size (int | Unset):  Default: 10.
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CollectiveIdentifiersByKsefNumberQueryResponse]
    """

    kwargs = _get_kwargs(
        ksef_number=ksef_number,
        page_size=page_size,
        x_continuation_token=x_continuation_token,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    ksef_number: str,
    *,
    client: AuthenticatedClient,
    page_size: int | Unset = 10,
    x_continuation_token: str | Unset = UNSET,
) -> CollectiveIdentifiersByKsefNumberQueryResponse | None:
    """List the collective identifiers that one invoice belongs to.

    Limit group: collectiveIdentifier (20 per second, 120 per minute, 240 per hour).

    Needs one of these permissions: CollectiveIdentifierManage, InvoiceRead, InvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 21418.

    Args:
        ksef_number (str):
        page_size (int | Unset):  Default: 10.
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CollectiveIdentifiersByKsefNumberQueryResponse
    """

    return sync_detailed(
        ksef_number=ksef_number,
        client=client,
        page_size=page_size,
        x_continuation_token=x_continuation_token,
    ).parsed


async def asyncio_detailed(
    ksef_number: str,
    *,
    client: AuthenticatedClient,
    page_size: int | Unset = 10,
    x_continuation_token: str | Unset = UNSET,
) -> Response[CollectiveIdentifiersByKsefNumberQueryResponse]:
    """List the collective identifiers that one invoice belongs to.

    Limit group: collectiveIdentifier (20 per second, 120 per minute, 240 per hour).

    Needs one of these permissions: CollectiveIdentifierManage, InvoiceRead, InvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 21418.

    Args:
        ksef_number (str):
        page_size (int | Unset):  Default: 10.
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CollectiveIdentifiersByKsefNumberQueryResponse]
    """

    kwargs = _get_kwargs(
        ksef_number=ksef_number,
        page_size=page_size,
        x_continuation_token=x_continuation_token,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    ksef_number: str,
    *,
    client: AuthenticatedClient,
    page_size: int | Unset = 10,
    x_continuation_token: str | Unset = UNSET,
) -> CollectiveIdentifiersByKsefNumberQueryResponse | None:
    """List the collective identifiers that one invoice belongs to.

    Limit group: collectiveIdentifier (20 per second, 120 per minute, 240 per hour).

    Needs one of these permissions: CollectiveIdentifierManage, InvoiceRead, InvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 21418.

    Args:
        ksef_number (str):
        page_size (int | Unset):  Default: 10.
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CollectiveIdentifiersByKsefNumberQueryResponse
    """

    return (
        await asyncio_detailed(
            ksef_number=ksef_number,
            client=client,
            page_size=page_size,
            x_continuation_token=x_continuation_token,
        )
    ).parsed
