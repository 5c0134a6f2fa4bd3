"""Progress: nothing at first, a bar on a terminal, lines elsewhere; what errors say stands apart from it."""

import io

import pytest
from rich.console import Console

from kg.cli import progress
from kg.cli.console import harmless_lines, tell, warn
from kg.cli.progress import Reporter, told
from kg.errors import EmptyInput
from kg.pipeline import Progress


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (Progress(0, 10, 0, 0.0), "0.0 documents/s"),
        (Progress(5, 10, 0, 2.0), "2.5 documents/s, 0:02 left"),
        (Progress(1, 100, 1, 2.0), "0.5 documents/s, 3:18 left, 1 failed"),
        (Progress(10, 36010, 0, 10.0), "1.0 documents/s, 10:00:00 left"),
        (Progress(10, 10, 0, 4.0), "2.5 documents/s"),
    ],
)
def test_speed_time_left_and_failures_are_told(now, words):
    assert told(now) == words


def shown(monkeypatch, updates, *, terminal, patience, shown=True):
    console = Console(file=io.StringIO(), force_terminal=terminal, width=100)
    monkeypatch.setattr(progress, "messages", lambda: console)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    with Reporter("Reading", shown=shown) as reporter:
        reporter._timer.join() if patience == 0 else None
        for update in updates:
            reporter.update(update)
    return console.file.getvalue()


UPDATES = [Progress(done, 4, 0, float(done)) for done in range(1, 5)]


def test_a_short_run_shows_nothing(monkeypatch):
    assert shown(monkeypatch, UPDATES, terminal=False, patience=60.0) == ""
    assert shown(monkeypatch, UPDATES, terminal=True, patience=60.0) == ""


def test_away_from_a_terminal_there_is_a_line_now_and_then(monkeypatch):
    assert shown(monkeypatch, UPDATES, terminal=False, patience=0) == (
        "Reading: 1 of 4 documents, 1.0 documents/s, 0:03 left\n"
    )
    monkeypatch.setattr(progress, "BETWEEN_LINES", 0.0)
    assert shown(monkeypatch, UPDATES, terminal=False, patience=0).count("\n") == 4


def test_on_a_terminal_there_is_a_bar_that_goes_away(monkeypatch):
    printed = shown(monkeypatch, UPDATES, terminal=True, patience=0)
    assert "Reading" in printed
    assert "4/4" in printed
    assert printed.rstrip().endswith("\x1b[2K") or printed.endswith("\x1b[?25h\r\x1b[1A\x1b[2K")


def test_nothing_is_shown_where_results_go_to_the_same_terminal(monkeypatch):
    assert shown(monkeypatch, UPDATES, terminal=True, patience=0, shown=False) == ""
    assert shown(monkeypatch, UPDATES, terminal=False, patience=0, shown=False) == ""


def test_errors_and_warnings_are_one_line_each_without_colour_off_a_terminal():
    console = Console(file=io.StringIO(), soft_wrap=True, highlight=False)
    tell(EmptyInput("there is [bold]nothing\x1b[2J", input="a\nb.txt", remedy="Write"), console)
    warn("look [red]out", console)
    assert console.file.getvalue() == "kg: a b.txt: there is [bold]nothing [2J. Write\nkg: look [red]out\n"


def test_lines_are_kept_and_lengths_too():
    text = "a\tb\n\x1b[0m\u202ec\r\n"
    assert harmless_lines(text) == "a b\n [0m c \n"
    assert len(harmless_lines(text)) == len(text)
