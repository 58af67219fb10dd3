from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.invoice_query_filters import InvoiceQueryFilters
from ...models.query_invoices_metadata_response import QueryInvoicesMetadataResponse
from ...models.sort_order import SortOrder
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: InvoiceQueryFilters | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
    sort_order: SortOrder | Unset = SortOrder.ASC,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["pageOffset"] = page_offset

    params["pageSize"] = page_size

    json_sort_order: str | Unset = UNSET
    if not isinstance(sort_order, Unset):
        json_sort_order = sort_order.value

    params["sortOrder"] = json_sort_order

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/invoices/query/metadata",
        "params": params,
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> QueryInvoicesMetadataResponse | None:
    if response.status_code == 200:
        response_200 = QueryInvoicesMetadataResponse.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[QueryInvoicesMetadataResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: InvoiceQueryFilters | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
    sort_order: SortOrder | Unset = SortOrder.ASC,
) -> Response[QueryInvoicesMetadataResponse]:
    """List the metadata of the invoices that a query lets through.

    Limit group: invoiceMetadata (8 per second, 16 per minute, 20 per hour).

    Needs one of these permissions: InvoiceRead.

    Exception codes of a 400 answer: 21001, 21183, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.
        sort_order (SortOrder | Unset):  Default: SortOrder.ASC.
        body (InvoiceQueryFilters | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[QueryInvoicesMetadataResponse]
    """

    kwargs = _get_kwargs(
        body=body,
        page_offset=page_offset,
        page_size=page_size,
        sort_order=sort_order,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: InvoiceQueryFilters | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
    sort_order: SortOrder | Unset = SortOrder.ASC,
) -> QueryInvoicesMetadataResponse | None:
    """List the metadata of the invoices that a query lets through.

    Limit group: invoiceMetadata (8 per second, 16 per minute, 20 per hour).

    Needs one of these permissions: InvoiceRead.

    Exception codes of a 400 answer: 21001, 21183, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.
        sort_order (SortOrder | Unset):  Default: SortOrder.ASC.
        body (InvoiceQueryFilters | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        QueryInvoicesMetadataResponse
    """

    return sync_detailed(
        client=client,
        body=body,
        page_offset=page_offset,
        page_size=page_size,
        sort_order=sort_order,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: InvoiceQueryFilters | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
    sort_order: SortOrder | Unset = SortOrder.ASC,
) -> Response[QueryInvoicesMetadataResponse]:
    """List the metadata of the invoices that a query lets through.

    Limit group: invoiceMetadata (8 per second, 16 per minute, 20 per hour).

    Needs one of these permissions: InvoiceRead.

    Exception codes of a 400 answer: 21001, 21183, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.
        sort_order (SortOrder | Unset):  Default: SortOrder.ASC.
        body (InvoiceQueryFilters | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[QueryInvoicesMetadataResponse]
    """

    kwargs = _get_kwargs(
        body=body,
        page_offset=page_offset,
        page_size=page_size,
        sort_order=sort_order,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: InvoiceQueryFilters | Unset = UNSET,
    page_offset: int | Unset = 0,
    page_size: int | Unset = 10,
    sort_order: SortOrder | Unset = SortOrder.ASC,
) -> QueryInvoicesMetadataResponse | None:
    """List the metadata of the invoices that a query lets through.

    Limit group: invoiceMetadata (8 per second, 16 per minute, 20 per hour).

    Needs one of these permissions: InvoiceRead.

    Exception codes of a 400 answer: 21001, 21183, 21405.

    Args:
        page_offset (int | Unset):  Default: 0.
        page_size (int | Unset):  Default: 10.
        sort_order (SortOrder | Unset):  Default: SortOrder.ASC.
        body (InvoiceQueryFilters | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        QueryInvoicesMetadataResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            page_offset=page_offset,
            page_size=page_size,
            sort_order=sort_order,
        )
    ).parsed
