"""What a caller asks for when a batch session is to be opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

from attrs import field, frozen

from ksef_facade.errors import ConfigurationError
from ksef_facade.form_codes import FormCode
from ksef_facade.packages.limits import PackageLimits, check_form_code
from ksef_facade.packages.manifest import Compression
from ksef_facade.packages.sources import Sources


@frozen(kw_only=True)
class BatchPlan:
    """Sources and settings of a package; `ksef_facade.Ksef.open_batch_session` documents them.

    Raises:
        PackageRefused: rule `form_code` or `part_size`.
        ConfigurationError: another setting cannot work.
    """

    sources: Sources = field(repr=False)
    form_code: FormCode = FormCode.FA_3
    compression: Compression = "zip"
    offline: bool = False
    work_dir: str | os.PathLike[str] | None = None
    state_file: Path | None = None
    part_size: int | None = None
    limits: PackageLimits = field(factory=PackageLimits)

    def __attrs_post_init__(self) -> None:
        """Refuse what could not work, before anything is read."""
        check_form_code(self.form_code)
        if self.compression not in get_args(Compression):
            raise ConfigurationError(
                f"compression is {' or '.join(get_args(Compression))}, not {self.compression!r}"
            )
        if self.part_size is not None:
            self.limits.check_part_size(self.part_size)
