"""Rows as GeoJSON (RFC 7946): the place as geometry, all else as properties."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from server.geojson import write_geojson
from server.results import run_query

PREFIXES = "PREFIX geo: <http://www.opengis.net/ont/geosparql#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"


def collection(*rows):
    stream = io.BytesIO()
    names = "?a ?wkt ?b"
    query = f"{PREFIXES} SELECT {names} {{ VALUES ({names}) {{ {' '.join(rows)} }} }}"
    write_geojson(run_query(Store(), query), stream)
    return json.loads(stream.getvalue())


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def test_rows_become_features():
    assert collection(
        '("one" "POINT(31.5 50.25)"^^geo:wktLiteral 1)', '("two" "POINT(-1 2)"^^geo:wktLiteral <http://e/x>)'
    ) == {
        "type": "FeatureCollection",
        "features": [
            feature({"type": "Point", "coordinates": [31.5, 50.25]}, a="one", b=1),
            feature({"type": "Point", "coordinates": [-1.0, 2.0]}, a="two", b="http://e/x"),
        ],
    }


def test_no_rows_are_an_empty_collection():
    assert collection() == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("wkt", ["UNDEF", '"POINT(31.5 50.25)"', '"POINT(31.5"^^geo:wktLiteral', '""^^geo:wktLiteral'])
def test_row_without_a_place_that_can_be_read_has_no_geometry(wkt):
    assert collection(f"(1 {wkt} UNDEF)")["features"][0]["geometry"] is None


def test_other_shapes_than_points():
    (only,) = collection('(1 "POLYGON((0 0, 1 1, 1 0, 0 0))"^^geo:wktLiteral 2)')["features"]
    assert only["geometry"] == {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 0]]]}


def test_second_place_is_a_property():
    (only,) = collection('("POINT(1 1)"^^geo:wktLiteral "POINT(2 2)"^^geo:wktLiteral 2)')["features"]
    assert only == feature({"type": "Point", "coordinates": [1, 1]}, wkt="POINT(2 2)", b=2)


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("1", 1),
        ("-7", -7),
        ("1.50", 1.5),
        ("1.5e0", 1.5),
        ('"3"^^xsd:nonNegativeInteger', 3),
        ("true", True),
        ("false", False),
        ('"INF"^^xsd:double', "INF"),
        ('"NaN"^^xsd:double', "NaN"),
        ('"2024-03-01"^^xsd:date', "2024-03-01"),
        ('"chat"@fr', "chat"),
        ('""', ""),
        ('"7"', "7"),
    ],
)
def test_value_is_what_json_has_for_it(term, value):
    (only,) = collection(f"({term} UNDEF UNDEF)")["features"]
    assert only["properties"] == {"a": value}
    assert type(only["properties"]["a"]) is type(value)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_coordinates_are_longitude_then_latitude(longitude, latitude):
    (only,) = collection(f'(1 "POINT({longitude:.6f} {latitude:.6f})"^^geo:wktLiteral 1)')["features"]
    assert only["geometry"]["coordinates"] == [float(f"{longitude:.6f}"), float(f"{latitude:.6f}")]


@given(st.text(alphabet='<>"\\/&\n\u2028é', max_size=20))
def test_any_text_is_valid_json(text):
    written = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    (only,) = collection(f'("{written}" UNDEF UNDEF)')["features"]
    assert only["properties"] == {"a": text}
