"""Queries run on the union of all graphs, and their answers written in every format."""

import io
import json

import pytest
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    QueryResultsFormat,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from kg.errors import DatasetError, NotAcceptable, QueryError
from server.negotiation import FORMATS, offered
from server.results import kind_of, render, run_query

SELECT = "SELECT ?s ?x { ?s <http://e/says> ?x }"
CONSTRUCT = "CONSTRUCT { ?s <http://e/p> ?x } WHERE { ?s <http://e/says> ?x }"
A, B = ("<http://e/a>", '"one"'), ("<http://e/b>", '"two, \\"2\\""')


def rows(result):
    return sorted(tuple(map(str, row)) for row in result)


def rendered(store, sparql, name):
    stream = io.BytesIO()
    render(run_query(store, sparql), name, stream)
    return stream.getvalue()


def test_default_graph_is_the_union_of_all_graphs(memory):
    assert rows(run_query(memory, SELECT)) == [A, B]


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("FROM <http://e/g>", [A]),
        ("FROM <http://e/g> FROM <http://e/h>", [A, B]),
        ("from<http://e/h>", [B]),
        ("FROM e:g", [A]),
        ("FROM NAMED e:g FROM e:h", [B]),
        ("FROM NAMED <http://e/g>", []),
        ("FROM <http://e/none>", []),
    ],
)
def test_dataset_of_the_query_is_kept_to(memory, clause, found):
    sparql = f"PREFIX e: <http://e/> SELECT ?s ?x {clause} WHERE {{ ?s <http://e/says> ?x }}"
    assert rows(run_query(memory, sparql)) == found


@pytest.mark.parametrize(
    "sparql",
    [
        f"{SELECT} # FROM <http://e/g>",
        'SELECT ?s ?x { ?s <http://e/says> ?x FILTER(?x != "FROM <http://e/g>") }',
        "SELECT ?s ?x { ?s <http://e/says> ?x OPTIONAL { ?from <http://e/p> ?o } }",
        "PREFIX from: <http://e/> SELECT ?s ?x { ?s from:says ?x }",
    ],
)
def test_the_word_from_elsewhere_names_no_dataset(memory, sparql):
    assert rows(run_query(memory, sparql)) == [A, B]


def test_graphs_of_the_caller_beat_those_of_the_query(memory):
    sparql = "SELECT ?s ?x FROM <http://e/g> WHERE { ?s <http://e/says> ?x }"
    assert rows(run_query(memory, sparql, default_graphs=[NamedNode("http://e/h")])) == [B]


def test_named_graphs_of_the_caller_leave_the_default_graph_empty(memory):
    named = [NamedNode("http://e/h")]
    assert rows(run_query(memory, SELECT, named_graphs=named)) == []
    within = "SELECT ?s ?x { GRAPH ?g { ?s <http://e/says> ?x } }"
    assert rows(run_query(memory, within, named_graphs=named)) == [B]


def test_usual_prefixes_are_declared_and_may_be_declared_otherwise(memory):
    assert list(run_query(memory, "SELECT * { ?s a ckg:Nothing }")) == []
    assert len(list(run_query(memory, "PREFIX ckg: <http://e/> SELECT * { ?s ckg:says ?x }"))) == 2


def test_relative_iris_are_read_against_the_base(memory):
    (row,) = run_query(memory, "SELECT (<x> AS ?x) {}", base_iri="http://base/")
    assert row["x"] == NamedNode("http://base/x")


@pytest.mark.parametrize(("sparql", "kind"), [(SELECT, "rows"), ("ASK {}", "truth"), (CONSTRUCT, "graph")])
def test_kinds(memory, sparql, kind):
    assert kind_of(run_query(memory, sparql)) == kind


def test_describe_is_a_graph(memory):
    assert kind_of(run_query(memory, "DESCRIBE <http://e/a>")) == "graph"


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_rows_can_be_read_back(memory, name):
    native = QueryResultsFormat.from_media_type(FORMATS[name].media_type)
    assert rows(parse_query_results(rendered(memory, SELECT, name), native)) == [A, B]


def test_rows_as_csv(memory):
    lines = rendered(memory, SELECT, "csv").decode().splitlines()
    assert lines[0] == "s,x"
    assert sorted(lines[1:]) == ["http://e/a,one", 'http://e/b,"two, ""2"""']


@pytest.mark.parametrize(
    ("name", "text"),
    [("json", b'{"head":{},"boolean":true}'), ("csv", b"true"), ("tsv", b"true"), ("table", b"yes\n")],
)
def test_truth(memory, name, text):
    assert rendered(memory, "ASK {}", name) == text


@pytest.mark.parametrize("name", [one.name for one in offered("graph")])
def test_graph_can_be_read_back(memory, name):
    text = rendered(memory, CONSTRUCT, name)
    read = Dataset(parse(text, RdfFormat.from_media_type(FORMATS[name].media_type)))
    wanted = Dataset(parse(rendered(memory, CONSTRUCT, "ntriples"), RdfFormat.N_TRIPLES))
    for dataset in (read, wanted):
        dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    assert read == wanted
    assert len(read) == 2


def test_turtle_uses_the_usual_prefixes(memory):
    text = rendered(memory, "CONSTRUCT { ckg:a a ckg:Event } WHERE {}", "turtle").decode()
    assert "@prefix ckg: <https://w3id.org/conflict-kg/ontology#> ." in text
    assert "ckg:a a ckg:Event ." in text


def test_rows_as_geojson(memory):
    assert len(json.loads(rendered(memory, SELECT, "geojson"))["features"]) == 2


def test_rows_as_a_table(memory):
    assert rendered(memory, "SELECT (1 AS ?x) {}", "table") == b"x\n1\n"


@pytest.mark.parametrize(
    ("sparql", "name"),
    [
        (SELECT, "turtle"),
        (CONSTRUCT, "csv"),
        (CONSTRUCT, "table"),
        ("ASK {}", "geojson"),
        (SELECT, "html"),
        (SELECT, "pdf"),
    ],
)
def test_format_that_cannot_hold_the_answer_is_refused_before_anything_is_written(memory, sparql, name):
    stream = io.BytesIO()
    with pytest.raises(NotAcceptable, match="Ask for one of"):
        render(run_query(memory, sparql), name, stream)
    assert stream.getvalue() == b""


def test_triple_terms_do_not_fit_json_ld(memory):
    sparql = "CONSTRUCT { <http://e/a> <http://e/b> <<( <http://e/a> <http://e/b> 1 )>> } WHERE {}"
    with pytest.raises(NotAcceptable, match="Ask for Turtle"):
        rendered(memory, sparql, "jsonld")
    assert rendered(memory, sparql, "ntriples")


def test_unknown_function_is_a_mistake_in_the_query(memory):
    with pytest.raises(QueryError, match="function <http://e/f> is not supported"):
        rendered(memory, "SELECT (<http://e/f>(?s) AS ?x) { ?s ?p ?o }", "json")


class Broken(io.RawIOBase):
    def __init__(self, error):
        self.error = error

    def writable(self):
        return True

    def write(self, _):
        raise self.error


@pytest.mark.parametrize("name", ["json", "table", "geojson"])
def test_error_of_the_stream_passes_as_it_is(memory, name):
    with pytest.raises(BrokenPipeError):
        render(run_query(memory, SELECT), name, Broken(BrokenPipeError(32, "Broken pipe")))


def test_store_that_fails_while_reading_is_an_error_of_the_dataset(memory):
    with pytest.raises(DatasetError, match="the disk said no"):
        render(run_query(memory, SELECT), "json", Broken(OSError("the disk said no")))


def test_reading_never_writes():
    store = Store()
    with pytest.raises(QueryError):
        run_query(store, "INSERT DATA { <http://e/a> <http://e/b> 1 }")
    assert len(store) == 0
