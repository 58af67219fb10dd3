"""Keywords of another form than OpenAPI gives them are told and taken out; nothing else is touched."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from scripts.document import Document
from scripts.failure import PipelineError, refuse
from scripts.soundness import drop_unsound


def test_the_committed_contract_is_sound(contract: Document) -> None:
    before = copy.deepcopy(contract)
    drop_unsound(contract, refuse)
    assert contract == before


@pytest.mark.parametrize(
    ("unsound", "left"),
    [
        ({"type": ["string", "null"]}, {"type": ["string", "null"]}),
        ({"type": "text"}, {}),
        ({"type": 5, "format": "date"}, {"format": "date"}),
        ({"properties": ["a"]}, {}),
        ({"properties": {"a": 5, "type": {"type": "string"}}},) * 1
        + ({"properties": {"type": {"type": "string"}}},),
        ({"required": ["a", 5, None]}, {"required": ["a"]}),
        ({"required": True}, {}),
        ({"maximum": float("nan"), "minimum": float("-inf")}, {}),
        ({"maximum": True, "minimum": 1.5}, {"minimum": 1.5}),
        ({"allOf": [5, {"type": "string"}]}, {"allOf": [{"type": "string"}]}),
        ({"description": None}, {"description": None}),
        ({"example": {"items": []}, "default": {"type": 5}},) * 2,
    ],
)
def test_what_is_unsound_goes(unsound: Any, left: Any) -> None:
    document: Document = {"components": {"schemas": {"A": unsound}}}
    drop_unsound(document, lambda oddity: None)
    assert document == {"components": {"schemas": {"A": left}}}


def test_it_is_told_where() -> None:
    document: Document = {"paths": {"/a": {"get": {"responses": []}}}}
    with pytest.raises(PipelineError, match="/paths//a/get/responses is a list"):
        drop_unsound(document, refuse)
