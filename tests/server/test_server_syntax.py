"""A query that cannot be parsed is told with line, column, reason and remedy, in words."""

import pytest
from pyoxigraph import Store

from kg.errors import QueryError
from server.results import run_query
from server.syntax import syntax_error


def told(sparql):
    with pytest.raises(QueryError) as caught:
        run_query(Store(), sparql)
    assert caught.value.input == "the query"
    return caught.value.place, caught.value.reason


@pytest.mark.parametrize(
    ("sparql", "place", "reason"),
    [
        ("SELECT", "line 1, column 7", "the query ends too early"),
        ("", "line 1, column 1", "the query ends too early"),
        ("SELECT *\n{ ?s ?p ?o }}\nLIMIT 1", "line 2, column 12", "this is not SPARQL from '}}\\nLIMIT 1' on"),
        ("SELECT *\n{ ?s é ?o }", "line 2, column 3", "this is not SPARQL from '?s é ?o }' on"),
        ("SELECT * { ?s foo:bar 1 }", "line 1, column 15", "the prefix foo: is not declared"),
        ("SELECT * { ?s <a b> 1 }", "line 1, column 15", "this is not a valid IRI"),
        ("SELECT * { ?s ?p ?o } } LIMIT 1", "line 1, column 23", "this is not SPARQL from '} LIMIT 1' on"),
        ("SELECT ?a WHER { ?s ?p ?o }", "line 1, column 11", "this is not SPARQL from 'WHER { ?s ?p ?o }' on"),
        ("SELEKT * {}", "line 1, column 1", "this is not SPARQL from 'SELEKT * {}' on"),
        ("SELECT * {\n  FITLER(?o > 1)\n}", "line 2, column 3", "this is not SPARQL from 'FITLER(?o > 1)\\n}' on"),
        ("ASK { ?s a ckg:B ; no:p 'no:q' }", "line 1, column 20", "the prefix no: is not declared"),
        ("SELECT * { ?s ?p ?o } ORDER ?x", "line 1, column 29", "this is not SPARQL from '?x' on"),
        ("SELECT * { ?s ?p ?o FILTER(?o > ) }", "line 1, column 33", "this is not SPARQL from ') }' on"),
        ("SELECT * { ?s ?p ?o", "line 1, column 20", "the query ends too early"),
        ("SELECT * { ?s ?p 'abc }", "line 1, column 24", "the query ends too early"),
        (
            "PREFIX x: <http://e:1/x> ASK { ?s x:p _:b , 1 2 }",
            "line 1, column 50",
            "shortly before this place the query is no SPARQL",
        ),
        ("SELECT * { ?s <rel> 1 }", "line 1, column 15", "this is not a valid IRI"),
        (
            "SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o }",
            "line 1, column 40",
            "a variable is selected that is neither grouped nor aggregated",
        ),
        (
            "INSERT DATA { <http://e/a> <http://e/b> 1 }",
            "line 1, column 1",
            "this is an update, and the endpoint only answers queries",
        ),
        (
            "PREFIX e: <http://e/>\nload <http://e/>",
            "line 2, column 1",
            "this is an update, and the endpoint only answers queries",
        ),
    ],
)
def test_place_and_reason(sparql, place, reason):
    assert told(sparql) == (place, reason)


def test_columns_count_characters_of_the_query_as_it_was_written():
    place, reason = told('SELECT * { ?s ?p "é service" . ?s }')
    assert (place, reason) == ("line 1, column 32", "this is not SPARQL from '?s }' on")


def test_long_rest_is_cut():
    _, reason = told("SELECT * { ] " + "x" * 5000 + " }")
    assert len(reason) < 100


def test_message_without_a_place_is_told_as_it_is():
    assert syntax_error("ASK {}", "something else").reason == "something else"


def test_whole_message_reads_as_a_sentence():
    with pytest.raises(QueryError) as caught:
        run_query(Store(), "SELECT * { ?s foo:bar 1 }")
    assert str(caught.value) == (
        "the query, line 1, column 15: the prefix foo: is not declared. Add a line PREFIX foo: <namespace> at the top"
    )
