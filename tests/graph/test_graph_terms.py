"""The terms in the code and the terms in the ontology: neither has one that the other lacks."""

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

import ontology
from kg.errors import ValidationFailed
from kg.graph import ontology_quads, terms
from kg.graph.iris import GraphSettings

GRAPH_FOLDER = Path(terms.__file__).parent
GROUPS_OF_EVENT_TYPES = {"Violence", "MilitaryMove", "Coercion", "CivilAction", "Diplomacy"}


def terms_of_the_code():
    values = [value for name, value in vars(terms).items() if name.isupper()]
    nodes = [node for value in values for node in (value.values() if isinstance(value, dict) else [value])]
    concepts = [iri for scheme in terms.SCHEMES for iri in ontology.concepts(scheme).values()]
    iris = {node.value for node in nodes if isinstance(node, NamedNode)} | set(concepts)
    return {iri.removeprefix(ontology.CKG) for iri in iris if iri.startswith(ontology.CKG)}


def test_every_term_of_the_code_is_in_the_ontology():
    assert terms_of_the_code() - set(ontology.load_terms()) == set()


def test_every_term_of_the_ontology_is_in_the_code():
    assert set(ontology.load_terms()) - terms_of_the_code() - set(terms.SCHEMES) == GROUPS_OF_EVENT_TYPES


def test_the_schemes_of_the_code_are_those_of_the_ontology():
    schemes = {name for name, term in ontology.load_terms().items() if ontology.SKOS + "ConceptScheme" in term.types}
    assert set(terms.SCHEMES) == schemes


def test_every_constant_is_used_outside_its_module():
    code = "\n".join(path.read_text("utf8") for path in GRAPH_FOLDER.glob("*.py"))
    constants = [name for name in vars(terms) if name.isupper() and not name.startswith("_")]
    unused = [name for name in constants if not re.search(rf"terms\.{name}\b", code)]
    assert unused == ["SCHEMES"]


def test_no_module_but_the_terms_writes_an_iri_of_the_ontology():
    for path in GRAPH_FOLDER.glob("*.py"):
        assert path.name == "terms.py" or "ontology.CKG" not in path.read_text("utf8")


def test_no_two_constants_are_the_same_term():
    nodes = [value for name, value in vars(terms).items() if name.isupper() and isinstance(value, NamedNode)]
    assert len(nodes) == len(set(nodes))


def test_a_concept_is_found_by_the_words_of_the_records():
    assert terms.concept(terms.STANCES, "calls_for") == NamedNode(ontology.CKG + "callsFor")


@pytest.mark.parametrize("word", ["callsFor", "", "asserts ", "ASSERTS", "\ud800", "asserts> <x"])
def test_a_word_that_is_not_in_a_scheme_is_told_with_those_that_are(word):
    with pytest.raises(ValidationFailed) as told:
        terms.concept(terms.STANCES, word)
    assert repr(word) in told.value.reason
    assert "accuses, announces, asserts" in told.value.remedy


def test_the_ontology_graph_holds_ontology_and_crosswalk_and_nothing_twice():
    quads = ontology_quads(GraphSettings("https://kg.example/"))
    assert {quad.graph_name for quad in quads} == {NamedNode("https://kg.example/graph/ontology")}
    assert len(quads) == len(set(quads))
    subjects = {quad.subject.value for quad in quads}
    assert {term.iri for term in ontology.load_terms().values()} <= subjects
    assert "https://w3id.org/conflict-kg/crosswalk/cameo/19" in subjects
