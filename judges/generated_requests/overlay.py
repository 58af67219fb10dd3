"""The contract as this judge reads it: the published one, with its contradictions resolved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CONTRACT = Path(__file__).resolve().parents[2] / "openapi" / "ksef.json"


def contract() -> dict[str, Any]:
    """The contract with every change of this module applied.

    A change that finds nothing to change raises: then the contract was mended, and the change goes.
    """
    document: dict[str, Any] = json.loads(CONTRACT.read_text(encoding="utf-8"))
    return document
