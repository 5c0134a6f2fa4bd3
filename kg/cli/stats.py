"""`kg stats`: what is in a dataset, counted."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

import click
from pyoxigraph import Literal, QuerySolutions

from kg.cli.console import harmless_lines, output
from kg.cli.options import dataset_option
from kg.dataset import Dataset
from server.results import run_query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Store

_BY_TYPE = """
SELECT ?type (COUNT(DISTINCT ?event) AS ?count)
{ ?event a ?class . ?class skos:inScheme ckg:eventTypes ; skos:notation ?type }
GROUP BY ?type ORDER BY DESC(?count) ?type
"""


@click.command(
    epilog="""\b
Examples:
  kg stats
  kg stats --dataset news --format json
"""
)
@dataset_option
@click.option(
    "--format",
    "format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Lines to read, or a JSON object.",
)
def command(dataset: Path, format: str) -> None:
    """Count the documents, entities, events, claims, casualty figures and triples of a dataset."""
    with Dataset.open(dataset) as opened:
        counts = _counts(opened.store)
        types = dict(_rows(opened.store, _BY_TYPE))
        snapshot = opened.snapshot()
    assert snapshot is not None, "a reader has one"
    if format == "json":
        told = counts | {"events by type": types, "snapshot": snapshot.number, "dataset": str(dataset)}
        output().print(json.dumps(told, indent=1))
        return
    for name, count in counts.items():
        output().print(f"{name:<18}{count:,}")
    output().print(f"{'dataset':<18}{harmless_lines(str(dataset))}, snapshot {snapshot.number}")
    for name, count in types.items():
        output().print(f"  {name:<16}{count:,}")


def patterns() -> dict[str, str]:
    """What is counted: a name and the pattern of ?x."""
    read = tomllib.loads(files("kg.cli").joinpath("stats.toml").read_text("utf8"))["counts"]
    return {name: str(pattern) for name, pattern in read.items()}


def _counts(store: Store) -> dict[str, int]:
    queries = {name: f"SELECT ('x' AS ?n) (COUNT(DISTINCT ?x) AS ?c) {{ {p} }}" for name, p in patterns().items()}
    counts = {name: next(_rows(store, query))[1] for name, query in queries.items()}
    return counts | {"triples": len(store)}


def _rows(store: Store, query: str) -> Iterator[tuple[str, int]]:
    result = run_query(store, query)
    assert isinstance(result, QuerySolutions)
    for name, count in result:
        assert isinstance(name, Literal)
        assert isinstance(count, Literal)
        yield name.value, int(count.value)
