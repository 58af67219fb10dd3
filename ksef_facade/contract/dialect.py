"""What OpenAPI 3.1 says in a way of its own, in the words of 3.0.

A service that is upgraded writes the same facts otherwise: null as a type or as an alternative, a
single value as `const`. Whoever compares contracts wants to hear of what changed, not of that.
"""

from __future__ import annotations

from typing import Any, Final

EITHER: Final = " or "
"""What stands between types where a value may have several."""


def in_words_of_3_0(node: dict[str, Any]) -> dict[str, Any]:
    """A schema with `nullable`, one type where it has one, and no alternatives to nothing.

    Anything else comes back as it is.
    """
    plain = dict(node)
    kinds = plain.get("type")
    if isinstance(kinds, list):
        named = sorted({kind for kind in kinds if isinstance(kind, str) and kind != "null"})
        plain["type"] = EITHER.join(named) or None
        if "null" in kinds:
            plain["nullable"] = True
    if "const" in plain and "enum" not in plain:
        plain["enum"] = [plain.pop("const")]
    if plain.get("contentEncoding") == "base64" and not plain.get("format"):
        plain["format"] = "byte"
    for keyword in ("oneOf", "anyOf"):
        _without_null(plain, keyword)
    return plain


def _without_null(schema: dict[str, Any], keyword: str) -> None:
    branches = schema.get(keyword)
    if not isinstance(branches, list) or not all(isinstance(item, dict) for item in branches):
        return
    kept = [branch for branch in branches if branch.get("type") not in ("null", ["null"])]
    if len(kept) < len(branches):
        schema["nullable"] = True
        schema[keyword] = kept
    if len(kept) == 1:
        del schema[keyword]
        others = schema.get("allOf")
        schema["allOf"] = [*(others if isinstance(others, list) else ()), *kept]
