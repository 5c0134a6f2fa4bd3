import random

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import training_examples as examples
from hypothesis import given
from hypothesis import strategies as st

from kg.language.training.batching import MOST_PIECES, MOST_SENTENCES, Numberer, batches, collate, packed
from kg.language.training.labelled import EDGES, tag_sets
from kg.language.training.samples import IGNORED, inventory
from kg.language.training.train import word_pieces


@pytest.fixture(scope="module")
def labels():
    everything = [s for sentences in examples.sources().values() for s in sentences]
    return inventory(everything, tag_sets(), EDGES)


@pytest.fixture(scope="module")
def marks(pretrained):
    return word_pieces(pretrained)


@pytest.fixture(scope="module")
def number(labels, marks):
    return Numberer(labels, marks)


def bits(row, numbers):
    return {label for label, i in numbers.items() if row >> i & 1}


def test_a_parsed_sentence_has_tags_and_a_tree_and_says_nothing_of_names(number, labels):
    one = number(examples.parsed())
    assert [labels.tags["xpos"][i] for i in one.tags["xpos"]] == ["NNS", "VBD", "."]
    assert [labels.tags["start"][i] for i in one.tags["start"]] == ["B", "I", "I"]
    assert [labels.tags["lemma"][i] for i in one.tags["lemma"]] == ["l1", "l1e", "l0"]
    assert one.heads.tolist() == [1, 1, 1]
    assert [labels.relations[i] for i in one.relations] == ["nsubj", "root", "punct"]
    assert one.allowed["names"].tolist() == one.allowed["mentions"].tolist() == [0, 0, 0]
    assert one.edges is None
    assert set(one.tags["triggers"].tolist()) == {IGNORED}


def test_a_named_sentence_allows_what_its_corpus_does_and_the_mentions_that_these_may_be(number, labels):
    one = number(examples.named(), 0.5)
    assert [bits(row, labels.numbers("names")) for row in one.allowed["names"].tolist()] == [
        {"B-LOC", "B-FAC"},
        {"O"},
        set(),
    ]
    allowed = bits(one.allowed["mentions"].tolist()[0], labels.numbers("mentions"))
    assert {"B-Place", "B-Place.Facility", "B-Place.Settlement"} <= allowed
    assert not any(label.startswith("I-") or "Person" in label for label in allowed)
    assert one.weight == 0.5
    assert one.heads.tolist() == [IGNORED] * 3


def test_a_labelled_text_has_layers_and_edges_and_no_sentence_starts(number, labels):
    one = number(examples.labelled())
    assert one.edges.tolist() == [[1, 0, EDGES.index("perpetrator")], [1, 2, EDGES.index("place")]]
    assert [labels.tags["triggers"][i] for i in one.tags["triggers"]] == ["O", "B-Shelling", "O"]
    assert one.tags["modality"].tolist() == [IGNORED, labels.tags["modality"].index("actual"), IGNORED]
    assert one.tags["start"].tolist() == [IGNORED] * 3


def test_an_unknown_label_is_left_out_of_the_gold(number):
    sentence = examples.parsed()
    sentence.xpos[0] = "NEVER-SEEN"
    assert number(sentence).tags["xpos"][0] == IGNORED


@given(st.lists(st.sampled_from("aab"), max_size=30), st.integers(0, 10))
def test_packing_keeps_all_sentences_in_order_and_never_mixes_documents(number, documents, seed):
    sentences = [number(examples.parsed(document)) for document in documents]
    runs = list(packed(sentences, random.Random(seed)))
    assert [s for run in runs for s in run] == sentences
    assert all(1 <= len(run) <= MOST_SENTENCES for run in runs)
    assert all(len({s.document for s in run}) == 1 for run in runs)
    assert all(sum(len(s.pieces.ids) for s in run) <= MOST_PIECES for run in runs)


def test_heads_and_sentences_of_a_run_are_those_of_one_window(number, marks):
    batch = collate([[number(examples.parsed()), number(examples.parsed())], [number(examples.named())]], marks)
    assert batch.heads.tolist() == [[1, 1, 1, 4, 4, 4], [IGNORED] * 6]
    assert batch.sentence.tolist() == [[0, 0, 0, 1, 1, 1], [0, 0, 0, IGNORED, IGNORED, IGNORED]]
    assert batch.allowed["names"][0].tolist() == [0] * 6
    pieces, attention, owner, characters, spaces = batch.inputs
    assert pieces.shape == attention.shape == owner.shape
    assert characters.shape[:2] == spaces.shape == batch.heads.shape


def test_edges_and_their_sources_know_their_row(number, marks):
    batch = collate([[number(examples.parsed())], [number(examples.labelled())]], marks)
    assert batch.edges.tolist() == [[1, 1, 0, EDGES.index("perpetrator")], [1, 1, 2, EDGES.index("place")]]
    assert batch.sources.tolist() == [[1, 1]]


def test_batches_hold_all_runs_within_the_budget_and_the_seed_fixes_their_order(number, marks):
    runs = [[number(examples.parsed(str(i)))] * (1 + i % 3) for i in range(20)]
    made = list(batches(runs, marks, 60, random.Random(1)))
    again = list(batches(runs, marks, 60, random.Random(1)))
    assert sum(len(batch.heads) for batch in made) == 20
    assert all(batch.inputs[0].numel() <= 60 for batch in made)
    assert [b.heads.tolist() for b in made] == [b.heads.tolist() for b in again]
    assert [b.heads.shape for b in made] != sorted(b.heads.shape for b in made)
