"""Where the pipeline reads and writes, seen from the project's root."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CONTRACT = ROOT / "openapi" / "ksef.json"
LOCK = ROOT / "openapi" / "ksef.lock"
OPERATIONS = ROOT / "openapi" / "operations.yaml"
GENERATOR_SETTINGS = ROOT / "openapi" / "generator.yaml"
GENERATOR_REQUIREMENTS = ROOT / "openapi" / "generator-requirements.txt"
TEMPLATES = ROOT / "openapi" / "templates"

GENERATOR_ENVIRONMENT = ROOT / ".generator" / "venv"

RAW_CLIENT = ROOT / "generated" / "ksef_api"
ASYNC_PACKAGE = ROOT / "ksef_facade" / "_async"
SYNC_PACKAGE = ROOT / "ksef_facade" / "_sync"
SIMULATOR_CONTRACT = ROOT / "ksef_facade" / "simulator" / "contract.json"


def shown(path: Path) -> str:
    """The path as people read it: from the project's root where it is inside, else as given."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
