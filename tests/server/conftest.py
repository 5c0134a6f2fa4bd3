"""A small published snapshot on the disk, and a client of the application over it."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

import ontology
from server import create_app

BASE = "https://w3id.org/conflict-kg/"
FIXTURE = Path(__file__).parents[1] / "queries" / "fixture.trig"


def published(folder):
    """A store on the disk with the fixture of the saved queries in it."""
    store = Store(str(folder))
    store.bulk_load(path=FIXTURE, format=RdfFormat.TRIG)
    store.bulk_load(path=ontology.CONFLICT, format=RdfFormat.TURTLE, to_graph=NamedNode(f"{BASE}graph/ontology"))
    store.flush()
    return folder


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory):
    return published(tmp_path_factory.mktemp("snapshot"))


@pytest.fixture(scope="session")
def client(snapshot):
    return create_app(snapshot).test_client()


@pytest.fixture(scope="session")
def memory():
    """A store of two graphs, for what needs no more."""
    store = Store()
    store.update(
        """PREFIX e: <http://e/> INSERT DATA {
        GRAPH e:g { e:a e:says "one" ; e:n 1 }  GRAPH e:h { e:b e:says "two, \\"2\\"" ; e:n 2.5 }
        }"""
    )
    return store
