"""A UPO against the Ministry's schema, where it is there: a diagnosis, no gate.

The schema of v4-3 forbids what the Ministry does: the suffix of the authority's name on test and
demo, and the signature. So a copy without both is held against it (observed on the official samples,
which fail as they are and pass so).
"""

from __future__ import annotations

import os
import re
from os import PathLike
from typing import TYPE_CHECKING, Any, Final

from ksef_facade.errors import ConfigurationError, IntegrityFailure
from ksef_facade.upo import elements
from ksef_facade.upo.verdicts import Findings, Verdict
from ksef_facade.upo.walking import UpoSource, opened

if TYPE_CHECKING:
    from lxml.etree import _Element

_LARGEST: Final = 64 << 20
_LARGEST_SCHEMA: Final = 1 << 20
_SUFFIX: Final = re.compile(r"\s*-\s*[^()]*\([^()]{1,20}\)\s*$")
_TARGET: Final = "targetNamespace"


def check_schema(
    source: UpoSource,
    namespace: str,
    schema: bytes | str | PathLike[str] | None,
) -> Verdict:
    """The verdict "schema"; a break of it is a warning, because the schema was wrong before.

    Args:
        source: the document.
        namespace: its namespace.
        schema: the XSD; by default `upo-<version>.xsd` in the folder of installed schemas.

    Raises:
        ConfigurationError: the given schema is none.
        OSError: the given schema cannot be read.
    """
    try:
        text = _schema_text(namespace, schema)
    except IntegrityFailure as error:
        return Verdict("schema", "unknown", str(error))
    if text is None:
        return Verdict("schema", "skipped", "the schema of this version is not installed")
    from lxml import etree

    from ksef_facade.invoices.schema_validation import readable
    from ksef_facade.upo.signature.xml_signature import hardened_parser

    try:
        parsed = etree.fromstring(text, hardened_parser())
        compiled = etree.XMLSchema(parsed)
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        name = "" if schema is None or isinstance(schema, bytes) else f" {os.fspath(schema)}"
        raise ConfigurationError(f"the schema of the UPO{name} cannot be used: {error}") from None
    if parsed.get(_TARGET) != namespace:
        return Verdict("schema", "skipped", "the given schema is of another version")
    with opened(source) as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        return Verdict("schema", "unknown", "the document is too large for the schema")
    root = etree.fromstring(content, hardened_parser())
    _normalise(root, namespace)
    found = Findings()
    if not compiled.validate(root):
        log: Any = compiled.error_log
        for entry in log:
            found.add(f"line {entry.line}: {readable(str(entry.message))}")
    return found.verdict("schema", "it obeys the schema", "warning")


def _schema_text(namespace: str, schema: bytes | str | PathLike[str] | None) -> bytes | None:
    if isinstance(schema, bytes):
        return schema
    if schema is not None:
        with open(schema, "rb") as stream:
            return stream.read(_LARGEST_SCHEMA)
    from ksef_facade.schemas.catalogue import UPO_SCHEMAS
    from ksef_facade.schemas.store import SchemaStore, schema_folder

    name = f"upo-{namespace.rpartition('/')[2]}.xsd"
    if name not in UPO_SCHEMAS or not (schema_folder() / name).is_file():
        return None
    return SchemaStore(schema_folder()).read(name)


def _normalise(root: _Element, namespace: str) -> None:
    """Take the signature out, and the environment from the authority's name."""
    for signature in root.findall(elements.SIGNATURE):
        root.remove(signature)
    for authority in root.findall(f"{{{namespace}}}{elements.AUTHORITY}"):
        authority.text = _SUFFIX.sub("", authority.text or "")
