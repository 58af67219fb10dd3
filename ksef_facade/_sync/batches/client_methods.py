# Derived from ksef_facade/_async/batches/client_methods.py by scripts/derive_sync.py; do not edit.
"""The client's methods for batch sessions; the class takes them over as its own.

They live here because their settings need room to be explained; what they need is loaded when they
are called, so that a client that sends nothing does not pay for it.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from ksef_facade.concurrency.threads import offload
from ksef_facade.errors import ConfigurationError
from ksef_facade.form_codes import FormCode

if TYPE_CHECKING:
    from ksef_facade._sync.batches.session import BatchSession
    from ksef_facade._sync.client import Ksef
    from ksef_facade.packages.limits import PackageLimits
    from ksef_facade.packages.manifest import Compression
    from ksef_facade.packages.sources import Sources
    from ksef_facade.sending.batch_progress import ProgressHook


def open_batch_session(
    self: Ksef,
    sources: Sources,
    *,
    form_code: FormCode = FormCode.FA_3,
    compression: Compression = "zip",
    offline: bool = False,
    work_dir: str | PathLike[str] | None = None,
    state_file: str | PathLike[str] | None = None,
    part_size: int | None = None,
    parallel_uploads: int = 4,
    limits: PackageLimits | None = None,
    on_progress: ProgressHook | None = None,
) -> BatchSession:
    """A batch session for up to 10,000 invoices; entering a `with` block packs and opens,
    leaving it uploads and closes.

    Cost: none until entered; see `BatchSession`. Memory does not grow with the size.

    Args:
        sources: paths of files and folders (their `.xml` files), (name, bytes) pairs, a list of
            these or an iterable that is gone through once, in worker threads where the client
            is sync; or an `Archive` that is ready. Of two invoices with the same number KSeF
            takes the one whose file name comes first.
        form_code: the schema of all invoices; PEF cannot be sent in a batch.
        compression: `zip` or `targz`, which is smaller for many similar invoices.
        offline: all were issued in one of the offline modes.
        work_dir: where the encrypted parts wait; by default beside the state file, else among
            the system's temporary files. Needs room for the whole archive.
        state_file: what `resume_batch` goes on from after a crash; must not be there yet. By
            default it is in the work folder, and removed with it.
        part_size: bytes of a part before encryption; by default what suits the size.
        parallel_uploads: how many parts go up at once.
        limits: where the context has others than everybody (contract `GET /limits/context`).
        on_progress: called with a `BatchProgress` while packing and uploading, by one thread at
            a time; the sync client calls it from the threads that upload.

    Raises:
        PackageRefused: the form code or the part size is not allowed.
        ConfigurationError: another setting cannot work.
    """
    from ksef_facade._sync.batches.session import BatchSession
    from ksef_facade.packages.limits import PackageLimits
    from ksef_facade.packages.plans import BatchPlan

    plan = BatchPlan(
        sources=sources,
        form_code=form_code,
        compression=compression,
        offline=offline,
        work_dir=work_dir,
        state_file=None if state_file is None else Path(state_file),
        part_size=part_size,
        limits=limits or PackageLimits(),
    )
    return BatchSession(
        self._caller,
        self._public_keys,
        plan,
        parallel_uploads=parallel_uploads,
        on_progress=on_progress,
    )


def resume_batch(
    self: Ksef,
    state_file: str | PathLike[str],
    *,
    parallel_uploads: int = 4,
    on_progress: ProgressHook | None = None,
) -> BatchSession:
    """The batch session that a state file tells of; leaving its `with` block uploads what is
    missing and closes. No request. One that is closed already can be waited for, and has its
    results.

    Raises:
        ConfigurationError: there is no such file, it is not one of these, or it is of another
            environment or context.
    """
    from ksef_facade._sync.batches.session import BatchSession
    from ksef_facade.store.batch_state import BatchState

    path = Path(state_file).absolute()
    state = offload(lambda: BatchState.load(path))
    here = (self.environment.name, self._caller.context)
    if (state.environment, state.context) != here:
        raise ConfigurationError(
            f"this batch is of {state.environment} and {state.context}, this client of "
            f"{here[0]} and {here[1]}"
        )
    return BatchSession(
        self._caller,
        self._public_keys,
        None,
        state=state,
        state_file=path,
        parallel_uploads=parallel_uploads,
        on_progress=on_progress,
    )
