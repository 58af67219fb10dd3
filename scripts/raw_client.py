"""The raw client of one contract, as texts by path: runs the pinned generator and completes it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from scripts.document import Document, Operation, compact, dump, operations, reachable
from scripts.failure import PipelineError, Tell, refuse
from scripts.generator_env import ensure, run
from scripts.layout import GENERATOR_SETTINGS, RAW_CLIENT, TEMPLATES
from scripts.mend import JSON
from scripts.names import Key, Name, Named
from scripts.prepare import prepare
from scripts.tables import render
from scripts.taken_names import give_other_names, with_published_names

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

_SHOWN_OPERATIONS = 6
#: OpenAPI as the generator knows it.
_KNOWN_VERSIONS = ("3.0.", "3.1.")
#: attrs would print the token and the headers that carry it.
_CLIENT_CLASSES = ("@define\nclass Client:", "@define\nclass AuthenticatedClient:")


def raw_client(
    contract: Document,
    pinned: dict[Key, Name],
    *,
    package: str = PACKAGE,
    tell: Tell = refuse,
) -> tuple[dict[str, str], Named]:
    """Return the files of the raw client for a stripped contract, and the operations' names.

    The contract is not changed. Any warning of the generator raises PipelineError, unless `tell`
    takes what is odd: then operations that the generator cannot take with their models are
    generated without, and those that it cannot take at all are left out of the tables.
    """
    document: Document = json.loads(json.dumps(contract))
    named = prepare(document, pinned, tell)
    renamed = give_other_names(document)
    if tell is refuse:
        files, _ = _generated(document, "--fail-on-warning")
    else:
        files = _generated_as_far_as_possible(document, named, tell)
    for key, names in renamed.items():
        module = f"api/{named.by_key[key].tag}/{named.by_key[key].name}.py"
        if module in files:
            files[module] = with_published_names(files[module], names)
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


def _generated_as_far_as_possible(document: Document, named: Named, tell: Tell) -> dict[str, str]:
    try:
        files, warnings = _generated_without_the_unreadable(document, tell)
    except PipelineError as problem:
        # It broke without a word on what it was; what follows is the most that can be done.
        files, warnings = {}, str(problem)
    lacking = _without_module(document, named, files)
    if lacking:
        names = ", ".join(lacking[:_SHOWN_OPERATIONS])
        more = len(lacking) - _SHOWN_OPERATIONS
        names += f" and {more} more" if more > 0 else ""
        tell(f"generated without models: {names} ({_first_warning(warnings)})")
        without_models(document, lacking)
        files, warnings = _generated_without_the_unreadable(document, tell)
    for label in _without_module(document, named, files):
        tell(f"{label} cannot be generated: {_first_warning(warnings)}")
        _remove(document, label)
    return files


def _generated_without_the_unreadable(document: Document, tell: Tell) -> tuple[dict[str, str], str]:
    """What the generator makes of the document once operations that it cannot even read are gone.

    Raises PipelineError when it names none that it cannot read and fails all the same.
    """
    while True:
        try:
            return _generated(document)
        except PipelineError as problem:
            report = str(problem)
            schemas = document["components"]["schemas"]
            named = [
                name
                for name, schema in schemas.items()
                if schema and f"components.schemas.{name}." in report
            ]
            blamed = [str(found) for found in operations(document) if _blamed(found, report)]
            if not (named or blamed):
                raise
            for name in named:
                tell(f"the schema {name} cannot be read by the generator")
                schemas[name] = {}
            for label in blamed:
                tell(f"{label} cannot be read by the generator")
                _remove(document, label)


def _blamed(operation: Operation, report: str) -> bool:
    return f"paths.{operation.path}.{operation.method.lower()}." in report


def _remove(document: Document, label: str) -> None:
    method, _, path = label.partition(" ")
    del document["paths"][path][method.lower()]


def _without_module(document: Document, named: Named, files: dict[str, str]) -> list[str]:
    names = ((str(found), named.by_key[found.key]) for found in operations(document))
    return [label for label, name in names if f"api/{name.tag}/{name.name}.py" not in files]


def without_models(document: Document, labels: list[str]) -> None:
    """Let these operations take and give plain JSON: a request can be described all the same."""
    for operation in operations(document):
        if str(operation) in labels:
            for response in operation.body["responses"].values():
                if JSON in response.get("content", {}):
                    response["content"][JSON] = {"schema": {}}
            for parameter in operation.body.get("parameters", []):
                # Values are passed through as they are, lists too.
                parameter["schema"] = {} if parameter["in"] == "query" else {"type": "string"}
            body = operation.body.get("requestBody", {}).get("content", {})
            if JSON in body:
                body[JSON] = {"schema": {"type": "object", "additionalProperties": True}}
    used = reachable(document, document["paths"])
    schemas = document["components"]["schemas"]
    document["components"]["schemas"] = {
        name: schema for name, schema in schemas.items() if name in used
    }


def _first_warning(report: str) -> str:
    lines = [line.strip() for line in report.splitlines() if line.strip()]
    return " ".join(lines[:4])[:300]


def _for_generator(document: Document) -> Document:
    """The document without what the generator only stumbles over.

    The client is told elsewhere where the service is, and versions later than 3.1 are refused by
    their number alone.
    """
    plain = {name: value for name, value in document.items() if name != "servers"}
    if not str(plain.get("openapi")).startswith(_KNOWN_VERSIONS):
        plain["openapi"] = "3.1.0"
    return plain


def _generated(document: Document, *options: str) -> tuple[dict[str, str], str]:
    """The generator's files, and what it had to say."""
    programs = ensure()
    with tempfile.TemporaryDirectory() as scratch:
        source, output = Path(scratch) / "openapi.json", Path(scratch) / PACKAGE
        source.write_text(dump(_for_generator(document)), encoding="utf-8")
        command: list[str | Path] = [programs / "openapi-python-client", "generate", "--meta=none"]
        command += ["--path", source, "--output-path", output, "--config", GENERATOR_SETTINGS]
        command += ["--custom-template-path", TEMPLATES, *options]
        done = run(command, cwd=Path(scratch), what="openapi-python-client")
        files = {
            path.relative_to(output).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(output.rglob("*.py"))
        }
        return files, done.stdout + done.stderr
