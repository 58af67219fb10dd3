# Derived from ksef_facade/_async/receipts/fetching.py by scripts/derive_sync.py; do not edit.
"""One UPO document from the service to a sink: the pre-signed link first, refreshed once, then the
API.

Whatever the way, the bytes count only when their hash fits the answer's header (where it has one)
and they are a UPO of the session, or invoice, that was asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from ksef_facade._sync.caller import Caller
from ksef_facade.answers.responses import Response
from ksef_facade.calls.describing import Call
from ksef_facade.concurrency.threads import offload
from ksef_facade.errors import IntegrityFailure, KsefError, ResponseError, TransportError, UnsafeUrl
from ksef_facade.models.receipts import UpoSource
from ksef_facade.upo.digests import read_digests
from ksef_facade.upo.inspection import UpoFacts
from ksef_facade.upo.sinks import UpoSink

HASH_HEADER = "x-ms-meta-hash"
"""Base64 SHA-256 of the body (contract, headers of the UPO operations and of links)."""
_LINK_FAILURES = (UnsafeUrl, TransportError, ResponseError, IntegrityFailure)
_API_ATTEMPTS = 2

Link = str | None
CheckFacts = Callable[[UpoFacts], tuple[str, ...]]


@frozen
class Fetched:
    """How a document came and what it says of itself; its bytes are in the sink."""

    source: UpoSource
    hash_verified: bool
    facts: UpoFacts


def fetch_upo(
    caller: Caller,
    sink: UpoSink,
    check: CheckFacts,
    *,
    link: Link = None,
    refresh: Callable[[], Link] | None = None,
    call: Callable[[], Call] | None = None,
) -> Fetched:
    """Fill the sink by the first way that yields the document.

    Cost: nothing metered over a link; a refresh costs what `refresh` costs; the API route 1 request
    of group `sessionMisc`, or 2 when the first answer was damaged. `call` describes its request,
    once it is needed: a link does without an operation that the raw client's contract lacks.

    Raises:
        IntegrityFailure: every way gave bytes that are not the document.
        KsefError: the last way failed.
    """
    failure: KsefError | None = None
    brief = caller.with_settings(caller.settings.with_brief_retries())
    for source, find in _link_ways(link, refresh):
        try:
            found = find()
            if found is not None:
                response = brief.download_link(found, sink)
                return _verified(response, sink, check, source)
        except _LINK_FAILURES as error:
            failure = error
    if call is None:
        raise failure or IntegrityFailure(
            "the service gave neither a link nor a reference for a UPO"
        )
    for attempt in range(1, _API_ATTEMPTS + 1):
        try:
            return _verified(caller.download(call(), sink), sink, check, "api")
        except IntegrityFailure:
            if attempt == _API_ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _link_ways(
    link: Link, refresh: Callable[[], Link] | None
) -> list[tuple[UpoSource, Callable[[], Link]]]:
    def given() -> Link:
        return link

    ways: list[tuple[UpoSource, Callable[[], Link]]] = []
    if link is not None:
        ways.append(("link", given))
        if refresh is not None:
            ways.append(("refreshed-link", refresh))
    return ways


def _verified(response: Response, sink: UpoSink, check: CheckFacts, source: UpoSource) -> Fetched:
    declared = read_digests(response.headers.get(HASH_HEADER))
    if declared - {sink.sha256}:
        raise IntegrityFailure(
            f"{response.operation}: the bytes do not have the SHA-256 that the answer declares"
        )
    facts = offload(sink.inspect)
    problems = check(facts)
    if problems:
        raise IntegrityFailure(f"{response.operation}: {'; '.join(problems)}")
    return Fetched(source, bool(declared), facts)
