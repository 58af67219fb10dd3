from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.query_peppol_providers_response import QueryPeppolProvidersResponse
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["pageOffset"] = page_offset

    params["pageSize"] = page_size

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/peppol/query",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> QueryPeppolProvidersResponse | None:
    if response.status_code == 200:
        response_200 = QueryPeppolProvidersResponse.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[QueryPeppolProvidersResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> Response[QueryPeppolProvidersResponse]:
    """List the registered Peppol service providers.

    Limit group: anonymous (60 per second).

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[QueryPeppolProvidersResponse]
    """

    kwargs = _get_kwargs(
        page_offset=page_offset,
        page_size=page_size,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> QueryPeppolProvidersResponse | None:
    """List the registered Peppol service providers.

    Limit group: anonymous (60 per second).

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        QueryPeppolProvidersResponse
    """

    return sync_detailed(
        client=client,
        page_offset=page_offset,
        page_size=page_size,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> Response[QueryPeppolProvidersResponse]:
    """List the registered Peppol service providers.

    Limit group: anonymous (60 per second).

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[QueryPeppolProvidersResponse]
    """

    kwargs = _get_kwargs(
        page_offset=page_offset,
        page_size=page_size,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> QueryPeppolProvidersResponse | None:
    """List the registered Peppol service providers.

    Limit group: anonymous (60 per second).

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        QueryPeppolProvidersResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            page_offset=page_offset,
            page_size=page_size,
        )
    ).parsed
