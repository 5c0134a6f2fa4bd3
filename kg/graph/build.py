"""An extraction as the quads of its document graph, and the two graphs beside those of the documents."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, parse

import ontology
from kg.graph import terms
from kg.graph.events import document_statements, extraction_statements
from kg.graph.evidence import Evidence, check_names
from kg.graph.iris import document_iris
from kg.graph.provenance import run_statements
from kg.graph.references import check_references

if TYPE_CHECKING:
    from kg.graph.iris import GraphSettings
    from kg.graph.provenance import Run
    from kg.records import Document, Extraction


def document_quads(extraction: Extraction, settings: GraphSettings, run: Run) -> list[Quad]:
    """The named graph of one document version, without blank nodes, each quad once.

    Raises EvidenceError where a span's words or an entity's name are not in the text as stated, and
    ValidationFailed where an id or a word of a closed list is unknown or an id is given twice.
    """
    check_references(extraction)
    check_names(extraction)
    iris = document_iris(extraction.document, settings)
    evidence = Evidence(iris, extraction)
    statements = chain(
        document_statements(iris, extraction.document),
        run_statements(iris, run),
        extraction_statements(iris, extraction, evidence),
        evidence.statements(),
    )
    return [Quad(*statement, iris.graph) for statement in dict.fromkeys(statements)]


def catalogue_quads(document: Document, settings: GraphSettings) -> list[Quad]:
    """The document's lines in the graph that lists all document graphs."""
    iris = document_iris(document, settings)
    return [
        Quad(iris.graph, terms.TYPE, terms.DOCUMENT_GRAPH, settings.catalogue_graph),
        Quad(iris.graph, terms.DOCUMENT, iris.document, settings.catalogue_graph),
    ]


def ontology_quads(settings: GraphSettings) -> list[Quad]:
    """The ontology and its crosswalk, in a graph of their own, so that labels can be asked for."""
    files = (parse(path=path, format=RdfFormat.TURTLE) for path in (ontology.CONFLICT, ontology.CROSSWALK))
    return [Quad(q.subject, q.predicate, q.object, settings.ontology_graph) for q in chain.from_iterable(files)]
