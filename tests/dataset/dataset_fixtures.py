"""Hand-made documents and quads: what the dataset keeps does not depend on what a graph says."""

import tempfile
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.dataset import Dataset, Entry
from kg.records import Document, Entity, Extraction, Mention, Span

BASE = "https://example.org/kg/"
LINKS = f"{BASE}graph/links"


def quad(subject: str, predicate: str, value: str, graph: str) -> Quad:
    object_ = NamedNode(BASE + value) if value.startswith("thing/") else Literal(value)
    return Quad(NamedNode(BASE + subject), NamedNode(f"{BASE}ontology#{predicate}"), object_, NamedNode(graph))


def entry(
    name: str, text: str = "Gunmen fired on Duskar.", *, things: tuple[str, ...] = (), configuration: str = "one"
) -> Entry:
    """A document whose graph has its text, one sentence a word, and links to things with a shared label."""
    document = Document(id=name, text=text, source=f"{name}.txt")
    graph = f"{BASE}version/{document.sha256[:20]}"
    own = [quad(f"document/{name}", "text", text, graph), quad(f"document/{name}", "run", configuration, graph)]
    own += [quad(f"document/{name}/word/{place}", "word", word, graph) for place, word in enumerate(text.split())]
    shared = [quad(f"document/{name}", "thing", f"thing/{thing}", LINKS) for thing in things]
    shared += [quad(f"thing/{thing}", "label", thing, LINKS) for thing in things]
    catalogue = [quad(f"version/{document.sha256[:20]}", "document", name, f"{BASE}graph/catalogue")]
    return Entry(extraction(document), [*own, *shared, *catalogue], configuration)


def extraction(document: Document) -> Extraction:
    end = min(6, len(document.text))
    mention = Mention(Span(0, end, document.text[:end]), "e1", "name")
    entity = Entity("e1", "Organisation", None, document.text[:end], (document.text[:end],))
    return Extraction(document, ((0, len(document.text)),), len(document.text), (entity,), (mention,))


def statements(dataset: Dataset) -> set[str]:
    return {str(quad) for quad in dataset.store}


def clean(tmp_path, *entries: Entry) -> set[str]:
    """What a new dataset holds into which only these entries were put."""
    with Dataset.create(Path(tempfile.mkdtemp(dir=tmp_path)), BASE) as dataset:
        for one in entries:
            dataset.put([one])
        return statements(dataset)
