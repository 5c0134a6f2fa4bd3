"""How the network does on held-out sentences while it trains: greedy arcs and tags, plain best name labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from kg.language.training.losses import arc_scores, label_scores
from kg.language.training.samples import IGNORED, Inventory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.language.training.batching import Batch
    from kg.language.training.network import Network, TensorMap

Spans = set[tuple[int, int, str]]


def spans(labels: Sequence[str]) -> Spans:
    """Begin, end (exclusive) and type of each name in a row of BIO labels; a stray I begins a name."""
    found: Spans = set()
    begin, kind = 0, ""
    for i, label in enumerate([*labels, "O"]):
        prefix, _, now = label.partition("-")
        if kind and (prefix != "I" or now != kind):
            found.add((begin, i, kind))
            kind = ""
        if now and not kind:
            begin, kind = i, now
    return found


class Counts:
    """Right answers over all asked, by measure; spans as F1."""

    def __init__(self) -> None:
        self._sums: dict[str, list[int]] = {}

    def add(self, name: str, right: int, found: int, gold: int) -> None:
        """Add counts to a measure."""
        for i, value in enumerate((right, found, gold)):
            self._sums.setdefault(name, [0, 0, 0])[i] += value

    def figures(self) -> dict[str, float]:
        """F1 of each measure in per cent; accuracy where as many were found as asked."""
        return {name: 200 * r / (f + g) if f + g else 0.0 for name, (r, f, g) in self._sums.items()}


def _count_parse(counts: Counts, network: Network, outputs: TensorMap, batch: Batch) -> None:
    heads = arc_scores(network.form("arc"), outputs, batch.sentence).argmax(2)
    relations = label_scores(network.form("label"), outputs, heads).argmax(2)
    asked = batch.heads != IGNORED
    right = (heads == batch.heads) & asked
    both = right & (relations == batch.relations)
    counts.add("uas", int(right.sum()), int(asked.sum()), int(asked.sum()))
    counts.add("las", int(both.sum()), int(asked.sum()), int(asked.sum()))


def _count_names(counts: Counts, outputs: TensorMap, batch: Batch, labels: Sequence[str]) -> None:
    best = outputs["names"].argmax(2)
    for row, allowed in zip(best.tolist(), batch.allowed["names"].tolist(), strict=True):
        told = [i for i, bits in enumerate(allowed) if bits]
        gold = spans([_gold_label(allowed[i], labels) for i in told])
        found = {(b, e, _coarse(k)) for b, e, k in spans([labels[row[i]] for i in told])}
        found = {span for span in found if span[2] in ("PER", "ORG", "LOC")}
        counts.add("names", len(gold & found), len(found), len(gold))


def _coarse(kind: str) -> str:
    return "LOC" if kind == "FAC" else kind


def _gold_label(bits: int, labels: Sequence[str]) -> str:
    permitted = [label for i, label in enumerate(labels) if bits >> i & 1]
    return "O" if "O" in permitted else next(label for label in permitted if label[2:] in ("PER", "ORG", "LOC"))


@torch.no_grad()
def measured(network: Network, batches: Iterable[Batch], inventory: Inventory) -> dict[str, float]:
    """UAS, LAS, tag accuracies and names' F1 (PER, ORG, LOC) in per cent."""
    network.eval()
    counts = Counts()
    for batch in batches:
        outputs = network(*batch.inputs)
        for head, gold in batch.tags.items():
            asked = gold != IGNORED
            if not bool(asked.any()):
                continue
            right = (outputs[head].argmax(2) == gold) & asked
            counts.add(head, int(right.sum()), int(asked.sum()), int(asked.sum()))
        _count_parse(counts, network, outputs, batch)
        _count_names(counts, outputs, batch, inventory.tags["names"])
    network.train()
    return counts.figures()


def told(figures: dict[str, float]) -> Iterator[str]:
    """One word per measure."""
    return (f"{name}={value:.2f}" for name, value in figures.items())
