"""What may be given to be rendered: one document or several."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

from ksef_facade.errors import NotAUpo
from ksef_facade.upo.documents import UpoDocument, read_upo

Source = bytes | str | PathLike[str]
"""The bytes of a UPO, or the path of a file with them."""


def read_all(documents: Source | Iterable[Source]) -> list[UpoDocument]:
    """The documents, read, in their order.

    Raises:
        NotAUpo: one of them is no UPO.
        OSError: a file cannot be read.
        ValueError: there is none.
    """
    if isinstance(documents, bytes | str | PathLike):
        documents = [documents]
    read = [_read(source) for source in documents]
    if not read:
        raise ValueError("there is no document to render")
    return read


def _read(source: Source) -> UpoDocument:
    try:
        return read_upo(source)
    except NotAUpo as error:
        if not isinstance(source, bytes):
            error.add_note(f"that is {source}")
        raise
