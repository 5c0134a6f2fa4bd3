"""Rows as a table to read: lined up and coloured on a terminal, one plain line per row elsewhere."""

from __future__ import annotations

import io
import shutil
from typing import IO

from pyoxigraph import QueryBoolean, QuerySolutions
from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.cells import row_cells

_NO_LIMIT = 100_000


def write_table(result: QuerySolutions | QueryBoolean, stream: IO[bytes], tty: bool) -> None:
    """Write the rows as a table of text; on a terminal it is as wide as that, else as wide as it needs to be."""
    if isinstance(result, QueryBoolean):
        stream.write(b"yes\n" if result else b"no\n")
        return
    rows = [row_cells(solution) for solution in result]
    text = io.StringIO()
    console = _console(text, tty)
    console.print(_table([variable.value for variable in result.variables], rows))
    if tty:
        console.print(f"{len(rows)} row{'s' if len(rows) != 1 else ''}", style="dim", highlight=False)
    stream.write(_without_trailing_spaces(text.getvalue(), tty).encode("utf8"))


def _table(columns: list[str], rows: list[list[str]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        # Text, since rich reads a plain string as its markup
        table.add_row(*map(Text, row))
    return table


def _console(text: io.StringIO, tty: bool) -> Console:
    width = shutil.get_terminal_size().columns if tty else _NO_LIMIT
    return Console(file=text, force_terminal=tty, color_system="auto" if tty else None, width=width, emoji=False)


def _without_trailing_spaces(text: str, tty: bool) -> str:
    return text if tty else "".join(f"{line.rstrip()}\n" for line in text.splitlines())
