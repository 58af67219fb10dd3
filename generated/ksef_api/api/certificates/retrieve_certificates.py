from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.retrieve_certificates_request import RetrieveCertificatesRequest
from ...models.retrieve_certificates_response import RetrieveCertificatesResponse
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: RetrieveCertificatesRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/certificates/retrieve",
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> RetrieveCertificatesResponse | None:
    if response.status_code == 200:
        response_200 = RetrieveCertificatesResponse.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[RetrieveCertificatesResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: RetrieveCertificatesRequest | Unset = UNSET,
) -> Response[RetrieveCertificatesResponse]:
    """Get certificates by their serial numbers.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        body (RetrieveCertificatesRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[RetrieveCertificatesResponse]
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
    body: RetrieveCertificatesRequest | Unset = UNSET,
) -> RetrieveCertificatesResponse | None:
    """Get certificates by their serial numbers.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        body (RetrieveCertificatesRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        RetrieveCertificatesResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: RetrieveCertificatesRequest | Unset = UNSET,
) -> Response[RetrieveCertificatesResponse]:
    """Get certificates by their serial numbers.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        body (RetrieveCertificatesRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[RetrieveCertificatesResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: RetrieveCertificatesRequest | Unset = UNSET,
) -> RetrieveCertificatesResponse | None:
    """Get certificates by their serial numbers.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405.

    Args:
        body (RetrieveCertificatesRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        RetrieveCertificatesResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
