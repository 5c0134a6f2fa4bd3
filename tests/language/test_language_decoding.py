import itertools
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.language.decoding import allowed_steps, best_labels, best_tree, lemma_of, spans_of
from kg.language.training.samples import lemma_script

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
scores_of = st.floats(-10, 10, width=32)


def is_valid(row):
    steps = allowed_steps(LABELS)
    return all(steps[before, after] for before, after in itertools.pairwise([0, *row]))


def worth(scores, choice):
    return float(sum(scores[i, j] for i, j in enumerate(choice)))


def is_tree(heads):
    """One word is its own head, and from every word the way up ends there."""
    roots = [i for i, head in enumerate(heads) if i == head]
    if len(roots) != 1:
        return False
    for i in range(len(heads)):
        node = i
        for _ in heads:
            node = heads[node]
        if node != roots[0]:
            return False
    return True


@cache
def trees(count):
    return [heads for heads in itertools.product(range(count), repeat=count) if is_tree(heads)]


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("O", "I-PER", False),
        ("B-PER", "I-PER", True),
        ("I-PER", "I-PER", True),
        ("B-LOC", "I-PER", False),
        ("I-LOC", "B-PER", True),
        ("I-LOC", "O", True),
    ],
)
def test_an_inside_label_follows_only_its_own_kind(before, after, allowed):
    assert bool(allowed_steps(LABELS)[LABELS.index(before), LABELS.index(after)]) is allowed


@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float32, (n, len(LABELS)), elements=scores_of)))
def test_the_row_is_the_best_of_all_valid_rows(scores):
    row = best_labels(scores, LABELS)
    rows = [r for r in itertools.product(range(len(LABELS)), repeat=len(scores)) if is_valid(r)]
    assert is_valid(row)
    assert worth(scores, row) == pytest.approx(max(worth(scores, r) for r in rows), abs=1e-4)


@given(arrays(np.float32, (60, len(LABELS)), elements=scores_of))
def test_a_long_row_is_valid(scores):
    assert is_valid(best_labels(scores, LABELS))


def test_a_stray_inside_label_is_mended_by_what_is_next_best():
    scores = np.array([[0, 0, 5, 0, 0], [0, 0, 5, 0, 0]], np.float32)
    assert [LABELS[i] for i in best_labels(scores, LABELS)] == ["B-PER", "I-PER"]


def test_spans_of_a_row():
    row = [LABELS.index(label) for label in ("B-PER", "I-PER", "B-PER", "O", "B-LOC", "I-LOC")]
    assert spans_of(row, LABELS) == [(0, 2, "PER"), (2, 3, "PER"), (4, 6, "LOC")]


def test_no_words_have_no_spans():
    assert spans_of([], LABELS) == []


@given(st.integers(1, 5).flatmap(lambda n: arrays(np.float32, (n, n), elements=scores_of)))
def test_the_tree_is_the_best_of_all_with_one_root(scores):
    heads = best_tree(scores, candidates=len(scores))
    assert is_tree(heads)
    assert worth(scores, heads) == pytest.approx(max(worth(scores, tree) for tree in trees(len(scores))), abs=1e-3)


@given(st.integers(4, 5).flatmap(lambda n: arrays(np.float32, (n, n), elements=scores_of, unique=True)))
def test_with_few_candidates_the_tree_is_the_best_under_the_likeliest_roots(scores):
    likely = np.argsort(-np.diagonal(scores), kind="stable")[:2]
    under = [tree for tree in trees(len(scores)) if any(tree[root] == root for root in likely)]
    assert worth(scores, best_tree(scores, candidates=2)) >= max(worth(scores, tree) for tree in under) - 1e-3


@given(st.integers(1, 40).flatmap(lambda n: arrays(np.float32, (n, n), elements=scores_of)))
def test_any_scores_give_a_tree(scores):
    assert is_tree(best_tree(scores))


def test_the_longest_cycle_is_broken():
    count = 30
    scores = np.full((count, count), -1, np.float32)
    for i in range(count):
        scores[i, (i + 1) % count] = 9
    heads = best_tree(scores)
    assert is_tree(heads)
    assert worth(scores, heads) == pytest.approx(9 * (count - 1) - 1)


def test_two_words_that_each_want_to_be_the_root_get_one():
    assert best_tree(np.array([[5, 1], [0, 6]], np.float32)) == [1, 1]


@pytest.mark.parametrize(
    ("form", "lemma", "script"),
    [
        ("villages", "village", "l1"),
        ("ladies", "lady", "l3y"),
        ("Was", "be", "l3be"),
        ("NATO", "NATO", "k0"),
        ("Huskies", "Husky", "k3y"),
        ("went", "go", "l4go"),
        ("shelling", "shell", "l3"),
    ],
)
def test_a_script_makes_the_lemma_that_it_was_made_from(form, lemma, script):
    assert lemma_script(form, lemma) == script
    assert lemma_of(form, script) == lemma


letters = st.text(alphabet="abcdefgXYZéж'-", min_size=1, max_size=12)


@given(letters, letters)
def test_scripts_of_any_letters_go_there_and_back(form, lemma):
    assert lemma_of(form, lemma_script(form, lemma)) == lemma


@pytest.mark.parametrize("script", ["l9", "l5ing", "k40x"])
def test_a_script_that_cuts_more_than_the_word_leaves_it(script):
    assert lemma_of("Tank", script) == ("Tank" if script[0] == "k" else "tank")


def test_a_word_is_never_cut_to_nothing():
    assert lemma_of("tank", "l4") == "tank"
