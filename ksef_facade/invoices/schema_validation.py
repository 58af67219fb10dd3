"""Invoices against the Ministry's XML schemas, and what libxml2 says of them in readable words.

A schema is compiled when the first invoice needs it, and once in a process: FA (3) takes about
10 ms, UBL about 75 ms and 16 MB. Only files of the store are read while compiling, each after a
look at its hash; any other address is refused, and the network is off.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ksef_facade.errors import ConfigurationError
from ksef_facade.invoices.problems import InvoiceProblem, quoted
from ksef_facade.schemas.catalogue import SchemaSet, schema_set
from ksef_facade.schemas.store import SchemaStore, schema_folder

if TYPE_CHECKING:
    from lxml.etree import XMLSchema, _Element

    from ksef_facade.form_codes import FormCode

MOST_PROBLEMS: Final = 20
"""So many breaks of the schema are told one by one; of more, the number."""

# A name that only base addresses of our own have, so that nothing is ever looked for elsewhere.
_BASE: Final = "ksef-schemas:/"

_SUBJECT: Final = re.compile(
    r"Element '(?:\{[^}]*\})?([^']*)'(?:, attribute '(?:\{[^}]*\})?([^']*)')?: (.*)", re.DOTALL
)
_NAMESPACE: Final = re.compile(r"\{(?:https?:|urn:)[^}]*\}")
_FACET: Final = re.compile(r"\[facet '[^']*'\] ")
_EXPECTED: Final = re.compile(r" Expected is (?:one of )?\( (.*) \)\.\Z", re.DOTALL)
_VALUE: Final = re.compile(
    r"The value '(.*?)' (is not|has a length|must|is greater|is less)", re.DOTALL
)
_PATTERN: Final = re.compile(
    r"The value '(.*)' is not accepted by the pattern '(.*)'\.\Z", re.DOTALL
)
_CHOICES: Final = re.compile(
    r"The value '(.*)' is not an element of the set \{(.*)\}\.\Z", re.DOTALL
)
_TYPE: Final = re.compile(
    r"'(.*)' is not a valid value of the (?:atomic|local atomic|list|union) type(?: '(.*)')?\.\Z",
    re.DOTALL,
)
_MOST_NAMES: Final = 8
_LONGEST_MESSAGE: Final = 300


class InvoiceSchemas:
    """The schemas of a store, ready to hold invoices against. Can be used from several threads."""

    def __init__(self, store: SchemaStore) -> None:
        """Take a store; nothing is read before the first invoice."""
        self.store = store
        self._compiled: dict[str, XMLSchema] = {}
        # A compiled schema keeps its findings on itself: one document at a time.
        self._lock = threading.Lock()

    def has(self, form_code: FormCode) -> bool:
        """Whether the schema of a form code is installed."""
        schema = schema_set(form_code)
        return schema is not None and (schema.root in self._compiled or self.store.has(schema))

    def compile(self, form_code: FormCode) -> None:
        """Compile the schema of a form code now, and raise now what is wrong with it.

        Raises:
            ConfigurationError: it is not installed, or there is none for that form code.
            IntegrityFailure: a file of it was changed since it was installed.
        """
        schema = schema_set(form_code)
        if schema is None:
            raise ConfigurationError(f"there is no schema for {form_code.system_code}")
        with self._lock:
            self._of(schema)

    def problems(self, root: _Element, form_code: FormCode) -> tuple[InvoiceProblem, ...] | None:
        """Breaks of the schema by a document, with lines; `None` where it is not installed.

        Raises:
            IntegrityFailure: a file of the schema was changed since it was installed.
        """
        schema = schema_set(form_code)
        if schema is None or not self.has(form_code):
            return None
        with self._lock:
            compiled = self._of(schema)
            if compiled.validate(root):
                return ()
            log: Iterable[Any] = compiled.error_log  # type: ignore[assignment]
            found = [(entry.line, str(entry.message)) for entry in log]
        return tuple(_told(found))

    def _of(self, schema: SchemaSet) -> XMLSchema:
        if schema.root not in self._compiled:
            self._compiled[schema.root] = _compile(self.store, schema)
        return self._compiled[schema.root]


@cache
def installed_schemas(folder: Path | None = None) -> InvoiceSchemas:
    """The schemas in a folder, by default the one that `ksef schemas install` fills.

    The same value for the same folder, so that each schema is compiled once in a process.
    """
    return InvoiceSchemas(SchemaStore(schema_folder() if folder is None else folder))


def _compile(store: SchemaStore, schema: SchemaSet) -> XMLSchema:
    from lxml import etree

    failures: list[Exception] = []

    # What the stubs know of resolvers is not what lxml has.
    resolver: Any = etree.Resolver

    class FromStore(resolver):  # type: ignore[misc]
        """Answers for every address by the file's name; there is no other source."""

        def resolve(self, system_url: str, public_id: str | None, context: Any) -> Any:
            name = (system_url or "").rpartition("/")[2]
            try:
                content = store.read(name) if name in schema.files else None
            except Exception as error:
                # libxml2 would turn it into a sentence about the wrong thing.
                failures.append(error)
                content = None
            if content is None:
                return self.resolve_empty(context)
            return self.resolve_string(content, context, base_url=_BASE + name)

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    parser.resolvers.add(FromStore())
    document = etree.fromstring(store.read(schema.root), parser, base_url=_BASE + schema.root)
    try:
        compiled = etree.XMLSchema(document)
    except etree.XMLSchemaParseError as error:
        if failures:
            raise failures[0] from None
        raise ConfigurationError(
            f"the schema {schema.root} cannot be compiled by libxml2: {str(error)[:200]}"
        ) from None
    if failures:
        raise failures[0]
    return compiled


def _told(found: list[tuple[int, str]]) -> Iterator[InvoiceProblem]:
    seen: set[tuple[int, str]] = set()
    count = 0
    for line, message in found:
        sentence = readable(message)
        # A wrong value may break a facet and its type: one sentence on a place and element will do.
        place = (line, sentence.partition(" ")[0])
        if place in seen:
            continue
        seen.add(place)
        count += 1
        if count <= MOST_PROBLEMS:
            yield InvoiceProblem(code="schema", message=sentence, line=line or None)
    if count > MOST_PROBLEMS:
        rest = count - MOST_PROBLEMS
        yield InvoiceProblem(
            code="schema",
            message=f"the invoice breaks its schema in {rest} more places: mend these first",
        )


def readable(message: str) -> str:
    """A sentence of libxml2 on an element, without namespaces and with what to do.

    Sentences of another form are passed on, shortened.
    """
    match = _SUBJECT.fullmatch(message.strip())
    if match is None:
        return _short(_NAMESPACE.sub("", message.strip()))
    element, attribute, rest = match.groups()
    subject = f"{element}/@{attribute}" if attribute else element
    rest = _FACET.sub("", _NAMESPACE.sub("", rest))
    expected = _EXPECTED.search(rest)
    wanted = f": {_names(expected[1])} belongs there" if expected else ""
    if rest.startswith("This element is not expected."):
        return _short(f"{subject} does not belong at this place{wanted or ': remove it'}")
    if rest.startswith("Missing child element(s)."):
        return _short(f"{subject} is incomplete{wanted}")
    if pattern := _PATTERN.match(rest):
        shape = quoted(pattern[2])
        return f"{subject} is {quoted(pattern[1])}, which has not the form {shape}: correct it"
    if choices := _CHOICES.match(rest):
        return f"{subject} is {quoted(choices[1])}: write {_names(choices[2].replace(chr(39), ''))}"
    if wrong := _TYPE.match(rest):
        kind = f" ({wrong[2].removeprefix('xs:')})" if wrong[2] else ""
        return f"{subject} is {quoted(wrong[1])}, which is not valid{kind}: correct it"
    return _short(f"{subject}: {rest.rstrip('.')}: correct it")


def _names(listed: str) -> str:
    names = [name.strip() for name in listed.split(",")]
    if len(names) == 1:
        return names[0]
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[:_MOST_NAMES])} or one of {len(names) - _MOST_NAMES} more"
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _short(text: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= _LONGEST_MESSAGE else f"{plain[: _LONGEST_MESSAGE - 1]}…"
