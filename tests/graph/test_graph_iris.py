"""Names in the graph: valid for every input, different for different ones, and bound to their place."""

from dataclasses import replace

import pytest
from graph_examples import DOCUMENT, SETTINGS
from hypothesis import assume, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from rdflib import URIRef

from kg.errors import UsageError
from kg.graph.iris import DocumentIris, GraphSettings, below, document_iris, encoded, fingerprint, slug

ANY_TEXT = st.text(st.characters())
NASTY = [
    "",
    " ",
    ".",
    "..",
    "...",
    "a/b",
    "a\\b",
    "a?b#c",
    "%41",
    "A",
    "ä",
    "a\u0308",
    "\ud800",
    "\u202e",
    "\x00\n",
    "<>",
    '"{}|^`',
]


def iris(id, sha256="0" * 64):
    return DocumentIris("https://kg.example/", id, sha256)


def names_of(document):
    return {
        "document": document.document,
        "graph": document.graph,
        "run": document.run,
        "publisher": document.publisher,
        "text": document.text,
        "span": document.span(3, 8),
        "entity": document.entity("x"),
        "event": document.event("x"),
        "claim": document.claim("x"),
    }


def test_each_part_of_a_document_has_its_name():
    assert {part: name.value for part, name in names_of(iris("report 1", "0123456789abcdef" * 4)).items()} == {
        "document": "https://kg.example/document/report%201",
        "graph": "https://kg.example/version/0123456789abcdef0123",
        "run": "https://kg.example/version/0123456789abcdef0123/run",
        "publisher": "https://kg.example/document/report%201/publisher",
        "text": "https://kg.example/document/report%201/text",
        "span": "https://kg.example/document/report%201/text#char=3,8",
        "entity": "https://kg.example/document/report%201/entity/x",
        "event": "https://kg.example/document/report%201/event/x",
        "claim": "https://kg.example/document/report%201/claim/x",
    }


def test_the_graph_is_named_by_the_content():
    changed = replace(DOCUMENT, text=DOCUMENT.text + " More.")
    first, second = document_iris(DOCUMENT, SETTINGS), document_iris(changed, SETTINGS)
    assert first.document == second.document
    assert first.graph != second.graph


@given(st.one_of(ANY_TEXT, st.sampled_from(NASTY)))
def test_every_string_is_encoded_to_one_valid_segment(text):
    segment = encoded(text)
    assert segment.isascii()
    assert set(segment).isdisjoint('/?# \\<>"{}|^`\n')
    assert segment not in {".", ".."}
    NamedNode(f"https://kg.example/{segment}")


@given(st.one_of(ANY_TEXT, st.sampled_from(NASTY)), st.one_of(ANY_TEXT, st.sampled_from(NASTY)))
def test_different_strings_are_encoded_differently(one, other):
    assume(one != other)
    assert encoded(one) != encoded(other)


@given(st.lists(st.one_of(ANY_TEXT, st.sampled_from(NASTY)), min_size=2, max_size=2, unique=True))
def test_documents_with_different_ids_share_no_name_but_that_of_the_version(ids):
    one, other = (names_of(iris(name)) for name in ids)
    shared = set(one.values()) & set(other.values())
    assert shared == {one["graph"], one["run"]}


@given(st.one_of(ANY_TEXT, st.sampled_from(NASTY)), st.one_of(ANY_TEXT, st.sampled_from(NASTY)))
def test_the_parts_of_one_document_never_share_a_name(id, part):
    document = iris(id)
    names = [
        *names_of(document).values(),
        document.entity(part + "y"),
        document.event(part + "y"),
        document.claim(part + "y"),
    ]
    assert len(names) == len(set(names))


@given(st.one_of(ANY_TEXT, st.sampled_from(NASTY)))
def test_every_name_is_one_that_rdflib_takes_too(id):
    for name in names_of(iris(id)).values():
        assert URIRef(name.value).n3() == f"<{name.value}>"


def test_a_step_below_is_encoded_and_a_number_is_a_step():
    assert below(NamedNode("https://kg.example/a"), "b/c", 2).value == "https://kg.example/a/b%2Fc/2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tor Daily", "tor-daily"),
        ("  Café — Málaga! ", "cafe-malaga"),
        ("Київ", ""),
        ("", ""),
        ("a" * 60, "a" * 40),
        ("x" * 39 + " y", "x" * 39),
        ("U.N. Mission", "u-n-mission"),
    ],
)
def test_a_slug_is_what_a_person_can_read_of_a_label(text, expected):
    assert slug(text) == expected


@given(st.one_of(ANY_TEXT, st.sampled_from(NASTY)), st.one_of(ANY_TEXT, st.sampled_from(NASTY)))
def test_labels_that_differ_in_more_than_spacing_and_unicode_form_are_different_things(one, other):
    assume(fingerprint(one).rpartition("-")[2] != fingerprint(other).rpartition("-")[2])
    assert SETTINGS.named_thing("Person", one) != SETTINGS.named_thing("Person", other)


@pytest.mark.parametrize(("one", "other"), [("Ana Kos", "Ana\n  Kos "), ("Malá", "Mala\u0301")])
def test_labels_that_differ_in_spacing_or_unicode_form_are_one_thing(one, other):
    assert SETTINGS.named_thing("Person", one) == SETTINGS.named_thing("Person", other)


@pytest.mark.parametrize(("one", "other"), [("Kos", "kos"), ("Київ", "Львів"), ("a b", "ab"), ("Å", "A")])
def test_labels_that_differ_otherwise_are_two_things(one, other):
    assert SETTINGS.named_thing("Person", one) != SETTINGS.named_thing("Person", other)


def test_a_label_of_two_kinds_is_two_things():
    assert SETTINGS.named_thing("Person", "Velen") != SETTINGS.named_thing("Place", "Velen")


def test_a_thing_with_an_item_is_named_by_it():
    assert SETTINGS.item_thing("Q212").value == "https://kg.example/thing/Q212"


@pytest.mark.parametrize("base", ["https://kg.example/", "http://localhost:7878/data/", "https://exämple.org/kg/"])
def test_a_base_that_is_an_absolute_iri_with_a_slash_at_its_end_is_taken(base):
    assert GraphSettings(base).links_graph.value == f"{base}graph/links"


@pytest.mark.parametrize(
    ("base", "reason"),
    [
        ("", "not a valid IRI"),
        ("kg/", "not a valid IRI"),
        ("https://kg.example/a b/", "not a valid IRI"),
        ("https://kg.example/<x>/", "not a valid IRI"),
        ("urn:kg:/", "not an absolute IRI with a host"),
        ("https:///", "not an absolute IRI with a host"),
        ("https://kg.example", "not an absolute IRI with a host"),
        ("https://kg.example/kg", "does not end in a slash"),
        ("https://kg.example/kg#", "does not end in a slash"),
        ("https://kg.example/kg?x=/", "does not end in a slash"),
    ],
)
def test_any_other_base_is_refused_with_the_reason(base, reason):
    with pytest.raises(UsageError) as told:
        GraphSettings(base)
    assert reason in told.value.reason
    assert told.value.input == base
