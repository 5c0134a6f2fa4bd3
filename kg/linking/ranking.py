"""Candidates to a choice: a conditional logit model over an entity's candidates and "none of them".

The probability of a candidate is exp(score) over the sum for all candidates plus 1 for none; a score is linear
in the features. Weights are fitted by `kg.linking.fitting` (McFadden 1974, Conditional logit analysis of
qualitative choice behavior) and kept in `data/weights.toml` with the threshold below which nothing is linked.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from kg.linking.features import Features, Situation, features
from kg.linking.tables import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.linking.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with the probability that the name means it."""

    candidate: Candidate
    probability: float


def ranked(situation: Situation) -> tuple[Ranked, ...]:
    """The candidates of a situation with their probabilities, likeliest first, ties by id."""
    weights = settings("weights")["weights"]
    scores = [exp(score(features(candidate, situation), weights)) for candidate in situation.pool]
    total = 1.0 + sum(scores)
    found = (Ranked(one, value / total) for one, value in zip(situation.pool, scores, strict=True))
    return tuple(sorted(found, key=lambda one: (-one.probability, one.candidate.item.id)))


def chosen(order: Sequence[Ranked]) -> Ranked | None:
    """The first candidate where its probability reaches the threshold and it may be linked, else None."""
    if not order or not order[0].candidate.item.linkable or order[0].probability < settings("weights")["threshold"]:
        return None
    return order[0]


def score(values: Features, weights: dict[str, float]) -> float:
    """The linear score of a candidate's features; a feature without a weight counts nothing."""
    return sum(value * weights.get(name, 0.0) for name, value in values.items())
