"""Packing in short steps beside other tasks: what it leaves is on the disk whole, or nothing of it is."""

from __future__ import annotations

from pathlib import Path

from attrs import field, frozen

from ksef_facade.concurrency.tasks import offload
from ksef_facade.crypto.encryption import SessionKey
from ksef_facade.models.batches import BatchProgress
from ksef_facade.packages.manifest import Package
from ksef_facade.packages.packing import Packing, discarded_on_failure
from ksef_facade.packages.plans import BatchPlan
from ksef_facade.sending.batch_progress import ProgressHook
from ksef_facade.store.work_folders import make_work_folder, remove_work_folder


@frozen
class Packed:
    """A package that waits to be sent, the key of its parts, and where it is on the disk."""

    package: Package
    key: SessionKey = field(repr=False)
    folder: Path
    state_file: Path


async def pack(plan: BatchPlan, on_progress: ProgressHook | None) -> Packed:
    """Read, check, pack and encrypt everything that a plan names; no request.

    Raises:
        PackageRefused: a limit or rule of KSeF would be broken, a source cannot be read, or the
            disk has no room.
        FileConflict: the state file is there already.
        ConfigurationError: a folder that must exist does not.
    """
    folder, state_file = await offload(
        lambda: make_work_folder(plan.work_dir, plan.state_file),
        lambda made: remove_work_folder(made[0]),
    )
    key = SessionKey.generate()
    packing = Packing(
        plan.sources,
        folder,
        key,
        compression=plan.compression,
        part_size=plan.part_size,
        limits=plan.limits,
    )
    try:
        with discarded_on_failure(packing):
            while await offload(packing.step):
                _tell(packing, on_progress)
            _tell(packing, on_progress)
    except BaseException:
        remove_work_folder(folder)
        raise
    return Packed(packing.package, key, folder, state_file)


def _tell(packing: Packing, on_progress: ProgressHook | None) -> None:
    if on_progress is not None:
        on_progress(
            BatchProgress(
                phase="packing",
                invoices=packing.invoices,
                bytes_done=packing.bytes_done,
                bytes_total=packing.bytes_total,
                parts_done=packing.parts,
                parts_total=None,
            )
        )
