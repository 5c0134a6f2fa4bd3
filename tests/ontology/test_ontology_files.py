"""The ontology's files: they parse everywhere, say what each term means, and agree with one another."""

from collections import Counter
from functools import cache
from typing import get_args

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

import ontology
from kg import records

CKG = rdflib.Namespace(ontology.CKG)
ONTOLOGY = rdflib.URIRef("https://w3id.org/conflict-kg/ontology")
CROSSWALK = "https://w3id.org/conflict-kg/crosswalk/"
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
WORDS = (
    "Shelling AirStrike Bombing Shooting Attack Battle Offensive Capture Withdrawal Deployment Siege Killing Abduction "
    "Detention Abuse Destruction Evacuation Protest Coup Negotiation Agreement Aid Sanction Threat LegalAction"
)
CONTRACT_EVENT_TYPES = tuple(WORDS.split())
SUBTYPES = {
    "Organisation": "ArmedForce ArmedGroup GovernmentBody MediaOutlet InternationalOrganisation Company CivilSociety",
    "Place": "Country Region Settlement Facility Feature",
}


@cache
def graph(path):
    return rdflib.Graph().parse(path, format="turtle")


@pytest.fixture(scope="module")
def conflict():
    return graph(ontology.CONFLICT)


@pytest.fixture(scope="module")
def crosswalk():
    return graph(ontology.CROSSWALK)


@pytest.fixture(scope="module")
def shapes():
    return graph(ontology.SHAPES)


def own_terms(any_graph):
    return {node for triple in any_graph for node in triple if str(node).startswith(ontology.CKG)}


def notations(conflict, scheme):
    members = conflict.subjects(SKOS.inScheme, CKG[scheme])
    return {str(conflict.value(member, SKOS.notation)) for member in members}


def test_the_folder_holds_no_turtle_file_beside_those_that_are_listed():
    assert set(ontology.FOLDER.glob("*.ttl")) == set(ontology.FILES)


@pytest.mark.parametrize("path", ontology.FILES, ids=lambda path: path.name)
def test_each_file_parses_to_the_same_number_of_triples_in_rdflib_and_in_oxigraph(path):
    read = {quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)}
    assert len(read) == len(graph(path)) > 0


@pytest.mark.parametrize("path", ontology.FILES, ids=lambda path: path.name)
def test_each_file_uses_the_namespaces_that_the_package_states(path):
    stated = dict(ontology.PREFIXES)
    for prefix, namespace in graph(path).namespaces():
        if prefix in stated and str(namespace) in path.read_text("utf8"):
            assert str(namespace) == stated[prefix]


def test_each_term_has_one_label_one_definition_and_its_ontology(conflict):
    for term in {subject for subject in conflict.subjects() if str(subject).startswith(ontology.CKG)}:
        for predicate in (RDFS.label, SKOS.definition):
            assert [value.language for value in conflict.objects(term, predicate)] == ["en"], (term, predicate)
        assert list(conflict.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY], term


def test_each_definition_is_a_sentence(conflict):
    for _, _, definition in conflict.triples((None, SKOS.definition, None)):
        assert definition[0].isupper() or definition[0].isdigit()
        assert definition.endswith(".")


def test_no_two_terms_of_a_kind_share_a_label(conflict):
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.ConceptScheme):
        labels = Counter(str(conflict.value(term, RDFS.label)) for term in conflict.subjects(RDF.type, kind))
        assert [label for label, count in labels.items() if count > 1] == []


def test_no_name_is_both_a_property_and_a_class_or_concept(conflict):
    properties = {
        term for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for term in conflict.subjects(RDF.type, kind)
    }
    others = {term for kind in (OWL.Class, SKOS.Concept) for term in conflict.subjects(RDF.type, kind)}
    assert properties & others == set()


def test_every_own_term_that_a_file_uses_is_defined(conflict, crosswalk, shapes):
    defined = set(conflict.subjects())
    assert (own_terms(conflict) | own_terms(crosswalk) | own_terms(shapes)) - defined == set()


def test_the_event_types_are_the_twenty_five_of_the_guidelines(conflict):
    assert notations(conflict, "eventTypes") == set(CONTRACT_EVENT_TYPES)


@pytest.mark.parametrize("name", CONTRACT_EVENT_TYPES)
def test_each_event_type_is_a_class_below_the_event_of_sem_and_bears_its_notation(conflict, name):
    sem_event = rdflib.URIRef(ontology.SEM + "Event")
    assert sem_event in set(conflict.transitive_objects(CKG[name], RDFS.subClassOf))
    assert (CKG[name], RDF.type, OWL.Class) in conflict
    assert str(conflict.value(CKG[name], SKOS.notation)) == name


@pytest.mark.parametrize(
    ("names", "above"), [(get_args(records.Role), "hasActor"), (("place", "origin", "destination"), "hasPlace")]
)
def test_roles_and_places_are_properties_below_those_of_sem(conflict, names, above):
    below = set(conflict.subjects(RDFS.subPropertyOf, rdflib.URIRef(ontology.SEM + above)))
    assert below == {CKG[name] for name in names}


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        ("stances", records.Stance),
        ("modalities", records.Modality),
        ("precisions", records.Precision),
        ("mentionKinds", records.MentionKind),
        ("casualtyKinds", records.CasualtyKind),
    ],
)
def test_each_scheme_has_exactly_the_words_of_the_records(conflict, scheme, words):
    assert notations(conflict, scheme) == set(get_args(words))


def test_the_subtypes_are_those_of_the_guidelines_each_with_its_class(conflict):
    for entity_type, names in SUBTYPES.items():
        related = conflict.subjects(SKOS.related, CKG[entity_type])
        assert {str(conflict.value(subtype, SKOS.notation)) for subtype in related} == set(names.split())
    assert notations(conflict, "subtypes") == {name for names in SUBTYPES.values() for name in names.split()}


def closed_lists(shapes):
    return [{str(item) for item in Collection(shapes, head)} for head in shapes.objects(None, SH["in"])]


@pytest.mark.parametrize("scheme", ["stances", "modalities", "precisions", "mentionKinds", "casualtyKinds"])
def test_the_shapes_list_exactly_the_concepts_of_each_scheme(conflict, shapes, scheme):
    assert {str(concept) for concept in conflict.subjects(SKOS.inScheme, CKG[scheme])} in closed_lists(shapes)


def test_the_shapes_list_exactly_the_event_types_and_the_subtypes_of_each_class(conflict, shapes):
    types = set(conflict.subjects(SKOS.inScheme, CKG.eventTypes))
    assert {str(term) for term in types | {CKG.EventReport}} in closed_lists(shapes)
    for entity_type in SUBTYPES:
        subtypes = set(conflict.subjects(SKOS.related, CKG[entity_type]))
        assert {str(term) for term in subtypes} in closed_lists(shapes)


def test_each_property_of_the_ontology_has_a_shape_that_rules_it(conflict, shapes):
    ruled = set(shapes.objects(None, SH.path))
    properties = {
        term for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for term in conflict.subjects(RDF.type, kind)
    }
    assert properties - ruled == set()


def test_each_rule_of_the_shapes_that_a_person_may_meet_has_a_message(shapes):
    inner = {node for head in shapes.objects(None, SH["or"]) for node in Collection(shapes, head)}
    nested = {rule for node in inner for rule in shapes.objects(node, SH.property)}
    for shape in set(shapes.subjects(SH.closed)) | set(shapes.objects(None, SH.sparql)):
        assert shapes.value(shape, SH.message), shape
    for rule in set(shapes.objects(None, SH.property)) - nested:
        owner = shapes.value(predicate=SH.property, object=rule)
        reached_by_name = (None, SH.node, owner) in shapes
        assert reached_by_name or shapes.value(rule, SH.message), shapes.value(rule, SH.path)


def test_each_event_type_is_matched_and_to_the_general_vocabularies(crosswalk):
    for name in CONTRACT_EVENT_TYPES:
        broad = {str(target) for target in crosswalk.objects(CKG[name], SKOS.broadMatch)}
        assert {ontology.SEM + "Event", ontology.SCHEMA + "Event"} <= broad


def test_only_event_types_are_matched_and_no_code_twice(crosswalk):
    matched = [(str(type_), target) for match in MATCHES for type_, target in crosswalk.subject_objects(match)]
    assert {type_.removeprefix(ontology.CKG) for type_, _ in matched} == set(CONTRACT_EVENT_TYPES)
    assert [pair for pair, count in Counter(matched).items() if count > 1] == []


def test_each_code_that_is_matched_has_scheme_notation_and_label(crosswalk):
    for target in {target for match in MATCHES for target in crosswalk.objects(None, match)}:
        scheme = crosswalk.value(target, SKOS.inScheme)
        assert (scheme, RDF.type, SKOS.ConceptScheme) in crosswalk, target
        assert crosswalk.value(target, SKOS.notation), target
        assert crosswalk.value(target, RDFS.label), target


@pytest.mark.parametrize(
    ("scheme", "top", "below"), [("plover", 16, 67), ("cameo", 20, 0), ("acled", 6, 25), ("ucdp", 3, 0)]
)
def test_each_code_list_is_whole(crosswalk, scheme, top, below):
    codes = set(crosswalk.subjects(SKOS.inScheme, rdflib.URIRef(CROSSWALK + scheme)))
    lower = {code for code in codes if crosswalk.value(code, SKOS.broader)}
    assert (len(codes - lower), len(lower)) == (top, below)
    assert len({str(crosswalk.value(code, SKOS.notation)) for code in codes}) == len(codes)


def test_a_lower_code_lies_below_one_of_its_own_list(crosswalk):
    for lower, upper in crosswalk.subject_objects(SKOS.broader):
        assert crosswalk.value(lower, SKOS.inScheme) == crosswalk.value(upper, SKOS.inScheme)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Shelling", "plover/ASSAULT-heavy-weapons"),
        ("AirStrike", "acled/Air-drone-strike"),
        ("Detention", "cameo/17"),
        ("Killing", "ucdp/3"),
        ("Negotiation", "cameo/04"),
        ("Siege", "plover/COERCE-restrict"),
    ],
)
def test_a_few_matches_that_analysts_rely_on(crosswalk, name, code):
    targets = {str(target) for match in MATCHES for target in crosswalk.objects(CKG[name], match)}
    assert CROSSWALK + code in targets
