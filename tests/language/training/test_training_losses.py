import math

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch

from kg.language.training.labelled import tag_sets
from kg.language.training.losses import WEIGHTS, arc_scores, label_scores, mean_over_gold, names_loss, total
from kg.language.training.monitor import Counts, spans
from kg.language.training.network import Biaffine
from kg.language.training.samples import IGNORED


def log_odds(*shares):
    return [math.log(share) for share in shares]


def test_words_without_gold_do_not_count():
    logits = torch.tensor([[log_odds(0.5, 0.5), log_odds(0.25, 0.75)]])
    assert mean_over_gold(logits, torch.tensor([[IGNORED, 1]])).item() == pytest.approx(-math.log(0.75))


def test_a_batch_without_gold_loses_nothing_and_still_has_a_gradient():
    logits = torch.ones(1, 2, 3, requires_grad=True)
    loss = mean_over_gold(logits, torch.full((1, 2), IGNORED))
    loss.backward()
    assert loss.item() == 0
    assert logits.grad.abs().sum() == 0


def test_labels_that_are_allowed_together_share_their_probability():
    logits = torch.tensor([[log_odds(0.2, 0.3, 0.5)]])
    assert names_loss(logits, torch.tensor([[0b110]]), torch.ones(1, 1)).item() == pytest.approx(-math.log(0.8))


def test_a_word_at_which_all_is_allowed_costs_nothing_and_one_that_is_untold_is_left_out():
    logits = torch.tensor([[log_odds(0.2, 0.8), log_odds(0.5, 0.5), log_odds(0.9, 0.1)]])
    loss = names_loss(logits, torch.tensor([[0b11, 0b01, 0]]), torch.ones(1, 1))
    assert loss.item() == pytest.approx(-math.log(0.5) / 2)


def test_the_weight_of_a_corpus_scales_its_loss():
    logits = torch.tensor([[log_odds(0.5, 0.5)]])
    loss = names_loss(logits, torch.tensor([[0b01]]), torch.tensor([[0.5]]))
    assert loss.item() == pytest.approx(-math.log(0.5) / 2)


def test_an_arc_never_leaves_its_sentence():
    sides = {name: torch.randn(1, 4, 3) for name in ("arc_from", "arc_to")}
    scores = arc_scores(Biaffine(3, 1), sides, torch.tensor([[0, 0, 1, IGNORED]]))
    assert (scores[0] > -1e3).tolist() == [
        [True, True, False, False],
        [True, True, False, False],
        [False, False, True, False],
        [False, False, False, False],
    ]


def test_a_form_scores_pairs_alike_one_by_one_and_all_together():
    torch.manual_seed(1)
    form, source, target = Biaffine(5, 3), torch.randn(2, 4, 5), torch.randn(2, 4, 5)
    together = form(source, target)
    assert together.shape == (2, 3, 4, 4)
    alone = torch.diagonal(together, dim1=2, dim2=3).transpose(1, 2)
    torch.testing.assert_close(form.paired(source, target), alone)
    rows = form.from_words(source[:, 1], target)
    torch.testing.assert_close(rows, together[:, :, 1])


def test_labels_are_scored_to_the_given_heads():
    torch.manual_seed(2)
    form = Biaffine(3, 2)
    sides = {"label_from": torch.randn(1, 3, 3), "label_to": torch.randn(1, 3, 3)}
    scores = label_scores(form, sides, torch.tensor([[2, IGNORED, 2]]))
    every = form(sides["label_from"], sides["label_to"])
    torch.testing.assert_close(scores[0, 0], every[0, :, 0, 2])
    torch.testing.assert_close(scores[0, 2], every[0, :, 2, 2])


def test_the_total_is_weighted():
    parts = {"arc": torch.tensor(2.0), "edges": torch.tensor(0.5)}
    assert total(parts).item() == pytest.approx(2 * WEIGHTS["arc"] + 0.5 * WEIGHTS["edges"])


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("B-PER I-PER O B-LOC", {(0, 2, "PER"), (3, 4, "LOC")}),
        ("I-PER I-LOC I-LOC", {(0, 1, "PER"), (1, 3, "LOC")}),
        ("B-PER B-PER", {(0, 1, "PER"), (1, 2, "PER")}),
        ("O O", set()),
    ],
)
def test_names_in_a_row_of_labels(row, found):
    assert spans(row.split()) == found


def test_counts_are_f1_and_accuracy_where_as_many_were_found_as_asked():
    counts = Counts()
    counts.add("names", 1, 2, 2)
    counts.add("names", 1, 0, 2)
    counts.add("xpos", 3, 4, 4)
    counts.add("none", 0, 0, 0)
    assert counts.figures() == {"names": pytest.approx(200 * 2 / 6), "xpos": 75.0, "none": 0.0}


def test_every_loss_has_a_weight():
    heads = {"xpos", "upos", "lemma", "start", "names", *tag_sets()}
    assert heads | {"arc", "label", "edges"} == set(WEIGHTS)
