from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.enroll_certificate_request import EnrollCertificateRequest
from ...models.enroll_certificate_response import EnrollCertificateResponse
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: EnrollCertificateRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/certificates/enrollments",
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> EnrollCertificateResponse | None:
    if response.status_code == 202:
        response_202 = EnrollCertificateResponse.from_dict(response.json())

        return response_202

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[EnrollCertificateResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: EnrollCertificateRequest | Unset = UNSET,
) -> Response[EnrollCertificateResponse]:
    """Send a certificate request.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405, 25002, 25003, 25004, 25006, 25007, 25010, 25011.

    Args:
        body (EnrollCertificateRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EnrollCertificateResponse]
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
    body: EnrollCertificateRequest | Unset = UNSET,
) -> EnrollCertificateResponse | None:
    """Send a certificate request.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405, 25002, 25003, 25004, 25006, 25007, 25010, 25011.

    Args:
        body (EnrollCertificateRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EnrollCertificateResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: EnrollCertificateRequest | Unset = UNSET,
) -> Response[EnrollCertificateResponse]:
    """Send a certificate request.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405, 25002, 25003, 25004, 25006, 25007, 25010, 25011.

    Args:
        body (EnrollCertificateRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EnrollCertificateResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: EnrollCertificateRequest | Unset = UNSET,
) -> EnrollCertificateResponse | None:
    """Send a certificate request.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405, 25002, 25003, 25004, 25006, 25007, 25010, 25011.

    Args:
        body (EnrollCertificateRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EnrollCertificateResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
