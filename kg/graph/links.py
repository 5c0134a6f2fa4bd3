"""Which thing an entity is taken to be: statements of the links graph, which a new linking can replace alone.

Cross-document identity is the edge `ckg:thing` and nothing else: to drop it is to undo a merge. A triple that
stands in two graphs gives two rows in the union default graph of Oxigraph, so what documents share, the things,
stands in this one graph, and what is said of a thing depends on the thing alone wherever the authority gives it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

import ontology
from kg.graph import literals, terms
from kg.graph.iris import below, document_iris, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.evidence import Statement
    from kg.graph.iris import DocumentIris, GraphSettings
    from kg.records import Candidate, Document, Entity, Extraction, Link


def link_quads(extraction: Extraction, settings: GraphSettings) -> list[Quad]:
    """What the links graph says of one document's entities and publisher, and of the things that they are."""
    iris = document_iris(extraction.document, settings)
    statements = list(_publisher(iris, extraction.document, settings))
    for entity in extraction.entities:
        statements.extend(_entity(iris, entity, settings))
    return [Quad(*statement, settings.links_graph) for statement in statements]


def _publisher(iris: DocumentIris, document: Document, settings: GraphSettings) -> Iterator[Statement]:
    if document.publisher:
        thing = settings.named_thing("publisher", document.publisher)
        yield iris.publisher, terms.THING, thing
        yield thing, terms.TYPE, terms.THING_CLASS
        yield thing, terms.LABEL, literals.text(_single_spaced(document.publisher))


def _entity(iris: DocumentIris, entity: Entity, settings: GraphSettings) -> Iterator[Statement]:
    node, link = iris.entity(entity.id), entity.link
    if link is None or link.wikidata is None:
        yield from _unlinked(node, entity, settings)
    else:
        yield from _linked(node, entity, link, link.wikidata, settings)
    if link is not None:
        yield from _decision(node, link)


def _unlinked(node: NamedNode, entity: Entity, settings: GraphSettings) -> Iterator[Statement]:
    thing = settings.named_thing(entity.type, entity.label)
    yield node, terms.THING, thing
    yield thing, terms.TYPE, terms.THING_CLASS
    yield thing, terms.LABEL, literals.text(_single_spaced(entity.label))


def _linked(node: NamedNode, entity: Entity, link: Link, wikidata: str, settings: GraphSettings) -> Iterator[Statement]:
    thing, item = settings.item_thing(wikidata), _item(wikidata)
    yield node, terms.THING, thing
    yield node, terms.EXACT_MATCH, item
    yield thing, terms.TYPE, terms.THING_CLASS
    yield thing, terms.EXACT_MATCH, item
    yield thing, terms.LABEL, literals.text(link.label or _single_spaced(entity.label))
    if link.country is not None:
        yield thing, terms.COUNTRY, literals.text(link.country)
    if link.latitude is not None and link.longitude is not None:
        geometry = below(thing, "geometry")
        yield thing, terms.HAS_GEOMETRY, geometry
        yield geometry, terms.AS_WKT, literals.point(link.longitude, link.latitude)


def _decision(node: NamedNode, link: Link) -> Iterator[Statement]:
    decision = below(node, "link")
    yield node, terms.LINK, decision
    yield decision, terms.TYPE, terms.LINK_CLASS
    yield decision, terms.METHOD, literals.text(link.method)
    if link.score is not None:
        yield decision, terms.SCORE, literals.decimal(link.score)
    for number, candidate in enumerate(link.rejected, start=1):
        rejected = below(decision, number)
        yield decision, terms.CANDIDATE, rejected
        yield from _candidate(rejected, candidate)


def _candidate(node: NamedNode, candidate: Candidate) -> Iterator[Statement]:
    yield node, terms.TYPE, terms.CANDIDATE_CLASS
    yield node, terms.ITEM, _item(candidate.wikidata)
    yield node, terms.LABEL, literals.text(candidate.label)
    yield node, terms.SCORE, literals.decimal(candidate.score)


def _item(wikidata: str) -> NamedNode:
    return NamedNode(ontology.WD + encoded(wikidata))


def _single_spaced(label: str) -> str:
    return " ".join(label.split())
