"""The committed contract and the published ones, for the tests of the pipeline."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.document import Document
from scripts.layout import CONTRACT, ROOT
from scripts.strip import strip

PUBLISHED = ROOT.parent / "shared" / "data" / "openapi"


@pytest.fixture(scope="session")
def committed() -> Document:
    """The committed contract; not to be changed."""
    document: Document = json.loads(CONTRACT.read_text(encoding="utf-8"))
    return document


@pytest.fixture
def contract(committed: Document) -> Document:
    """A copy of the committed contract that a test may change."""
    return copy.deepcopy(committed)


def published_contracts() -> list[Path]:
    """Every published contract in the folder beside the project; none where that is absent."""
    return sorted(PUBLISHED.rglob("*.json"))


@pytest.fixture(params=published_contracts() or [None], ids=lambda path: path and path.stem)
def published(request: pytest.FixtureRequest) -> Path:
    """One published contract after the other."""
    if request.param is None:
        pytest.skip("no published contracts here: ../shared/data/openapi is absent")
    path: Path = request.param
    return path


@pytest.fixture
def older() -> Callable[[str], Document]:
    """Read and strip one published contract by its file name; skips where it is absent."""

    def read(name: str) -> Document:
        path = PUBLISHED / "history" / name
        if not path.is_file():
            pytest.skip(f"no published contract here: ../shared/data/openapi/history/{name}")
        return strip(json.loads(path.read_text(encoding="utf-8")))

    return read
