"""Values as literals: what goes into Oxigraph comes out of it the same."""

from datetime import date

import pytest
from graph_examples import SETTINGS
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

from kg.graph import literals

NODE = NamedNode("https://kg.example/x")


def stored(literal):
    store = Store()
    store.add(Quad(NODE, NODE, literal, SETTINGS.links_graph))
    return next(iter(store)).object


@given(st.text(st.characters()))
def test_a_text_is_stored_as_it_is_made_and_keeps_its_length(value):
    literal = literals.text(value)
    assert stored(literal) == literal
    assert len(literal.value) == len(value)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_without_surrogates_is_kept_as_it_is(value):
    assert literals.text(value).value == value


def test_a_lone_surrogate_becomes_the_replacement_character():
    assert literals.text("a\ud800b\udfffc\U0001f600").value == "a\ufffdb\ufffdc\U0001f600"


@given(st.integers(min_value=0, max_value=10**30))
def test_a_number_is_stored_as_it_is_made(value):
    assert stored(literals.number(value)) == literals.number(value)


@given(st.floats(min_value=0, max_value=1))
def test_a_score_is_stored_as_it_is_made(value):
    assert stored(literals.decimal(value)) == literals.decimal(value)


@pytest.mark.parametrize(
    ("value", "written"), [(0.93, "0.93"), (1.0, "1"), (0.0, "0"), (-0.0, "0"), (1e-9, "0"), (0.123456, "0.1235")]
)
def test_a_score_has_at_most_four_decimals_and_no_exponent(value, written):
    assert literals.decimal(value).value == written


@given(st.dates())
def test_a_day_is_stored_as_it_is_made(value):
    assert stored(literals.day(value)) == literals.day(value)


def test_a_day_is_an_iso_date():
    assert str(literals.day(date(2031, 3, 5))) == '"2031-03-05"^^<http://www.w3.org/2001/XMLSchema#date>'


@pytest.mark.parametrize("value", ["https://tor.example/a b", "", "javascript:alert(1)", "\ud800", '"><script>'])
def test_an_address_is_stored_as_it_is_made_whatever_it_holds(value):
    assert stored(literals.address(value)) == literals.address(value)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_point_is_stored_as_it_is_made(longitude, latitude):
    assert stored(literals.point(longitude, latitude)) == literals.point(longitude, latitude)


def test_a_point_gives_the_longitude_first_without_exponent():
    assert literals.point(-0.0000001, 50.12345678).value == "POINT(0 50.123457)"


def test_oxigraph_measures_distances_between_such_points():
    store = Store()
    store.add(Quad(NODE, NODE, literals.point(36.25, 50.0), SETTINGS.links_graph))
    query = """PREFIX geof: <http://www.opengis.net/def/function/geosparql/>
        PREFIX geo: <http://www.opengis.net/ont/geosparql#>
        PREFIX unit: <http://www.opengis.net/def/uom/OGC/1.0/>
        SELECT (
            geof:distance(?here, "POINT(36.25 51)"^^geo:wktLiteral, unit:metre) AS ?metres
        ) { GRAPH ?g { ?s ?p ?here } }"""
    (row,) = store.query(query)
    assert 110_000 < float(row["metres"].value) < 112_000
