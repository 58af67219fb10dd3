"""Parameters whose names the generated functions use themselves."""

from __future__ import annotations

import copy
from typing import Any

from scripts.document import Document, operations
from scripts.taken_names import give_other_names, with_published_names

KEY = ("GET", "/a/{}")


def document(*parameters: tuple[str, str]) -> Document:
    written: list[dict[str, Any]] = [{"name": name, "in": place} for name, place in parameters]
    return {"paths": {"/a/{id}": {"get": {"parameters": written}}}}


def test_the_committed_contract_takes_none(contract: Document) -> None:
    before = copy.deepcopy(contract)
    assert give_other_names(contract) == {}
    assert contract == before


def test_a_taken_name_gets_its_place_and_is_sent_as_itself() -> None:
    taken = document(("id", "path"), ("Body", "query"), ("quote", "header"), ("from", "query"))
    renamed = give_other_names(taken)
    assert renamed == {
        KEY: [("query", "Body", "Body_query"), ("header", "quote", "quote_header")],
    }
    (operation,) = operations(taken)
    names = [parameter["name"] for parameter in operation.body["parameters"]]
    assert names == ["id", "Body_query", "quote_header", "from"]
    module = 'params["Body_query"] = body_query\nheaders["quote_header"] = quote_header\n'
    assert with_published_names(module, renamed[KEY]) == (
        'params["Body"] = body_query\nheaders["quote"] = quote_header\n'
    )


def test_a_name_that_would_meet_another_stays() -> None:
    both = document(("body", "query"), ("body_query", "query"))
    assert give_other_names(both) == {}
