"""The contract that this installation was generated from."""

from __future__ import annotations

from importlib.resources import files

from ksef_facade.contract.document import Document, parse

_RAW_CLIENT = "ksef_api"
_NAME = "contract.json"


def packaged_contract() -> Document:
    """The contract's facts as `make generate` left them beside the raw client; no request."""
    return parse(files(_RAW_CLIENT).joinpath(_NAME).read_bytes(), f"{_RAW_CLIENT}/{_NAME}")
