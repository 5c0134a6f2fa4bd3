"""Whether graphs keep to the shapes of the ontology: SHACL by pySHACL, one document at a time, told for a person.

Each document graph is checked together with what the links graph says of its entities, so the time grows with the
number of documents only. The catalogue is checked against the document graphs that are there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store
from rdflib.namespace import RDF, SH

import ontology
from kg.graph import terms
from kg.graph.iris import GraphSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

OWNED = (terms.THING, terms.LINK, terms.CANDIDATE, terms.HAS_GEOMETRY)


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One breach: in which graph, at which node, of which rule, by which value, and what the rule asks."""

    graph: str
    node: str
    rule: str
    value: str
    message: str

    def __str__(self) -> str:
        value = f"\n    value: {shortened(self.value)}" if self.value else ""
        return f"{shortened(self.node)}\n    {self.message}\n    rule: {shortened(self.rule)}{value}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found; `documents` counts the graphs that it went through."""

    documents: int
    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing was found."""
        return not self.violations

    def __str__(self) -> str:
        head = f"{self.documents} document graphs, {len(self.violations)} violations"
        return "\n".join([head, *self._parts()])

    def _parts(self) -> Iterator[str]:
        for graph, violations in groupby(sorted(self.violations), key=lambda violation: violation.graph):
            yield f"\n{graph}"
            yield from (f"  {str(violation).replace(chr(10), chr(10) + '  ')}" for violation in violations)


def validate(quads: Iterable[Quad] | Store, settings: GraphSettings | None = None) -> Report:
    """Check every document graph among the quads, and the catalogue where there is one."""
    store = quads if isinstance(quads, Store) else _stored(quads)
    settings = settings or GraphSettings()
    graphs = sorted(document_graphs(store), key=str)
    found = [violation for graph in graphs for violation in graph_violations(store, graph, settings)]
    found.extend(_catalogue_violations(store, graphs, settings))
    return Report(len(graphs), tuple(found))


def document_graphs(store: Store) -> set[NamedNode]:
    """The named graphs that documents stand in: those with a document, a text or words of one."""
    kinds = (terms.DOCUMENT_CLASS, terms.CONTEXT, terms.EVENT_REPORT, terms.CLAIM)
    typed = (quad for kind in kinds for quad in store.quads_for_pattern(None, terms.TYPE, kind, None))
    return {quad.graph_name for quad in typed if isinstance(quad.graph_name, NamedNode)}


def graph_violations(store: Store, graph: NamedNode, settings: GraphSettings) -> list[Violation]:
    """What is wrong with one document graph and with the links of its entities, in order."""
    data = rdflib.Graph()
    for quad in _with_links(store, graph, settings.links_graph):
        data.add((_to_rdflib(quad.subject), _to_rdflib(quad.predicate), _to_rdflib(quad.object)))
    conforms, results, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True)
    if conforms:
        return []
    assert isinstance(results, rdflib.Graph)
    return sorted(_violation(results, node, graph) for node in results.subjects(RDF.type, SH.ValidationResult))


def shortened(iri: str) -> str:
    """An IRI of a known namespace with its prefix, any other as it is."""
    for prefix, namespace in (*ontology.PREFIXES.items(), ("sh", str(SH))):
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _stored(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def _with_links(store: Store, graph: NamedNode, links: NamedNode) -> Iterator[Quad]:
    subjects = set()
    for quad in store.quads_for_pattern(None, None, None, graph):
        subjects.add(quad.subject)
        yield quad
    yield from _described(store, subjects, links)


def _described(store: Store, subjects: set[NamedNode | BlankNode | Triple], links: NamedNode) -> Iterator[Quad]:
    """What the links graph says of the subjects, and of the nodes that it leads on to."""
    waiting, seen = list(subjects), set(subjects)
    while waiting:
        for quad in store.quads_for_pattern(waiting.pop(), None, None, links):
            yield quad
            if quad.predicate in OWNED and not isinstance(quad.object, Literal) and quad.object not in seen:
                seen.add(quad.object)
                waiting.append(quad.object)


def _catalogue_violations(store: Store, graphs: list[NamedNode], settings: GraphSettings) -> Iterator[Violation]:
    catalogue = settings.catalogue_graph
    listed: dict[str, int] = defaultdict(int)
    for quad in store.quads_for_pattern(None, terms.DOCUMENT, None, catalogue):
        listed[_value(quad.subject)] += 1
    if not listed:
        return
    present = {graph.value for graph in graphs}
    for graph in sorted(present | set(listed)):
        if message := _catalogue_fault(graph in present, listed[graph]):
            yield Violation(catalogue.value, graph, "catalogue", "", message)


def _catalogue_fault(is_present: bool, times_listed: int) -> str | None:
    if not is_present:
        return "The catalogue lists a document graph that is not there."
    if times_listed != 1:
        return f"The catalogue gives {times_listed} documents for a document graph, which is of one."
    return None


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology.SHAPES, format="turtle")


def _violation(results: rdflib.Graph, node: rdflib.term.Node, graph: NamedNode) -> Violation:
    def told(predicate: rdflib.URIRef) -> str:
        value = results.value(node, predicate)
        return "" if value is None else str(value)

    rule = told(SH.resultPath) if isinstance(results.value(node, SH.resultPath), rdflib.URIRef) else ""
    component = told(SH.sourceConstraintComponent)
    return Violation(
        graph=graph.value,
        node=told(SH.focusNode),
        rule=" ".join(shortened(part) for part in (rule, component) if part),
        value=told(SH.value),
        message="; ".join(sorted(str(message) for message in results.objects(node, SH.resultMessage))),
    )


def _to_rdflib(term: NamedNode | BlankNode | Literal | Triple) -> rdflib.term.Identifier:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, Literal)
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == ontology.XSD + "string":
        return rdflib.Literal(term.value, datatype=rdflib.XSD.string)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)


def _value(term: NamedNode | BlankNode | Triple) -> str:
    return term.value if isinstance(term, NamedNode | BlankNode) else str(term)
