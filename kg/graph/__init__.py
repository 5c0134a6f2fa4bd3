"""Graph: an extraction as quads, one named graph for each document version, and the check that graphs are valid."""

from __future__ import annotations

from kg.graph.build import catalogue_quads, document_quads, ontology_quads
from kg.graph.canonical import canonical
from kg.graph.evidence import Coverage, coverage
from kg.graph.iris import DEFAULT_BASE, DocumentIris, GraphSettings, document_iris
from kg.graph.links import link_quads
from kg.graph.provenance import Run, configuration_hash

__all__ = [
    "DEFAULT_BASE",
    "Coverage",
    "DocumentIris",
    "GraphSettings",
    "Run",
    "canonical",
    "catalogue_quads",
    "configuration_hash",
    "coverage",
    "document_iris",
    "document_quads",
    "link_quads",
    "ontology_quads",
]
