from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.eu_entity_permissions_query_request import EuEntityPermissionsQueryRequest
from ...models.query_eu_entity_permissions_response import QueryEuEntityPermissionsResponse
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: EuEntityPermissionsQueryRequest | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["pageOffset"] = page_offset

    params["pageSize"] = page_size

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/permissions/query/eu-entities/grants",
        "params": params,
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> QueryEuEntityPermissionsResponse | None:
    if response.status_code == 200:
        response_200 = QueryEuEntityPermissionsResponse.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[QueryEuEntityPermissionsResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: EuEntityPermissionsQueryRequest | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> Response[QueryEuEntityPermissionsResponse]:
    """List the administrators and representatives of EU entities.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage, CredentialsRead, VatUeManage.

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.
        body (EuEntityPermissionsQueryRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[QueryEuEntityPermissionsResponse]
    """

    kwargs = _get_kwargs(
        body=body,
        page_offset=page_offset,
        page_size=page_size,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: EuEntityPermissionsQueryRequest | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> QueryEuEntityPermissionsResponse | None:
    """List the administrators and representatives of EU entities.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage, CredentialsRead, VatUeManage.

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.
        body (EuEntityPermissionsQueryRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        QueryEuEntityPermissionsResponse
    """

    return sync_detailed(
        client=client,
        body=body,
        page_offset=page_offset,
        page_size=page_size,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: EuEntityPermissionsQueryRequest | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> Response[QueryEuEntityPermissionsResponse]:
    """List the administrators and representatives of EU entities.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage, CredentialsRead, VatUeManage.

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.
        body (EuEntityPermissionsQueryRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[QueryEuEntityPermissionsResponse]
    """

    kwargs = _get_kwargs(
        body=body,
        page_offset=page_offset,
        page_size=page_size,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: EuEntityPermissionsQueryRequest | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> QueryEuEntityPermissionsResponse | None:
    """List the administrators and representatives of EU entities.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage, CredentialsRead, VatUeManage.

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.
        body (EuEntityPermissionsQueryRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        QueryEuEntityPermissionsResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            page_offset=page_offset,
            page_size=page_size,
        )
    ).parsed
