"""A session's UPO into a folder, with progress: for `ksef upo save`, `send` and `demo`."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ksef_facade.cli.arguments import BadArgument

if TYPE_CHECKING:
    from ksef_facade import Session
    from ksef_facade.cli.terminal.output import Output
    from ksef_facade.models.receipts import SavedReceipt


def save_receipt(
    session: Session, folder: Path, timeout: timedelta, output: Output, *, overwrite: bool = False
) -> SavedReceipt:
    """Wait for the UPO and save every page. Costs what `SessionUpo.save` costs.

    Raises:
        BadArgument: the folder cannot be made or written; known before anything is asked.
        PollingDeadlineExceeded, UpoWillNotExist, FileConflict, KsefError, OSError: as `save`.
    """
    with target_folder(folder), output.progress("waiting for the UPO") as progress:
        return session.upo.save(
            folder,
            timeout=timeout,
            on_page=lambda page: progress.update(f"saved {page.path.name}"),
            overwrite=overwrite,
        )


@contextlib.contextmanager
def target_folder(folder: Path) -> Iterator[None]:
    """Make a folder, and those it is in, unless it is there; what was made and stays empty goes again.

    Raises:
        BadArgument: it cannot be made or written, or something else is in its place.
    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise BadArgument(f"{folder} is a file; a folder is wanted") from None
    except OSError as error:
        raise BadArgument(f"the folder {folder} cannot be made: {error.strerror}") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadArgument(f"the folder {folder} cannot be written")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            for path in made:
                path.rmdir()
