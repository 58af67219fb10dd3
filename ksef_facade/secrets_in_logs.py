"""Signed links are secrets, and the HTTP library logs every URL whole; this takes their queries out."""

from __future__ import annotations

import logging
import re

_QUERY = re.compile(r"(https?://[^\s?]*)\?\S*")


class _WithoutQueries(logging.Filter):
    """Replaces the query of every URL in a record by a mark."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record where needed, and let it pass."""
        text = record.getMessage()
        shown = _QUERY.sub(r"\1?...", text)
        if shown != text:
            record.msg, record.args = shown, ()
        return True


_FILTER = _WithoutQueries()


def keep_links_out_of_logs(logger: str) -> None:
    """Make a logger show URLs without their queries, in whatever this process logs through it."""
    logging.getLogger(logger).addFilter(_FILTER)
