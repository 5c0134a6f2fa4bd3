"""The graph of a document, whole: what is in it, what is never in it, and that it is the same every time."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from graph_examples import (
    DOCUMENT,
    EXTRACTION,
    KOS_SAYS,
    LEAVING,
    OFFICIALS_DENY,
    RUN,
    SETTINGS,
    SHELLING,
    bare,
    span,
    with_entity,
)
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Dataset, NamedNode, RdfFormat, Store, parse

import ontology
from kg.errors import ValidationFailed
from kg.graph import canonical, catalogue_quads, document_iris, document_quads, link_quads, terms
from kg.records import TimeSpan

EXPECTED = Path(__file__).parent / "example.trig"
IRIS = document_iris(DOCUMENT, SETTINGS)
ANY_TEXT = st.text(st.characters(), max_size=30)
HOSTILE = [
    'He said "stop"',
    "back\\slash",
    "two\nlines\r\nand\ttabs",
    "nul\x00 bell\x07 vertical\x0b escape\x1b",
    "\u202eright to left\u202c and \u0645\u062f\u064a\u0646\u0629",
    "lone \ud800 and \udfff surrogates",
    "astral \U0001f600 and \U0010ffff",
    "> . <urn:x> <urn:y> <urn:z> .",
    "'; DROP ALL; #",
    "{}|^`%20%",
    "\ufeffmark",
    "\u2028\u2029\x85",
]


def quads_of(extraction=EXTRACTION):
    return document_quads(extraction, SETTINGS, RUN)


def objects(quads, subject, predicate):
    return [quad.object for quad in quads if quad.subject == subject and quad.predicate == predicate]


def values(quads, subject, predicate):
    return sorted(object_.value for object_ in objects(quads, subject, predicate))


def ckg(name):
    return NamedNode(ontology.CKG + name)


def with_events(*events):
    return replace(EXTRACTION, events=events, claims=())


def test_the_example_gives_exactly_the_quads_written_beside_this_test():
    quads = [*quads_of(), *link_quads(EXTRACTION, SETTINGS), *catalogue_quads(DOCUMENT, SETTINGS)]
    expected = Dataset(parse(path=EXPECTED, format=RdfFormat.TRIG))
    assert sorted(map(str, quads)) == sorted(map(str, expected))


def test_all_of_it_stands_in_the_graph_of_the_version():
    assert {quad.graph_name for quad in quads_of()} == {IRIS.graph}


def test_no_quad_is_given_twice_and_none_has_a_blank_node():
    quads = quads_of()
    assert len(quads) == len(set(quads))
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))


def test_no_triple_stands_in_two_graphs():
    other = replace(EXTRACTION, document=replace(DOCUMENT, id="velen-2"))
    quads = [q for e in (EXTRACTION, other) for q in (*quads_of(e), *link_quads(e, SETTINGS))]
    quads.extend(quad for e in (EXTRACTION, other) for quad in catalogue_quads(e.document, SETTINGS))
    graphs = {}
    for quad in quads:
        graphs.setdefault(quad.triple, set()).add(quad.graph_name)
    assert [triple for triple, names in graphs.items() if len(names) > 1] == []


def test_two_builds_are_the_same_byte_for_byte():
    assert canonical(quads_of()) == canonical(quads_of())
    assert [str(quad) for quad in quads_of()] == [str(quad) for quad in quads_of()]


def test_a_store_gives_back_what_was_put_into_it():
    store = Store()
    store.extend(quads_of())
    assert canonical(store) == canonical(quads_of())


def test_a_document_of_which_only_the_text_is_known_says_no_more():
    document = replace(DOCUMENT, title=None, publisher=None, url=None, published=None)
    quads = quads_of(bare(document))
    iris = document_iris(document, SETTINGS)
    predicates = {quad.predicate for quad in quads if quad.subject == iris.document}
    assert predicates == {terms.TYPE, terms.VERSION, terms.IDENTIFIER, terms.PUBLISHED_BY}
    assert values(quads, iris.publisher, terms.LABEL) == ["unknown publisher of velen-1"]


def test_an_event_that_a_claim_is_about_gets_no_claim_of_the_publisher():
    assert objects(quads_of(), IRIS.claim("c1"), terms.ABOUT) == [IRIS.event("v1")]
    assert not [quad for quad in quads_of() if quad.subject.value.endswith("event/v1/claim")]


@pytest.mark.parametrize(
    ("modality", "stance"),
    [
        ("actual", "asserts"),
        ("negated", "asserts"),
        ("hypothetical", "asserts"),
        ("historical", "asserts"),
        ("future", "announces"),
    ],
)
def test_an_event_that_no_claim_is_about_is_claimed_by_the_publisher(modality, stance):
    quads = quads_of(with_events(replace(SHELLING, modality=modality)))
    claim = NamedNode(IRIS.event("v1").value + "/claim")
    assert objects(quads, claim, terms.CLAIMANT) == [IRIS.publisher]
    assert objects(quads, claim, terms.STANCE) == [ckg(stance)]
    assert objects(quads, claim, terms.EVIDENCE) == [IRIS.span(0, 87)]


def test_a_claim_in_the_article_s_own_voice_is_the_publisher_s():
    own = replace(OFFICIALS_DENY, claimant_span=None)
    quads = quads_of(replace(EXTRACTION, claims=(KOS_SAYS, own)))
    assert objects(quads, IRIS.claim("c2"), terms.CLAIMANT) == [IRIS.publisher]


def test_the_same_unnamed_words_in_two_roles_are_two_participants():
    twice = tuple(replace(SHELLING.participants[2], role=role) for role in ("victim", "target"))
    quads = quads_of(with_events(replace(SHELLING, participants=twice)))
    event = IRIS.event("v1")
    assert values(quads, event, ckg("victim")) == [f"{event.value}/participant/1"]
    assert values(quads, event, ckg("target")) == [f"{event.value}/participant/2"]


@pytest.mark.parametrize(
    ("earliest", "latest", "stamps"),
    [
        (None, None, {}),
        (date(2031, 3, 1), None, {"EarliestBegin": "2031-03-01", "EarliestEnd": "2031-03-01"}),
        (None, date(2031, 3, 4), {"LatestBegin": "2031-03-04", "LatestEnd": "2031-03-04"}),
        (
            date(2031, 3, 1),
            date(2031, 3, 4),
            {
                "EarliestBegin": "2031-03-01",
                "EarliestEnd": "2031-03-01",
                "LatestBegin": "2031-03-04",
                "LatestEnd": "2031-03-04",
            },
        ),
    ],
)
def test_only_the_days_that_are_known_are_stamped(earliest, latest, stamps):
    time = TimeSpan(span("on Monday"), earliest, latest, "unknown")
    quads = quads_of(with_events(replace(SHELLING, time=time)))
    found = {
        stamp: objects(quads, IRIS.event("v1"), NamedNode(f"{ontology.SEM}has{stamp}TimeStamp"))
        for stamp in ("EarliestBegin", "EarliestEnd", "LatestBegin", "LatestEnd")
    }
    assert {stamp: days[0].value for stamp, days in found.items() if days} == stamps


def test_an_event_without_a_time_has_no_date_and_the_day_of_publication_does_not_stand_in():
    quads = quads_of(with_events(replace(SHELLING, time=None)))
    about_time = {terms.EARLIEST, terms.LATEST, terms.PRECISION, terms.TIME_PHRASE}
    assert not [quad for quad in quads if quad.subject == IRIS.event("v1") and quad.predicate in about_time]


def test_a_bound_that_is_open_is_absent_and_zero_is_not():
    figure = replace(KOS_SAYS.casualties[0], minimum=None, maximum=0)
    quads = quads_of(replace(EXTRACTION, claims=(replace(KOS_SAYS, casualties=(figure,)),)))
    node = NamedNode(IRIS.claim("c1").value + "/casualties/1")
    assert objects(quads, node, terms.MINIMUM) == []
    assert values(quads, node, terms.MAXIMUM) == ["0"]


def test_two_figures_of_one_claim_are_two_nodes():
    figures = (KOS_SAYS.casualties[0], replace(KOS_SAYS.casualties[0], kind="injured", minimum=5, maximum=9))
    quads = quads_of(replace(EXTRACTION, claims=(replace(KOS_SAYS, casualties=figures),)))
    nodes = objects(quads, IRIS.claim("c1"), terms.CASUALTIES)
    assert [values(quads, node, terms.KIND) for node in nodes] == [
        [ontology.CKG + "killed"],
        [ontology.CKG + "injured"],
    ]


def test_further_names_are_alternative_labels():
    entity = replace(EXTRACTION.entities[0], names=("Velen", "the town"))
    quads = quads_of(replace(EXTRACTION, entities=(entity, *EXTRACTION.entities[1:])))
    assert values(quads, IRIS.entity("e1"), terms.ALTERNATIVE_LABEL) == ["the town"]


@pytest.mark.parametrize(
    "changes",
    [{"type": "Party"}, {"type": ""}, {"modality": "maybe"}, {"time": TimeSpan(span("on Monday"), None, None, "hour")}],
)
def test_a_word_outside_the_closed_lists_is_refused(changes):
    with pytest.raises(ValidationFailed):
        quads_of(with_events(replace(SHELLING, **changes)))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_kept_and_breaks_nothing(name):
    extraction = with_entity(name, title=name, publisher=name, url=name)
    quads = quads_of(extraction)
    store = Store()
    store.extend(quads)
    assert set(store) == set(quads)
    assert set(Dataset(parse(canonical(quads), RdfFormat.N_QUADS))) == set(quads)
    (label,) = objects(quads, document_iris(extraction.document, SETTINGS).entity("e1"), terms.LABEL)
    assert len(label.value) == len(name)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_ids_stay_within_their_document(hostile):
    extraction = with_entity("Ana Kos", id=hostile)
    entity = replace(extraction.entities[0], id=hostile)
    mention = replace(extraction.mentions[0], entity=hostile)
    quads = quads_of(replace(extraction, entities=(entity,), mentions=(mention,)))
    iris = document_iris(extraction.document, SETTINGS)
    inside = (iris.document.value, iris.graph.value)
    assert all(quad.subject.value.startswith(inside) for quad in quads)
    assert objects(quads, iris.entity(hostile), terms.TYPE) == [ckg("Person")]


@given(ANY_TEXT, ANY_TEXT, st.text(st.characters(), min_size=1, max_size=30))
def test_every_document_gives_quads_that_are_written_and_read_back_the_same(id, title, text):
    quads = quads_of(bare(replace(DOCUMENT, id=id, title=title, text=text)))
    assert set(Dataset(parse(canonical(quads), RdfFormat.N_QUADS))) == set(quads)


def test_the_catalogue_names_the_graph_and_its_document():
    assert {str(quad) for quad in catalogue_quads(DOCUMENT, SETTINGS)} == {
        f"{IRIS.graph} {terms.TYPE} {terms.DOCUMENT_GRAPH} <https://kg.example/graph/catalogue>",
        f"{IRIS.graph} {terms.DOCUMENT} {IRIS.document} <https://kg.example/graph/catalogue>",
    }


def test_the_future_event_of_the_example_is_announced():
    assert objects(quads_of(), NamedNode(IRIS.event(LEAVING.id).value + "/claim"), terms.STANCE) == [ckg("announces")]
