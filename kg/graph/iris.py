"""The names of things in the graph: how an IRI is made of a document's id and of the ids within its record.

Two different inputs never get the same IRI, and every string, however hostile, gives a valid one: ids are
percent-encoded whole (RFC 3986, 2.1), so no id can reach into another's path.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.records import Document

DEFAULT_BASE = "https://w3id.org/conflict-kg/"
SLUG_LENGTH = 40
HASH_LENGTH = 12
VERSION_LENGTH = 20


@dataclass(frozen=True)
class GraphSettings:
    """Where instances live: an absolute IRI that ends in a slash; UsageError for any other."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if fault := _fault_of(self.base):
            raise UsageError(fault, input=self.base, place="base IRI", remedy=f"Give one like {DEFAULT_BASE}")

    @cached_property
    def links_graph(self) -> NamedNode:
        """The named graph of all identity links."""
        return NamedNode(f"{self.base}graph/links")

    @cached_property
    def catalogue_graph(self) -> NamedNode:
        """The named graph that lists the document graphs."""
        return NamedNode(f"{self.base}graph/catalogue")

    @cached_property
    def ontology_graph(self) -> NamedNode:
        """The named graph that holds the ontology."""
        return NamedNode(f"{self.base}graph/ontology")

    def item_thing(self, wikidata: str) -> NamedNode:
        """The thing that a Wikidata item stands for."""
        return NamedNode(f"{self.base}thing/{encoded(wikidata)}")

    def named_thing(self, kind: str, label: str) -> NamedNode:
        """The thing known by its kind and label alone; labels that differ in spacing or in Unicode form are one."""
        return NamedNode(f"{self.base}thing/{encoded(kind)}-{fingerprint(label)}")


@dataclass(frozen=True)
class DocumentIris:
    """The names of one document's parts; `sha256` is the hash of its content."""

    base: str
    id: str
    sha256: str

    @cached_property
    def document(self) -> NamedNode:
        """The document, over all its versions."""
        return NamedNode(f"{self.base}document/{encoded(self.id)}")

    @cached_property
    def graph(self) -> NamedNode:
        """The named graph of this version."""
        return NamedNode(f"{self.base}version/{self.sha256[:VERSION_LENGTH]}")

    @cached_property
    def run(self) -> NamedNode:
        """The run that made the graph."""
        return below(self.graph, "run")

    @cached_property
    def publisher(self) -> NamedNode:
        """The publisher of this document."""
        return below(self.document, "publisher")

    @cached_property
    def text(self) -> NamedNode:
        """The whole text."""
        return below(self.document, "text")

    def span(self, begin: int, end: int) -> NamedNode:
        """The words from `begin` to `end`, named as RFC 5147 names a range of characters."""
        return NamedNode(f"{self.text.value}#char={begin},{end}")

    def entity(self, id: str) -> NamedNode:
        """An entity by its id in the record."""
        return below(self.document, "entity", id)

    def event(self, id: str) -> NamedNode:
        """An event by its id in the record."""
        return below(self.document, "event", id)

    def claim(self, id: str) -> NamedNode:
        """A claim by its id in the record."""
        return below(self.document, "claim", id)


def document_iris(document: Document, settings: GraphSettings) -> DocumentIris:
    """The names of the document's parts below the settings' base."""
    return DocumentIris(settings.base, document.id, document.sha256)


def below(node: NamedNode, *steps: str | int) -> NamedNode:
    """The node one or more steps further down the path; each step is percent-encoded."""
    return NamedNode("/".join((node.value, *(encoded(str(step)) for step in steps))))


def encoded(text: str) -> str:
    """The text as one segment of an IRI's path: all but letters, digits and `_.-~` of ASCII percent-encoded.

    A segment of dots alone is encoded too, since `.` and `..` mean the folder and its parent.
    """
    segment = quote(text.encode("utf8", "surrogatepass"), safe="")
    return segment if segment.strip(".") else segment.replace(".", "%2E")


def fingerprint(label: str) -> str:
    """A short name that a person can read, and a hash that tells apart labels with the same short name."""
    normal = unicodedata.normalize("NFC", " ".join(label.split()))
    digest = hashlib.sha256(normal.encode("utf8", "surrogatepass")).hexdigest()
    return "-".join(part for part in (slug(normal), digest[:HASH_LENGTH]) if part)


def slug(text: str) -> str:
    """Lower-case ASCII letters and digits of the text with hyphens between its words; may be empty."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only))[:SLUG_LENGTH].strip("-")


def _fault_of(base: str) -> str | None:
    """What is wrong with a base IRI, None if nothing."""
    try:
        NamedNode(base)
    except ValueError as error:
        return f"not a valid IRI ({error})"
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://[^/]+/", base):
        return "not an absolute IRI with a host"
    return None if base.endswith("/") and not set("?#") & set(base) else "does not end in a slash"
