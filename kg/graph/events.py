"""What was read out of a document as statements: entities, events, claims and casualty figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph import literals, terms
from kg.graph.iris import below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from kg.graph.evidence import Evidence, Statement
    from kg.graph.iris import DocumentIris
    from kg.records import Casualties, Claim, Document, Entity, Event, Extraction, Span, TimeSpan


def document_statements(iris: DocumentIris, document: Document) -> Iterator[Statement]:
    """The document and its publisher, who stands as unknown where no name is given."""
    node = iris.document
    yield node, terms.TYPE, terms.DOCUMENT_CLASS
    yield node, terms.TYPE, terms.NEWS_ARTICLE
    yield node, terms.VERSION, iris.graph
    yield node, terms.IDENTIFIER, literals.text(document.id)
    yield node, terms.PUBLISHED_BY, iris.publisher
    yield iris.publisher, terms.TYPE, terms.PUBLISHER
    yield iris.publisher, terms.LABEL, literals.text(document.publisher or f"unknown publisher of {document.id}")
    if document.title is not None:
        yield node, terms.HEADLINE, literals.text(document.title)
    if document.published is not None:
        yield node, terms.DATE_PUBLISHED, literals.day(document.published)
    if document.url is not None:
        yield node, terms.URL, literals.address(document.url)


def extraction_statements(iris: DocumentIris, extraction: Extraction, evidence: Evidence) -> Iterator[Statement]:
    """All entities, events and claims; an event that no claim is about gets one of the publisher."""
    for mention in extraction.mentions:
        yield iris.entity(mention.entity), terms.EVIDENCE, evidence.mention(mention)
    for entity in extraction.entities:
        yield from entity_statements(iris, entity)
    claimed = {event for claim in extraction.claims for event in claim.about}
    for event in extraction.events:
        yield from event_statements(iris, event, evidence)
        if event.id not in claimed:
            yield from own_claim_statements(iris, event, evidence)
    for claim in extraction.claims:
        yield from claim_statements(iris, claim, evidence)


def entity_statements(iris: DocumentIris, entity: Entity) -> Iterator[Statement]:
    """What an entity is and how the document calls it."""
    node = iris.entity(entity.id)
    yield node, terms.TYPE, terms.ENTITY_TYPES[entity.type]
    yield node, terms.DOCUMENT, iris.document
    yield node, terms.LABEL, literals.text(entity.label)
    if entity.subtype is not None:
        yield node, terms.SUBTYPE, terms.concept(terms.SUBTYPES, entity.subtype)
    for name in entity.names:
        if name != entity.label:
            yield node, terms.ALTERNATIVE_LABEL, literals.text(name)


def event_statements(iris: DocumentIris, event: Event, evidence: Evidence) -> Iterator[Statement]:
    """What happened, to whom, where and when, as the document tells it."""
    node = iris.event(event.id)
    yield node, terms.TYPE, terms.EVENT_REPORT
    yield node, terms.TYPE, terms.concept(terms.EVENT_TYPES, event.type)
    yield node, terms.DOCUMENT, iris.document
    yield node, terms.MODALITY, terms.concept(terms.MODALITIES, event.modality)
    for trigger in event.triggers:
        yield node, terms.EVIDENCE, evidence.at(trigger)
    yield from _participants(iris, event, evidence)
    yield from _places(iris, event)
    if event.time is not None:
        yield from _time(node, event.time, evidence)


def _participants(iris: DocumentIris, event: Event, evidence: Evidence) -> Iterator[Statement]:
    node = iris.event(event.id)
    for number, participant in enumerate(event.participants, start=1):
        role = terms.ROLES[participant.role]
        if participant.entity is not None:
            yield node, role, iris.entity(participant.entity)
        else:
            unnamed = below(node, "participant", number)
            yield node, role, unnamed
            yield unnamed, terms.TYPE, terms.UNNAMED_PARTICIPANT
            yield from _words(unnamed, participant.span, evidence)


def _places(iris: DocumentIris, event: Event) -> Iterator[Statement]:
    node = iris.event(event.id)
    for relation, place in (
        (terms.PLACE, event.place),
        (terms.ORIGIN, event.origin),
        (terms.DESTINATION, event.destination),
    ):
        if place is not None:
            yield node, relation, iris.entity(place)


def _time(node: NamedNode, time: TimeSpan, evidence: Evidence) -> Iterator[Statement]:
    """The stamps: what happens between two days neither begins nor ends before the first or after the last."""
    yield node, terms.TIME_PHRASE, evidence.at(time.span)
    yield node, terms.PRECISION, terms.concept(terms.PRECISIONS, time.precision)
    if time.earliest is not None:
        for stamp in (terms.EARLIEST, terms.EARLIEST_BEGIN, terms.EARLIEST_END):
            yield node, stamp, literals.day(time.earliest)
    if time.latest is not None:
        for stamp in (terms.LATEST, terms.LATEST_BEGIN, terms.LATEST_END):
            yield node, stamp, literals.day(time.latest)


def own_claim_statements(iris: DocumentIris, event: Event, evidence: Evidence) -> Iterator[Statement]:
    """That the publisher tells of the event in its own voice, in the sentence of the first trigger."""
    node = below(iris.event(event.id), "claim")
    stance = "announces" if event.modality == "future" else "asserts"
    yield node, terms.CLAIMANT, iris.publisher
    yield node, terms.ABOUT, iris.event(event.id)
    yield node, terms.EVIDENCE, evidence.sentence(event.triggers[0])
    yield from _claim_head(iris, node, stance)


def claim_statements(iris: DocumentIris, claim: Claim, evidence: Evidence) -> Iterator[Statement]:
    """Who says what about which events, with the casualty figures given."""
    node = iris.claim(claim.id)
    yield from _claim_head(iris, node, claim.stance)
    yield from _claimant(iris, claim, evidence)
    yield node, terms.EVIDENCE, evidence.at(claim.evidence)
    if claim.medium is not None:
        yield node, terms.MEDIUM, iris.entity(claim.medium)
    for event in claim.about:
        yield node, terms.ABOUT, iris.event(event)
    for number, figure in enumerate(claim.casualties, start=1):
        figure_node = below(node, "casualties", number)
        yield node, terms.CASUALTIES, figure_node
        yield from casualty_statements(iris, figure_node, figure, evidence)


def _claim_head(iris: DocumentIris, node: NamedNode, stance: str) -> Iterator[Statement]:
    yield node, terms.TYPE, terms.CLAIM
    yield node, terms.DOCUMENT, iris.document
    yield node, terms.STANCE, terms.concept(terms.STANCES, stance)


def _claimant(iris: DocumentIris, claim: Claim, evidence: Evidence) -> Iterator[Statement]:
    node = iris.claim(claim.id)
    if claim.claimant is not None:
        yield node, terms.CLAIMANT, iris.entity(claim.claimant)
    elif claim.claimant_span is not None:
        source = below(node, "claimant")
        yield node, terms.CLAIMANT, source
        yield source, terms.TYPE, terms.UNNAMED_SOURCE
        yield from _words(source, claim.claimant_span, evidence)
    else:
        yield node, terms.CLAIMANT, iris.publisher


def casualty_statements(
    iris: DocumentIris, node: NamedNode, figure: Casualties, evidence: Evidence
) -> Iterator[Statement]:
    """How many people came to what harm, as far as the words fix it."""
    yield node, terms.TYPE, terms.CASUALTY_FIGURE
    yield node, terms.KIND, terms.concept(terms.CASUALTY_KINDS, figure.kind)
    yield node, terms.EVIDENCE, evidence.at(figure.span)
    if figure.minimum is not None:
        yield node, terms.MINIMUM, literals.number(figure.minimum)
    if figure.maximum is not None:
        yield node, terms.MAXIMUM, literals.number(figure.maximum)
    if figure.event is not None:
        yield node, terms.EVENT, iris.event(figure.event)
    if figure.group is not None:
        group = below(node, "group")
        yield node, terms.GROUP, group
        yield group, terms.TYPE, terms.GROUP_CLASS
        yield from _words(group, figure.group, evidence)


def _words(node: NamedNode, span: Span, evidence: Evidence) -> Iterator[Statement]:
    """The label and evidence of something that has no name: the words used for it."""
    yield node, terms.LABEL, literals.text(span.text)
    yield node, terms.EVIDENCE, evidence.at(span)
