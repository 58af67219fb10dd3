from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.generate_collective_identifier_request import GenerateCollectiveIdentifierRequest
from ...models.generate_collective_identifier_response import GenerateCollectiveIdentifierResponse
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: GenerateCollectiveIdentifierRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/collective-identifiers",
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> GenerateCollectiveIdentifierResponse | None:
    if response.status_code == 201:
        response_201 = GenerateCollectiveIdentifierResponse.from_dict(response.json())

        return response_201

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[GenerateCollectiveIdentifierResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GenerateCollectiveIdentifierRequest | Unset = UNSET,
) -> Response[GenerateCollectiveIdentifierResponse]:
    """Generate one identifier for the payment of several invoices.

    Limit group: collectiveIdentifier (20 per second, 120 per minute, 240 per hour).

    Needs one of these permissions: CollectiveIdentifierManage, InvoiceRead, InvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 71001, 71002, 71004, 71005.

    Args:
        body (GenerateCollectiveIdentifierRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[GenerateCollectiveIdentifierResponse]
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
    body: GenerateCollectiveIdentifierRequest | Unset = UNSET,
) -> GenerateCollectiveIdentifierResponse | None:
    """Generate one identifier for the payment of several invoices.

    Limit group: collectiveIdentifier (20 per second, 120 per minute, 240 per hour).

    Needs one of these permissions: CollectiveIdentifierManage, InvoiceRead, InvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 71001, 71002, 71004, 71005.

    Args:
        body (GenerateCollectiveIdentifierRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GenerateCollectiveIdentifierResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GenerateCollectiveIdentifierRequest | Unset = UNSET,
) -> Response[GenerateCollectiveIdentifierResponse]:
    """Generate one identifier for the payment of several invoices.

    Limit group: collectiveIdentifier (20 per second, 120 per minute, 240 per hour).

    Needs one of these permissions: CollectiveIdentifierManage, InvoiceRead, InvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 71001, 71002, 71004, 71005.

    Args:
        body (GenerateCollectiveIdentifierRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[GenerateCollectiveIdentifierResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GenerateCollectiveIdentifierRequest | Unset = UNSET,
) -> GenerateCollectiveIdentifierResponse | None:
    """Generate one identifier for the payment of several invoices.

    Limit group: collectiveIdentifier (20 per second, 120 per minute, 240 per hour).

    Needs one of these permissions: CollectiveIdentifierManage, InvoiceRead, InvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 71001, 71002, 71004, 71005.

    Args:
        body (GenerateCollectiveIdentifierRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GenerateCollectiveIdentifierResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
