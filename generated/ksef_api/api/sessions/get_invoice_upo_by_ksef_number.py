from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import File, Response


def _get_kwargs(
    reference_number: str,
    ksef_number: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/sessions/{reference_number}/invoices/ksef/{ksef_number}/upo".format(
            reference_number=quote(str(reference_number), safe=""),
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
    reference_number: str,
    ksef_number: str,
    *,
    client: AuthenticatedClient,
) -> Response[File]:
    """Download the UPO of one invoice, found by its KSeF number.

    Limit group: sessionMisc (10 per second, 120 per minute, 1200 per hour).

    Needs one of these permissions: EnforcementOperations, Introspection, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21178, 21405.

    Args:
        reference_number (str):
        ksef_number (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File]
    """

    kwargs = _get_kwargs(
        reference_number=reference_number,
        ksef_number=ksef_number,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    reference_number: str,
    ksef_number: str,
    *,
    client: AuthenticatedClient,
) -> File | None:
    """Download the UPO of one invoice, found by its KSeF number.

    Limit group: sessionMisc (10 per second, 120 per minute, 1200 per hour).

    Needs one of these permissions: EnforcementOperations, Introspection, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21178, 21405.

    Args:
        reference_number (str):
        ksef_number (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        File
    """

    return sync_detailed(
        reference_number=reference_number,
        ksef_number=ksef_number,
        client=client,
    ).parsed


async def asyncio_detailed(
    reference_number: str,
    ksef_number: str,
    *,
    client: AuthenticatedClient,
) -> Response[File]:
    """Download the UPO of one invoice, found by its KSeF number.

    Limit group: sessionMisc (10 per second, 120 per minute, 1200 per hour).

    Needs one of these permissions: EnforcementOperations, Introspection, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21178, 21405.

    Args:
        reference_number (str):
        ksef_number (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File]
    """

    kwargs = _get_kwargs(
        reference_number=reference_number,
        ksef_number=ksef_number,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    reference_number: str,
    ksef_number: str,
    *,
    client: AuthenticatedClient,
) -> File | None:
    """Download the UPO of one invoice, found by its KSeF number.

    Limit group: sessionMisc (10 per second, 120 per minute, 1200 per hour).

    Needs one of these permissions: EnforcementOperations, Introspection, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21178, 21405.

    Args:
        reference_number (str):
        ksef_number (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        File
    """

    return (
        await asyncio_detailed(
            reference_number=reference_number,
            ksef_number=ksef_number,
            client=client,
        )
    ).parsed
