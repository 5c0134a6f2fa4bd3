"""One-to-one matching of gold with predictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Gold = TypeVar("Gold")
Predicted = TypeVar("Predicted")
Weights = list[list[float]]


def _most_alike_first(weights: Weights) -> dict[int, int]:
    """Owner (gold) of each prediction, taking pairs from the most alike to the least."""
    ranked = sorted((-w, i, j) for i, row in enumerate(weights) for j, w in enumerate(row) if w)
    owner: dict[int, int] = {}
    placed: set[int] = set()
    for _, i, j in ranked:
        if i not in placed and j not in owner:
            owner[j] = i
            placed.add(i)
    return owner


def _augment(weights: Weights, owner: dict[int, int], i: int, seen: set[int]) -> bool:
    """Find a prediction for gold `i`, moving others to further predictions of theirs where need be (Berge 1957)."""
    for j, weight in enumerate(weights[i]):
        if weight and j not in seen:
            seen.add(j)
            if j not in owner or _augment(weights, owner, owner[j], seen):
                owner[j] = i
                return True
    return False


def match(
    gold: Sequence[Gold], predicted: Sequence[Predicted], likeness: Callable[[Gold, Predicted], float]
) -> list[tuple[int, int]]:
    """Index pairs of a one-to-one matching: most alike pairs first, then as many more as augmenting paths can free.

    `likeness` gives a number for a pair, zero where the two do not match at all.
    """
    weights = [[float(likeness(g, p)) for p in predicted] for g in gold]
    owner = _most_alike_first(weights)
    placed = set(owner.values())
    for i in range(len(gold)):
        if i not in placed:
            _augment(weights, owner, i, set())
    return sorted((i, j) for j, i in owner.items())
