"""`ksef schemas`: the Ministry's XML schemas on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from ksef_facade.cli.settings import Settings

if TYPE_CHECKING:
    from ksef_facade.cli.results.documents import Document
    from ksef_facade.cli.terminal.output import Output
    from ksef_facade.schemas.store import SchemaState, SchemaStore

_STYLES = {"installed": "green", "missing": "yellow", "incomplete": "yellow", "damaged": "red"}


def install(
    *,
    from_: Annotated[Path | None, Parameter(name="--from")] = None,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> int:
    """Fetch the official schemas, or import them, so that invoices can be held against them.

    Each file is known by its hash. They are kept in a folder of your user's data, or in that of the
    variable KSEF_SCHEMAS, and no network is needed afterwards.

    Parameters
    ----------
    from_
        Folder to take the files from, whatever they are called there, in place of the network.
    """
    from ksef_facade.cli.arguments import BadArgument
    from ksef_facade.cli.exit_codes import ExitCode
    from ksef_facade.cli.steps.schema_download import fetch_into
    from ksef_facade.schemas.catalogue import FILES

    store = _store(settings)
    if from_ is not None:
        if not store.add_from(from_):
            raise BadArgument(f"there is no official schema file in {from_}")
    else:
        with settings.output.progress("fetching schemas") as progress:
            progress.update(total=len(FILES))
            fetch_into(store, FILES.values(), on_file=lambda file: progress.advance())
    _report(store, settings.output)
    return ExitCode.DONE


def show(*, settings: Annotated[Settings, Parameter(parse=False)]) -> None:
    """Show which schemas are installed, and where."""
    _report(_store(settings), settings.output)


def check(*, settings: Annotated[Settings, Parameter(parse=False)]) -> int:
    """Look at the hash of every installed file, and compile every schema that is complete.

    Exit code 6 when a file is not what was installed.
    """
    from ksef_facade.cli.exit_codes import ExitCode
    from ksef_facade.invoices.schema_validation import InvoiceSchemas

    store = _store(settings)
    schemas = InvoiceSchemas(store)
    installed = [state.schema for state in store.states() if state.state == "installed"]
    with settings.output.progress("compiling schemas") as progress:
        progress.update(total=len(installed))
        for schema in installed:
            schemas.compile(schema.form_code)
            progress.advance()
    states = _report(store, settings.output)
    return ExitCode.INTEGRITY if any(state.damaged for state in states) else ExitCode.DONE


def _store(settings: Settings) -> SchemaStore:
    from ksef_facade.schemas.store import SchemaStore, schema_folder

    return SchemaStore(schema_folder(settings.variables))


def _report(store: SchemaStore, output: Output) -> tuple[SchemaState, ...]:
    from ksef_facade.cli.terminal.output import Cell, Column

    states = store.states()
    output.document(
        {"folder": str(store.folder), "schemas": [_document(state) for state in states]}
    )
    output.line(f"schemas in {store.folder}", whole=True)
    output.table(
        [
            Column("form code"),
            Column("version"),
            Column("state"),
            Column("what is wrong", folds=True),
        ],
        (
            [
                state.schema.form_code.system_code,
                state.schema.form_code.schema_version,
                Cell(state.state, _STYLES[state.state]),
                _wrong(state),
            ]
            for state in states
        ),
    )
    return states


def _document(state: SchemaState) -> Document:
    return {
        "form_code": state.schema.form_code.to_json(),
        "state": state.state,
        "files": list(state.schema.files),
        "missing": list(state.missing),
        "damaged": list(state.damaged),
    }


def _wrong(state: SchemaState) -> str:
    if state.damaged:
        return f"changed since: {', '.join(state.damaged)}"
    if state.state == "incomplete":
        return f"not there: {', '.join(state.missing)}"
    return ""
