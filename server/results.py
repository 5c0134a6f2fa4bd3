"""Queries run and answers written; the same for the server and for `kg query`.

An answer is bound to its thread: pyoxigraph aborts the process when another one touches it. So `run_query` and
`render` are called in the same thread, always.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Literal

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from kg.errors import DatasetError, NotAcceptable, QueryError
from ontology import PREFIXES
from queries.sparql_text import blanked
from server.geojson import write_geojson
from server.guard import disarmed, names_service, refusal
from server.negotiation import FORMATS, Format, choose, offered
from server.syntax import padded, syntax_error
from server.table import write_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Result = QuerySolutions | QueryBoolean | QueryTriples
Kind = Literal["rows", "truth", "graph"]

_DATASET_CLAUSE = re.compile(r"(?<![?$:\w-])FROM(?:\s*(?:NAMED\s*)?<|\s+(?:NAMED\s+)?[\w.-]*:)", re.IGNORECASE)
_WITH_PREFIXES = (RdfFormat.TURTLE, RdfFormat.RDF_XML)


def run_query(
    store: Store,
    sparql: str,
    *,
    base_iri: str | None = None,
    default_graphs: Sequence[NamedNode] = (),
    named_graphs: Sequence[NamedNode] = (),
) -> Result:
    """Evaluate a query; its default graph is the union of all graphs unless it or the caller names graphs.

    The usual prefixes are declared already. Raises QueryError with the place of a mistake, Refused for a SERVICE.
    """
    try:
        with _told_as_ours():
            return store.query(
                padded(disarmed(sparql)),
                base_iri=base_iri,
                prefixes=dict(PREFIXES),
                use_default_graph_as_union=not (
                    default_graphs or named_graphs or _DATASET_CLAUSE.search(blanked(sparql))
                ),
                default_graph=list(default_graphs) if default_graphs or named_graphs else None,
                named_graphs=list(named_graphs) if default_graphs or named_graphs else None,
            )
    except SyntaxError as error:
        raise (refusal() if names_service(sparql) else syntax_error(sparql, str(error))) from error


def kind_of(result: Result) -> Kind:
    """Whether an answer is rows (SELECT), a truth (ASK) or a graph (CONSTRUCT, DESCRIBE)."""
    if isinstance(result, QuerySolutions):
        return "rows"
    return "truth" if isinstance(result, QueryBoolean) else "graph"


def render(result: Result, format: str, stream: IO[bytes], tty: bool = False) -> None:
    """Write an answer to a binary stream in the format of that name, for a terminal with colour and its width.

    Raises NotAcceptable for a format that cannot hold this kind of answer, QueryError where evaluation fails.
    """
    chosen = choose(offered(kind_of(result), but=("html",)), None, format)
    with _told_as_ours():
        _write(result, chosen, stream, tty)


def _write(result: Result, format: Format, stream: IO[bytes], tty: bool) -> None:
    if isinstance(result, QueryTriples):
        _write_graph(result, _graph_format(format), stream)
    elif format.name == "table":
        write_table(result, stream, tty)
    elif isinstance(result, QuerySolutions) and format.name == "geojson":
        write_geojson(result, stream)
    else:
        result.serialize(stream, _rows_format(format))


def _write_graph(result: QueryTriples, format: RdfFormat, stream: IO[bytes]) -> None:
    if format in _WITH_PREFIXES:
        serialize(result, stream, format, prefixes=dict(PREFIXES))
    else:
        result.serialize(stream, format)


def _rows_format(format: Format) -> QueryResultsFormat:
    native = QueryResultsFormat.from_media_type(format.media_type)
    assert native is not None, format
    return native


def _graph_format(format: Format) -> RdfFormat:
    native = RdfFormat.from_media_type(format.media_type)
    assert native is not None, format
    return native


@contextmanager
def _told_as_ours() -> Iterator[None]:
    """Turn the engine's errors into ours; an error of the stream, which has a number, passes as it is."""
    try:
        yield
    except RuntimeError as error:
        raise QueryError(str(error), input="the query") from error
    except OSError as error:
        if error.errno is not None:
            raise
        if "does not support RDF 1.2" in str(error):
            raise NotAcceptable(str(error), remedy="Ask for Turtle") from error
        raise DatasetError(str(error), input="the dataset", remedy="Build it again") from error


__all__ = ["FORMATS", "Format", "Kind", "Result", "kind_of", "render", "run_query"]
