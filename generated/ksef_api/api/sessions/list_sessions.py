import datetime
from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.common_session_status import CommonSessionStatus
from ...models.session_type import SessionType
from ...models.sessions_query_response import SessionsQueryResponse
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    date_closed_from: datetime.datetime | Unset = UNSET,
    date_closed_to: datetime.datetime | Unset = UNSET,
    date_created_from: datetime.datetime | Unset = UNSET,
    date_created_to: datetime.datetime | Unset = UNSET,
    date_modified_from: datetime.datetime | Unset = UNSET,
    date_modified_to: datetime.datetime | Unset = UNSET,
    page_size: int | Unset = 10,
    reference_number: str | Unset = UNSET,
    session_type: SessionType,
    statuses: list[CommonSessionStatus] | Unset = UNSET,
    x_continuation_token: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(x_continuation_token, Unset):
        headers["x-continuation-token"] = x_continuation_token

    params: dict[str, Any] = {}

    json_date_closed_from: str | Unset = UNSET
    if not isinstance(date_closed_from, Unset):
        json_date_closed_from = date_closed_from.isoformat()
    params["dateClosedFrom"] = json_date_closed_from

    json_date_closed_to: str | Unset = UNSET
    if not isinstance(date_closed_to, Unset):
        json_date_closed_to = date_closed_to.isoformat()
    params["dateClosedTo"] = json_date_closed_to

    json_date_created_from: str | Unset = UNSET
    if not isinstance(date_created_from, Unset):
        json_date_created_from = date_created_from.isoformat()
    params["dateCreatedFrom"] = json_date_created_from

    json_date_created_to: str | Unset = UNSET
    if not isinstance(date_created_to, Unset):
        json_date_created_to = date_created_to.isoformat()
    params["dateCreatedTo"] = json_date_created_to

    json_date_modified_from: str | Unset = UNSET
    if not isinstance(date_modified_from, Unset):
        json_date_modified_from = date_modified_from.isoformat()
    params["dateModifiedFrom"] = json_date_modified_from

    json_date_modified_to: str | Unset = UNSET
    if not isinstance(date_modified_to, Unset):
        json_date_modified_to = date_modified_to.isoformat()
    params["dateModifiedTo"] = json_date_modified_to

    params["pageSize"] = page_size

    params["referenceNumber"] = reference_number

    json_session_type = session_type.value
    params["sessionType"] = json_session_type

    json_statuses: list[str] | Unset = UNSET
    if not isinstance(statuses, Unset):
        json_statuses = []
        for statuses_item_data in statuses:
            statuses_item = statuses_item_data.value
            json_statuses.append(statuses_item)

    params["statuses"] = json_statuses

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/sessions",
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> SessionsQueryResponse | None:
    if response.status_code == 200:
        response_200 = SessionsQueryResponse.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[SessionsQueryResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    date_closed_from: datetime.datetime | Unset = UNSET,
    date_closed_to: datetime.datetime | Unset = UNSET,
    date_created_from: datetime.datetime | Unset = UNSET,
    date_created_to: datetime.datetime | Unset = UNSET,
    date_modified_from: datetime.datetime | Unset = UNSET,
    date_modified_to: datetime.datetime | Unset = UNSET,
    page_size: int | Unset = 10,
    reference_number: str | Unset = UNSET,
    session_type: SessionType,
    statuses: list[CommonSessionStatus] | Unset = UNSET,
    x_continuation_token: str | Unset = UNSET,
) -> Response[SessionsQueryResponse]:
    """List the sessions of one kind that the filters let through.

    Limit group: sessionList (5 per second, 10 per minute, 60 per hour).

    Needs one of these permissions: EnforcementOperations, Introspection, InvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 21418.

    Args:
        date_closed_from (datetime.datetime | Unset):
        date_closed_to (datetime.datetime | Unset):
        date_created_from (datetime.datetime | Unset):
        date_created_to (datetime.datetime | Unset):
        date_modified_from (datetime.datetime | Unset):
        date_modified_to (datetime.datetime | Unset):
        page_size (int | Unset):  Default: 10.
        reference_number (str | Unset):
        session_type (SessionType):
        statuses (list[CommonSessionStatus] | Unset):
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[SessionsQueryResponse]
    """

    kwargs = _get_kwargs(
        date_closed_from=date_closed_from,
        date_closed_to=date_closed_to,
        date_created_from=date_created_from,
        date_created_to=date_created_to,
        date_modified_from=date_modified_from,
        date_modified_to=date_modified_to,
        page_size=page_size,
        reference_number=reference_number,
        session_type=session_type,
        statuses=statuses,
        x_continuation_token=x_continuation_token,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    date_closed_from: datetime.datetime | Unset = UNSET,
    date_closed_to: datetime.datetime | Unset = UNSET,
    date_created_from: datetime.datetime | Unset = UNSET,
    date_created_to: datetime.datetime | Unset = UNSET,
    date_modified_from: datetime.datetime | Unset = UNSET,
    date_modified_to: datetime.datetime | Unset = UNSET,
    page_size: int | Unset = 10,
    reference_number: str | Unset = UNSET,
    session_type: SessionType,
    statuses: list[CommonSessionStatus] | Unset = UNSET,
    x_continuation_token: str | Unset = UNSET,
) -> SessionsQueryResponse | None:
    """List the sessions of one kind that the filters let through.

    Limit group: sessionList (5 per second, 10 per minute, 60 per hour).

    Needs one of these permissions: EnforcementOperations, Introspection, InvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 21418.

    Args:
        date_closed_from (datetime.datetime | Unset):
        date_closed_to (datetime.datetime | Unset):
        date_created_from (datetime.datetime | Unset):
        date_created_to (datetime.datetime | Unset):
        date_modified_from (datetime.datetime | Unset):
        date_modified_to (datetime.datetime | Unset):
        page_size (int | Unset):  Default: 10.
        reference_number (str | Unset):
        session_type (SessionType):
        statuses (list[CommonSessionStatus] | Unset):
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        SessionsQueryResponse
    """

    return sync_detailed(
        client=client,
        date_closed_from=date_closed_from,
        date_closed_to=date_closed_to,
        date_created_from=date_created_from,
        date_created_to=date_created_to,
        date_modified_from=date_modified_from,
        date_modified_to=date_modified_to,
        page_size=page_size,
        reference_number=reference_number,
        session_type=session_type,
        statuses=statuses,
        x_continuation_token=x_continuation_token,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    date_closed_from: datetime.datetime | Unset = UNSET,
    date_closed_to: datetime.datetime | Unset = UNSET,
    date_created_from: datetime.datetime | Unset = UNSET,
    date_created_to: datetime.datetime | Unset = UNSET,
    date_modified_from: datetime.datetime | Unset = UNSET,
    date_modified_to: datetime.datetime | Unset = UNSET,
    page_size: int | Unset = 10,
    reference_number: str | Unset = UNSET,
    session_type: SessionType,
    statuses: list[CommonSessionStatus] | Unset = UNSET,
    x_continuation_token: str | Unset = UNSET,
) -> Response[SessionsQueryResponse]:
    """List the sessions of one kind that the filters let through.

    Limit group: sessionList (5 per second, 10 per minute, 60 per hour).

    Needs one of these permissions: EnforcementOperations, Introspection, InvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 21418.

    Args:
        date_closed_from (datetime.datetime | Unset):
        date_closed_to (datetime.datetime | Unset):
        date_created_from (datetime.datetime | Unset):
        date_created_to (datetime.datetime | Unset):
        date_modified_from (datetime.datetime | Unset):
        date_modified_to (datetime.datetime | Unset):
        page_size (int | Unset):  Default: 10.
        reference_number (str | Unset):
        session_type (SessionType):
        statuses (list[CommonSessionStatus] | Unset):
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[SessionsQueryResponse]
    """

    kwargs = _get_kwargs(
        date_closed_from=date_closed_from,
        date_closed_to=date_closed_to,
        date_created_from=date_created_from,
        date_created_to=date_created_to,
        date_modified_from=date_modified_from,
        date_modified_to=date_modified_to,
        page_size=page_size,
        reference_number=reference_number,
        session_type=session_type,
        statuses=statuses,
        x_continuation_token=x_continuation_token,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    date_closed_from: datetime.datetime | Unset = UNSET,
    date_closed_to: datetime.datetime | Unset = UNSET,
    date_created_from: datetime.datetime | Unset = UNSET,
    date_created_to: datetime.datetime | Unset = UNSET,
    date_modified_from: datetime.datetime | Unset = UNSET,
    date_modified_to: datetime.datetime | Unset = UNSET,
    page_size: int | Unset = 10,
    reference_number: str | Unset = UNSET,
    session_type: SessionType,
    statuses: list[CommonSessionStatus] | Unset = UNSET,
    x_continuation_token: str | Unset = UNSET,
) -> SessionsQueryResponse | None:
    """List the sessions of one kind that the filters let through.

    Limit group: sessionList (5 per second, 10 per minute, 60 per hour).

    Needs one of these permissions: EnforcementOperations, Introspection, InvoiceWrite.

    Exception codes of a 400 answer: 21001, 21405, 21418.

    Args:
        date_closed_from (datetime.datetime | Unset):
        date_closed_to (datetime.datetime | Unset):
        date_created_from (datetime.datetime | Unset):
        date_created_to (datetime.datetime | Unset):
        date_modified_from (datetime.datetime | Unset):
        date_modified_to (datetime.datetime | Unset):
        page_size (int | Unset):  Default: 10.
        reference_number (str | Unset):
        session_type (SessionType):
        statuses (list[CommonSessionStatus] | Unset):
        x_continuation_token (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        SessionsQueryResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            date_closed_from=date_closed_from,
            date_closed_to=date_closed_to,
            date_created_from=date_created_from,
            date_created_to=date_created_to,
            date_modified_from=date_modified_from,
            date_modified_to=date_modified_to,
            page_size=page_size,
            reference_number=reference_number,
            session_type=session_type,
            statuses=statuses,
            x_continuation_token=x_continuation_token,
        )
    ).parsed
