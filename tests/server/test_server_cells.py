"""RDF terms as a person reads them, with nothing in them that a terminal would obey."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from server.cells import harmless, shortened, shown

CKG = "https://w3id.org/conflict-kg/ontology#"


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (None, ""),
        (Literal("a b"), "a b"),
        (Literal("chat", language="fr"), "chat"),
        (Literal(5), "5"),
        (NamedNode(f"{CKG}Shelling"), "ckg:Shelling"),
        (NamedNode("http://www.wikidata.org/entity/Q212"), "wd:Q212"),
        (NamedNode("http://e/x"), "http://e/x"),
        (BlankNode("b1"), "_:b1"),
        (Literal("two\nlines\tand a tab"), "two lines and a tab"),
        (Literal("\x1b[31mred\x1b]0;title\x07"), " [31mred ]0;title "),
        (Literal("abc\u202egpj.exe"), "abc gpj.exe"),
        (Literal("a\x9b31mb"), "a 31mb"),
        (Literal("می\u200cخواهم"), "می\u200cخواهم"),
    ],
)
def test_shown(term, text):
    assert shown(term) == text


def test_triple_term_is_shown_in_full():
    triple = Triple(NamedNode("http://e/a"), NamedNode("http://e/b"), Literal("c"))
    assert shown(triple) == str(triple)


@pytest.mark.parametrize("iri", [f"{CKG}", f"{CKG}a/b", f"{CKG}a b", f"{CKG}1", "urn:x"])
def test_iri_that_is_no_plain_name_stays_whole(iri):
    assert shortened(iri) == iri


@given(st.text())
def test_nothing_harmful_stays_and_nothing_moves(text):
    safe = harmless(text)
    assert len(safe) == len(text)
    assert all(unicodedata.category(character) not in ("Cc", "Cs") for character in safe)
    assert harmless(safe) == safe
