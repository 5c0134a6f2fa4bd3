"""The words that statements rest on, and what is told where they are not there."""

from dataclasses import replace

import pytest
from graph_examples import (
    DOCUMENT,
    EXTRACTION,
    KOS,
    KOS_SAYS,
    MENTIONS,
    RUN,
    SETTINGS,
    SHELLING,
    TEXT,
    bare,
    sentence_ranges,
    span,
    with_entity,
)
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.errors import EvidenceError
from kg.graph import coverage, document_iris, document_quads, terms
from kg.graph.evidence import Coverage, Evidence, check_names, extraction_spans, names_without_mention
from kg.records import Mention, Span


def evidence_of(extraction=EXTRACTION):
    return Evidence(document_iris(extraction.document, SETTINGS), extraction)


def described(evidence, node):
    return {(predicate, object_) for subject, predicate, object_ in evidence.statements() if subject == node}


def test_all_of_the_example_is_at_its_offsets():
    assert coverage(EXTRACTION) == Coverage(19, 19)
    assert coverage(EXTRACTION).complete


def test_a_document_of_which_nothing_was_read_is_covered():
    assert coverage(bare(DOCUMENT)).complete


def test_each_kind_of_span_is_counted():
    words = {span.text for span in extraction_spans(EXTRACTION)}
    assert words == {
        "Velen", "the town", "Ana Kos", "Radio Tor", "hit", "Mortars", "farmers", "on Monday", "leave", "Troops",
        "Mortars hit Velen on Monday, killing at least 3 farmers", "at least 3 farmers",
        "Local officials denied it", "Local officials",
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        Span(0, 7, "mortars"),
        Span(0, 8, "Mortars"),
        Span(-7, 0, "Mortars"),
        Span(5, 5, ""),
        Span(8, 5, ""),
        Span(0, 10_000, TEXT),
        Span(len(TEXT), len(TEXT) + 1, "x"),
    ],
)
def test_a_span_that_is_not_in_the_text_lowers_the_coverage_and_is_told(wrong):
    broken = replace(EXTRACTION, events=(replace(SHELLING, triggers=(wrong,)), EXTRACTION.events[1]))
    assert coverage(broken) == Coverage(18, 19)
    with pytest.raises(EvidenceError) as told:
        document_quads(broken, SETTINGS, RUN)
    assert told.value.input == "reports/velen-1.txt"
    assert told.value.place == f"characters {wrong.begin}-{wrong.end}"
    assert repr(wrong.text) in told.value.reason


def test_a_name_that_is_no_mention_of_its_entity_lowers_the_coverage_and_is_told():
    renamed = replace(KOS, names=("Ana Kos", "Mayor Kos"))
    broken = replace(EXTRACTION, entities=(EXTRACTION.entities[0], renamed, EXTRACTION.entities[2]))
    assert coverage(broken) == Coverage(19, 20)
    with pytest.raises(EvidenceError) as told:
        document_quads(broken, SETTINGS, RUN)
    assert told.value.place == "entity e2"
    assert "'Mayor Kos'" in told.value.reason


def test_the_mention_of_another_entity_does_not_hold_a_name():
    swapped = tuple(replace(mention, entity="e3") if mention.entity == "e2" else mention for mention in MENTIONS)
    assert list(names_without_mention(replace(EXTRACTION, mentions=swapped))) == [("e2", "Ana Kos")]


def test_a_name_may_be_broken_over_lines_in_the_text():
    document = replace(DOCUMENT, text="Ana\nKos spoke.")
    entity = replace(KOS, id="e1")
    mention = Mention(Span(0, 7, "Ana\nKos"), "e1", "name")
    check_names(replace(bare(document), entities=(entity,), mentions=(mention,)))


def test_a_range_is_described_once_however_often_it_is_asked_for():
    evidence = evidence_of()
    assert evidence.at(span("hit")) == evidence.at(span("hit"))
    statements = list(evidence.statements())
    assert len(statements) == len(set(statements))


def test_a_range_has_its_offsets_its_words_and_its_sentence():
    evidence = evidence_of()
    node = evidence.at(span("hit"))
    values = {predicate: getattr(object_, "value", None) for predicate, object_ in described(evidence, node)}
    assert values == {
        terms.TYPE: terms.OFFSET_STRING.value,
        terms.REFERENCE_CONTEXT: "https://kg.example/document/velen-1/text",
        terms.BEGIN_INDEX: "8",
        terms.END_INDEX: "11",
        terms.ANCHOR_OF: "hit",
        terms.SENTENCE: "https://kg.example/document/velen-1/text#char=0,87",
    }


def test_a_sentence_is_its_own_sentence():
    evidence = evidence_of()
    node = evidence.sentence(span("hit"))
    assert {(terms.SENTENCE, node), (terms.TYPE, terms.SENTENCE_STRING)} <= described(evidence, node)


def test_a_sentence_that_nothing_rests_on_is_left_out():
    evidence = evidence_of()
    evidence.at(span("hit"))
    sentences = [subject for subject, _, object_ in evidence.statements() if object_ == terms.SENTENCE_STRING]
    assert sentences == [NamedNode("https://kg.example/document/velen-1/text#char=0,87")]


def test_words_that_mean_two_entities_in_two_ways_have_both_kinds():
    evidence = evidence_of()
    node = evidence.mention(Mention(span("Velen"), "e1", "name"))
    evidence.mention(Mention(span("Velen"), "e2", "nominal"))
    kinds = {object_ for predicate, object_ in described(evidence, node) if predicate == terms.MENTION_KIND}
    assert kinds == {terms.concept(terms.MENTION_KINDS, "name"), terms.concept(terms.MENTION_KINDS, "nominal")}


@pytest.mark.parametrize("sentences", [(), ((0, 5),), ((50, 60),), ((12, 141),)])
def test_words_outside_all_sentences_are_told(sentences):
    with pytest.raises(EvidenceError, match="no sentence holds 'hit'"):
        evidence_of(replace(EXTRACTION, sentences=sentences)).at(span("hit"))


def test_sentences_need_not_be_given_in_order():
    turned = replace(EXTRACTION, sentences=tuple(reversed(sentence_ranges())))
    assert document_quads(turned, SETTINGS, RUN) == document_quads(EXTRACTION, SETTINGS, RUN)


def test_evidence_that_runs_over_two_sentences_stands_in_the_first():
    both = span("told Radio Tor. Local officials denied")
    evidence = evidence_of(replace(EXTRACTION, claims=(replace(KOS_SAYS, evidence=both),)))
    assert (terms.SENTENCE, NamedNode("https://kg.example/document/velen-1/text#char=0,87")) in described(
        evidence, evidence.at(both)
    )


@given(st.text(st.characters(), min_size=1, max_size=60), st.data())
def test_every_range_of_every_text_is_found_at_its_offsets(text, data):
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    evidence = evidence_of(bare(replace(DOCUMENT, text=text)))
    node = evidence.at(Span(begin, end, text[begin:end]))
    held = {predicate: object_.value for subject, predicate, object_ in evidence.statements() if subject == node}
    (whole,) = [o.value for _, predicate, o in evidence.statements() if predicate == terms.IS_STRING]
    assert whole[begin:end] == held[terms.ANCHOR_OF]


@given(st.text(st.characters(), min_size=1, max_size=30))
def test_every_name_that_is_the_text_is_covered(name):
    assert coverage(with_entity(name)) == Coverage(2, 2)
