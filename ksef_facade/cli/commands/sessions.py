"""`ksef sessions`: the history of sessions."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from ksef_facade.cli.settings import Settings

State = Literal["in_progress", "succeeded", "failed", "cancelled"]


def sessions(
    *,
    kind: Literal["online", "batch"] = "online",
    status: Annotated[
        list[State] | None, Parameter(consume_multiple=False, negative_iterable=())
    ] = None,
    created_from: str | None = None,
    created_to: str | None = None,
    limit: int | None = None,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> None:
    """List sessions, the newest first.

    Parameters
    ----------
    kind
        Online or batch sessions.
    status
        Only sessions in this state; may be given several times.
    created_from
        Only sessions opened on or after this day, or at or after this time, in Poland.
    created_to
        Only sessions opened on or before this day, or at or before this time, in Poland.
    limit
        Stop after so many.
    """
    from itertools import islice

    from ksef_facade.cli.arguments import BadArgument, moment
    from ksef_facade.cli.results.documents import summary_document
    from ksef_facade.cli.results.tables import show_history

    if limit is not None and limit < 1:
        raise BadArgument("--limit must be 1 or more")
    output = settings.output
    start = moment(created_from) if created_from else None
    end = moment(created_to) if created_to else None
    with settings.client() as ksef, output.progress("reading the history") as progress:
        pager = ksef.sessions(
            kind=kind,
            statuses=status or (),
            created_from=start,
            created_to=end,
        )
        found = []
        for session in islice(pager, limit):
            found.append(session)
            progress.advance()
    output.document({"kind": kind, "sessions": [summary_document(session) for session in found]})
    if found:
        show_history(found, output)
    else:
        output.line("no such session")
