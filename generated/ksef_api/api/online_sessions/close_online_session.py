from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import Response


def _get_kwargs(
    reference_number: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/sessions/online/{reference_number}/close".format(
            reference_number=quote(str(reference_number), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | None:
    if response.status_code == 204:
        return None

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    reference_number: str,
    *,
    client: AuthenticatedClient,
) -> Response[Any]:
    """Close an online session, which starts the making of its UPO.

    Limit group: onlineSessionClose (20 per second, 60 per minute, 240 per hour).

    Needs one of these permissions: EnforcementOperations, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21173, 21180, 21405.

    Args:
        reference_number (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = _get_kwargs(
        reference_number=reference_number,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    reference_number: str,
    *,
    client: AuthenticatedClient,
) -> Response[Any]:
    """Close an online session, which starts the making of its UPO.

    Limit group: onlineSessionClose (20 per second, 60 per minute, 240 per hour).

    Needs one of these permissions: EnforcementOperations, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21173, 21180, 21405.

    Args:
        reference_number (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = _get_kwargs(
        reference_number=reference_number,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
