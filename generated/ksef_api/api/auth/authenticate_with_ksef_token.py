from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.authentication_init_response import AuthenticationInitResponse
from ...models.init_token_authentication_request import InitTokenAuthenticationRequest
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: InitTokenAuthenticationRequest | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/auth/ksef-token",
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

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
    body: InitTokenAuthenticationRequest | Unset = UNSET,
) -> Response[AuthenticationInitResponse]:
    """Start an authentication with an encrypted KSeF token.

    Limit group: anonymous (60 per second).

    Exception codes of a 400 answer: 21001, 21111, 21405, 21470.

    Args:
        body (InitTokenAuthenticationRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuthenticationInitResponse]
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
    client: AuthenticatedClient | Client,
    body: InitTokenAuthenticationRequest | Unset = UNSET,
) -> AuthenticationInitResponse | None:
    """Start an authentication with an encrypted KSeF token.

    Limit group: anonymous (60 per second).

    Exception codes of a 400 answer: 21001, 21111, 21405, 21470.

    Args:
        body (InitTokenAuthenticationRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuthenticationInitResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: InitTokenAuthenticationRequest | Unset = UNSET,
) -> Response[AuthenticationInitResponse]:
    """Start an authentication with an encrypted KSeF token.

    Limit group: anonymous (60 per second).

    Exception codes of a 400 answer: 21001, 21111, 21405, 21470.

    Args:
        body (InitTokenAuthenticationRequest | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuthenticationInitResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: InitTokenAuthenticationRequest | Unset = UNSET,
) -> AuthenticationInitResponse | None:
    """Start an authentication with an encrypted KSeF token.

    Limit group: anonymous (60 per second).

    Exception codes of a 400 answer: 21001, 21111, 21405, 21470.

    Args:
        body (InitTokenAuthenticationRequest | Unset):

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
        )
    ).parsed
