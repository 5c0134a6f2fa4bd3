"""Values into saved queries: checked by type and bound as RDF terms inside `VALUES`, never pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import ParameterError
from queries.catalogue import WHERE, SavedQuery
from queries.sparql_text import blanked

if TYPE_CHECKING:
    from collections.abc import Mapping


def bind(query: SavedQuery, values: Mapping[str, str]) -> str:
    """The SPARQL text of the query with the values bound at the start of its outermost group.

    Optional parameters without a value stay unbound variables. The terms are written by pyoxigraph, so that no value
    can end the string or IRI that it stands in. Raises ParameterError for an unknown parameter, a missing one and a
    value that is not of its type.
    """
    _refuse_unknown(query, values)
    lines = "".join(_clause(query, name, value) for name, value in _complete(query, values).items())
    where = WHERE.search(blanked(query.text))
    assert where is not None, "read_query has checked the layout"
    return f"{query.text[: where.end()]}\n{lines.rstrip()}{query.text[where.end() :]}" if lines else query.text


def _refuse_unknown(query: SavedQuery, values: Mapping[str, str]) -> None:
    names = [parameter.name for parameter in query.parameters]
    for name in values.keys() - set(names):
        remedy = f"It takes {', '.join(names)}" if names else "It takes none"
        raise ParameterError(f"the query {query.name} has no such parameter", input=f"parameter {name}", remedy=remedy)


def _complete(query: SavedQuery, values: Mapping[str, str]) -> dict[str, str]:
    complete = {p.name: values.get(p.name, p.default) for p in query.parameters}
    for parameter in query.parameters:
        if parameter.required and complete[parameter.name] is None:
            raise ParameterError(
                f"the query {query.name} needs it",
                input=f"parameter {parameter.name}",
                remedy=f"Give {parameter.expected}",
            )
    return {name: value for name, value in complete.items() if value is not None}


def _clause(query: SavedQuery, name: str, value: str) -> str:
    parameter = query.parameter(name)
    assert parameter is not None, "unknown names have been refused"
    return f"  VALUES ?{parameter.variable} {{ {' '.join(map(str, parameter.terms(value)))} }}\n"
