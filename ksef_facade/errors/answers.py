"""Errors that are an answer of the service; each keeps it whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ksef_facade.errors.general import KsefError

if TYPE_CHECKING:
    from ksef_facade.answers.responses import Problem, Response


class ResponseError(KsefError):
    """The service answered, and the answer is not what was asked for.

    Attributes:
        response: the answer as it came: `status_code`, `headers`, `content` (bytes).
        problem: what could be read of it, whichever of the error shapes it had.
    """

    def __init__(self, message: str, response: Response, problem: Problem) -> None:
        self.response = response
        self.problem = problem
        super().__init__(message)

    @property
    def operation(self) -> str:
        """`METHOD /path-template` of the request."""
        return self.response.operation

    @property
    def status_code(self) -> int:
        """HTTP status of the answer."""
        return self.response.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of the answer, names in lower case."""
        return self.response.headers

    @property
    def body(self) -> bytes:
        """Body of the answer, byte for byte."""
        return self.response.content

    @property
    def codes(self) -> tuple[int, ...]:
        """Exception codes in the answer, in their order, each once; empty when it carried none."""
        return self.problem.codes

    @property
    def details(self) -> tuple[str, ...]:
        """Detail texts in the answer, as the service words them (Polish)."""
        return self.problem.details

    @property
    def trace_id(self) -> str | None:
        """What the service's support wants to be told: `traceId` or `serviceCode`."""
        return self.problem.trace_id


class BadRequest(ResponseError):
    """HTTP 400, or another 4xx without a class of its own: see `codes` and `details`."""


class UnknownSession(BadRequest):
    """21173: no session with this reference in the context and environment that were asked."""


class Unauthorized(ResponseError):
    """HTTP 401, after one renewal of the access token did not help."""


class Forbidden(ResponseError):
    """HTTP 403. `reason_code` tells which kind; it is `None` for a firewall's page.

    Attributes:
        required_permissions: any one of these would do (`missing-permissions`), else empty.
        present_permissions: what the access token holds (`missing-permissions`), else empty.
    """

    @property
    def reason_code(self) -> str | None:
        """`reasonCode` of the answer, e.g. `missing-permissions`."""
        return self.problem.reason_code

    @property
    def required_permissions(self) -> tuple[str, ...]:
        """Permissions of which one is needed, from `security.requiredAnyOfPermissions`."""
        return self.problem.required_permissions

    @property
    def present_permissions(self) -> tuple[str, ...]:
        """Permissions that the token has, from `security.presentPermissions`."""
        return self.problem.present_permissions


class NotFound(ResponseError):
    """HTTP 404: not part of the contract; usually a wrong base URL."""


class Gone(ResponseError):
    """HTTP 410: the operation's result was kept for its retention time and is no longer there."""


class RateLimited(ResponseError):
    """HTTP 429, and waiting it out would exceed what the caller allows.

    Attributes:
        retry_after: seconds that the service asked to wait, or `None` when it did not say.
        group: the limit group of the operation (contract `x-rate-limit-group`).
    """

    def __init__(
        self,
        message: str,
        response: Response,
        problem: Problem,
        *,
        retry_after: float | None = None,
        group: str = "",
    ) -> None:
        super().__init__(message, response, problem)
        self.retry_after = retry_after
        self.group = group


class ServerError(ResponseError):
    """HTTP 5xx, still there after the retries that the policy allows."""


class UndecodableBody(ResponseError):
    """A success status with a body that cannot be what was asked for (HTML, empty, cut, not JSON)."""
