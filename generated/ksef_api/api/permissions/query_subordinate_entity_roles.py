from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.query_subordinate_entity_roles_response import QuerySubordinateEntityRolesResponse
from ...models.subordinate_entity_roles_query_request import SubordinateEntityRolesQueryRequest
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: SubordinateEntityRolesQueryRequest | Unset = UNSET,
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
        "url": "/permissions/query/subordinate-entities/roles",
        "params": params,
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> QuerySubordinateEntityRolesResponse | None:
    if response.status_code == 200:
        response_200 = QuerySubordinateEntityRolesResponse.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[QuerySubordinateEntityRolesResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: SubordinateEntityRolesQueryRequest | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> Response[QuerySubordinateEntityRolesResponse]:
    """List the subordinate entities and their roles.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage, CredentialsRead, SubunitManage.

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.
        body (SubordinateEntityRolesQueryRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[QuerySubordinateEntityRolesResponse]
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
    body: SubordinateEntityRolesQueryRequest | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> QuerySubordinateEntityRolesResponse | None:
    """List the subordinate entities and their roles.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage, CredentialsRead, SubunitManage.

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.
        body (SubordinateEntityRolesQueryRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        QuerySubordinateEntityRolesResponse
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
    body: SubordinateEntityRolesQueryRequest | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> Response[QuerySubordinateEntityRolesResponse]:
    """List the subordinate entities and their roles.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage, CredentialsRead, SubunitManage.

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.
        body (SubordinateEntityRolesQueryRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[QuerySubordinateEntityRolesResponse]
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
    body: SubordinateEntityRolesQueryRequest | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
) -> QuerySubordinateEntityRolesResponse | None:
    """List the subordinate entities and their roles.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage, CredentialsRead, SubunitManage.

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.
        body (SubordinateEntityRolesQueryRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        QuerySubordinateEntityRolesResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            page_offset=page_offset,
            page_size=page_size,
        )
    ).parsed
