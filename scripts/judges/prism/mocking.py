"""The contract in a form that Prism can make up answers from."""

from __future__ import annotations

from typing import Any

from scripts.judges.operations import read_contract

#: Base64 with padding, and the Base64 of a SHA-256. They stand in for `format: byte`, which Prism
#: checks but cannot make up, so that it refuses its own answers. No request gets freer by it.
_BASE64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
_SHA256 = "^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$"
_LENGTH_OF_SHA256 = 44


def contract_for_mocking() -> dict[str, Any]:
    """The contract with a pattern for every Base64 text."""
    document = read_contract()
    if not _rewrite(document):
        raise ValueError("the contract has no Base64 left to rewrite: this module can go")
    return document


def _rewrite(node: Any) -> int:
    if isinstance(node, list):
        return sum(map(_rewrite, node))
    if not isinstance(node, dict):
        return 0
    if node.get("type") == "string" and node.get("format") == "byte":
        del node["format"]
        node["pattern"] = _SHA256 if node.get("maxLength") == _LENGTH_OF_SHA256 else _BASE64
        return 1
    return sum(map(_rewrite, node.values()))
