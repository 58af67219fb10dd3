from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import File, Response


def _get_kwargs(
    ksef_number: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/invoices/ksef/{ksef_number}".format(
            ksef_number=quote(str(ksef_number), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> File | None:
    if response.status_code == 200:
        response_200 = File(payload=BytesIO(response.content))

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[File]:
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
) -> Response[File]:
    """Download one invoice by its KSeF number.

    Limit group: invoiceDownload (8 per second, 16 per minute, 64 per hour).

    Needs one of these permissions: InvoiceRead.

    Exception codes of a 400 answer: 21164, 21165, 21405.

    Args:
        ksef_number (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File]
    """

    kwargs = _get_kwargs(
        ksef_number=ksef_number,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    ksef_number: str,
    *,
    client: AuthenticatedClient,
) -> File | None:
    """Download one invoice by its KSeF number.

    Limit group: invoiceDownload (8 per second, 16 per minute, 64 per hour).

    Needs one of these permissions: InvoiceRead.

    Exception codes of a 400 answer: 21164, 21165, 21405.

    Args:
        ksef_number (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        File
    """

    return sync_detailed(
        ksef_number=ksef_number,
        client=client,
    ).parsed


async def asyncio_detailed(
    ksef_number: str,
    *,
    client: AuthenticatedClient,
) -> Response[File]:
    """Download one invoice by its KSeF number.

    Limit group: invoiceDownload (8 per second, 16 per minute, 64 per hour).

    Needs one of these permissions: InvoiceRead.

    Exception codes of a 400 answer: 21164, 21165, 21405.

    Args:
        ksef_number (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File]
    """

    kwargs = _get_kwargs(
        ksef_number=ksef_number,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    ksef_number: str,
    *,
    client: AuthenticatedClient,
) -> File | None:
    """Download one invoice by its KSeF number.

    Limit group: invoiceDownload (8 per second, 16 per minute, 64 per hour).

    Needs one of these permissions: InvoiceRead.

    Exception codes of a 400 answer: 21164, 21165, 21405.

    Args:
        ksef_number (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        File
    """

    return (
        await asyncio_detailed(
            ksef_number=ksef_number,
            client=client,
        )
    ).parsed
