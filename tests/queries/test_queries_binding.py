"""Values reach a query as RDF terms only: no value changes what is asked."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import ParameterError
from queries import bind, catalogue, read_query

HEAD = "#+ summary: s\n#+ description: d\n"
SECRET = NamedNode("http://e/secret")
ECHO = read_query("echo", f"{HEAD}SELECT ?_value ?s\nWHERE {{\n  ?s <http://e/says> ?_value\n}}\n")
BY_IRI = read_query("iri", f"{HEAD}SELECT ?s\nWHERE {{\n  ?_value_iri <http://e/says> ?s\n}}\n")
BY_NAME = read_query("name", f"{HEAD}SELECT ?s\nWHERE {{\n  ?s <http://e/says> ?_value_entity\n}}\n")
HOSTILE = [
    '"',
    "'",
    "\\",
    '\\"',
    '" } UNION { ?s ?p ?o } #',
    '"@en } UNION { SERVICE <http://127.0.0.1/> { ?s ?p ?o } } #',
    '"""} . ?s ?p ?o . {"""',
    "\n}\n} INSERT DATA { <a:b> <a:c> 1 } #",
    "http://e/x> ?p ?o } #",
    "http://e/x> } UNION { ?s ?p ?o . FILTER(?s != <http://e/y",
    "UNDEF",
    "\\u0022 } UNION { ?s ?p ?o } #",
    "\\U00000022 }",
    "}}}}",
    "\r\n\t\u2028\u0000\ufffe\u202e",
    "?_value",
    "WHERE {",
]


def graph(says):
    store = Store()
    store.add(Quad(NamedNode("http://e/a"), NamedNode("http://e/says"), Literal(says)))
    store.add(Quad(SECRET, NamedNode("http://e/says"), Literal("the rest of the graph, which nobody asked for")))
    return store


def found_or_refused(store, query, values):
    """The rows, or what the refusal names."""
    try:
        sparql = bind(query, values)
    except ParameterError as error:
        return error.input
    return list(store.query(sparql, use_default_graph_as_union=True))


@given(st.text(max_size=80))
@example('"')
@example("\\")
def test_a_text_finds_itself_and_nothing_else(value):
    found = list(graph(value).query(bind(ECHO, {"value": value})))
    assert [(row["_value"].value, row["s"].value) for row in found] == [(value, "http://e/a")]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_text_is_only_a_text(value):
    found = list(graph(value).query(bind(ECHO, {"value": value})))
    assert [(row["_value"].value, row["s"].value) for row in found] == [(value, "http://e/a")]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("query", [BY_IRI, BY_NAME], ids=["iri", "entity"])
def test_a_hostile_iri_or_name_is_refused_or_finds_nothing(query, value):
    assert found_or_refused(graph("x"), query, {"value": value}) in ([], "parameter value")


@given(st.text(max_size=80))
def test_an_iri_never_reaches_beyond_itself(value):
    try:
        sparql = bind(BY_IRI, {"value": f"http://e/{value}"})
    except ParameterError:
        return
    subjects = [row["s"] for row in graph("x").query(sparql)]
    assert len(subjects) == (value in ("a", "secret"))


@pytest.mark.parametrize("name", [query.name for query in catalogue().values() if query.parameters])
@pytest.mark.parametrize("value", HOSTILE)
def test_no_saved_query_takes_a_hostile_value_for_syntax(store, name, value):
    query = catalogue()[name]
    for parameter in query.parameters:
        good = {one.name: GOOD[one.type] for one in query.parameters if one.required}
        answer = found_or_refused(store, query, good | {parameter.name: value})
        assert answer in ([], f"parameter {parameter.name}")


GOOD = {"entity": "Vesk", "iri": "http://e/x", "string": "alpha-1", "latitude": "50", "longitude": "31", "decimal": "5"}


def test_values_are_bound_in_front_of_the_outermost_group():
    query = read_query("q", f"{HEAD}SELECT ?s\nWHERE {{\n  ?s <http://e/p> ?_a_date, ?__b_integer\n}}\n")
    assert bind(query, {"a": "2024-03-01"}) == (
        "SELECT ?s\nWHERE {\n"
        '  VALUES ?_a_date { "2024-03-01"^^<http://www.w3.org/2001/XMLSchema#date> }\n'
        "  ?s <http://e/p> ?_a_date, ?__b_integer\n}\n"
    )


def test_a_name_is_bound_to_all_its_spellings():
    sparql = bind(BY_NAME, {"value": "port elm"})
    assert 'VALUES ?_value_entity { "port elm" "Port Elm" "PORT ELM" }' in sparql


def test_query_without_values_is_left_as_it_is():
    query = read_query("q", f"{HEAD}SELECT ?s\nWHERE {{\n  ?s ?p ?__a\n}}\n")
    assert bind(query, {}) == query.text


def test_default_is_bound_where_no_value_is_given():
    query = read_query("q", f'{HEAD}#+ defaults:\n#+   - a: "7"\nSELECT ?s\nWHERE {{\n  ?s ?p ?_a_integer\n}}\n')
    assert '{ "7"^^<http://www.w3.org/2001/XMLSchema#integer> }' in bind(query, {}).replace("\n", " ")
    assert '{ "8"^^<http://www.w3.org/2001/XMLSchema#integer> }' in bind(query, {"a": "8"}).replace("\n", " ")


def test_unknown_parameter_is_refused_with_those_there_are():
    with pytest.raises(ParameterError) as caught:
        bind(catalogue()["at-place"], {"place": "Vesk", "from": "2024-03-01"})
    assert str(caught.value) == (
        "parameter from: the query at-place has no such parameter. It takes place, since, until"
    )


def test_unknown_parameter_of_a_query_without_any_is_refused():
    with pytest.raises(ParameterError, match="It takes none"):
        bind(catalogue()["documents"], {"place": "Vesk"})


def test_missing_parameter_is_refused_with_what_it_must_be():
    with pytest.raises(ParameterError) as caught:
        bind(catalogue()["at-place"], {"since": "2024-03-01"})
    assert caught.value.input == "parameter place"
    assert re.fullmatch(r"Give a name, .*", caught.value.remedy)
