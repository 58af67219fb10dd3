"""The entry point of `ksef`: it is installed always, while its libraries are an optional extra."""

from __future__ import annotations

import sys

_EXTRAS = {
    "cyclopts": "cli",
    "jsonschema_rs": "simulator",
    "keyring": "keyring",
    "rich": "cli",
    "starlette": "simulator",
    "uvicorn": "simulator",
}
# Usage, as in `exit_codes`; that module is not needed to say so.
_USAGE = 2


def run() -> None:
    """Entry point of the console script; says what to install where the extra `cli` is missing."""
    try:
        from ksef_facade.cli import main
    except ImportError as error:
        extra = extra_of(error)
        if extra is None:
            raise
        sys.stderr.write(f"ksef: {asking_for(extra)}\n")
        sys.exit(_USAGE)
    main.run()


def extra_of(error: ImportError) -> str | None:
    """The extra that brings what could not be imported, or `None` when no extra does."""
    # The simulator raises an error of its own from that of the missing package.
    cause = error.__cause__ if isinstance(error.__cause__, ImportError) else error
    return _EXTRAS.get((cause.name or "").partition(".")[0])


def asking_for(extra: str) -> str:
    """The sentence that asks for an extra."""
    return f"this needs the extra {extra!r}; install it with: pip install 'ksef-facade[{extra}]'"
