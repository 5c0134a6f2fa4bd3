"""The same work on one item after another, in this process or in several, with the results in order.

Each process makes the worker (which may load a model) once, when the first item reaches it. Processes are spawned, not
forked, since threads and open databases do not survive a fork; they end with their parent, however that ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4  # items in flight for each process: enough that none waits, few enough to bound the memory

_work: Callable[[Any], Any] | None = None


class Workers(Generic[Item, Result]):
    """Does work on items, in `jobs` processes; with one job in this process, when the result is asked for.

    `make` gives the function that does the work. It, the items and the results must be picklable for more jobs.
    """

    def __init__(self, make: Callable[[], Callable[[Item], Result]], jobs: int) -> None:
        self._make, self._jobs = make, jobs
        self._here: Callable[[Item], Result] | None = None
        self._pool: ProcessPoolExecutor | None = None

    @property
    def ahead(self) -> int:
        """How many tasks should be under way before the first result is asked for."""
        return 0 if self._jobs == 1 else AHEAD * self._jobs

    def task(self, item: Item) -> Callable[[], Result]:
        """Begin the work on an item; the function given back waits for its result.

        That function raises what the work raised, and KgError where the process that did it has died.
        """
        if self._jobs == 1:
            return lambda: self._do_here(item)
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._jobs, context, _end_with_parent)
        future: Future[Result] = self._pool.submit(_do, self._make, item)
        return lambda: _result(future)

    def _do_here(self, item: Item) -> Result:
        if self._here is None:
            self._here = self._make()
        return self._here(item)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def in_order(tasks: Iterable[Callable[[], Result]], ahead: int) -> Iterator[Result]:
    """The tasks' results in their order, with `ahead` more tasks begun than results were given."""
    waiting: deque[Callable[[], Result]] = deque()
    for task in tasks:
        waiting.append(task)
        if len(waiting) > ahead:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


def _result(future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool as error:
        remedy = "It may have lacked memory: try fewer --jobs. What was finished is kept"
        raise KgError("one of the processes was killed", input="--jobs", remedy=remedy) from error


def _do(make: Callable[[], Callable[[Item], Result]], item: Item) -> Result:
    global _work  # noqa: PLW0603 - one worker for the life of the process
    if _work is None:
        _work = make()
    result: Result = _work(item)
    return result


def _end_with_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
