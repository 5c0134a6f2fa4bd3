"""The terms that the graph is written in, as nodes; a test holds them against `ontology/conflict.ttl`."""

from __future__ import annotations

from typing import get_args

from pyoxigraph import NamedNode

import ontology
from kg.errors import ValidationFailed
from kg.records import EntityType, Role


def _ckg(name: str) -> NamedNode:
    return NamedNode(ontology.CKG + name)


TYPE = NamedNode(ontology.RDF + "type")
LABEL = NamedNode(ontology.RDFS + "label")
IDENTIFIER = NamedNode(ontology.DCTERMS + "identifier")
ALTERNATIVE_LABEL = NamedNode(ontology.SKOS + "altLabel")
EXACT_MATCH = NamedNode(ontology.SKOS + "exactMatch")

NEWS_ARTICLE = NamedNode(ontology.SCHEMA + "NewsArticle")
HEADLINE = NamedNode(ontology.SCHEMA + "headline")
PUBLISHED_BY = NamedNode(ontology.SCHEMA + "publisher")
DATE_PUBLISHED = NamedNode(ontology.SCHEMA + "datePublished")
URL = NamedNode(ontology.SCHEMA + "url")

CONTEXT = NamedNode(ontology.NIF + "Context")
OFFSET_STRING = NamedNode(ontology.NIF + "OffsetBasedString")
SENTENCE_STRING = NamedNode(ontology.NIF + "Sentence")
IS_STRING = NamedNode(ontology.NIF + "isString")
BEGIN_INDEX = NamedNode(ontology.NIF + "beginIndex")
END_INDEX = NamedNode(ontology.NIF + "endIndex")
ANCHOR_OF = NamedNode(ontology.NIF + "anchorOf")
REFERENCE_CONTEXT = NamedNode(ontology.NIF + "referenceContext")
SENTENCE = NamedNode(ontology.NIF + "sentence")

EARLIEST_BEGIN = NamedNode(ontology.SEM + "hasEarliestBeginTimeStamp")
LATEST_BEGIN = NamedNode(ontology.SEM + "hasLatestBeginTimeStamp")
EARLIEST_END = NamedNode(ontology.SEM + "hasEarliestEndTimeStamp")
LATEST_END = NamedNode(ontology.SEM + "hasLatestEndTimeStamp")

HAS_GEOMETRY = NamedNode(ontology.GEO + "hasGeometry")
AS_WKT = NamedNode(ontology.GEO + "asWKT")
WKT_LITERAL = NamedNode(ontology.GEO + "wktLiteral")

ACTIVITY = NamedNode(ontology.PROV + "Activity")
USED = NamedNode(ontology.PROV + "used")
WAS_GENERATED_BY = NamedNode(ontology.PROV + "wasGeneratedBy")

INTEGER = NamedNode(ontology.XSD + "integer")
DECIMAL = NamedNode(ontology.XSD + "decimal")
DATE = NamedNode(ontology.XSD + "date")
ANY_URI = NamedNode(ontology.XSD + "anyURI")

DOCUMENT_CLASS = _ckg("Document")
DOCUMENT_GRAPH = _ckg("DocumentGraph")
PUBLISHER = _ckg("Publisher")
MENTION = _ckg("Mention")
THING_CLASS = _ckg("Thing")
LINK_CLASS = _ckg("Link")
CANDIDATE_CLASS = _ckg("Candidate")
EVENT_REPORT = _ckg("EventReport")
UNNAMED_PARTICIPANT = _ckg("UnnamedParticipant")
UNNAMED_SOURCE = _ckg("UnnamedSource")
CLAIM = _ckg("Claim")
CASUALTY_FIGURE = _ckg("CasualtyFigure")
GROUP_CLASS = _ckg("Group")
RUN = _ckg("Run")

DOCUMENT = _ckg("document")
VERSION = _ckg("version")
EVIDENCE = _ckg("evidence")
MENTION_KIND = _ckg("mentionKind")
SUBTYPE = _ckg("subtype")
THING = _ckg("thing")
LINK = _ckg("link")
CANDIDATE = _ckg("candidate")
ITEM = _ckg("item")
SCORE = _ckg("score")
METHOD = _ckg("method")
COUNTRY = _ckg("country")
PLACE = _ckg("place")
ORIGIN = _ckg("origin")
DESTINATION = _ckg("destination")
EARLIEST = _ckg("earliest")
LATEST = _ckg("latest")
TIME_PHRASE = _ckg("timePhrase")
PRECISION = _ckg("precision")
MODALITY = _ckg("modality")
CLAIMANT = _ckg("claimant")
MEDIUM = _ckg("medium")
ABOUT = _ckg("about")
STANCE = _ckg("stance")
CASUALTIES = _ckg("casualties")
KIND = _ckg("kind")
MINIMUM = _ckg("minimum")
MAXIMUM = _ckg("maximum")
GROUP = _ckg("group")
EVENT = _ckg("event")
TOOL_VERSION = _ckg("toolVersion")
MODEL_HASH = _ckg("modelHash")
CONFIGURATION_HASH = _ckg("configurationHash")
INPUT_HASH = _ckg("inputHash")

ENTITY_TYPES = {name: _ckg(name) for name in get_args(EntityType)}
ROLES = {name: _ckg(name) for name in get_args(Role)}

EVENT_TYPES = "eventTypes"
SUBTYPES = "subtypes"
STANCES = "stances"
MODALITIES = "modalities"
PRECISIONS = "precisions"
MENTION_KINDS = "mentionKinds"
CASUALTY_KINDS = "casualtyKinds"
SCHEMES = (EVENT_TYPES, SUBTYPES, STANCES, MODALITIES, PRECISIONS, MENTION_KINDS, CASUALTY_KINDS)

_CONCEPTS = {
    scheme: {notation: NamedNode(iri) for notation, iri in ontology.concepts(scheme).items()} for scheme in SCHEMES
}


def concept(scheme: str, notation: str) -> NamedNode:
    """The node of a scheme's concept that the records call `notation`; raises ValidationFailed for an unknown one."""
    try:
        return _CONCEPTS[scheme][notation]
    except KeyError:
        known = ", ".join(sorted(_CONCEPTS[scheme]))
        raise ValidationFailed(
            f"{notation!r} is not among the ontology's {scheme}", place=scheme, remedy=f"Use one of {known}"
        ) from None
