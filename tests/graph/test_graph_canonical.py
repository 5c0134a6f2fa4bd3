"""One byte sequence for one set of quads, whatever their order and the names of blank nodes."""

import random

from graph_examples import EXTRACTION, RUN, SETTINGS
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.graph import canonical, document_quads

X, P = NamedNode("https://kg.example/x"), NamedNode("https://kg.example/p")


def test_nothing_is_no_bytes():
    assert canonical([]) == b""


def test_the_lines_are_n_quads_in_code_point_order():
    quads = [Quad(X, P, Literal(value), X) for value in ("b", "a", "\u00e9", "\U0001f600")]
    iri = "<https://kg.example/x>"
    lines = [f'{iri} <https://kg.example/p> "{value}" {iri} .\n' for value in ("a", "b", "\u00e9", "\U0001f600")]
    assert canonical(quads) == "".join(lines).encode("utf8")


def test_the_order_of_the_quads_does_not_matter():
    quads = document_quads(EXTRACTION, SETTINGS, RUN)
    shuffled = random.Random(1).sample(quads, len(quads))
    assert canonical(shuffled) == canonical(quads)


def test_a_quad_given_twice_counts_once():
    quads = document_quads(EXTRACTION, SETTINGS, RUN)
    assert canonical([*quads, *quads]) == canonical(quads)


def test_the_names_of_blank_nodes_do_not_matter():
    one = [Quad(BlankNode("a"), P, BlankNode("b")), Quad(BlankNode("b"), P, X)]
    other = [Quad(BlankNode("z"), P, BlankNode("y")), Quad(BlankNode("y"), P, X)]
    assert canonical(one) == canonical(other)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), unique=True, max_size=8))
def test_each_quad_is_one_line_whatever_its_text(values):
    lines = canonical([Quad(X, P, Literal(value)) for value in values]).split(b"\n")
    assert len(lines) == len(values) + 1
    assert lines[-1] == b""
    assert lines[:-1] == sorted(lines[:-1])
