"""The three slow shapes are found, their fast forms are not, and no saved query has one."""

import pytest

from queries import catalogue, read_query
from queries.lint import Finding, lint

HEAD = "#+ summary: s\n#+ description: d\nPREFIX ckg: <https://w3id.org/conflict-kg/ontology#>\n"
CKG = "https://w3id.org/conflict-kg/ontology#"


def linted(select, where, end=""):
    return lint(read_query("q", f"{HEAD}SELECT {select}\nWHERE {{\n{where}\n}}\n{end}"))


@pytest.mark.parametrize("query", list(catalogue().values()), ids=list(catalogue()))
def test_no_saved_query_has_a_slow_shape(query):
    assert lint(query) == []


@pytest.mark.parametrize(
    ("select", "where", "end", "where_found"),
    [
        ("?a", "?a ckg:place ?b", "ORDER BY ?b", "b"),
        ("?a", "?a ckg:place ?b", "ORDER BY DESC(?a)", "a"),
        ("?b", "?a ckg:earliest ?b ; ckg:place ?c", "ORDER BY ?b ?c", "c"),
        ("(MIN(?b) AS ?c)", "?a ckg:place ?b", "GROUP BY ?a ORDER BY ?c", "c"),
        ("?a", '?a ckg:place ?b BIND(CONCAT(STR(?b), "x") AS ?c)', "ORDER BY ?c", "c"),
    ],
)
def test_order_by_text_is_found(select, where, end, where_found):
    assert linted(select, where, end) == [Finding("order by text", where_found)]


@pytest.mark.parametrize(
    ("select", "where", "end"),
    [
        ("?a", "?a ckg:earliest ?b", "ORDER BY ?b"),
        ("?a", "OPTIONAL { ?a ckg:latest ?b }", "ORDER BY DESC(BOUND(?b)) ?b"),
        ("(COUNT(?a) AS ?n)", "?a ckg:place ?b", "GROUP BY ?b ORDER BY DESC(?n)"),
        ("?c", "?a ckg:score ?b BIND(?b * 2 AS ?c)", "ORDER BY ?c"),
    ],
)
def test_order_by_days_and_numbers_passes(select, where, end):
    assert linted(select, where, end) == []


def test_restricting_pattern_after_optional_is_found():
    found = linted("?a", "?a ckg:place ?b OPTIONAL { ?a ckg:earliest ?c } ?a ckg:stance ?d")
    assert found == [Finding("pattern after OPTIONAL", f"a {CKG}stance")]


def test_pattern_before_optional_and_bind_after_it_pass():
    assert linted("?a", "?a ckg:place ?b ; ckg:stance ?d OPTIONAL { ?a ckg:earliest ?c } BIND(?c AS ?e)") == []


@pytest.mark.parametrize(
    ("where", "variable"),
    [
        ("?a ckg:stance ?b FILTER(?b = ckg:denies)", "b"),
        ("?a ckg:stance ?b FILTER(ckg:denies = ?b)", "b"),
        ("?a ckg:stance ?b FILTER(?b IN (ckg:denies, ckg:doubts))", "b"),
        ("?a ckg:stance ?b FILTER(?b = ckg:denies && ?a != ckg:x)", "b"),
        ("?a ckg:stance ?b FILTER(?b = ?_stance_iri)", "b"),
        ("?a ckg:x ?y OPTIONAL { ?a ckg:stance ?b FILTER(?b = ckg:denies) }", "b"),
    ],
)
def test_filter_that_equates_with_a_constant_is_found(where, variable):
    assert linted("?a", where) == [Finding("FILTER instead of VALUES", variable)]


@pytest.mark.parametrize(
    "where",
    [
        "VALUES ?b { ckg:denies } ?a ckg:stance ?b",
        "?a ckg:stance ?b FILTER(?b != ckg:denies)",
        "?a ckg:stance ?b ; ckg:about ?c FILTER(?b = ?c)",
        "?a ckg:stance ?b ; ckg:about ?c FILTER(?b = ckg:denies || ?c = ckg:x)",
        "?a ckg:stance ?_stance_iri",
    ],
)
def test_other_filters_pass(where):
    assert linted("?a", where) == []
