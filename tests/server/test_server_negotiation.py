"""Which format an answer gets, rule by rule (RFC 9110, 12.5.1)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, RdfFormat

from kg.errors import NotAcceptable
from server.negotiation import FORMATS, Format, choose, offered

ROWS, TRUTH, GRAPH = offered("rows"), offered("truth"), offered("graph")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "json"),
        ("", "json"),
        ("  ", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/*", "csv"),
        ("application/sparql-results+json", "json"),
        ("application/json", "json"),
        ("application/sparql-results+xml", "xml"),
        ("text/xml", "xml"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/csv; charset=utf-8", "csv"),
        ("text/csv;header=present;q=1", "csv"),
        ("text/tab-separated-values", "tsv"),
        ("text/plain", "table"),
        ("application/geo+json", "geojson"),
        (BROWSER, "html"),
        ("text/csv;q=0.5, application/sparql-results+xml", "xml"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.4", "csv"),
        ("text/csv;q=0, */*;q=0.1", "json"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("application/json;q=0, application/sparql-results+json;q=0, */*", "xml"),
        ("application/sparql-results+json;q=0, application/json", "json"),
        ("*/*;q=0.1, text/*;q=0.2, text/csv;q=0.01", "tsv"),
        ("text/turtle, text/csv;q=0.1", "csv"),
        ("text/csv;q=0.500", "csv"),
        ("nonsense, text/csv", "csv"),
        ("text/csv;q=high", "csv"),
        (",,text/csv,,", "csv"),
    ],
)
def test_best_format_for_rows(accept, name):
    assert choose(ROWS, accept).name == name


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "turtle"),
        ("*/*", "turtle"),
        ("text/turtle", "turtle"),
        ("application/n-triples", "ntriples"),
        ("application/n-quads", "nquads"),
        ("application/trig", "trig"),
        ("application/rdf+xml", "rdfxml"),
        ("application/ld+json", "jsonld"),
        ("application/json", "jsonld"),
        (BROWSER, "rdfxml"),
    ],
)
def test_best_format_for_graphs(accept, name):
    assert choose(GRAPH, accept).name == name


@pytest.mark.parametrize(
    ("formats", "accept"),
    [
        (ROWS, "text/turtle"),
        (ROWS, "image/png"),
        (ROWS, "*/*;q=0"),
        (ROWS, "text/csv;q=0"),
        (ROWS, "nonsense"),
        (TRUTH, "application/geo+json"),
        (GRAPH, "text/csv"),
    ],
)
def test_nothing_that_fits_is_told_with_what_there_is(formats, accept):
    with pytest.raises(NotAcceptable) as caught:
        choose(formats, accept)
    assert caught.value.input == f"Accept: {accept}"
    assert all(one.media_type in caught.value.remedy for one in formats)


def test_a_named_format_beats_the_header():
    assert choose(ROWS, "text/turtle", "tsv") is FORMATS["tsv"]


@pytest.mark.parametrize("name", ["turtle", "", "CSV", "json "])
def test_a_name_that_does_not_fit_is_refused(name):
    with pytest.raises(NotAcceptable, match="cannot be given so"):
        choose(ROWS, None, name)


def test_formats_that_are_left_out_are_not_offered():
    assert "html" not in {one.name for one in offered("rows", but=("html",))}


def test_every_format_of_the_project_is_offered():
    names = "json xml csv tsv table geojson html turtle ntriples trig nquads rdfxml jsonld"
    assert set(FORMATS) == set(names.split())


def test_every_format_but_our_own_is_native():
    for one in FORMATS.values():
        if one.name not in ("table", "geojson", "html"):
            native = RdfFormat if one.kinds == ("graph",) else QueryResultsFormat
            assert native.from_media_type(one.media_type).media_type.partition(";")[0] == one.media_type


def test_only_texts_carry_a_charset():
    assert FORMATS["csv"].content_type == "text/csv; charset=utf-8"
    assert FORMATS["json"].content_type == "application/sparql-results+json"


@given(st.text(alphabet='abtexcsv/*;,q=01. "', max_size=50))
def test_any_header_gives_a_format_or_a_refusal(accept):
    with contextlib.suppress(NotAcceptable):
        assert isinstance(choose(ROWS, accept), Format)


@given(st.permutations(["text/csv", "text/plain;q=0.9", "application/json;q=0.8", "text/html;q=0.7"]))
def test_the_order_of_the_header_does_not_matter(parts):
    assert choose(ROWS, ", ".join(parts)).name == "csv"
