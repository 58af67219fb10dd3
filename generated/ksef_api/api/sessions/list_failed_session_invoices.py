from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.session_invoices_response import SessionInvoicesResponse
from ...types import UNSET, Response, Unset


def _get_kwargs(
    reference_number: str,
    *,
    page_size: int | Unset = 10,
    x_continuation_token: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(x_continuation_token, Unset):
        headers["x-continuation-token"] = x_continuation_token

    params: dict[str, Any] = {}

    params["pageSize"] = page_size

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/sessions/{reference_number}/invoices/failed".format(
            reference_number=quote(str(reference_number), safe=""),
        ),
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> SessionInvoicesResponse | None:
    if response.status_code == 200:
        response_200 = SessionInvoicesResponse.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[SessionInvoicesResponse]:
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
    page_size: int | Unset = 10,
    x_continuation_token: str | Unset = UNSET,
) -> Response[SessionInvoicesResponse]:
    """List the invoices of a session that were rejected.

    Limit group: sessionInvoiceList (10 per second, 20 per minute, 200 per hour).

    Needs one of these permissions: EnforcementOperations, Introspection, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21001, 21173, 21405, 21418.

    Args:
        reference_number (str):
        page_size (int | Unset):  Default: 10.
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[SessionInvoicesResponse]
    """

    kwargs = _get_kwargs(
        reference_number=reference_number,
        page_size=page_size,
        x_continuation_token=x_continuation_token,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    reference_number: str,
    *,
    client: AuthenticatedClient,
    page_size: int | Unset = 10,
    x_continuation_token: str | Unset = UNSET,
) -> SessionInvoicesResponse | None:
    """List the invoices of a session that were rejected.

    Limit group: sessionInvoiceList (10 per second, 20 per minute, 200 per hour).

    Needs one of these permissions: EnforcementOperations, Introspection, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21001, 21173, 21405, 21418.

    Args:
        reference_number (str):
        page_size (int | Unset):  Default: 10.
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        SessionInvoicesResponse
    """

    return sync_detailed(
        reference_number=reference_number,
        client=client,
        page_size=page_size,
        x_continuation_token=x_continuation_token,
    ).parsed


async def asyncio_detailed(
    reference_number: str,
    *,
    client: AuthenticatedClient,
    page_size: int | Unset = 10,
    x_continuation_token: str | Unset = UNSET,
) -> Response[SessionInvoicesResponse]:
    """List the invoices of a session that were rejected.

    Limit group: sessionInvoiceList (10 per second, 20 per minute, 200 per hour).

    Needs one of these permissions: EnforcementOperations, Introspection, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21001, 21173, 21405, 21418.

    Args:
        reference_number (str):
        page_size (int | Unset):  Default: 10.
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[SessionInvoicesResponse]
    """

    kwargs = _get_kwargs(
        reference_number=reference_number,
        page_size=page_size,
        x_continuation_token=x_continuation_token,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    reference_number: str,
    *,
    client: AuthenticatedClient,
    page_size: int | Unset = 10,
    x_continuation_token: str | Unset = UNSET,
) -> SessionInvoicesResponse | None:
    """List the invoices of a session that were rejected.

    Limit group: sessionInvoiceList (10 per second, 20 per minute, 200 per hour).

    Needs one of these permissions: EnforcementOperations, Introspection, InvoiceWrite, PefInvoiceWrite.

    Exception codes of a 400 answer: 21001, 21173, 21405, 21418.

    Args:
        reference_number (str):
        page_size (int | Unset):  Default: 10.
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        SessionInvoicesResponse
    """

    return (
        await asyncio_detailed(
            reference_number=reference_number,
            client=client,
            page_size=page_size,
            x_continuation_token=x_continuation_token,
        )
    ).parsed
