from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.authentication_init_response import AuthenticationInitResponse
from ...types import UNSET, File, Response, Unset


def _get_kwargs(
    *,
    body: File,
    verify_certificate_chain: bool | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["verifyCertificateChain"] = verify_certificate_chain

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/auth/xades-signature",
        "params": params,
    }

    _kwargs["content"] = body.payload
    headers["Content-Type"] = "application/xml"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AuthenticationInitResponse | None:
    if response.status_code == 202:
        response_202 = AuthenticationInitResponse.from_dict(response.json())

        return response_202

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AuthenticationInitResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: File,
    verify_certificate_chain: bool | Unset = UNSET,
) -> Response[AuthenticationInitResponse]:
    """Start an authentication with a document signed in XAdES.

    Limit group: anonymous (60 per second).

    Exception codes of a 400 answer: 9101, 9102, 9103, 9105, 21001, 21111, 21115, 21117, 21217, 21401,
    21405, 21406.

    Args:
        verify_certificate_chain (bool | Unset):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuthenticationInitResponse]
    """

    kwargs = _get_kwargs(
        body=body,
        verify_certificate_chain=verify_certificate_chain,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: File,
    verify_certificate_chain: bool | Unset = UNSET,
) -> AuthenticationInitResponse | None:
    """Start an authentication with a document signed in XAdES.

    Limit group: anonymous (60 per second).

    Exception codes of a 400 answer: 9101, 9102, 9103, 9105, 21001, 21111, 21115, 21117, 21217, 21401,
    21405, 21406.

    Args:
        verify_certificate_chain (bool | Unset):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuthenticationInitResponse
    """

    return sync_detailed(
        client=client,
        body=body,
        verify_certificate_chain=verify_certificate_chain,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: File,
    verify_certificate_chain: bool | Unset = UNSET,
) -> Response[AuthenticationInitResponse]:
    """Start an authentication with a document signed in XAdES.

    Limit group: anonymous (60 per second).

    Exception codes of a 400 answer: 9101, 9102, 9103, 9105, 21001, 21111, 21115, 21117, 21217, 21401,
    21405, 21406.

    Args:
        verify_certificate_chain (bool | Unset):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuthenticationInitResponse]
    """

    kwargs = _get_kwargs(
        body=body,
        verify_certificate_chain=verify_certificate_chain,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: File,
    verify_certificate_chain: bool | Unset = UNSET,
) -> AuthenticationInitResponse | None:
    """Start an authentication with a document signed in XAdES.

    Limit group: anonymous (60 per second).

    Exception codes of a 400 answer: 9101, 9102, 9103, 9105, 21001, 21111, 21115, 21117, 21217, 21401,
    21405, 21406.

    Args:
        verify_certificate_chain (bool | Unset):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuthenticationInitResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            verify_certificate_chain=verify_certificate_chain,
        )
    ).parsed
