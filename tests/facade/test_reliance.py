"""The list of what the facade relies on says what the facade really sends and reads.

A recording runs the facade through all it does and notes every operation, query parameter, header,
property sent and property read. Where a test here fails, bring `ksef_facade/contract/relied_on.py`
up to date: it decides which changes of the contract are called breaking.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

import ksef_facade._async as async_package
from ksef_facade import Ksef, TokenAuth
from ksef_facade._sync import public_keys
from ksef_facade.answers import responses
from ksef_facade.contract.document import shape
from ksef_facade.contract.packaged import packaged_contract
from ksef_facade.contract.relied_on import ERRORS, RELIANCE, SHA256_BASE64
from ksef_facade.contract.schemas import Place, Schemas, Written
from tests.facade import scripted
from tests.facade.contract_at_hand import IS_COMMITTED, skip_for_lack_of
from tests.facade.recording import Recording
from tests.facade.scripted import (
    INVOICE,
    NUMBER,
    PAGE_1,
    SESSION,
    TOKEN,
    Server,
    ThreadTime,
    invoice_status,
    legacy,
    link,
    ok,
    problem,
    session_status,
    upo,
    upo_pages,
    xml,
)

LOGIN = "20251010-AU-19F5E39000-39B5B182BA-B8"


@pytest.fixture(scope="module")
def recording() -> Recording:
    found = Recording()
    with pytest.MonkeyPatch.context() as patch:
        read = responses.read_json

        def read_json(response: responses.Response) -> Any:
            return found.watch(response.operation, read(response))

        patch.setattr(responses, "read_json", read_json)
        patch.setattr(public_keys, "read_json", read_json)
        patch.setattr(responses, "read_problem", problems(found, responses.read_problem))
        walk(found)
    return found


def problems(found: Recording, read: Any) -> Any:
    """`read_problem` over a watched body."""

    def read_problem(response: responses.Response) -> Any:
        loads = json.loads
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                responses.json,
                "loads",
                lambda text: found.watch("", loads(text), failed=True),
            )
            return read(response)

    return read_problem


def walk(found: Recording) -> None:
    """Everything that the facade does, once."""
    server = full_server()
    clock = ThreadTime()
    server.time = clock

    def answer(request: httpx.Request) -> httpx.Response:
        found.request(request)
        return server(request)

    ksef = Ksef(auth=TokenAuth(TOKEN), transport=httpx.MockTransport(answer), clock=clock)
    filters: dict[str, Any] = {
        f"{what}_{end}": date(2025, 9, 25)
        for what in ("created", "closed", "modified")
        for end in ("from", "to")
    }
    with ksef:
        list(ksef.sessions("online", statuses=["failed"], reference_number=SESSION, **filters))
        session = ksef.session(SESSION)
        list(session.invoices())
        list(session.failed_invoices())
        session.invoice(INVOICE).status()
        list(session.upo.pages())
        session.upo.page(PAGE_1)
        session.upo.by_ksef_number(NUMBER)
        session.upo.by_invoice(INVOICE)
        with ksef.open_online_session() as online:
            online.send(b"<Faktura/>")
            online.send(b"<Faktura/>", corrects=SHA256_BASE64)
        clock.advance(3600)
        session.status()
        for code in (400, 403, 410, 429):
            server.on(f"GET /sessions/{SESSION}", refusal(code))
            with pytest.raises(Exception, match="HTTP"):
                session.status()


def refusal(status: int) -> httpx.Response:
    if status == 400:
        return legacy(21405, "text", "detail")
    if status == 429:
        return ok({"status": {"code": 429, "description": "x", "details": []}}, 429)
    if status == 410:
        return problem(status, detail=None)
    return problem(
        status,
        reasonCode="missing-permissions",
        errors=[{"code": 1, "description": "x", "details": []}],
        security={"requiredAnyOfPermissions": [], "presentPermissions": []},
    )


def full_server() -> Server:
    server = Server()
    base = f"/sessions/{SESSION}"
    row = invoice_status(status=full_status())
    pages = upo_pages((PAGE_1, link("page")))
    one = {"invoices": [row]}
    summary = {"referenceNumber": SESSION, "status": full_status()}
    server.on(
        "GET /sessions",
        ok({"sessions": [summary], "continuationToken": "next"}),
        ok({"sessions": [summary]}),
    )
    server.on(f"GET {base}", ok(session_status(upo=pages, status=full_status())))
    for name in ("invoices", "invoices/failed"):
        server.on(f"GET {base}/{name}", ok({**one, "continuationToken": "next"}), ok(one))
    server.on(f"GET {base}/invoices/{INVOICE}", ok(row))
    document = xml(upo())
    server.on(f"GET {httpx.URL(link('page')).path}", document)
    for path in (f"upo/{PAGE_1}", f"invoices/ksef/{NUMBER}/upo", f"invoices/{INVOICE}/upo"):
        server.on(f"GET {base}/{path}", document)
    server.on("POST /sessions/online", ok({"referenceNumber": SESSION}, 201))
    server.on(f"POST /sessions/online/{SESSION}/invoices", ok({"referenceNumber": INVOICE}, 202))
    server.on(f"POST /sessions/online/{SESSION}/close", httpx.Response(204))
    server.on(f"GET /auth/{LOGIN}", ok({"status": full_status()}))
    return server


def full_status() -> dict[str, Any]:
    return {"code": 200, "description": "opis", "details": [], "extensions": {}}


def roots(listed: set[str], read: set[str]) -> set[str]:
    """What was read, without the objects that only lead to what is listed."""
    return {
        place
        for place in read
        if place in listed
        or not any(item.startswith((f"{place}.", f"{place}[")) for item in listed)
    }


def test_the_walk_went_through_the_sessions(recording: Recording) -> None:
    assert ("GET", "/sessions/{}") in recording.sent
    assert ("POST", "/auth/token/refresh") in recording.sent


def test_what_is_sent_is_what_is_listed(recording: Recording) -> None:
    for key, sent in recording.sent.items():
        listed = RELIANCE[key]
        always, possible = set(listed.always), {*listed.always, *listed.sometimes}
        assert always <= sent <= possible, key
        body = recording.body[key]
        assert set(listed.body) <= body <= {*listed.body, *listed.body_sometimes}, key
    assert "hashOfCorrectedInvoice" in recording.body["POST", "/sessions/online/{}/invoices"]


def test_what_is_read_is_what_is_listed(recording: Recording) -> None:
    for key in recording.sent:
        listed = {*RELIANCE[key].needs, *RELIANCE[key].reads}
        assert roots(listed, recording.read[key]) == listed, key


def test_what_is_read_of_errors_is_what_is_listed(recording: Recording) -> None:
    listed = {*ERRORS.needs, *ERRORS.reads}
    assert roots(listed, recording.failed) == listed


def described() -> Iterator[tuple[str, str]]:
    """Every method and path that the facade names in a call of `describe` or `ListQuery`."""
    folder = Path(async_package.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        texts = [
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        methods = {text for text in texts if text in ("GET", "POST", "PUT", "DELETE")}
        for text in texts:
            if re.fullmatch(r"/[a-z][\w/{}-]*", text) and methods:
                yield path.name, shape(text)


def test_every_operation_that_the_facade_names_is_listed() -> None:
    listed = {key[1] for key in RELIANCE}
    named = list(described())
    assert len(named) > 10
    # A path may be put together from two texts: what begins it is enough.
    missing = [
        (module, path)
        for module, path in named
        if path not in listed and not any(other.endswith(path) for other in listed)
    ]
    assert missing == []


# Answers' properties, as `relied_on.py` writes them, that the committed contract has dropped and
# production still answers with: the facade goes on reading them until they are gone there too.
STILL_IN_PRODUCTION: frozenset[str] = frozenset()


def there_is(listed: Any, there: Any, what: str) -> None:
    """All that is listed is in the contract; another than the committed one may be without it."""
    lacking = sorted({*listed} - {*there})
    if lacking and not IS_COMMITTED:
        skip_for_lack_of(f"{what} {', '.join(map(str, lacking))}")
    assert lacking == [], what


def test_the_list_names_what_the_contract_has() -> None:
    document = packaged_contract()
    paths = {
        (method.upper(), shape(path)) for path, item in document["paths"].items() for method in item
    }
    there_is(map(" ".join, RELIANCE), map(" ".join, paths), "operation")


@pytest.mark.parametrize("key", sorted(RELIANCE), ids=" ".join)
def test_what_is_relied_on_is_in_the_contract(key: tuple[str, str]) -> None:
    operations = {
        (method.upper(), shape(path)): item[method]
        for path, item in packaged_contract()["paths"].items()
        for method in item
    }
    there_is([key], operations, "operation")
    operation = operations[key]
    listed = RELIANCE[key]
    parameters = {entry["name"].lower() for entry in operation.get("parameters", [])}
    there_is(
        (name.lower() for name in (*listed.always, *listed.sometimes)), parameters, "parameter"
    )
    schemas = Schemas(packaged_contract())
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    sent = set(places(schemas, body.get("schema", {})))
    there_is((*listed.body, *listed.body_sometimes), sent, "property to send:")
    answers = [entry for status, entry in operation["responses"].items() if status.startswith("2")]
    media = answers[0].get("content", {})
    there_is([listed.media], [next(iter(media), "")], "answer in")
    if listed.media == "application/json":
        there = set(places(schemas, media[listed.media]["schema"]))
        there_is(listed.needs, there, "property")
        # `extensions` is read of every status, and has been announced for some only.
        announced = {name for name in listed.reads if not name.endswith(".extensions")}
        there_is(announced - STILL_IN_PRODUCTION, there, "property")
    there_is(listed.codes, operation.get("x-exception-codes", ()), "exception code")
    headers = {name.lower() for name in answers[0].get("headers", {})}
    there_is(listed.headers, headers, "header")


def places(schemas: Schemas, schema: Any, at: str = "") -> Iterator[str]:
    view = schemas.view(Written(schema, Place()))
    if at:
        yield at
    for name, inner in view.properties.items():
        yield from places(schemas, inner.text, f"{at}.{name}" if at else name)
    for step, inner in view.inner.items():
        if step == "[]":
            yield from places(schemas, inner.text, f"{at}[]")


def test_the_scripted_session_is_the_one_of_the_examples() -> None:
    assert RELIANCE["GET", "/sessions/{}"].path == (scripted.SESSION,)
