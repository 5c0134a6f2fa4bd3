"""`kg queries`: the saved queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.table import Table

from kg.cli.console import output
from kg.cli.query import saved_query
from queries import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from queries import Parameter, SavedQuery


@click.command(
    epilog="""\b
Examples:
  kg queries               all of them, with their parameters
  kg queries at-place      one of them, with an example
  kg queries at-place --text
"""
)
@click.argument("name", required=False)
@click.option("--text", is_flag=True, help="Print the SPARQL text of the query.")
def command(name: str | None, text: bool) -> None:
    """List the saved queries, or describe the one called NAME."""
    if text and name is None:
        raise click.UsageError("--text needs the name of a query")
    if name is None:
        _list()
    else:
        output().print(saved_query(name).text.strip() if text else "\n".join(_described(saved_query(name))))


def _list() -> None:
    console = output()
    if not console.is_terminal:
        for query in catalogue().values():
            click.echo(f"{query.name}\t{query.summary}\t{_usage(query)}")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("name", "what it answers", "parameters"):
        table.add_column(title, overflow="fold")
    for query in catalogue().values():
        table.add_row(query.name, query.summary, _usage(query))
    console.print(table, soft_wrap=False)


def _usage(query: SavedQuery) -> str:
    return " ".join(_option(parameter) for parameter in query.parameters)


def _option(parameter: Parameter) -> str:
    shown = f"--{parameter.name} {parameter.type.upper()}"
    return shown if parameter.required else f"[{shown}]"


def _described(query: SavedQuery) -> Iterator[str]:
    yield f"{query.name}: {query.summary}"
    yield query.description
    yield f"\nkg query {query.name} {_usage(query)}".rstrip()
    for parameter in query.parameters:
        default = f"; {parameter.default} where none is given" if parameter.default is not None else ""
        yield f"  --{parameter.name:<14}{parameter.expected}{default}"
