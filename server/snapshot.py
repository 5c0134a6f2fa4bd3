"""The published snapshot that the server reads: opened read-only, and opened anew when another one is published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from pyoxigraph import Store

from kg.errors import DatasetError, DatasetMissing

Source = Path | Callable[[], Path]


class PublishedStore:
    """The store at `source`, a path (a link is followed each time) or a function that returns the path of now.

    Requests that have a store keep it: an old snapshot stays open until the last of them is answered.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lock = Lock()
        self._opened: tuple[Path, Store] | None = None

    def current(self) -> Store:
        """The store of the snapshot that is published now; raises DatasetMissing where there is none."""
        path = (self._source() if callable(self._source) else self._source).resolve()
        with self._lock:
            if self._opened is None or self._opened[0] != path:
                self._opened = (path, _open(path))
            return self._opened[1]


def _open(path: Path) -> Store:
    try:
        return Store.read_only(str(path))
    except FileNotFoundError as error:
        raise DatasetMissing("there is no published snapshot", input=str(path), remedy="Run `kg build`") from error
    except (OSError, RuntimeError) as error:
        raise DatasetError(f"the snapshot cannot be opened: {error}", input=str(path), remedy="Build again") from error
