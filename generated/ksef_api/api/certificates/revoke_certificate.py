from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.revoke_certificate_request import RevokeCertificateRequest
from ...types import UNSET, Response, Unset


def _get_kwargs(
    certificate_serial_number: str,
    *,
    body: RevokeCertificateRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/certificates/{certificate_serial_number}/revoke".format(
            certificate_serial_number=quote(str(certificate_serial_number), safe=""),
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
    certificate_serial_number: str,
    *,
    client: AuthenticatedClient,
    body: RevokeCertificateRequest | Unset = UNSET,
) -> Response[Any]:
    """Revoke one certificate.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405, 25008, 25009.

    Args:
        certificate_serial_number (str):
        body (RevokeCertificateRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = _get_kwargs(
        certificate_serial_number=certificate_serial_number,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    certificate_serial_number: str,
    *,
    client: AuthenticatedClient,
    body: RevokeCertificateRequest | Unset = UNSET,
) -> Response[Any]:
    """Revoke one certificate.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405, 25008, 25009.

    Args:
        certificate_serial_number (str):
        body (RevokeCertificateRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = _get_kwargs(
        certificate_serial_number=certificate_serial_number,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
