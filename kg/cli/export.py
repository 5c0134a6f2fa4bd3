"""`kg export`: a dataset as RDF."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
from pyoxigraph import RdfFormat, Store, Triple, serialize

from kg.cli.options import dataset_option
from kg.dataset import Dataset
from kg.errors import KgError
from kg.graph import canonical
from ontology import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
}


@click.command(
    epilog="""\b
Examples:
  kg export > graph.nq                             canonical N-Quads
  kg export --format trig --output graph.trig      with prefixes, graph by graph
  kg export --format turtle | less                 all graphs in one
"""
)
@dataset_option
@click.option(
    "--format",
    "format",
    type=click.Choice(list(FORMATS)),
    default="nquads",
    show_default=True,
    help="nquads is canonical (RDFC-1.0): two builds of the same input give the same bytes.",
)
@click.option("--output", type=click.Path(path_type=Path), help="The file to write.  [standard output]")
def command(dataset: Path, format: str, output: Path | None) -> None:
    """Write all of a dataset as RDF; Turtle, which has no graphs, holds the statements of all of them."""
    with Dataset.open(dataset) as opened, _stream(output) as stream:
        write(opened.store, format, stream)


def write(store: Store, format: str, stream: IO[bytes]) -> None:
    """Write a store in the format of that name (a key of `FORMATS`)."""
    if format == "nquads":
        stream.write(canonical(store))
    else:
        statements = _triples(store) if format == "turtle" else store.quads_for_pattern(None, None, None, None)
        serialize(statements, stream, FORMATS[format], prefixes=dict(PREFIXES))


def _triples(store: Store) -> Iterator[Triple]:
    # The index by subject first gives all that is said of one thing together.
    result = store.query("SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }", use_default_graph_as_union=True)
    return (Triple(*row) for row in result)  # type: ignore[union-attr]


@contextmanager
def _stream(path: Path | None) -> Iterator[IO[bytes]]:
    if path is None:
        yield sys.stdout.buffer
        return
    try:
        with path.open("wb") as stream:
            yield stream
    except OSError as error:
        raise KgError(f"{error.strerror}".lower(), input=str(path), remedy="Write to another place") from error
