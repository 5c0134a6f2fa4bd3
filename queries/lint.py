"""The query shapes that were measured to be slow on an Oxigraph store on disk, found in a query's algebra.

Ordering by text or IRIs (15 s for 125,000 rows; by days 0.2 s), a pattern that restricts after an OPTIONAL (126 times
slower than before it), and a FILTER that equates a variable with a constant (1,200 times slower than VALUES).
rdflib parses for it, as grlc does, so a query that it accepts is one that grlc can read.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rdflib import Literal, URIRef, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from queries.sparql_text import prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from queries.catalogue import SavedQuery

_SETTINGS = tomllib.loads(files("queries").joinpath("lint.toml").read_text("utf8"))
_QUICK_EXPRESSIONS = frozenset(_SETTINGS["quick_expressions"])
_WRAPPERS = ("Filter", "Extend")


@dataclass(frozen=True)
class Finding:
    """A slow shape: the rule that it breaks and the variable or pattern that does."""

    rule: str
    where: str


def lint(query: SavedQuery) -> list[Finding]:
    """The slow shapes of the query, in the order in which they stand in its algebra."""
    algebra = prepareQuery(query.text).algebra
    quick = _quick_predicates(query.text)
    bound = {Variable(parameter.variable) for parameter in query.parameters if parameter.type in ("iri", "entity")}
    return [
        finding
        for node in _nodes(algebra)
        for finding in (*_slow_order(node, algebra, quick), *_late_pattern(node), *_constant_filter(node, bound))
    ]


def _slow_order(node: CompValue, algebra: CompValue, quick: set[URIRef]) -> Iterator[Finding]:
    if node.name == "OrderBy":
        for condition in node.expr:
            if not _is_quick(condition.expr, algebra, quick):
                yield Finding("order by text", str(condition.expr))


def _late_pattern(node: CompValue) -> Iterator[Finding]:
    if node.name == "Join" and _core(node.p1).name == "LeftJoin" and _core(node.p2).name == "BGP":
        yield Finding("pattern after OPTIONAL", " ".join(_core(node.p2).triples[0][:2]))


def _constant_filter(node: CompValue, bound: set[Variable]) -> Iterator[Finding]:
    for expression in _conjuncts(node.get("expr")) if node.name in ("Filter", "LeftJoin") else ():
        if expression.name == "RelationalExpression" and expression.op in ("=", "IN"):
            sides = [expression.expr, *(expression.other if isinstance(expression.other, list) else [expression.other])]
            variables = [side for side in sides if isinstance(side, Variable) and side not in bound]
            constants = [side for side in sides if side in bound or isinstance(side, URIRef | Literal)]
            if variables and constants and len(variables) + len(constants) == len(sides):
                yield Finding("FILTER instead of VALUES", str(variables[0]))


def _is_quick(expression: Any, algebra: CompValue, quick: set[URIRef]) -> bool:  # noqa: ANN401 - rdflib's trees
    """Whether the values of an expression are numbers, days or truths."""
    if not isinstance(expression, Variable):
        return isinstance(expression, CompValue) and expression.name in _QUICK_EXPRESSIONS
    for node in _nodes(algebra):
        if node.name == "BGP" and any(o == expression and p in quick for _, p, o in node.triples):
            return True
        if node.name == "Extend" and node.var == expression and _is_quick(node.expr, algebra, quick):
            return True
        if node.name.startswith("Aggregate_") and node.get("res") == expression:
            return node.name in _QUICK_EXPRESSIONS
    return False


def _quick_predicates(sparql: str) -> set[URIRef]:
    namespaces = prefixes(sparql)
    named = (name.split(":") for name in _SETTINGS["quick_predicates"])
    return {URIRef(namespaces[prefix] + local) for prefix, local in named if prefix in namespaces}


def _nodes(value: Any) -> Iterator[CompValue]:  # noqa: ANN401 - rdflib's trees
    if isinstance(value, CompValue):
        yield value
        for child in value.values():
            yield from _nodes(child)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from _nodes(child)


def _conjuncts(expression: Any) -> Iterator[CompValue]:  # noqa: ANN401 - rdflib's trees
    if isinstance(expression, CompValue) and expression.name == "ConditionalAndExpression":
        yield from _conjuncts(expression.expr)
        for other in expression.other:
            yield from _conjuncts(other)
    elif isinstance(expression, CompValue):
        yield expression


def _core(node: CompValue) -> CompValue:
    while node.name in _WRAPPERS:
        node = node.p
    return node
