"""The command `kg`. Each subcommand is a module of this package, loaded when it is called."""

from __future__ import annotations

import sys
from pathlib import Path

import click

import kg
from kg.cli.lazy import LazyGroup
from kg.settings import load

COMMANDS = {
    "build": "Read articles into a dataset.",
    "extract": "Print what is read out of articles; store nothing.",
    "query": "Ask a saved query or one of your own.",
    "queries": "List the saved queries, or describe one.",
    "serve": "Serve a dataset over HTTP.",
    "show": "Show a document with its entities, events and claims marked.",
    "stats": "Count what is in a dataset.",
    "validate": "Check a dataset against the shapes of the ontology.",
    "export": "Write a dataset as RDF.",
    "remove": "Take documents out of a dataset.",
    "evaluate": "Score extraction against records annotated by hand.",
    "demo": "Build the graph of the sample articles and serve it.",
}


@click.group(
    name="kg",
    cls=LazyGroup,
    commands_of="kg.cli",
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  kg demo                               build the sample graph and serve it
  kg build articles/ --jobs 4           read a folder into ./kg-data
  kg query at-place --place Kherson     ask a saved query
  kg COMMAND --help                     more on one command, with examples
""",
)
@click.option(
    "--settings",
    "settings",
    type=click.Path(path_type=Path),
    envvar="KG_SETTINGS",
    help="A TOML file with settings of your own.  [$KG_SETTINGS]",
)
@click.version_option(kg.__version__, prog_name="kg")
@click.pass_context
def command(context: click.Context, settings: Path | None) -> None:
    """News of armed conflict in, a knowledge graph out: what happened, where, when, who did it and who says so.

    Results go to standard output, all else to standard error. Exit codes: 0 all well, 1 some input failed,
    2 wrong usage.
    """
    context.obj = load(settings)


def main() -> None:
    """Run the command with the arguments of the process."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets its code, not an error.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    command.main(prog_name="kg")


__all__ = ["COMMANDS", "command", "main"]
