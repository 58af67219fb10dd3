"""Faults on demand: answers that are wrong, late, cut short or lost."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, evolve, field

from .messages import XML, Drop, Request, Response
from .problems import Complaint, Forbidden, OverLimit, Reporter
from .storage import PREFIX

_ANY = "*"
#: What the storage service says with a status (documented codes of that service).
_STORAGE_CODES = {
    400: "InvalidHeaderValue",
    401: "InvalidAuthenticationInfo",
    403: "AuthenticationFailed",
    404: "BlobNotFound",
    500: "InternalError",
    503: "ServerBusy",
}


@define
class Fault:
    """What goes wrong with some calls of one operation."""

    method: str
    template: str
    #: How many calls it spoils; None spoils them all.
    times: int | None = 1
    #: How many calls pass unharmed before it starts.
    skip: int = 0
    status: int | None = None
    body: bytes | None = field(default=None, repr=False)
    #: Headers to set on the answer; a value of None takes the header away.
    headers: Mapping[str, str | None] = field(factory=dict)
    exception_code: int | None = None
    details: tuple[str, ...] = ()
    retry_after: int = 1
    #: Seconds of real time before the answer.
    delay: float = 0.0
    drop: Drop | None = None
    #: Bytes of the body that arrive, in an answer that is otherwise whole.
    truncate: int | None = None

    def _matches(self, request: Request, template: str) -> bool:
        return self.method in (_ANY, request.method) and self.template in (_ANY, template)

    @property
    def replaces(self) -> bool:
        """Whether the operation is not run at all."""
        return (
            self.status is not None
            or self.exception_code is not None
            or self.body is not None
            or self.drop == "before"
        )


class Faults:
    """The faults that wait for calls. The first one added that matches is used."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(
        self,
        method: str,
        template: str,
        times: int | None = 1,
        *,
        skip: int = 0,
        status: int | None = None,
        body: bytes | str | None = None,
        headers: Mapping[str, str | None] | None = None,
        exception_code: int | None = None,
        details: tuple[str, ...] = (),
        retry_after: int = 1,
        delay: float = 0.0,
        drop: Drop | None = None,
        truncate: int | None = None,
    ) -> Fault:
        """Spoil the next `times` calls of an operation, after `skip` good ones.

        `template` is the contract's, or "*"; links are found under
        "/storage/{shard}/{session}/session-upo/{name}" and the same with "invoice-upo" and, for
        the PUT of parts, "batch-parts".
        With `status`, `body` or `exception_code` the operation does not run. A status without a
        body gets the API's own: both forms of 400, 401, 403, 410, 429 (with `retry_after`) and
        500, the storage's XML on links, and nothing for others. `headers`, `delay`, `truncate`
        and the drops "after" and "midway" change the true answer; "before" drops the request. An
        upload that breaks "midway" leaves nothing behind.
        """
        fault = Fault(
            method.upper(),
            template,
            times,
            skip,
            status,
            body.encode() if isinstance(body, str) else body,
            {name.lower(): value for name, value in (headers or {}).items()},
            exception_code,
            details,
            retry_after,
            delay,
            drop,
            truncate,
        )
        self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Forget all faults."""
        self._waiting.clear()

    def take(self, request: Request, template: str) -> Fault | None:
        """The fault of this call, used up by one."""
        for fault in self._waiting:
            if not fault._matches(request, template):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                return None
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
            return fault
        return None


def replace(fault: Fault, request: Request, reporter: Reporter) -> Response:
    """The answer of a fault that keeps the operation from running."""
    if fault.body is not None:
        return Response(fault.status or 200, {"content-type": "text/html"}, fault.body)
    if fault.exception_code is not None:
        complaint = Complaint(fault.exception_code, fault.details)
        return reporter.refused(request, [complaint], fault.status or 400)
    if request.path.startswith(PREFIX) and fault.status is not None:
        return _storage_error(fault.status)
    match fault.status:
        case 401:
            return reporter.unauthenticated(request)
        case 403:
            return reporter.forbidden(request, Forbidden("security-service-blocked"))
        case 410:
            return reporter.gone(request)
        case 429:
            return reporter.over_limit(request, OverLimit(1, "sekundę", fault.retry_after))
        case 400 | 500:
            code = 21405 if fault.status == 400 else 500
            return reporter.refused(request, [Complaint(code, fault.details)], fault.status)
    return Response(fault.status or 200)


def _storage_error(status: int) -> Response:
    code = _STORAGE_CODES.get(status, "OperationTimedOut")
    body = (
        f'<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code>'
        "<Message>The request failed on purpose.</Message></Error>"
    )
    return Response(status, {"content-type": XML, "x-ms-error-code": code}, body.encode())


def distort(fault: Fault, response: Response) -> Response:
    """The answer with the fault's changes to its headers, body and delivery."""
    headers = {**response.headers, **fault.headers}
    kept = {name: value for name, value in headers.items() if value is not None}
    body = response.body if fault.truncate is None else response.body[: fault.truncate]
    return evolve(response, headers=kept, body=body, delay=fault.delay, drop=fault.drop)
