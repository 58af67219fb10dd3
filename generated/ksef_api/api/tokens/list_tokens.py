from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.authentication_token_status import AuthenticationTokenStatus
from ...models.query_tokens_response import QueryTokensResponse
from ...models.token_author_identifier_type import TokenAuthorIdentifierType
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    author_identifier: str | Unset = UNSET,
    author_identifier_type: TokenAuthorIdentifierType | Unset = UNSET,
    description: str | Unset = UNSET,
    page_size: int | Unset = 10,
    status: list[AuthenticationTokenStatus] | Unset = UNSET,
    x_continuation_token: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(x_continuation_token, Unset):
        headers["x-continuation-token"] = x_continuation_token

    params: dict[str, Any] = {}

    params["authorIdentifier"] = author_identifier

    json_author_identifier_type: str | Unset = UNSET
    if not isinstance(author_identifier_type, Unset):
        json_author_identifier_type = author_identifier_type.value

    params["authorIdentifierType"] = json_author_identifier_type

    params["description"] = description

    params["pageSize"] = page_size

    json_status: list[str] | Unset = UNSET
    if not isinstance(status, Unset):
        json_status = []
        for status_item_data in status:
            status_item = status_item_data.value
            json_status.append(status_item)

    params["status"] = json_status

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/tokens",
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> QueryTokensResponse | None:
    if response.status_code == 200:
        response_200 = QueryTokensResponse.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[QueryTokensResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    author_identifier: str | Unset = UNSET,
    author_identifier_type: TokenAuthorIdentifierType | Unset = UNSET,
    description: str | Unset = UNSET,
    page_size: int | Unset = 10,
    status: list[AuthenticationTokenStatus] | Unset = UNSET,
    x_continuation_token: str | Unset = UNSET,
) -> Response[QueryTokensResponse]:
    """List the KSeF tokens that the filters let through.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405, 21418.

    Args:
        author_identifier (str | Unset):
        author_identifier_type (TokenAuthorIdentifierType | Unset):
        description (str | Unset):
        page_size (int | Unset):  Default: 10.
        status (list[AuthenticationTokenStatus] | Unset):
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[QueryTokensResponse]
    """

    kwargs = _get_kwargs(
        author_identifier=author_identifier,
        author_identifier_type=author_identifier_type,
        description=description,
        page_size=page_size,
        status=status,
        x_continuation_token=x_continuation_token,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    author_identifier: str | Unset = UNSET,
    author_identifier_type: TokenAuthorIdentifierType | Unset = UNSET,
    description: str | Unset = UNSET,
    page_size: int | Unset = 10,
    status: list[AuthenticationTokenStatus] | Unset = UNSET,
    x_continuation_token: str | Unset = UNSET,
) -> QueryTokensResponse | None:
    """List the KSeF tokens that the filters let through.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405, 21418.

    Args:
        author_identifier (str | Unset):
        author_identifier_type (TokenAuthorIdentifierType | Unset):
        description (str | Unset):
        page_size (int | Unset):  Default: 10.
        status (list[AuthenticationTokenStatus] | Unset):
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        QueryTokensResponse
    """

    return sync_detailed(
        client=client,
        author_identifier=author_identifier,
        author_identifier_type=author_identifier_type,
        description=description,
        page_size=page_size,
        status=status,
        x_continuation_token=x_continuation_token,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    author_identifier: str | Unset = UNSET,
    author_identifier_type: TokenAuthorIdentifierType | Unset = UNSET,
    description: str | Unset = UNSET,
    page_size: int | Unset = 10,
    status: list[AuthenticationTokenStatus] | Unset = UNSET,
    x_continuation_token: str | Unset = UNSET,
) -> Response[QueryTokensResponse]:
    """List the KSeF tokens that the filters let through.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405, 21418.

    Args:
        author_identifier (str | Unset):
        author_identifier_type (TokenAuthorIdentifierType | Unset):
        description (str | Unset):
        page_size (int | Unset):  Default: 10.
        status (list[AuthenticationTokenStatus] | Unset):
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[QueryTokensResponse]
    """

    kwargs = _get_kwargs(
        author_identifier=author_identifier,
        author_identifier_type=author_identifier_type,
        description=description,
        page_size=page_size,
        status=status,
        x_continuation_token=x_continuation_token,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    author_identifier: str | Unset = UNSET,
    author_identifier_type: TokenAuthorIdentifierType | Unset = UNSET,
    description: str | Unset = UNSET,
    page_size: int | Unset = 10,
    status: list[AuthenticationTokenStatus] | Unset = UNSET,
    x_continuation_token: str | Unset = UNSET,
) -> QueryTokensResponse | None:
    """List the KSeF tokens that the filters let through.

    Limit group: other (10 per second, 30 per minute, 120 per hour).

    Exception codes of a 400 answer: 21001, 21405, 21418.

    Args:
        author_identifier (str | Unset):
        author_identifier_type (TokenAuthorIdentifierType | Unset):
        description (str | Unset):
        page_size (int | Unset):  Default: 10.
        status (list[AuthenticationTokenStatus] | Unset):
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        QueryTokensResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            author_identifier=author_identifier,
            author_identifier_type=author_identifier_type,
            description=description,
            page_size=page_size,
            status=status,
            x_continuation_token=x_continuation_token,
        )
    ).parsed
