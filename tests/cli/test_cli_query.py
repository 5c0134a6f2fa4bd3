"""`kg query` and `kg queries`: saved queries with parameters, queries of one's own, every form of answer."""

import csv
import io
import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.cli.query import NAMES, command
from queries import catalogue

ROWS = "SELECT ?name { ?document dcterms:identifier ?name } ORDER BY ?name"
GRAPH = "CONSTRUCT { ?document dcterms:identifier ?name } WHERE { ?document dcterms:identifier ?name }"


def test_a_query_of_ones_own_gives_a_table(built):
    assert built("query", "--sparql", ROWS).stdout.split() == ["name", "one", "three", "two"]


def test_a_query_comes_from_a_file_or_from_standard_input(built):
    Path("mine.rq").write_text(ROWS)
    from_file = built("query", "--file", "mine.rq", "--format", "csv").stdout
    assert from_file.split() == ["name", "one", "three", "two"]
    assert built("query", "--file", "-", "--format", "csv", input=ROWS).stdout == from_file


@pytest.mark.parametrize("name", ["json", "csv", "tsv", "xml", "table", "geojson"])
def test_rows_come_in_every_form(built, name):
    assert "one" in built("query", "--sparql", ROWS, "--format", name).stdout


@pytest.mark.parametrize("name", ["turtle", "ntriples", "trig", "jsonld"])
def test_graphs_come_in_every_form(built, name):
    printed = built("query", "--sparql", GRAPH, "--format", name).stdout_bytes
    formats = {
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
        "trig": RdfFormat.TRIG,
        "jsonld": RdfFormat.JSON_LD,
    }
    assert len(list(parse(printed, formats[name]))) == 3


def test_a_graph_is_turtle_and_a_truth_a_word_where_no_form_is_asked_for(built):
    assert "@prefix dcterms:" in built("query", "--sparql", GRAPH).stdout
    assert built("query", "--sparql", "ASK { ?x a ckg:Shelling }").stdout == "yes\n"


def test_a_saved_query_takes_its_parameters_in_both_ways_of_writing(built):
    apart = built("query", "at-place", "--place", "Duskar", "--format", "json").stdout
    joined = built("query", "at-place", "--place=Duskar", "--format=json").stdout
    assert json.loads(apart) == json.loads(joined)
    assert len(json.loads(apart)["results"]["bindings"]) == 2


def test_a_hostile_value_is_a_value(built):
    hostile = 'x" } ; DROP ALL ; SELECT * { ?s ?p "'
    printed = built("query", "at-place", "--place", hostile, "--format", "csv").stdout
    assert len(list(csv.reader(io.StringIO(printed)))) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give the name of a saved query, --sparql or --file"),
        (["at-place", "--sparql", ROWS], "and one of them only"),
        (["at-plac"], "there is no saved query 'at-plac'. Did you mean at-place?"),
        (["qqq"], "there is no saved query 'qqq'. kg queries lists"),
        (["at-place", "Duskar"], "'Duskar' is no parameter"),
        (["at-place", "--place"], "--place: its value is missing"),
        (["at-place", "--place", "a", "--place", "b"], "--place: given twice"),
        (["at-place", "--"], ""),
        (["at-place", "--colour", "red"], "colour"),
        (["at-place", "--place", "Duskar", "--since", "yesterday"], "'yesterday' is not"),
        (["at-place"], "place"),
        (["--file", "absent.rq"], "absent.rq: no such file"),
        (["--sparql", "SELECT"], "line 1, column 7"),
    ],
)
def test_what_cannot_be_asked_is_told_with_code_2(built, arguments, message):
    result = built("query", *arguments, code=2)
    assert message in result.stderr
    assert result.stdout == ""


def test_a_query_does_not_reach_the_network(built):
    asked = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    assert "SERVICE" in built("query", "--sparql", asked, code=1).stderr


def test_a_form_that_cannot_hold_the_answer_is_told(built):
    result = built("query", "--sparql", ROWS, "--format", "turtle", code=2)
    assert "this answer cannot be given so" in result.stderr


def test_a_query_that_is_no_text_is_told(built):
    Path("mine.rq").write_bytes(b"\xff\xfe")
    assert "mine.rq: the query is not UTF-8" in built("query", "--file", "mine.rq", code=2).stderr


def test_terminal_codes_of_a_text_do_not_reach_a_table(built, articles):
    (articles / "four.txt").write_text('---\ntitle: "\\e[2J\\x9bred"\n---\nOst was calm.\n')
    built("build", articles)
    printed = built("query", "--sparql", "SELECT ?x { ?d schema:headline ?x }").stdout
    assert "red" in printed
    assert not set(printed) & {"\x1b", "\x9b"}


def test_no_parameter_of_a_saved_query_is_hidden_by_an_option():
    options = {name for parameter in command.params for name in parameter.opts}
    for query in catalogue().values():
        assert not options & {f"--{parameter.name}" for parameter in query.parameters}, query.name


def test_the_forms_of_the_issue_are_there():
    assert {"json", "csv", "tsv", "xml", "turtle", "ntriples", "trig", "jsonld", "geojson"} < set(NAMES)


# kg queries


def test_every_saved_query_is_listed_with_its_summary(kg):
    listed = [line.split("\t") for line in kg("queries").stdout.splitlines()]
    assert [(name, summary) for name, summary, _ in listed] == [(q.name, q.summary) for q in catalogue().values()]


def test_a_saved_query_is_described_with_what_its_parameters_take(kg):
    told = kg("queries", "at-place").stdout
    query = catalogue()["at-place"]
    assert told.startswith(f"at-place: {query.summary}\n{query.description}\n")
    assert "kg query at-place --place " in told
    for parameter in query.parameters:
        assert f"--{parameter.name}" in told
        assert parameter.expected in told


def test_the_text_of_a_saved_query_is_printed_as_it_is(kg):
    assert kg("queries", "events", "--text").stdout.strip() == catalogue()["events"].text.strip()
    assert "Did you mean" in kg("queries", "evnts", code=2).stderr
