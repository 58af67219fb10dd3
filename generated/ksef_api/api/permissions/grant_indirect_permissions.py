from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.indirect_permissions_grant_request import IndirectPermissionsGrantRequest
from ...models.permissions_operation_response import PermissionsOperationResponse
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: IndirectPermissionsGrantRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/permissions/indirect/grants",
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> PermissionsOperationResponse | None:
    if response.status_code == 202:
        response_202 = PermissionsOperationResponse.from_dict(response.json())

        return response_202

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[PermissionsOperationResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: IndirectPermissionsGrantRequest | Unset = UNSET,
) -> Response[PermissionsOperationResponse]:
    """Grant permissions for the contexts of one's own clients.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage.

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        body (IndirectPermissionsGrantRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[PermissionsOperationResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: IndirectPermissionsGrantRequest | Unset = UNSET,
) -> PermissionsOperationResponse | None:
    """Grant permissions for the contexts of one's own clients.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage.

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        body (IndirectPermissionsGrantRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        PermissionsOperationResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: IndirectPermissionsGrantRequest | Unset = UNSET,
) -> Response[PermissionsOperationResponse]:
    """Grant permissions for the contexts of one's own clients.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage.

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        body (IndirectPermissionsGrantRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[PermissionsOperationResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: IndirectPermissionsGrantRequest | Unset = UNSET,
) -> PermissionsOperationResponse | None:
    """Grant permissions for the contexts of one's own clients.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage.

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        body (IndirectPermissionsGrantRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        PermissionsOperationResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
