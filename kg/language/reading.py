"""What the encoder reads in a text beyond tags and parse: mentions, triggers, cues, figures, and edges from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kg.language.decoding import Floats, best_labels, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.language.encoder import Scores
from kg.language.features import distance_buckets

SPAN_HEADS = ("mentions", "triggers", "cues", "figures")
_SOURCES = ("triggers", "cues", "figures")


@dataclass(frozen=True, slots=True)
class Found:
    """Words `begin` to `end` (token indices of the Doc) of a kind, with the model's probability."""

    begin: int
    end: int
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Edges:
    """From a trigger, cue or figure: the probability (labels, words) of each edge to each word of its window."""

    source: Found
    first: int
    scores: Floats
    tokens: tuple[int, ...] = ()


@dataclass
class Reading:
    """All that was read in one text, in the order of the text; `modality` by trigger."""

    spans: dict[str, list[Found]] = field(default_factory=lambda: {head: [] for head in SPAN_HEADS})
    modality: dict[Found, dict[str, float]] = field(default_factory=dict)
    edges: dict[Found, Edges] = field(default_factory=dict)
    labels: tuple[str, ...] = ()


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    result: Floats = powers / powers.sum(-1, keepdims=True)
    return result


def found_spans(
    scores: Floats, labels: tuple[str, ...], offset: int, tokens: list[int]
) -> list[tuple[Found, int, int]]:
    """Spans of a window's words with their places in the window; `tokens` are the words' token indices."""
    row = best_labels(scores, labels)
    likely = softmax(scores)[np.arange(len(row)), row]
    return [
        (Found(tokens[offset + b], tokens[offset + e - 1] + 1, kind, float(likely[b:e].mean())), b, e)
        for b, e, kind in spans_of(row, labels)
    ]


class Reader:
    """Decodes the heads of our own labels, window by window."""

    def __init__(
        self, tags: dict[str, tuple[str, ...]], edges: tuple[str, ...], form: Floats, distance: Floats
    ) -> None:
        self._tags, self._labels, self._form, self._distance = tags, edges, form, distance

    def new(self) -> Reading:
        """An empty reading."""
        return Reading(labels=self._labels)

    def add(self, reading: Reading, scores: Scores, tokens: list[int]) -> None:
        """Add what a window's core says."""
        window = scores.window
        for head in SPAN_HEADS:
            for found, begin, end in found_spans(scores.tags[head], self._tags[head], window.begin, tokens):
                if not window.core_begin <= window.begin + begin < window.core_end:
                    continue
                reading.spans[head].append(found)
                if head in _SOURCES:
                    reading.edges[found] = self._edges(found, begin, end, scores, tokens)
                if head == "triggers":
                    shares = softmax(scores.tags["modality"][begin:end].mean(0))
                    reading.modality[found] = dict(zip(self._tags["modality"], map(float, shares), strict=True))

    def _edges(self, found: Found, begin: int, end: int, scores: Scores, tokens: list[int]) -> Edges:
        """Edge probabilities by the biaffine form, from the mean of the source's words."""
        source = np.append(scores.sides["edge_from"][begin:end].mean(0), np.float32(1))
        target = np.pad(scores.sides["edge_to"], ((0, 0), (0, 1)), constant_values=1)
        window = scores.window
        distances = np.arange(window.end - window.begin) - (begin + end - 1) // 2
        logits = np.tensordot(source, self._form, (0, 1)) @ target.T + self._distance[:, distance_buckets(distances)]
        words = tuple(tokens[window.begin : window.end])
        return Edges(found, words[0], (1 / (1 + np.exp(-logits))).astype(np.float32), words)


def in_order(found: Iterable[Found]) -> list[Found]:
    """By place in the text."""
    return sorted(found, key=lambda span: (span.begin, span.end))
