"""Parameters by name, values by type: what is taken, what it becomes, what is refused and how that is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.errors import ParameterError, QueryError
from queries.parameters import TYPES, Parameter, find_parameters

XSD = "http://www.w3.org/2001/XMLSchema#"
WD = "http://www.wikidata.org/entity/"


def parameter(kind, **more):
    return Parameter(name="value", variable=f"_value_{kind}", type=kind, optional=False, **more)


def found(sparql, defaults=None, choices=None):
    return find_parameters(sparql, defaults or {}, choices or {}, {}, "test")


def typed(value, datatype):
    return Literal(value, datatype=NamedNode(XSD + datatype))


def test_names_types_and_optionality_are_read_off_the_variables():
    read = found("?_place_entity ?other ?__since_date ?_plain $_km_decimal ?_place_entity")
    assert [(p.name, p.variable, p.type, p.optional, p.required) for p in read] == [
        ("place", "_place_entity", "entity", False, True),
        ("since", "__since_date", "date", True, False),
        ("plain", "_plain", "string", False, True),
        ("km", "_km_decimal", "decimal", False, True),
    ]


def test_default_makes_a_parameter_dispensable():
    assert [p.required for p in found("?_km_decimal", {"km": "50"})] == [False]


@pytest.mark.parametrize(
    ("sparql", "defaults", "choices", "told"),
    [
        ("?_a_colour", {}, {}, "?_a_colour is of no known type"),
        ("?_start_date_x", {}, {}, "?_start_date_x is of no known type"),
        ("?_a_date ?__a_date", {}, {}, "two variables for the parameter a"),
        ("?_a_date", {"b": "1"}, {}, "the header speaks of b"),
        ("?_a_date", {}, {"c": ("1",)}, "the header speaks of c"),
    ],
)
def test_wrong_use_of_parameters_is_refused(sparql, defaults, choices, told):
    with pytest.raises(QueryError) as caught:
        found(sparql, defaults, choices)
    assert told in str(caught.value)
    assert caught.value.input == "test"


@pytest.mark.parametrize(
    ("kind", "value", "terms"),
    [
        ("string", 'a "b" \\ \n', (typed('a "b" \\ \n', "string"),)),
        ("date", "2024-02-29", (typed("2024-02-29", "date"),)),
        ("integer", "-12", (typed("-12", "integer"),)),
        ("decimal", "12.50", (typed("12.50", "decimal"),)),
        ("latitude", "-90", (typed("-90", "decimal"),)),
        ("longitude", "180.0", (typed("180.0", "decimal"),)),
        ("iri", "http://e/a", (NamedNode("http://e/a"),)),
        ("iri", "urn:x:y", (NamedNode("urn:x:y"),)),
        ("entity", "http://e/a", (NamedNode("http://e/a"),)),
        ("entity", "Q212", (NamedNode(f"{WD}Q212"), Literal("Q212"))),
        ("entity", " port \n elm ", (Literal("port elm"), Literal("Port Elm"), Literal("PORT ELM"))),
        ("entity", "UN", (Literal("UN"), Literal("Un"))),
        ("entity", "Cafe\u0301", (Literal("Caf\u00e9"), Literal("CAF\u00c9"))),
    ],
)
def test_value_becomes_terms_of_its_type(kind, value, terms):
    assert parameter(kind).terms(value) == terms


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "2023-02-29"),
        ("date", "2024-2-9"),
        ("date", "20240229"),
        ("date", "2024-W09-4"),
        ("date", "٢٠٢٤-٠٢-٢٩"),
        ("date", "2024-02-29\n"),
        ("date", ""),
        ("integer", "1.5"),
        ("integer", "1e3"),
        ("integer", "9" * 19),
        ("decimal", "1,5"),
        ("decimal", "NaN"),
        ("decimal", ".5"),
        ("latitude", "90.1"),
        ("longitude", "-181"),
        ("longitude", "31°"),
        ("iri", "no scheme"),
        ("iri", "javascript:alert(1)"),
        ("iri", "file:///etc/passwd"),
        ("iri", "http://e/a b"),
        ("iri", "http://e/a> } UNION { ?s ?p ?o"),
        ("entity", ""),
        ("entity", " \n "),
        ("entity", "http://e/a b"),
        ("string", "\ud800"),
        ("entity", "a\udfff"),
    ],
)
def test_value_that_is_not_of_the_type_is_refused_in_words(kind, value):
    with pytest.raises(ParameterError) as caught:
        parameter(kind).terms(value)
    assert caught.value.input == "parameter value"
    assert caught.value.reason == f"{value!r} is not {TYPES[kind]['expected']}"
    assert caught.value.remedy == f"Give {TYPES[kind]['expected']}"


def test_long_value_is_shortened_in_the_message():
    with pytest.raises(ParameterError) as caught:
        parameter("date").terms("9" * 5000)
    assert len(str(caught.value)) < 250


CHOICES = ("http://e/ns#callsFor", "http://e/ns#denies")


@pytest.mark.parametrize(
    "value", ["callsFor", "calls_for", "calls-for", "CALLSFOR", "n:callsFor", "http://e/ns#callsFor"]
)
def test_choice_may_be_written_short_prefixed_or_whole(value):
    one = parameter("iri", choices=CHOICES, prefixes=(("n", "http://e/ns#"),))
    assert one.terms(value) == (NamedNode("http://e/ns#callsFor"),)


@pytest.mark.parametrize("value", ["", "calls", "http://e/ns#other", "n:denies:", "denies ", "http://other/ns#"])
def test_value_out_of_the_choices_is_refused_with_the_choices(value):
    with pytest.raises(ParameterError) as caught:
        parameter("iri", choices=CHOICES).terms(value)
    assert caught.value.remedy == "Give one of callsFor, denies"


def test_prefixed_name_is_expanded_by_the_prefixes_of_the_query():
    assert parameter("iri", prefixes=(("e", "http://e/"),)).terms("e:x") == (NamedNode("http://e/x"),)


@given(st.sampled_from(sorted(TYPES)), st.text(max_size=60))
def test_any_value_gives_terms_or_a_parameter_error(kind, value):
    try:
        terms = parameter(kind).terms(value)
    except ParameterError:
        return
    assert terms
    assert all(isinstance(term, Literal | NamedNode) for term in terms)


@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day):
    assert parameter("date").terms(day.isoformat()) == (typed(day.isoformat(), "date"),)
