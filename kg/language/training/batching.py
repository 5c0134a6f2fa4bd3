"""Sentences to padded batches: neighbours packed into paragraphs, paragraphs of like length batched together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from kg.language.features import Ints, Pieces, WordPieces, character_row, encoder_input
from kg.language.training.labelled import mentions_of_name
from kg.language.training.samples import IGNORED, Inventory, Sentence, lemma_script

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

MOST_SENTENCES, MOST_PIECES = 4, 180
MARGINAL = ("names", "mentions")


def _mentions(names: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(mentions_of_name(label) for label in names))


@dataclass(frozen=True)
class Numbered:
    """A sentence as numbers: pieces, characters, gaps, one row of label numbers per tagging head, heads, relations.

    `allowed` holds for names and mentions one bit per allowed label and word (0: the corpus says nothing); `weight`
    scales the loss of both. `edges` (N, 3) are from, to and label numbers, None where the corpus has no such layer.
    """

    pieces: Pieces
    characters: Ints
    spaces: Ints
    tags: dict[str, Ints]
    heads: Ints
    relations: Ints
    allowed: dict[str, Ints]
    edges: Ints | None
    weight: float
    document: str


class Numberer:
    """Turns sentences into numbers by an inventory of labels."""

    def __init__(self, inventory: Inventory, pieces: WordPieces) -> None:
        self._tags = {head: inventory.numbers(head) for head in inventory.tags}
        self._relations = {label: i for i, label in enumerate(inventory.relations)}
        self._edges = {label: i for i, label in enumerate(inventory.edges)}
        self._pieces = pieces
        self._plain = [head for head in inventory.tags if head not in MARGINAL]

    def _bits(self, head: str, rows: Sequence[frozenset[str]], count: int) -> Ints:
        numbers = self._tags[head]
        return np.array([sum(1 << numbers[x] for x in row) for row in rows] or [0] * count, np.int64)

    def _edge_rows(self, sentence: Sentence) -> Ints:
        rows = [(i, j, self._edges[label]) for i, j, label in sentence.edges]
        return np.array(rows, np.int64).reshape(-1, 3)

    def __call__(self, sentence: Sentence, weight: float = 1.0) -> Numbered:
        """The sentence in numbers; what the inventory does not have is IGNORED."""
        count = len(sentence.words)
        scripts = [lemma_script(w, lemma) for w, lemma in zip(sentence.words, sentence.lemmas, strict=False)]
        start = ["B", *["I"] * (count - 1)]
        layers = {"xpos": sentence.xpos, "upos": sentence.upos, "lemma": scripts, "start": start} | sentence.layers
        if sentence.layers:
            layers["start"] = []
        mentions = sentence.mentions or [_mentions(allowed) for allowed in sentence.names]
        return Numbered(
            pieces=self._pieces(sentence.words),
            characters=np.array([character_row(word) for word in sentence.words], np.int64),
            spaces=np.array(sentence.spaces, np.int64),
            tags={head: self._row(layers.get(head, ()), self._tags[head], count) for head in self._plain},
            heads=np.array(sentence.heads or [IGNORED] * count, np.int64),
            relations=self._row(sentence.relations, self._relations, count),
            allowed={
                "names": self._bits("names", sentence.names, count),
                "mentions": self._bits("mentions", mentions, count),
            },
            edges=self._edge_rows(sentence) if sentence.layers else None,
            weight=weight,
            document=sentence.document,
        )

    @staticmethod
    def _row(labels: Sequence[str], numbers: dict[str, int], count: int) -> Ints:
        return np.array([numbers.get(label, IGNORED) for label in labels] or [IGNORED] * count, np.int64)


def packed(sentences: Sequence[Numbered], rng: random.Random) -> Iterator[list[Numbered]]:
    """Runs of one to four neighbouring sentences of a document, within the window's size."""
    run: list[Numbered] = []
    wanted, size = rng.randint(1, MOST_SENTENCES), 0
    for sentence in sentences:
        full = len(run) >= wanted or size + len(sentence.pieces.ids) > MOST_PIECES
        if run and (full or run[0].document != sentence.document):
            yield run
            run, wanted, size = [], rng.randint(1, MOST_SENTENCES), 0
        run.append(sentence)
        size += len(sentence.pieces.ids)
    if run:
        yield run


@dataclass(frozen=True)
class Batch:
    """Inputs of the encoder and gold, as tensors padded with IGNORED: all (B, W) but for the inputs' pieces.

    `edges` (E, 4) are row, from, to, label; `sources` (S, 2) row and word of all words that edges may start from.
    """

    inputs: tuple[torch.Tensor, ...]
    tags: dict[str, torch.Tensor]
    heads: torch.Tensor
    relations: torch.Tensor
    sentence: torch.Tensor
    allowed: dict[str, torch.Tensor]
    weights: torch.Tensor
    edges: torch.Tensor
    sources: torch.Tensor


def joined(run: Sequence[Numbered]) -> tuple[Pieces, Ints, Ints]:
    """The sentences of a run as one window: pieces with running word numbers, characters, gaps."""
    starts = np.cumsum([0, *(len(s.spaces) for s in run)])
    ids = np.concatenate([s.pieces.ids for s in run])
    owners = np.concatenate([s.pieces.word + start for s, start in zip(run, starts, strict=False)])
    return Pieces(ids, owners), np.concatenate([s.characters for s in run]), np.concatenate([s.spaces for s in run])


def _padded(rows: Sequence[Ints], fill: int) -> torch.Tensor:
    table = np.full((len(rows), max(map(len, rows))), fill, np.int64)
    for i, row in enumerate(rows):
        table[i, : len(row)] = row
    return torch.from_numpy(table)


def _shifted_heads(run: Sequence[Numbered]) -> Ints:
    starts = np.cumsum([0, *(len(s.spaces) for s in run)])
    return np.concatenate(
        [np.where(s.heads == IGNORED, IGNORED, s.heads + start) for s, start in zip(run, starts, strict=False)]
    )


def _edges(row: int, run: Sequence[Numbered]) -> Ints:
    """Row, from, to, label of the edges of a run; a labelled text is a run of its own."""
    edges = run[0].edges
    if edges is None:
        return np.zeros((0, 4), np.int64)
    return np.concatenate([np.full((len(edges), 1), row, np.int64), edges], 1)


def _sources(row: int, run: Sequence[Numbered]) -> Ints:
    """Row and word of each trigger, cue and figure of a labelled text."""
    if run[0].edges is None:
        return np.zeros((0, 2), np.int64)
    marked = np.flatnonzero(sum(run[0].tags[head] > 0 for head in ("triggers", "cues", "figures")))
    return np.stack([np.full(len(marked), row, np.int64), marked], 1)


def collate(runs: Sequence[Sequence[Numbered]], marks: WordPieces) -> Batch:
    """One batch of runs of sentences."""
    windows = [joined(run) for run in runs]
    fed = encoder_input([w[0] for w in windows], [w[1] for w in windows], [w[2] for w in windows], marks)
    arrays = (fed.pieces, fed.attention, fed.owner, fed.characters, fed.spaces)

    def gold(rows: list[list[Ints]], fill: int = IGNORED) -> torch.Tensor:
        return _padded([np.concatenate(row) for row in rows], fill)

    return Batch(
        inputs=tuple(torch.from_numpy(array) for array in arrays),
        tags={head: gold([[s.tags[head] for s in run] for run in runs]) for head in runs[0][0].tags},
        heads=_padded([_shifted_heads(run) for run in runs], IGNORED),
        relations=gold([[s.relations for s in run] for run in runs]),
        sentence=gold([[np.full(len(s.spaces), i, np.int64) for i, s in enumerate(run)] for run in runs]),
        allowed={head: gold([[s.allowed[head] for s in run] for run in runs], 0) for head in MARGINAL},
        edges=torch.from_numpy(np.concatenate([_edges(i, run) for i, run in enumerate(runs)])),
        sources=torch.from_numpy(np.concatenate([_sources(i, run) for i, run in enumerate(runs)])),
        weights=torch.tensor([[run[0].weight] for run in runs]),
    )


def batches(runs: Sequence[list[Numbered]], marks: WordPieces, budget: int, rng: random.Random) -> Iterator[Batch]:
    """All runs, in batches of like length with at most `budget` padded pieces, in random order."""

    def size(run: list[Numbered]) -> int:
        return sum(len(s.pieces.ids) for s in run) + 2

    groups: list[list[list[Numbered]]] = [[]]
    for run in sorted(runs, key=lambda run: (size(run), rng.random())):
        if groups[-1] and (len(groups[-1]) + 1) * size(run) > budget:
            groups.append([])
        groups[-1].append(run)
    rng.shuffle(groups)
    yield from (collate(group, marks) for group in groups if group)
