"""Rows with a place in them as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Any

from pyoxigraph import Literal, QuerySolution, QuerySolutions, Store, Variable

from ontology import GEO

if TYPE_CHECKING:
    from server.cells import Term

_AS_GEOJSON = "SELECT (<http://www.opengis.net/def/function/geosparql/asGeoJSON>({}) AS ?geometry) {{}}"
_WKT = GEO + "wktLiteral"
_NUMBERS = ("integer", "decimal", "double", "float", "nonNegativeInteger")


def write_geojson(result: QuerySolutions, stream: IO[bytes]) -> None:
    """Write a FeatureCollection: a row's first WKT literal is its geometry, the other bound values its properties.

    A row without such a literal has the geometry null, as the standard has it for what is not located.
    """
    stream.write(b'{"type":"FeatureCollection","features":[')
    for number, solution in enumerate(result):
        feature = json.dumps(_feature(result.variables, solution), ensure_ascii=False, separators=(",", ":"))
        stream.write(b",\n" * bool(number) + feature.encode("utf8"))
    stream.write(b"]}\n")


def _feature(variables: list[Variable], solution: QuerySolution) -> dict[str, Any]:
    values = {variable.value: solution[variable] for variable in variables}
    place = next((name for name, term in values.items() if _is_wkt(term)), None)
    geometry = _geometry(str(values[place])) if place else None
    properties = {name: _plain(term) for name, term in values.items() if term is not None and name != place}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _is_wkt(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.datatype.value == _WKT


@lru_cache(maxsize=4096)
def _geometry(wkt: str) -> Any:  # noqa: ANN401 - a JSON object or None
    """The geometry of a serialized WKT literal, by the engine's own GeoSPARQL; None where it cannot be read."""
    solutions = Store().query(_AS_GEOJSON.format(wkt))
    assert isinstance(solutions, QuerySolutions)
    term = next(solutions)["geometry"]
    return json.loads(term.value) if isinstance(term, Literal) else None


def _plain(term: Term) -> str | int | float | bool:
    if not isinstance(term, Literal):
        return getattr(term, "value", None) or str(term)
    kind = term.datatype.value.rpartition("#")[2]
    if kind == "boolean":
        return term.value in ("true", "1")
    return _number(term.value) if kind in _NUMBERS else term.value


def _number(text: str) -> int | float | str:
    """The number as JSON has it; INF and NaN, which it has not, stay text."""
    try:
        return int(text)
    except ValueError:
        value = float(text)
    return value if abs(value) < float("inf") else text
