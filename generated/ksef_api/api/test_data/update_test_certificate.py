from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.test_data_update_certificate_request import TestDataUpdateCertificateRequest
from ...types import UNSET, Response, Unset


def _get_kwargs(
    serial_number: str,
    *,
    body: TestDataUpdateCertificateRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/testdata/certificates/{serial_number}".format(
            serial_number=quote(str(serial_number), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | None:
    if response.status_code == 200:
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
    serial_number: str,
    *,
    client: AuthenticatedClient,
    body: TestDataUpdateCertificateRequest | Unset = UNSET,
) -> Response[Any]:
    """Test environment: change the validity of a certificate.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21405, 25008.

    Args:
        serial_number (str):
        body (TestDataUpdateCertificateRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = _get_kwargs(
        serial_number=serial_number,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    serial_number: str,
    *,
    client: AuthenticatedClient,
    body: TestDataUpdateCertificateRequest | Unset = UNSET,
) -> Response[Any]:
    """Test environment: change the validity of a certificate.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21405, 25008.

    Args:
        serial_number (str):
        body (TestDataUpdateCertificateRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = _get_kwargs(
        serial_number=serial_number,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
