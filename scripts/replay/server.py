"""A KSeF made of one published contract: it answers what the contract declares, and nothing else."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any
from urllib.parse import parse_qs

import httpx

from scripts.document import base_path_removed
from scripts.mend import JSON, XML
from scripts.replay import asked
from scripts.replay.meaning import BASE_PATH, meaning, upo_of
from scripts.replay.payloads import Form, Payloads
from scripts.replay.published import Answer, Key, Published
from tests.facade.scripted import START, Time, xml

ROWS = 13
"""Rows of every list: a page of ten and a rest."""
DEFAULT_PAGE = 10
RETRY_AFTER = "7"

# Properties that are optional in every contract and there whenever the state calls for them.
_OF_THE_STATE = (("upo",), ("upo", "pages"))


class Server:
    """Serves one contract in one form of payloads; keeps what was asked and what was refused."""

    def __init__(self, contract: Published, form: Form) -> None:
        self.contract = contract
        self.form: Form = form
        self.time: Time | None = None
        self.asked: list[Key] = []
        self.refused: list[str] = []
        self.overasked = False
        self.lacking: set[str] = set()
        self.slow: set[Key] = set()
        self.refusal: tuple[Key, Answer] | None = None
        self.refusal_body: Any = None
        self.bodies: dict[Key, Any] = {}
        self._payloads = Payloads(contract, form)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """The answer to a request."""
        path = request.url.path.removeprefix(BASE_PATH)
        if path.startswith("/storage/") and request.method == "PUT":
            return httpx.Response(201)
        if path.startswith("/storage/"):
            return xml(upo_of(path.rsplit("/", 1)[1]))
        key = self._route(request.method, path)
        if key is None:
            return httpx.Response(404)
        self.asked.append(key)
        if self.refusal is not None and self.refusal[0] == key:
            return self._error(self.refusal[1], key)
        if problem := self._objection(key, request):
            self.refused.append(f"{key[0]} {key[1]}: {problem}")
            declared = [answer for answer in self.contract.errors(key) if answer.status == 400]
            return self._error(declared[0] if declared else Answer(400, "", None, frozenset()), key)
        return self._success(key, request)

    def _route(self, method: str, path: str) -> Key | None:
        for key in self.contract.routes:
            if key[0] == method and _pattern(key[1]).fullmatch(path):
                return key if _is_meant(key, path) else None
        return None

    def _objection(self, key: Key, request: httpx.Request) -> str | None:
        query = parse_qs(request.url.query.decode(), keep_blank_values=True)
        for name, parameter in self.contract.parameters(key).items():
            place = parameter.get("in")
            absent = (place == "query" and name not in query) or (
                place == "header" and name.isascii() and name not in request.headers
            )
            if parameter.get("required") and absent:
                return f"the parameter {name} is required"
            largest = _largest(self.contract.resolved(parameter.get("schema")))
            asked_for = int(query["pageSize"][0]) if "pageSize" in query else 0
            if name == "pageSize" and largest is not None and asked_for > largest:
                self.overasked = True
                return f"a page of {asked_for} is more than {largest}"
        if problems := self._problems_of_body(key, request):
            return f"the body {', '.join(problems)}"
        return None

    def _problems_of_body(self, key: Key, request: httpx.Request) -> list[str]:
        schema = self.contract.request_schema(key)
        if schema is None:
            return []
        try:
            body = json.loads(request.content or b"{}")
        except ValueError:
            return ["is no JSON"]
        return self._problems(schema, body, "")

    def _problems(self, schema: Any, body: Any, prefix: str) -> list[str]:
        node = self.contract.resolved(schema)
        if isinstance(body, list):
            return [
                text
                for item in body
                for text in self._problems(node.get("items"), item, f"{prefix[:-1]}[].")
            ]
        if not isinstance(body, dict):
            return []
        properties = node.get("properties") or {}
        required = node.get("required") or []
        found = [f"lacks {prefix}{name}" for name in required if name not in body]
        # Contracts before 2.1.2 close their objects.
        if node.get("additionalProperties") is False:
            found += [f"may not hold {prefix}{name}" for name in body if name not in properties]
        for name, inner in properties.items():
            if name in body:
                found += self._problems(inner, body[name], f"{prefix}{name}.")
        return found

    def _success(self, key: Key, request: httpx.Request) -> httpx.Response:
        answer = self.contract.success(key) or Answer(200, "", None, frozenset())
        headers = self._headers(answer)
        if key in asked.UPOS:
            name = request.url.path.split("/")[-1 if key == asked.UPO_PAGE else -2]
            declared = "right" if "x-ms-meta-hash" in headers else None
            document = xml(upo_of(name), declared=declared)
            kind = answer.media_type or XML
            return httpx.Response(
                answer.status,
                content=document.content,
                headers={**headers, **dict(document.headers), "Content-Type": kind},
            )
        if answer.schema is None and not answer.media_type:
            if key in asked.SPINE:
                self.lacking.add(f"{key[0]} {key[1]} without a body")
            return httpx.Response(answer.status, headers=headers)
        body = self._body(key, answer, request)
        self.bodies[key] = body
        self.lacking |= {
            f"{key[0]} {key[1]} without {path}"
            for path in asked.SPINE.get(key, ())
            if asked.lacks(body, path)
        }
        headers["Content-Type"] = answer.media_type or JSON
        return httpx.Response(answer.status, content=json.dumps(body), headers=headers)

    def _headers(self, answer: Answer) -> dict[str, str]:
        headers = {}
        if self.form == "full":
            headers = {name: "1" for name in answer.headers if name != "x-system-warning"}
            if "x-system-warning" in answer.headers:
                headers["x-system-warning"] = "[sig-001]: text | [sig-002]: text"
        return headers

    def _body(self, key: Key, answer: Answer, request: httpx.Request) -> Any:
        now = self.time.now() if self.time else START
        known = meaning(key, now, self._code(key))
        if answer.schema is None:
            return {}
        if key in asked.LISTS:
            return self._page(key, answer, request)
        body = self._payloads.value(answer.schema, known)
        if key == asked.SESSION and self.form == "minimal" and isinstance(body, dict):
            self._add_state(answer.schema, body, (), known)
        return body

    def _code(self, key: Key) -> int:
        """The status of what is asked about: in progress, or done."""
        is_open = asked.OPEN in self.asked and asked.CLOSE not in self.asked
        if key == asked.SESSION and is_open:
            return 100
        return 100 if key in self.slow and self.asked.count(key) == 1 else 200

    def _add_state(
        self, schema: Any, body: dict[str, Any], path: tuple[str, ...], known: Any
    ) -> None:
        properties = self.contract.resolved(schema).get("properties") or {}
        for name, inner in properties.items():
            inside = (*path, name)
            if inside in _OF_THE_STATE:
                if name not in body:
                    body[name] = self._payloads.value(inner, known, inside)
                if isinstance(body[name], dict):
                    self._add_state(inner, body[name], inside, known)

    def _page(self, key: Key, answer: Answer, request: httpx.Request) -> Any:
        query = parse_qs(request.url.query.decode())
        size = int(query.get("pageSize", [str(DEFAULT_PAGE)])[0])
        start, follows = self._position(key, request, query, size)
        count = min(size, ROWS - start) if follows is not None else ROWS
        rows = asked.LISTS[key]
        now = self.time.now() if self.time else START
        known = meaning(key, now, 200, first_row=start)

        def known_here(path: tuple[str, ...]) -> Any:
            return count if path == (rows,) else known(path)

        page = self._payloads.value(answer.schema, known_here)
        if not isinstance(page, dict):
            return page
        properties = self.contract.resolved(answer.schema).get("properties") or {}
        if rows in properties and rows not in page:
            page[rows] = self._payloads.value(properties[rows], known_here, (rows,))
        if "continuationToken" in properties:
            page.pop("continuationToken", None)
            if follows == "token" and start + count < ROWS:
                page["continuationToken"] = f"row-{start + count}"
            elif self.form == "full":
                page["continuationToken"] = None
        return page

    def _position(
        self, key: Key, request: httpx.Request, query: dict[str, list[str]], size: int
    ) -> tuple[int, str | None]:
        """The first row of the page asked for, and how the next one is found: token or offset."""
        for name, parameter in self.contract.parameters(key).items():
            plain = name.lower().replace("-", "").replace("_", "")
            if plain.endswith("continuationtoken") and self.contract.has(key, "continuationToken"):
                in_header = parameter.get("in") == "header"
                text = request.headers.get(name) if in_header else query.get(name, [None])[0]
                digits = (text or "row-0").removeprefix("row-")
                # A token that was never given names no row: the list is over.
                return min(int(digits), ROWS) if digits.isdecimal() else ROWS, "token"
            if plain == "pageoffset":
                return min(int(query.get(name, ["0"])[0]) * size, ROWS), "offset"
        return 0, None

    def _error(self, answer: Answer, key: Key) -> httpx.Response:
        headers = {"Retry-After": RETRY_AFTER} if "retry-after" in answer.headers else {}
        if answer.schema is None:
            return httpx.Response(answer.status, headers=headers)
        body = self._payloads.value(answer.schema, meaning(key, START, answer.status))
        self.refusal_body = body
        headers["Content-Type"] = answer.media_type
        return httpx.Response(answer.status, content=json.dumps(body), headers=headers)


def _is_meant(key: Key, path: str) -> bool:
    """Whether a path is not that of an operation which the contract lacks: `/auth/sessions` is no
    login called `sessions`.
    """
    return all(
        other[1].count("{}") >= key[1].count("{}")
        for other in asked.ALL
        if other[0] == key[0] and _pattern(other[1]).fullmatch(path)
    )


def _largest(schema: dict[str, Any]) -> int | float | None:
    beyond = schema.get("exclusiveMaximum")
    if isinstance(beyond, int | float) and not isinstance(beyond, bool):
        return beyond - 1
    return schema.get("maximum")


@cache
def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile(re.escape(base_path_removed(shape)).replace(r"\{\}", "[^/]+"))
