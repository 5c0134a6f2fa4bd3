"""The shapes pass what the project makes and catch each kind of breach, told so that a person finds it."""

from dataclasses import replace

import pytest
from graph_examples import DOCUMENT, EXTRACTION, RUN, SETTINGS, bare
from pyoxigraph import Literal, NamedNode, Quad, Store

import ontology
from kg.graph import catalogue_quads, document_iris, document_quads, link_quads, ontology_quads, terms
from kg.graph.validation import Report, Violation, document_graphs, graph_violations, shortened, validate

IRIS = document_iris(DOCUMENT, SETTINGS)
LINKS = SETTINGS.links_graph
GRAPH = IRIS.graph
EVENT, CLAIM, ENTITY = IRIS.event("v1"), IRIS.claim("c1"), IRIS.entity("e1")
FIGURE = NamedNode(CLAIM.value + "/casualties/1")
GROUP = NamedNode(FIGURE.value + "/group")
LINK = NamedNode(ENTITY.value + "/link")
THING = NamedNode("https://kg.example/thing/Q101")
GEOMETRY = NamedNode(THING.value + "/geometry")
SPAN = IRIS.span(12, 17)
ELSEWHERE = NamedNode("https://elsewhere.example/x")
EVERYTHING = (
    *document_quads(EXTRACTION, SETTINGS, RUN),
    *link_quads(EXTRACTION, SETTINGS),
    *catalogue_quads(DOCUMENT, SETTINGS),
)


def ckg(name):
    return NamedNode(ontology.CKG + name)


def typed(value, name):
    return Literal(value, datatype=NamedNode(ontology.XSD + name))


def without(subject, predicate):
    return [quad for quad in EVERYTHING if (quad.subject, quad.predicate) != (subject, predicate)]


def instead(subject, predicate, *objects, graph=GRAPH):
    return [*without(subject, predicate), *(Quad(subject, predicate, object_, graph) for object_ in objects)]


def beside(subject, predicate, *objects, graph=GRAPH):
    return [*EVERYTHING, *(Quad(subject, predicate, object_, graph) for object_ in objects)]


def messages_at(quads, node):
    return {violation.message for violation in validate(quads, SETTINGS).violations if violation.node == node.value}


def test_the_example_conforms():
    report = validate(EVERYTHING, SETTINGS)
    assert report == Report(1, ())
    assert report.conforms
    assert str(report) == "1 document graphs, 0 violations"


def test_a_document_without_links_and_catalogue_conforms():
    assert validate(document_quads(EXTRACTION, SETTINGS, RUN), SETTINGS).conforms


def test_a_document_of_which_nothing_was_read_conforms():
    document = replace(DOCUMENT, title=None, publisher=None, url=None, published=None)
    assert validate(document_quads(bare(document), SETTINGS, RUN), SETTINGS).conforms


def test_a_store_with_the_ontology_beside_it_conforms():
    store = Store()
    store.extend([*EVERYTHING, *ontology_quads(SETTINGS)])
    assert validate(store, SETTINGS) == Report(1, ())


def test_text_that_is_not_plain_ascii_conforms():
    words = "\u202e\U0001f600 \u041a\u0438\u0457\u0432 \x01\ud800 \"\\\n'"
    assert validate(document_quads(bare(replace(DOCUMENT, text=words)), SETTINGS, RUN), SETTINGS).conforms


BREACHES = {
    "claim without claimant": (
        without(CLAIM, terms.CLAIMANT), CLAIM,
        "A claim has exactly one claimant: an entity, an unnamed source or the publisher.",
    ),
    "claim of two claimants": (
        beside(CLAIM, terms.CLAIMANT, IRIS.publisher), CLAIM,
        "A claim has exactly one claimant: an entity, an unnamed source or the publisher.",
    ),
    "claim of a claimant that is not there": (
        instead(CLAIM, terms.CLAIMANT, ELSEWHERE), CLAIM,
        "A claim has exactly one claimant: an entity, an unnamed source or the publisher.",
    ),
    "claim without stance": (without(CLAIM, terms.STANCE), CLAIM, "A claim has exactly one stance."),
    "claim with a stance of no scheme": (
        instead(CLAIM, terms.STANCE, ckg("shouts")), CLAIM, "A claim has exactly one stance.",
    ),
    "claim without evidence": (without(CLAIM, terms.EVIDENCE), CLAIM, "A claim has evidence."),
    "claim about something that is no event": (
        beside(CLAIM, terms.ABOUT, ENTITY), CLAIM, "A claim is about events.",
    ),
    "claim about nothing": (
        without(IRIS.claim("c2"), terms.ABOUT), IRIS.claim("c2"),
        "A claim is about an event or gives a casualty figure.",
    ),
    "event that no claim is about": (
        without(NamedNode(IRIS.event("v2").value + "/claim"), terms.ABOUT), IRIS.event("v2"),
        "No event is unattributed: at least one claim is about it.",
    ),
    "event of two types": (
        beside(EVENT, terms.TYPE, ckg("Battle")), EVENT,
        "An event is a ckg:EventReport and of exactly one event type.",
    ),
    "event of no type": (
        [q for q in EVERYTHING if q.object != ckg("Shelling")], EVENT,
        "An event is a ckg:EventReport and of exactly one event type.",
    ),
    "event without trigger": (without(EVENT, terms.EVIDENCE), EVENT, "An event has at least one trigger."),
    "event without modality": (without(EVENT, terms.MODALITY), EVENT, "An event has exactly one modality."),
    "event at two places": (
        beside(EVENT, terms.PLACE, IRIS.entity("e3")), EVENT, "An event has at most one place, an entity.",
    ),
    "casualties on an event": (
        beside(EVENT, terms.CASUALTIES, FIGURE), EVENT,
        "An event has a property that events do not have; casualties hang on claims.",
    ),
    "victim that is not described": (
        beside(EVENT, ckg("victim"), ELSEWHERE), EVENT, "A victim is an entity or an unnamed participant.",
    ),
    "property of no vocabulary": (
        beside(EVENT, NamedNode("https://elsewhere.example/colour"), Literal("red")), EVENT,
        "An event has a property that events do not have; casualties hang on claims.",
    ),
    "earliest day after the latest": (
        instead(EVENT, terms.EARLIEST, typed("2031-03-09", "date")), EVENT,
        "The earliest day is one xsd:date and not after the latest.",
    ),
    "day that is a string": (
        instead(EVENT, terms.LATEST, Literal("2031-03-03")), EVENT, "The latest day is one xsd:date.",
    ),
    "stamp that differs from the day": (
        instead(EVENT, terms.LATEST_END, typed("2031-03-04", "date")), EVENT, "The latest end is the latest day.",
    ),
    "day without words": (
        without(EVENT, terms.TIME_PHRASE), EVENT, "A day or a precision without the words that say when.",
    ),
    "figure without kind": (
        without(FIGURE, terms.KIND), FIGURE, "A casualty figure has exactly one kind of harm.",
    ),
    "figure below zero": (
        instead(FIGURE, terms.MINIMUM, typed("-1", "integer")), FIGURE,
        "The minimum is one number, not below 0 and not above the maximum.",
    ),
    "minimum above the maximum": (
        beside(FIGURE, terms.MAXIMUM, typed("2", "integer")), FIGURE,
        "The minimum is one number, not below 0 and not above the maximum.",
    ),
    "figure of no claim": (
        without(CLAIM, terms.CASUALTIES), FIGURE, "A casualty figure hangs on exactly one claim.",
    ),
    "figure of two claims": (
        beside(IRIS.claim("c2"), terms.CASUALTIES, FIGURE), FIGURE, "A casualty figure hangs on exactly one claim.",
    ),
    "group without words": (
        without(GROUP, terms.EVIDENCE), GROUP, "Something without a name has exactly one piece of evidence.",
    ),
    "words that the text does not have": (
        instead(SPAN, terms.ANCHOR_OF, Literal("velen")), IRIS.text,
        "The text does not have these words at these offsets.",
    ),
    "span shifted by one": (
        instead(SPAN, terms.BEGIN_INDEX, typed("13", "integer")), IRIS.text,
        "The text does not have these words at these offsets.",
    ),
    "span that ends before it begins": (
        instead(SPAN, terms.END_INDEX, typed("3", "integer")), SPAN,
        "A span begins once, not before 0, and before it ends.",
    ),
    "span before the text": (
        instead(SPAN, terms.BEGIN_INDEX, typed("-1", "integer")), SPAN,
        "A span begins once, not before 0, and before it ends.",
    ),
    "span in another's sentence": (
        instead(SPAN, terms.SENTENCE, IRIS.span(114, 141)), IRIS.text,
        "The sentence of these words does not hold them.",
    ),
    "span without sentence": (without(SPAN, terms.SENTENCE), SPAN, "A span stands in exactly one sentence."),
    "evidence that is not described": (
        beside(EVENT, terms.EVIDENCE, ELSEWHERE), ELSEWHERE,
        "Evidence is a nif:OffsetBasedString, and may be a sentence or a mention.",
    ),
    "text that is cut": (
        instead(IRIS.text, terms.END_INDEX, typed("140", "integer")), IRIS.text,
        "The end of the text is not its length.",
    ),
    "text without string": (without(IRIS.text, terms.IS_STRING), IRIS.text, "A text has exactly one string."),
    "mention of nothing": (
        without(IRIS.entity("e2"), terms.EVIDENCE), IRIS.span(63, 70), "A mention is evidence of an entity.",
    ),
    "entity without mention": (
        without(ENTITY, terms.EVIDENCE), ENTITY,
        "An entity has at least one mention, and all its evidence is mentions.",
    ),
    "entity of two classes": (
        beside(ENTITY, terms.TYPE, ckg("Person")), ENTITY,
        "An entity is a person, an organisation or a place, and one of them only.",
    ),
    "subtype of another class": (
        instead(ENTITY, terms.SUBTYPE, ckg("MediaOutlet")), ENTITY, "The subtype is not one of places.",
    ),
    "subtype of a person": (
        beside(IRIS.entity("e2"), terms.SUBTYPE, ckg("ArmedGroup")), IRIS.entity("e2"), "A person has no subtype.",
    ),
    "entity merged by owl:sameAs": (
        beside(ENTITY, NamedNode(ontology.OWL + "sameAs"), ELSEWHERE), ENTITY,
        "Nothing is merged by owl:sameAs: identity is ckg:thing and skos:exactMatch.",
    ),
    "entity that is two things": (
        beside(ENTITY, terms.THING, NamedNode("https://kg.example/thing/Q9"), graph=LINKS), ENTITY,
        "An entity is at most one thing.",
    ),
    "match without score": (
        without(LINK, terms.SCORE), ENTITY,
        "An entity that matches a Wikidata item has a link with a score, and is a thing.",
    ),
    "match to something else than an item": (
        instead(ENTITY, terms.EXACT_MATCH, ELSEWHERE, graph=LINKS), ENTITY,
        "An entity matches at most one item, a Wikidata one.",
    ),
    "score above one": (
        instead(LINK, terms.SCORE, typed("1.5", "decimal"), graph=LINKS), LINK,
        "A link has at most one score, from 0 to 1.",
    ),
    "link without method": (without(LINK, terms.METHOD), LINK, "A link has exactly one method."),
    "candidate without item": (
        without(NamedNode(LINK.value + "/1"), terms.ITEM), NamedNode(LINK.value + "/1"),
        "A candidate is exactly one Wikidata item.",
    ),
    "thing without label": (without(THING, terms.LABEL), THING, "A thing has a label."),
    "thing with a class of entities": (
        beside(THING, terms.TYPE, ckg("Group"), graph=LINKS), THING, "A thing is a ckg:Thing and nothing else.",
    ),
    "country by its name": (
        instead(THING, terms.COUNTRY, Literal("Toria"), graph=LINKS), THING,
        "A thing has at most one country, two capital letters of ISO 3166-1.",
    ),
    "geometry that is no point": (
        instead(GEOMETRY, terms.AS_WKT, Literal("36,50", datatype=terms.WKT_LITERAL), graph=LINKS), GEOMETRY,
        "A geometry is exactly one point in well-known text.",
    ),
    "graph without run": (
        without(GRAPH, terms.WAS_GENERATED_BY), GRAPH, "A document graph was made by exactly one run.",
    ),
    "run without tool version": (
        without(IRIS.run, terms.TOOL_VERSION), IRIS.run, "A run has exactly one tool version.",
    ),
    "run whose input hash is none": (
        instead(IRIS.run, terms.INPUT_HASH, Literal("abc")), IRIS.run,
        "A run has exactly one input hash, a SHA-256 in hexadecimal.",
    ),
    "document without publisher": (
        without(IRIS.document, terms.PUBLISHED_BY), IRIS.document, "A document has exactly one publisher.",
    ),
    "publisher without label": (
        without(IRIS.publisher, terms.LABEL), IRIS.publisher, "A publisher has exactly one label.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BREACHES)
def test_each_breach_is_caught_at_its_node(name):
    quads, node, message = BREACHES[name]
    assert message in messages_at(quads, node)


def test_one_breach_is_told_once_with_graph_rule_value_and_message():
    (violation,) = validate(instead(CLAIM, terms.STANCE, ckg("shouts")), SETTINGS).violations
    assert violation == Violation(
        graph=GRAPH.value,
        node=CLAIM.value,
        rule="ckg:stance sh:InConstraintComponent",
        value=ontology.CKG + "shouts",
        message="A claim has exactly one stance.",
    )


def test_the_report_says_which_node_which_rule_which_value_and_what_is_asked():
    report = validate(instead(CLAIM, terms.STANCE, ckg("shouts")), SETTINGS)
    assert str(report) == (
        "1 document graphs, 1 violations\n"
        "\n"
        f"{GRAPH.value}\n"
        "  https://kg.example/document/velen-1/claim/c1\n"
        "      A claim has exactly one stance.\n"
        "      rule: ckg:stance sh:InConstraintComponent\n"
        "      value: ckg:shouts"
    )


def test_the_words_that_are_not_at_their_offsets_are_the_value():
    (violation,) = validate(instead(SPAN, terms.ANCHOR_OF, Literal("velen")), SETTINGS).violations
    assert violation.value == SPAN.value


def test_violations_come_in_the_same_order_every_time():
    quads = [quad for quad in EVERYTHING if quad.predicate not in (terms.STANCE, terms.MODALITY, terms.KIND)]
    assert validate(quads, SETTINGS) == validate(list(reversed(quads)), SETTINGS)


def test_a_breach_in_one_document_is_told_of_that_one_alone():
    other = replace(EXTRACTION, document=replace(DOCUMENT, id="velen-2"))
    quads = [*without(CLAIM, terms.STANCE), *document_quads(other, SETTINGS, RUN), *link_quads(other, SETTINGS)]
    quads.extend(catalogue_quads(other.document, SETTINGS))
    report = validate(quads, SETTINGS)
    assert report.documents == 2
    assert {violation.graph for violation in report.violations} == {GRAPH.value}


def test_document_graphs_are_told_from_the_others():
    store = Store()
    store.extend([*EVERYTHING, *ontology_quads(SETTINGS)])
    assert document_graphs(store) == {GRAPH}
    assert graph_violations(store, GRAPH, SETTINGS) == []


def test_a_graph_that_the_catalogue_lacks_is_told():
    other = replace(EXTRACTION, document=replace(DOCUMENT, id="velen-2"))
    quads = [*EVERYTHING, *document_quads(other, SETTINGS, RUN)]
    graph = document_iris(other.document, SETTINGS).graph
    assert messages_at(quads, graph) == {"The catalogue gives 0 documents for a document graph, which is of one."}


def test_a_graph_that_the_catalogue_gives_two_documents_is_told():
    quads = beside(GRAPH, terms.DOCUMENT, ELSEWHERE, graph=SETTINGS.catalogue_graph)
    assert messages_at(quads, GRAPH) == {"The catalogue gives 2 documents for a document graph, which is of one."}


def test_a_graph_of_the_catalogue_that_is_not_there_is_told():
    gone = replace(DOCUMENT, id="gone")
    quads = [*EVERYTHING, *catalogue_quads(gone, SETTINGS)]
    graph = document_iris(gone, SETTINGS).graph
    assert messages_at(quads, graph) == {"The catalogue lists a document graph that is not there."}


def test_nothing_conforms():
    assert validate([], SETTINGS) == Report(0, ())


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (ontology.CKG + "about", "ckg:about"),
        (ontology.SEM + "hasActor", "sem:hasActor"),
        ("http://www.w3.org/ns/shacl#in", "sh:in"),
        ("https://elsewhere.example/x", "https://elsewhere.example/x"),
        ("", ""),
    ],
)
def test_known_namespaces_are_shortened(iri, short):
    assert shortened(iri) == short
