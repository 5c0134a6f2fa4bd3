"""One writer at a time: an advisory lock that the system frees when its holder dies."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from kg.errors import DatasetInUse

if TYPE_CHECKING:
    from pathlib import Path


class Lock:
    """The writer's lock on a dataset, held from construction to `release`."""

    def __init__(self, path: Path) -> None:
        """Take the lock; DatasetInUse, naming the holder, where another process has it."""
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(self._descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(self._descriptor)
            remedy = "Wait until it has ended, or build into another dataset"
            reason = f"process {holder} is writing to the dataset"
            raise DatasetInUse(reason, input=str(path.parent), remedy=remedy) from error
        os.truncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let the next writer in."""
        os.close(self._descriptor)
