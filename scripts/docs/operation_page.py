"""The page of every operation of the contract: where it is, its function, and its limits."""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc

from ksef_api.limits import GROUPS, LIMITS
from ksef_api.operations import API_VERSION, OPERATIONS

_INTRODUCTION = """\
# Operations and limits

What contract {version} has, and what the raw client calls it. How to call them: [The raw client](../raw-client.md).

## Limits

Requests that KSeF takes of one context from one address, in any second, minute and hour. The operations of a group
share one count; those of `other` have one each; those of `anonymous`, which need no login, are counted by address.
An empty cell is no limit.

| group | a second | a minute | an hour |
| --- | ---: | ---: | ---: |
"""


def operation_page() -> str:
    """The page as Markdown."""
    lines = [_INTRODUCTION.format(version=API_VERSION)]
    for name, limit in GROUPS.items():
        numbers = (limit.per_second, limit.per_minute, limit.per_hour)
        lines.append(f"| `{name}` | {' | '.join('' if n is None else str(n) for n in numbers)} |\n")
    tags = sorted({operation.tag for operation in OPERATIONS.values()})
    for tag in tags:
        title = tag.replace("_", " ").capitalize()
        lines.append(f"\n## {title}\n\nFrom `ksef_api.api.{tag}`:\n\n")
        lines.append("| function | operation | limits | does |\n| --- | --- | --- | --- |\n")
        for operation in OPERATIONS.values():
            if operation.tag == tag:
                lines.append(
                    f"| `{operation.name}` | `{operation.method} {operation.path}` "
                    f"| `{LIMITS[operation.name].group}` | {_summary(operation.module)} |\n"
                )
    return "".join(lines)


def _summary(module: str) -> str:
    """The first sentence of the generated function's docstring."""
    function = import_module(module).sync_detailed
    return (
        cleandoc(function.__doc__ or "").partition("\n\n")[0].replace("\n", " ").replace("|", r"\|")
    )
