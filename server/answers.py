"""An answer of the engine as an HTTP response in the format that the request asks for."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from flask import Response, current_app, render_template, request
from pyoxigraph import QuerySolutions

from server.cells import row_cells
from server.negotiation import choose, offered
from server.results import Result, kind_of, render, run_query

if TYPE_CHECKING:
    from server.protocol import QueryRequest
    from server.snapshot import PublishedStore


def answered(asked: QueryRequest, title: str) -> Response:
    """Run the query on the snapshot of now and write the answer; `title` heads an HTML page."""
    published: PublishedStore = current_app.extensions["published"]
    result = run_query(
        published.current(),
        asked.sparql,
        base_iri=current_app.config["BASE_IRI"],
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    chosen = choose(offered(kind_of(result)), request.headers.get("Accept"), asked.format)
    body = _page(result, asked.sparql, title) if chosen.name == "html" else _bytes(result, chosen.name)
    return Response(body, content_type=chosen.content_type, headers={"Vary": "Accept"})


def _bytes(result: Result, format: str) -> bytes:
    buffer = io.BytesIO()
    render(result, format, buffer)
    return buffer.getvalue()


def _page(result: Result, sparql: str, title: str) -> str:
    columns, rows = ["answer"], [["yes" if result else "no"]]
    if isinstance(result, QuerySolutions):
        columns = [variable.value for variable in result.variables]
        rows = [row_cells(solution) for solution in result]
    return render_template("results.html", title=title, columns=columns, rows=rows, sparql=sparql)
