"""From scores to structures: valid BIO rows by Viterbi, dependency trees by Chu-Liu-Edmonds, lemmas by scripts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = npt.NDArray[np.float32]
Spans = list[tuple[int, int, str]]
_NEVER = np.float32(-1e6)


@cache
def allowed_steps(labels: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Which BIO label may follow which: an I only its own B or I."""
    table = np.ones((len(labels), len(labels)), bool)
    for j, label in enumerate(labels):
        if label.startswith("I-"):
            table[:, j] = [before[2:] == label[2:] and before != "O" for before in labels]
    return table


def best_labels(scores: Floats, labels: tuple[str, ...]) -> list[int]:
    """The best-scoring valid row of BIO labels for scores (words, labels).

    Where each word's own best labels make a valid row, that row is the answer; else Viterbi (1967).
    """
    greedy: list[int] = scores.argmax(1).tolist()
    steps = allowed_steps(labels)
    starts = steps[0]
    row = [0, *greedy]
    if bool(starts[row[1:2]].all()) and bool(steps[row[:-1], greedy].all()):
        return greedy
    penalties = np.where(steps, np.float32(0), _NEVER)
    best = scores[0] + np.where(starts, np.float32(0), _NEVER)
    back = np.zeros(scores.shape, np.int64)
    for i in range(1, len(scores)):
        paths = best[:, None] + penalties
        back[i] = paths.argmax(0)
        best = paths[back[i], np.arange(len(labels))] + scores[i]
    found = [int(best.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        found.append(int(back[i, found[-1]]))
    return found[::-1]


def spans_of(row: Sequence[int], labels: Sequence[str]) -> Spans:
    """Begin, end (exclusive) and kind of each span of a valid BIO row."""
    spans: Spans = []
    for i, number in enumerate(row):
        prefix, _, kind = labels[number].partition("-")
        if prefix == "B":
            spans.append((i, i + 1, kind))
        elif prefix == "I":
            spans[-1] = (spans[-1][0], i + 1, kind)
    return spans


def _cycle(heads: npt.NDArray[np.int64]) -> list[int]:
    """A cycle among the words other than the roots' self-loops; empty where there is none."""
    state = np.zeros(len(heads), np.int8)
    for start in range(len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1 and heads[node] != node:
            return path[path.index(node) :]
        state[path] = 2
    return []


def _arborescence(scores: Floats) -> npt.NDArray[np.int64]:
    """Best heads without a cycle, for scores (dependent, head) in which word 0 is the root (Edmonds 1967)."""
    heads: npt.NDArray[np.int64] = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.array(cycle)
    rest = np.array([i for i in range(len(scores)) if i not in set(cycle)])
    own = scores[inside, heads[inside]]
    into = scores[inside][:, rest] - own[:, None]
    out_of = scores[rest][:, inside]
    small = np.full((len(rest) + 1, len(rest) + 1), _NEVER, np.float32)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    small[-1, :-1] = into.max(0)
    small[:-1, -1] = out_of.max(1)
    small[0] = _NEVER
    solved = _arborescence(small)
    for i, node in enumerate(rest[1:], 1):
        heads[node] = inside[out_of[i].argmax()] if solved[i] == len(rest) else rest[solved[i]]
    outer = int(solved[-1])
    heads[inside[into[:, outer].argmax()]] = rest[outer]
    return heads


def _rooted(scores: Floats, root: int) -> npt.NDArray[np.int64]:
    """Best tree under the given root, which stands as word 0 while it is searched for."""
    order = np.array([root, *(i for i in range(len(scores)) if i != root)])
    turned = scores[np.ix_(order, order)].copy()
    np.fill_diagonal(turned, _NEVER)
    heads = np.empty(len(scores), np.int64)
    heads[order] = order[_arborescence(turned)]
    return heads


def best_tree(scores: Floats, candidates: int = 3) -> list[int]:
    """Heads of the best tree with one root, from scores (dependent, head); the root is its own head.

    Where each word's own best head makes a tree with one root, that is the answer; else the best of the trees
    under the likeliest roots, by Chu-Liu-Edmonds.
    """
    greedy = scores.argmax(1)
    roots = np.flatnonzero(greedy == np.arange(len(scores)))
    if len(roots) == 1 and not _cycle(greedy):
        return [int(head) for head in greedy]
    likely = np.argsort(-np.diagonal(scores), kind="stable")[:candidates]
    trees = [_rooted(scores, int(root)) for root in likely]
    words = np.arange(len(scores))
    best = max(trees, key=lambda heads: float(scores[words, heads].sum()))
    return [int(head) for head in best]


@cache
def lemma_of(word: str, script: str) -> str:
    """The lemma that a script makes of a word: case kept or lowered, letters cut from the end, letters added."""
    base = word.lower() if script[0] == "l" else word
    digits = len(script[1:]) - len(script[1:].lstrip("0123456789"))
    cut, added = int(script[1 : 1 + digits]), script[1 + digits :]
    if cut >= len(base) + bool(added):
        return base
    return base[: len(base) - cut] + added
