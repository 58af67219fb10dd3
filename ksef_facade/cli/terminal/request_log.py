"""The requests that a simulator answers, a line for each."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ksef_facade.cli.terminal.printable import one_line

if TYPE_CHECKING:
    from ksef_facade.simulator.exchanges import Exchange

# The longest names of operations are longer, and rare.
_NAME_WIDTH = 34
_CODE_WIDTH = 6
# What a line may say of a path: an invoice's has 125 characters, and no sane path many more.
_LONGEST_PATH = 160
# What is behind a path that no operation of the contract has, by the end of its template.
_OTHERS = {
    "session-upo/{name}": "download receipt by link",
    "invoice-upo/{name}": "download receipt of invoice by link",
    "batch-parts/{name}": "upload part of package",
}
# What is beside the API, by the beginning of its path.
_PAGES = {
    "/docs/": "read the contract",
    "/invoice/": "look up an invoice by its code",
    "/certificate/": "verify an issuer by a code",
}
# Asked every few seconds by what watches over a container.
_HEALTH = "/_simulator/health"
_FIRST_ERROR, _FIRST_FAILURE = 400, 500


def describe(exchange: Exchange) -> str:
    """A line about one request: time, status, code of the error, operation, context, duration."""
    status = str(exchange.status or "cut")
    context = exchange.context
    who = "-" if context is None else f"{context.kind.upper()} {context.value}"
    line = (
        f"{exchange.at:%H:%M:%S}  {status:<3} {exchange.code or '':<{_CODE_WIDTH}} "
        f"{operation(exchange):<{_NAME_WIDTH}} {who:<14} {exchange.seconds * 1000:6.0f} ms  "
        f"{exchange.method} {exchange.path[:_LONGEST_PATH]}"
    )
    return one_line(line)


def operation(exchange: Exchange) -> str:
    """What was asked for, in plain English."""
    import re

    from ksef_api.operations import OPERATIONS

    known = OPERATIONS.get((exchange.method, re.sub(r"\{[^}]*\}", "{}", exchange.template)))
    if known is not None:
        return known.name.replace("_", " ")
    if exchange.path.startswith("/_simulator/"):
        return f"simulator: {exchange.path.removeprefix('/_simulator/')}"[:_NAME_WIDTH]
    for beginning, words in _PAGES.items():
        if exchange.path.startswith(beginning):
            return words
    for ending, words in _OTHERS.items():
        if exchange.template.endswith(ending):
            return words
    return "download by link" if exchange.path.startswith("/storage/") else "unknown operation"


class RequestLog:
    """Writes to standard error: in colours on a terminal, plainly elsewhere."""

    def __init__(self) -> None:
        self._console = None
        if sys.stderr.isatty():
            from rich.console import Console

            self._console = Console(stderr=True, highlight=False)

    def __call__(self, exchange: Exchange) -> None:
        """Write a line; where nobody reads any more, nothing happens."""
        if exchange.path == _HEALTH:
            return
        line = describe(exchange)
        try:
            if self._console is None:
                sys.stderr.write(f"{line}\n")
                sys.stderr.flush()
            else:
                self._console.print(line, style=_style(exchange), markup=False, soft_wrap=True)
        except (OSError, ValueError):
            return


def _style(exchange: Exchange) -> str:
    if exchange.status == 0 or exchange.status >= _FIRST_FAILURE:
        return "red"
    return "yellow" if exchange.status >= _FIRST_ERROR else ""
