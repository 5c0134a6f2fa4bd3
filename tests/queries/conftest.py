"""The fixture graph: three small reports that disagree, with the ontology beside them."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

import ontology

BASE = "https://w3id.org/conflict-kg/"
FIXTURE = Path(__file__).parent / "fixture.trig"


@pytest.fixture(scope="session")
def store():
    loaded = Store()
    loaded.load(path=FIXTURE, format=RdfFormat.TRIG)
    loaded.load(path=ontology.CONFLICT, format=RdfFormat.TURTLE, to_graph=NamedNode(f"{BASE}graph/ontology"))
    return loaded


@pytest.fixture
def grown(store):
    """A copy of the fixture graph, to add to."""
    copy = Store()
    copy.load(store.dump(format=RdfFormat.N_QUADS), format=RdfFormat.N_QUADS)
    return copy
