from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.permissions_operation_response import PermissionsOperationResponse
from ...types import Response


def _get_kwargs(
    permission_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/permissions/authorizations/grants/{permission_id}".format(
            permission_id=quote(str(permission_id), safe=""),
        ),
    }

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
    permission_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[PermissionsOperationResponse]:
    """Revoke one authorisation of an entity.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage.

    Exception codes of a 400 answer: 21405.

    Args:
        permission_id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[PermissionsOperationResponse]
    """

    kwargs = _get_kwargs(
        permission_id=permission_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    permission_id: str,
    *,
    client: AuthenticatedClient,
) -> PermissionsOperationResponse | None:
    """Revoke one authorisation of an entity.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage.

    Exception codes of a 400 answer: 21405.

    Args:
        permission_id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        PermissionsOperationResponse
    """

    return sync_detailed(
        permission_id=permission_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    permission_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[PermissionsOperationResponse]:
    """Revoke one authorisation of an entity.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage.

    Exception codes of a 400 answer: 21405.

    Args:
        permission_id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[PermissionsOperationResponse]
    """

    kwargs = _get_kwargs(
        permission_id=permission_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    permission_id: str,
    *,
    client: AuthenticatedClient,
) -> PermissionsOperationResponse | None:
    """Revoke one authorisation of an entity.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: CredentialsManage.

    Exception codes of a 400 answer: 21405.

    Args:
        permission_id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        PermissionsOperationResponse
    """

    return (
        await asyncio_detailed(
            permission_id=permission_id,
            client=client,
        )
    ).parsed
