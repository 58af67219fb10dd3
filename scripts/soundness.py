"""What a document says in a form that OpenAPI does not know is taken out before anything reads it."""

from __future__ import annotations

import math
from typing import Any

from ksef_facade.contract.facts import CODES, GROUP, LIMITS, PERMISSIONS
from scripts.document import LITERALS, METHODS, NAME_MAPS, Document
from scripts.failure import Tell

_NUMBER = (int, float)

#: The forms of the keywords that are read anywhere. What is not listed may have any form.
_FORMS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("info", "components", "schema", "items", "requestBody", "not"), (dict,)),
    **dict.fromkeys(NAME_MAPS - {"parameters"}, (dict,)),
    **dict.fromkeys(METHODS, (dict,)),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "enum", "tags", "security", "servers"), (list,)),
    **dict.fromkeys(("$ref", "format", "pattern", "name", "in", "operationId", "openapi"), (str,)),
    **dict.fromkeys(("description", "summary", "title"), (str,)),
    **dict.fromkeys(("deprecated", "nullable", "readOnly", "writeOnly", "uniqueItems"), (bool,)),
    **dict.fromkeys(("minimum", "maximum", "multipleOf"), _NUMBER),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), (int,)),
    PERMISSIONS: (list,),
    CODES: (list,),
    LIMITS: (dict,),
    GROUP: (str,),
    "parameters": (list, dict),
    "required": (list, bool),
    "type": (str, list),
    "additionalProperties": (bool, dict),
}
#: Of schemas and of ways to log in.
_TYPES = frozenset(
    {
        *("string", "number", "integer", "boolean", "array", "object", "null"),
        *("apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"),
    }
)
#: Values of the API, whatever their form.
_EXAMPLES = frozenset({"example", "examples", "default"})
#: What tells parameters, headers and bodies, which are required or not, from schemas.
_PARTS = frozenset({"in", "schema", "content", "$ref"})
#: Lists of objects, and lists of texts.
_OBJECTS = frozenset({"parameters", "allOf", "anyOf", "oneOf", "servers"})
_TEXTS = frozenset({"required", "type"})


def drop_unsound(document: Document, tell: Tell) -> None:
    """Take out, in place, every keyword whose value has another form than OpenAPI gives it.

    Null counts as absent and is not told: contracts with it were published.
    """
    _sound(document, "", False, tell)


def _sound(node: Any, place: str, names: bool, tell: Tell) -> None:
    if isinstance(node, list):
        for index, item in enumerate(node):
            _sound(item, f"{place}/{index}", False, tell)
    if not isinstance(node, dict):
        return
    for key in list(node):
        value, inside = node[key], f"{place}/{key}"
        if value is None or (not names and key in _EXAMPLES):
            continue
        if not _fits(value, None if names else key) or (
            not names and key == "required" and isinstance(value, bool) and not _PARTS & node.keys()
        ):
            tell(f"{inside} is a {type(value).__name__}, which OpenAPI does not know there")
            del node[key]
        elif names or key not in LITERALS:
            if not names and isinstance(value, list) and key in _OBJECTS:
                node[key] = [item for item in value if isinstance(item, dict)]
            _sound(node[key], inside, not names and key in NAME_MAPS, tell)
        elif key in _TEXTS and isinstance(value, list):
            node[key] = [item for item in value if isinstance(item, str)]


def _fits(value: Any, keyword: str | None) -> bool:
    if keyword is None:
        # What a name stands for is an object; a schema may be a truth value since OpenAPI 3.1.
        return isinstance(value, dict)
    if keyword == "type" and isinstance(value, str | list):
        return set(map(str, [value] if isinstance(value, str) else value)) <= _TYPES
    forms = _FORMS.get(keyword)
    if forms is None or (keyword in _FORMS and isinstance(value, bool) and bool not in forms):
        return forms is None
    # JSON has no such numbers, yet Python reads them.
    if isinstance(value, float) and not math.isfinite(value):
        return False
    return isinstance(value, forms)
