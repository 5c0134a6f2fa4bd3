"""Identity across documents: one edge to a thing, and nothing merged that cannot be taken apart."""

from dataclasses import replace

import pytest
from graph_examples import DOCUMENT, EXTRACTION, KOS, RADIO, SETTINGS, VELEN, VELEN_LINK
from pyoxigraph import NamedNode

import ontology
from kg.graph import document_iris, link_quads, terms

IRIS = document_iris(DOCUMENT, SETTINGS)
OTHER = replace(DOCUMENT, id="velen-2", text=DOCUMENT.text + " ")


def linked(entity, document=DOCUMENT):
    return link_quads(replace(EXTRACTION, document=document, entities=(entity,)), SETTINGS)


def things(quads):
    return {quad.subject.value: quad.object.value for quad in quads if quad.predicate == terms.THING}


def objects(quads, subject, predicate):
    return [quad.object.value for quad in quads if quad.subject == subject and quad.predicate == predicate]


def test_all_of_it_stands_in_the_links_graph():
    assert {quad.graph_name for quad in linked(VELEN)} == {NamedNode("https://kg.example/graph/links")}


def test_an_entity_with_an_item_is_the_thing_of_that_item():
    quads = linked(VELEN)
    assert things(quads)[IRIS.entity("e1").value] == "https://kg.example/thing/Q101"
    assert objects(quads, IRIS.entity("e1"), terms.EXACT_MATCH) == ["http://www.wikidata.org/entity/Q101"]


def test_the_same_item_in_two_documents_is_one_thing_described_once():
    shared = set(linked(VELEN)) & set(linked(replace(VELEN, id="e7"), OTHER))
    assert {quad.subject.value for quad in shared} == {
        "https://kg.example/thing/Q101",
        "https://kg.example/thing/Q101/geometry",
        "https://kg.example/thing/publisher-tor-daily-f9bfc4c2e584",
    }


def test_to_drop_the_edges_of_a_document_leaves_those_of_the_other():
    own, others = linked(VELEN), linked(VELEN, OTHER)
    left = [quad for quad in {*own, *others} if not quad.subject.value.startswith(IRIS.document.value + "/")]
    other_entity = document_iris(OTHER, SETTINGS).entity("e1")
    assert objects(left, other_entity, terms.THING) == ["https://kg.example/thing/Q101"]
    assert set(others) <= set(left)


@pytest.mark.parametrize("entity", [KOS, replace(KOS, link=None)])
def test_an_entity_without_an_item_is_a_thing_by_its_class_and_label(entity):
    quads = linked(entity)
    (thing,) = {value for subject, value in things(quads).items() if subject == IRIS.entity("e2").value}
    assert thing.startswith("https://kg.example/thing/Person-ana-kos-")
    assert objects(quads, NamedNode(thing), terms.LABEL) == ["Ana Kos"]
    assert not [quad for quad in quads if quad.predicate == terms.EXACT_MATCH]


def test_the_same_label_of_two_classes_is_two_things():
    assert set(things(linked(RADIO)).values()) != set(things(linked(replace(RADIO, type="Place"))).values())


def test_a_decision_keeps_score_method_and_what_was_rejected():
    quads = linked(VELEN)
    decision = NamedNode(IRIS.entity("e1").value + "/link")
    rejected = NamedNode(decision.value + "/1")
    assert objects(quads, decision, terms.SCORE) == ["0.93"]
    assert objects(quads, decision, terms.METHOD) == ["name and country"]
    assert objects(quads, decision, terms.CANDIDATE) == [rejected.value]
    assert objects(quads, rejected, terms.ITEM) == [ontology.WD + "Q102"]
    assert objects(quads, rejected, terms.LABEL) == ["Velen (river)"]


def test_an_entity_that_no_linking_has_seen_has_no_decision():
    assert not [quad for quad in linked(RADIO) if quad.predicate == terms.LINK]


@pytest.mark.parametrize("missing", ["latitude", "longitude"])
def test_half_a_place_has_no_geometry(missing):
    quads = linked(replace(VELEN, link=replace(VELEN_LINK, **{missing: None})))
    assert not [quad for quad in quads if quad.predicate in (terms.HAS_GEOMETRY, terms.AS_WKT)]


def test_a_place_at_zero_degrees_has_a_geometry():
    quads = linked(replace(VELEN, link=replace(VELEN_LINK, latitude=0.0, longitude=0.0)))
    assert [quad.object.value for quad in quads if quad.predicate == terms.AS_WKT] == ["POINT(0 0)"]


def test_a_link_without_a_label_takes_the_entity_s():
    quads = linked(replace(VELEN, link=replace(VELEN_LINK, label=None, country=None)))
    thing = NamedNode("https://kg.example/thing/Q101")
    assert objects(quads, thing, terms.LABEL) == ["Velen"]
    assert objects(quads, thing, terms.COUNTRY) == []


@pytest.mark.parametrize("publisher", [None, ""])
def test_an_unknown_publisher_is_no_thing(publisher):
    assert IRIS.publisher.value not in things(linked(VELEN, replace(DOCUMENT, publisher=publisher)))


def test_one_publisher_of_two_documents_is_one_thing():
    spaced = replace(OTHER, publisher="Tor  Daily ")
    one, other = things(linked(VELEN)), things(linked(VELEN, spaced))
    assert one[IRIS.publisher.value] == other[document_iris(OTHER, SETTINGS).publisher.value]


@pytest.mark.parametrize("wikidata", ["Q1> <x", "", "Q1\n", "\ud800", "../Q1"])
def test_a_hostile_item_id_makes_a_valid_iri(wikidata):
    quads = linked(replace(VELEN, link=replace(VELEN_LINK, wikidata=wikidata)))
    matches = {quad.object.value for quad in quads if quad.predicate == terms.EXACT_MATCH}
    assert all(match.startswith(ontology.WD) and "/" not in match.removeprefix(ontology.WD) for match in matches)
