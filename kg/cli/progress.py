"""How far a run is, on standard error, from its third second on: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Self

from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

from kg.cli.console import messages

if TYPE_CHECKING:
    from types import TracebackType

    from kg.pipeline import Progress

PATIENCE = 2.0  # seconds before anything is shown
BETWEEN_LINES = 10.0  # seconds


class Reporter:
    """Shows the progress of a run while it is entered; errors told to `console` meanwhile stand above the bar.

    With `shown` false nothing is shown, since results go to the same terminal.
    """

    def __init__(self, doing: str, *, shown: bool = True) -> None:
        self.console = messages()
        self._shown = shown
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Told(),
            console=self.console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            disable=not (shown and self.console.is_terminal),
        )
        self._task = self._bar.add_task(doing, total=None, told="")
        self._doing = doing
        self._timer = threading.Timer(PATIENCE, self._bar.start)
        self._timer.daemon = True
        self._line_due = time.monotonic() + PATIENCE

    def update(self, now: Progress) -> None:
        """Show how far the run is now."""
        self._bar.update(self._task, completed=now.done, total=now.total, told=told(now))
        if self._shown and not self.console.is_terminal and time.monotonic() >= self._line_due:
            self.console.print(f"{self._doing}: {now.done:,} of {now.total:,} documents, {told(now)}")
            self._line_due = time.monotonic() + BETWEEN_LINES

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._bar.stop()


class _Told(ProgressColumn):
    """Speed, time left and failures."""

    def render(self, task: Task) -> Text:
        """What the last update said."""
        return Text(task.fields["told"])


def told(now: Progress) -> str:
    """Speed, time left and failures of a run in words."""
    speed = now.done / now.seconds if now.seconds else 0.0
    parts = [f"{speed:.1f} documents/s"]
    if speed and now.done < now.total:
        parts.append(f"{_clock((now.total - now.done) / speed)} left")
    if now.failed:
        parts.append(f"{now.failed:,} failed")
    return ", ".join(parts)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
