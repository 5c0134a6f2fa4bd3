"""`kg extract`: what is read out of sources, as JSON."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kg import pipeline
from kg.cli.console import tell, write_bytes
from kg.cli.options import reading_options
from kg.cli.progress import Reporter
from kg.records import Extraction
from kg.serialization import dumps, to_json

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command(
    epilog="""\b
Examples:
  kg extract report.txt --published 2024-05-01          one JSON object a line
  kg extract articles/ --format json > records.json     one JSON array
  kg extract - < report.txt | jq '.events[].type'
"""
)
@reading_options
@click.option(
    "--format",
    "format",
    type=click.Choice(["jsonl", "json"]),
    default="jsonl",
    show_default=True,
    help="A JSON object on each line, or one array of them.",
)
@click.pass_context
def command(context: click.Context, sources: Sequence[str], format: str, options: pipeline.Options) -> None:
    """Print what is read out of articles, as JSON; nothing is stored.

    The records have the shape of the extraction contract: entities, mentions, events and claims, each with
    the offsets of its words in the text.
    """
    failed = False
    with Reporter("Reading", shown=not sys.stdout.isatty()) as reporter:
        options = replace(options, on_progress=reporter.update)
        lines = _Lines(array=format == "json")
        for result in pipeline.extract(sources, options):
            if isinstance(result, Extraction):
                lines.write(result)
            else:
                failed = True
                tell(result, reporter.console)
        lines.end()
    context.exit(1 if failed else 0)


class _Lines:
    """Records written as they come, on lines of their own or as the items of an array."""

    def __init__(self, *, array: bool) -> None:
        self._array, self._count = array, 0

    def write(self, extraction: Extraction) -> None:
        """Write one record."""
        before = (",\n" if self._count else "[\n") if self._array else ""
        after = "" if self._array else "\n"
        write_bytes(f"{before}{dumps(to_json(extraction))}{after}".encode())
        self._count += 1

    def end(self) -> None:
        """Write what closes the array."""
        if self._array:
            write_bytes(b"\n]\n" if self._count else b"[]\n")
