"""The raw client of one contract, as texts by path: runs the pinned generator and completes it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from scripts.document import Document, compact, dump
from scripts.failure import PipelineError
from scripts.generator_env import ensure, run
from scripts.layout import GENERATOR_SETTINGS, RAW_CLIENT, TEMPLATES
from scripts.names import Key, Name, Named
from scripts.prepare import prepare
from scripts.tables import render

PACKAGE = RAW_CLIENT.name

_INIT = '''\
"""Raw client of the KSeF API, generated from its contract; not written by hand.

`ksef_api.api.<tag>.<operation>` describes the requests and decodes the answers of one operation,
`ksef_api.models` holds their bodies, `ksef_api.operations`, `ksef_api.limits` and
`ksef_api.permissions` what the contract says about each. Nothing is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .client import AuthenticatedClient, Client

__all__ = ("AuthenticatedClient", "Client")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import client

    return getattr(client, name)


def __dir__() -> list[str]:
    return sorted(__all__)
'''

#: attrs would print the token and the headers that carry it.
_CLIENT_CLASSES = ("@define\nclass Client:", "@define\nclass AuthenticatedClient:")


def raw_client(
    contract: Document, pinned: dict[Key, Name], *, package: str = PACKAGE
) -> tuple[dict[str, str], Named]:
    """Return the files of the raw client for a stripped contract, and the operations' names.

    The contract is not changed. Any warning of the generator raises PipelineError.
    """
    document: Document = json.loads(json.dumps(contract))
    named = prepare(document, pinned)
    files = _generated(document)
    files["__init__.py"] = _INIT.replace("ksef_api", package)
    files["py.typed"] = ""
    # What `ksef contract check` compares with: the client knows what it was generated from.
    files["contract.json"] = compact(contract)
    files["client.py"] = without_secrets_in_repr(files["client.py"])
    return files | render(document, named, package), named


def without_secrets_in_repr(client: str) -> str:
    """The generated client classes with a repr that shows neither token nor headers."""
    for start in _CLIENT_CLASSES:
        if client.count(start) != 1:
            raise PipelineError(f"the generated client module has no single {start.split()[-1]}")
        client = client.replace(start, start.replace("@define", "@define(repr=False)"))
    return client


def _generated(document: Document) -> dict[str, str]:
    programs = ensure()
    with tempfile.TemporaryDirectory() as scratch:
        source, output = Path(scratch) / "openapi.json", Path(scratch) / PACKAGE
        source.write_text(dump(document), encoding="utf-8")
        command: list[str | Path] = [programs / "openapi-python-client", "generate", "--meta=none"]
        command += ["--path", source, "--output-path", output, "--config", GENERATOR_SETTINGS]
        command += ["--custom-template-path", TEMPLATES, "--fail-on-warning"]
        run(command, cwd=Path(scratch), what="openapi-python-client")
        return {
            path.relative_to(output).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(output.rglob("*.py"))
        }
