from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.open_online_session_request import OpenOnlineSessionRequest
from ...models.open_online_session_response import OpenOnlineSessionResponse
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: OpenOnlineSessionRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/sessions/online",
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> OpenOnlineSessionResponse | None:
    if response.status_code == 201:
        response_201 = OpenOnlineSessionResponse.from_dict(response.json())

        return response_201

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[OpenOnlineSessionResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: OpenOnlineSessionRequest | Unset = UNSET,
) -> Response[OpenOnlineSessionResponse]:
    """Open an online session for sending invoices one by one.

    Limit group: onlineSession (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: EnforcementOperations, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 21470.

    Args:
        body (OpenOnlineSessionRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[OpenOnlineSessionResponse]
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
    body: OpenOnlineSessionRequest | Unset = UNSET,
) -> OpenOnlineSessionResponse | None:
    """Open an online session for sending invoices one by one.

    Limit group: onlineSession (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: EnforcementOperations, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 21470.

    Args:
        body (OpenOnlineSessionRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        OpenOnlineSessionResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: OpenOnlineSessionRequest | Unset = UNSET,
) -> Response[OpenOnlineSessionResponse]:
    """Open an online session for sending invoices one by one.

    Limit group: onlineSession (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: EnforcementOperations, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 21470.

    Args:
        body (OpenOnlineSessionRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[OpenOnlineSessionResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: OpenOnlineSessionRequest | Unset = UNSET,
) -> OpenOnlineSessionResponse | None:
    """Open an online session for sending invoices one by one.

    Limit group: onlineSession (10 per second, 30 per minute, 120 per hour).

    Needs one of these permissions: EnforcementOperations, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 21470.

    Args:
        body (OpenOnlineSessionRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        OpenOnlineSessionResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
