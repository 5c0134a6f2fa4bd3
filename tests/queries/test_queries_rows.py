"""Every saved query on the fixture gives exactly the rows that the files in `expected` hold."""

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal

from ontology import PREFIXES
from queries import bind, catalogue

BASE = "https://w3id.org/conflict-kg/"
EXPECTED = Path(__file__).parent / "expected"
NUMBERS = {"integer": int, "nonNegativeInteger": int, "decimal": float, "double": float}


def cell(term):
    """A term as the files write it: IRIs by prefix or relative to the base, literals by their value."""
    if term is None:
        return None
    if isinstance(term, Literal):
        return NUMBERS.get(term.datatype.value.rpartition("#")[2], str)(term.value)
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return f"<{term.value.removeprefix(BASE)}>"


def asked(store, query, parameters):
    return store.query(bind(query, parameters), use_default_graph_as_union=True)


def cases():
    for path in sorted(EXPECTED.glob("*.json")):
        for number, case in enumerate(json.loads(path.read_text("utf8"))):
            yield pytest.param(path.stem, case, id=f"{path.stem}-{number}")


def selects():
    return [query for query in catalogue().values() if "CONSTRUCT" not in query.text]


@pytest.mark.parametrize(("name", "case"), list(cases()))
def test_rows_are_the_expected_ones(store, name, case):
    solutions = asked(store, catalogue()[name], case["parameters"])
    columns = [variable.value for variable in solutions.variables]
    rows = [[cell(term) for term in solution] for solution in solutions]
    assert columns == case["columns"]
    assert sorted(rows, key=repr) == sorted(case["rows"], key=repr)


@pytest.mark.parametrize(("name", "case"), [case for case in cases() if "order" in case.values[1]])
def test_rows_come_in_the_order_that_the_description_promises(store, name, case):
    column, descending = case["order"].lstrip("-"), case["order"].startswith("-")
    values = [cell(solution[column]) for solution in asked(store, catalogue()[name], case["parameters"])]
    told = [value for value in values if value is not None]
    assert values == sorted(told, reverse=descending) + [None] * (len(values) - len(told))


def test_every_query_that_selects_has_expected_rows():
    assert {path.stem for path in EXPECTED.glob("*.json")} == {query.name for query in selects()}


def test_every_query_finds_something_in_the_fixture():
    found = {path.stem for path in EXPECTED.glob("*.json") if json.loads(path.read_text("utf8"))[0]["rows"]}
    assert found == {query.name for query in selects()}


def test_every_promised_order_has_a_case():
    ordered = {query.name for query in selects() if "ORDER BY" in query.text}
    with_case = {path.stem for path in EXPECTED.glob("*.json") if "order" in path.read_text("utf8")}
    assert ordered - {"activity"} <= with_case
