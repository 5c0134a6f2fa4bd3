"""What the graph's terms mean: the namespaces, the paths of the Turtle files, and the terms read from them.

The files are data without logic: `conflict.ttl` defines the terms, `crosswalk.ttl` matches the event types to
other code lists, `shapes.ttl` says in SHACL what a valid graph is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent
CONFLICT = FOLDER / "conflict.ttl"
CROSSWALK = FOLDER / "crosswalk.ttl"
SHAPES = FOLDER / "shapes.ttl"
FILES = (CONFLICT, CROSSWALK, SHAPES)

CKG = "https://w3id.org/conflict-kg/ontology#"
DCTERMS = "http://purl.org/dc/terms/"
GEO = "http://www.opengis.net/ont/geosparql#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
WD = "http://www.wikidata.org/entity/"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "ckg": CKG,
        "dcterms": DCTERMS,
        "geo": GEO,
        "nif": NIF,
        "owl": OWL,
        "prov": PROV,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "sem": SEM,
        "skos": SKOS,
        "wd": WD,
        "xsd": XSD,
    }
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of `conflict.ttl`: `scheme` is the local name of its SKOS scheme, `notation` the records' word for it."""

    name: str
    types: tuple[str, ...]
    label: str
    definition: str
    scheme: str | None = None
    notation: str | None = None

    @property
    def iri(self) -> str:
        """The term's full IRI."""
        return CKG + self.name


@cache
def load_terms() -> Mapping[str, Term]:
    """Every term of the ontology by its local name, in the order of the names."""
    described: dict[str, dict[str, list[str]]] = {}
    for statement in parse(path=CONFLICT, format=RdfFormat.TURTLE):
        subject, predicate, object_ = _plain(statement)
        if subject.startswith(CKG):
            described.setdefault(subject.removeprefix(CKG), {}).setdefault(predicate, []).append(object_)
    return MappingProxyType({name: _term(name, described[name]) for name in sorted(described)})


@cache
def concepts(scheme: str) -> Mapping[str, str]:
    """The IRIs of a scheme's concepts by notation, the records' word for them.

    Raises KeyError for a scheme that the ontology does not have.
    """
    found = {term.notation: term.iri for term in load_terms().values() if term.scheme == scheme and term.notation}
    if not found:
        raise KeyError(scheme)
    return MappingProxyType(found)


def _plain(statement: Quad) -> tuple[str, str, str]:
    """The values of a statement's terms; the file holds neither blank nodes nor triple terms."""
    assert isinstance(statement.subject, NamedNode)
    assert isinstance(statement.object, NamedNode | Literal)
    return statement.subject.value, statement.predicate.value, statement.object.value


def _term(name: str, described: Mapping[str, list[str]]) -> Term:
    def first(predicate: str) -> str | None:
        return next(iter(described.get(predicate, ())), None)

    scheme = first(SKOS + "inScheme")
    return Term(
        name=name,
        types=tuple(described[RDF + "type"]),
        label=described[RDFS + "label"][0],
        definition=described[SKOS + "definition"][0],
        scheme=scheme and scheme.removeprefix(CKG),
        notation=first(SKOS + "notation"),
    )
