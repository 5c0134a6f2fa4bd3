"""What goes to the terminal: results on standard output, messages on standard error, harmless text on both.

What articles, file names and graphs hold is data: no character of theirs moves a cursor or changes a colour.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from server.cells import harmless

if TYPE_CHECKING:
    from kg.errors import KgError

_PLAIN: dict[str, Any] = {"highlight": False, "markup": False, "emoji": False, "soft_wrap": True}


def output() -> Console:
    """Standard output; colour only on a terminal."""
    return Console(file=sys.stdout, **_PLAIN)


def messages() -> Console:
    """Standard error; colour only on a terminal."""
    return Console(file=sys.stderr, **_PLAIN)


def tell(error: KgError, console: Console | None = None) -> None:
    """One line for an error: where, why and what to do."""
    (console or messages()).print(Text.assemble(("kg: ", "bold red"), harmless(str(error))))


def warn(words: str, console: Console | None = None) -> None:
    """One line for what the user should know but need not mend."""
    (console or messages()).print(Text.assemble(("kg: ", "bold yellow"), harmless(words)))


def harmless_lines(text: str) -> str:
    """The text with its line ends, every other control character a space; its length stays."""
    return "\n".join(harmless(line) for line in text.split("\n"))


def write_bytes(data: bytes) -> None:
    """Write a result that is bytes already."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
