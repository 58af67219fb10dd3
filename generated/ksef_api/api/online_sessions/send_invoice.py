from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.send_invoice_request import SendInvoiceRequest
from ...models.send_invoice_response import SendInvoiceResponse
from ...types import UNSET, Response, Unset


def _get_kwargs(
    reference_number: str,
    *,
    body: SendInvoiceRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/sessions/online/{reference_number}/invoices".format(
            reference_number=quote(str(reference_number), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> SendInvoiceResponse | None:
    if response.status_code == 202:
        response_202 = SendInvoiceResponse.from_dict(response.json())

        return response_202

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[SendInvoiceResponse]:
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
    body: SendInvoiceRequest | Unset = UNSET,
) -> Response[SendInvoiceResponse]:
    """Send one encrypted invoice into an open online session.

    Limit group: invoiceSend (10 per second, 30 per minute, 180 per hour).

    Needs one of these permissions: EnforcementOperations, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21001, 21155, 21166, 21167, 21173, 21180, 21184, 21402, 21403,
    21405.

    Args:
        reference_number (str):
        body (SendInvoiceRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[SendInvoiceResponse]
    """

    kwargs = _get_kwargs(
        reference_number=reference_number,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    reference_number: str,
    *,
    client: AuthenticatedClient,
    body: SendInvoiceRequest | Unset = UNSET,
) -> SendInvoiceResponse | None:
    """Send one encrypted invoice into an open online session.

    Limit group: invoiceSend (10 per second, 30 per minute, 180 per hour).

    Needs one of these permissions: EnforcementOperations, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21001, 21155, 21166, 21167, 21173, 21180, 21184, 21402, 21403,
    21405.

    Args:
        reference_number (str):
        body (SendInvoiceRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        SendInvoiceResponse
    """

    return sync_detailed(
        reference_number=reference_number,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    reference_number: str,
    *,
    client: AuthenticatedClient,
    body: SendInvoiceRequest | Unset = UNSET,
) -> Response[SendInvoiceResponse]:
    """Send one encrypted invoice into an open online session.

    Limit group: invoiceSend (10 per second, 30 per minute, 180 per hour).

    Needs one of these permissions: EnforcementOperations, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21001, 21155, 21166, 21167, 21173, 21180, 21184, 21402, 21403,
    21405.

    Args:
        reference_number (str):
        body (SendInvoiceRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[SendInvoiceResponse]
    """

    kwargs = _get_kwargs(
        reference_number=reference_number,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    reference_number: str,
    *,
    client: AuthenticatedClient,
    body: SendInvoiceRequest | Unset = UNSET,
) -> SendInvoiceResponse | None:
    """Send one encrypted invoice into an open online session.

    Limit group: invoiceSend (10 per second, 30 per minute, 180 per hour).

    Needs one of these permissions: EnforcementOperations, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21001, 21155, 21166, 21167, 21173, 21180, 21184, 21402, 21403,
    21405.

    Args:
        reference_number (str):
        body (SendInvoiceRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        SendInvoiceResponse
    """

    return (
        await asyncio_detailed(
            reference_number=reference_number,
            client=client,
            body=body,
        )
    ).parsed
