"""`ksef contract ...`: what this package was generated from, and whether KSeF still says the same."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from ksef_facade.cli.arguments import Flag
from ksef_facade.cli.settings import Settings


def check(
    *,
    markdown: Flag = False,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> int:
    """Compare the contract that an environment publishes now with the one in use. One request.

    No token is needed. Its exit codes are its own: 0 the same but for wording, 1 additions or other
    limits, 2 something breaks, for this package or for callers of ksef_api; 5 no readable answer.

    Parameters
    ----------
    markdown
        Print the report as Markdown.
    """
    from ksef_facade.cli.arguments import BadArgument
    from ksef_facade.contract.compare import compare
    from ksef_facade.contract.document import parse
    from ksef_facade.contract.packaged import packaged_contract
    from ksef_facade.contract.rendering import as_markdown, as_text

    output = settings.output
    if markdown and output.as_json:
        raise BadArgument("choose --json or --markdown")
    with settings.client_without_login() as ksef, output.progress("fetching the contract"):
        name, url = ksef.environment.name, ksef.environment.contract_url
        published = parse(ksef.published_contract(), f"the contract of {name}")
    report = compare(packaged_contract(), published)
    output.document({"environment": name, "source": url, **report.document()})
    text = as_markdown(report) if markdown else as_text(report)
    output.text(text.removesuffix("\n"))
    return report.exit_code


def show(*, settings: Annotated[Settings, Parameter(parse=False)]) -> None:
    """Show which contract this package was generated from. No request."""
    from ksef_api.limits import GROUPS
    from ksef_api.operations import API_VERSION, BUILD, OPERATIONS
    from ksef_facade.contract.packaged import packaged_contract
    from ksef_facade.contract.relied_on import RELIANCE

    facts = {
        "version": API_VERSION,
        "build": BUILD or None,
        "operations": len(OPERATIONS),
        "used_by_the_facade": len(RELIANCE),
        "schemas": len(packaged_contract().get("components", {}).get("schemas", {})),
        "limit_groups": len(GROUPS),
    }
    settings.output.document(facts)
    settings.output.facts(
        {
            name.replace("_", " "): None if fact is None else str(fact)
            for name, fact in facts.items()
        }
    )
