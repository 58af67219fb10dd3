"""Counting what a batch session has done, from several threads at once, and telling it in order."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ksef_facade.models.batches import BatchProgress

ProgressHook = Callable[[BatchProgress], object]


class UploadCount:
    """Bytes and parts that KSeF has taken of one package."""

    def __init__(
        self,
        hook: ProgressHook | None,
        *,
        invoices: int,
        bytes_done: int,
        bytes_total: int,
        parts_done: int,
        parts_total: int,
    ) -> None:
        self._hook = hook
        self._lock = threading.Lock()
        self._invoices = invoices
        self._bytes_done = bytes_done
        self._bytes_total = bytes_total
        self._parts_done = parts_done
        self._parts_total = parts_total

    def add(self, size: int, parts: int = 0) -> None:
        """Count bytes (negative where an attempt broke off) and parts, and tell it.

        One caller tells at a time, so the hook needs no lock of its own.
        """
        with self._lock:
            self._bytes_done += size
            self._parts_done += parts
            if self._hook is not None:
                self._hook(
                    BatchProgress(
                        phase="uploading",
                        invoices=self._invoices,
                        bytes_done=self._bytes_done,
                        bytes_total=self._bytes_total,
                        parts_done=self._parts_done,
                        parts_total=self._parts_total,
                    )
                )
