"""What the network is trained towards: one loss per layer of gold, words without gold left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from kg.language.features import distance_buckets
from kg.language.training.samples import IGNORED

if TYPE_CHECKING:
    from kg.language.training.batching import Batch
    from kg.language.training.network import Biaffine, Network, TensorMap

WEIGHTS = {
    "arc": 1.0, "label": 1.0, "xpos": 0.6, "upos": 0.3, "lemma": 0.3, "start": 0.5, "names": 1.0, "mentions": 1.0,
    "triggers": 1.0, "modality": 0.4, "cues": 0.6, "figures": 0.6, "edges": 30.0,
}  # fmt: skip
_NEVER = -1e4


def mean_over_gold(logits: Tensor, gold: Tensor) -> Tensor:
    """Cross-entropy over the words that have gold; zero where none has."""
    kept = gold != IGNORED
    if not bool(kept.any()):
        return logits.sum() * 0.0
    return functional.cross_entropy(logits[kept].float(), gold[kept])


def names_loss(logits: Tensor, allowed: Tensor, weights: Tensor) -> Tensor:
    """Negative log of the probability of all labels that the corpus allows at a word (marginal likelihood)."""
    bits = torch.arange(logits.shape[2], device=logits.device)
    permitted = (allowed.unsqueeze(2) >> bits) & 1 == 1
    told = allowed != 0
    logits = logits.float()
    inside = torch.logsumexp(logits.masked_fill(~permitted, _NEVER), 2)
    loss = (torch.logsumexp(logits, 2) - inside) * weights
    return (loss * told).sum() / told.sum().clamp(min=1)


def arc_scores(form: Biaffine, outputs: TensorMap, sentence: Tensor) -> Tensor:
    """Score (B, dependent, head), impossible between sentences; a word as its own head stands for the root."""
    scores = form(outputs["arc_from"], outputs["arc_to"])[:, 0].float()
    together = (sentence.unsqueeze(2) == sentence.unsqueeze(1)) & (sentence != IGNORED).unsqueeze(1)
    return scores.masked_fill(~together, _NEVER)


def label_scores(form: Biaffine, outputs: TensorMap, heads: Tensor) -> Tensor:
    """Score (B, dependent, relation) of the relation to each word's given head."""
    index = heads.clamp(min=0).unsqueeze(2).expand(-1, -1, outputs["label_to"].shape[2])
    chosen = outputs["label_to"].gather(1, index)
    return form.paired(outputs["label_from"], chosen)


def edges_loss(network: Network, outputs: TensorMap, batch: Batch) -> Tensor:
    """Binary cross-entropy over all words and labels, from each trigger, cue and figure of the labelled texts."""
    rows, words = batch.sources.unbind(1)
    if not len(rows):
        return outputs["edge_from"].sum() * 0.0
    scores = network.form("edge").from_words(outputs["edge_from"][rows, words], outputs["edge_to"][rows]).float()
    distances = np.arange(scores.shape[2])[None] - words.numpy()[:, None]
    scores = scores + network.distance[:, torch.from_numpy(distance_buckets(distances))].transpose(0, 1)
    place = {(int(r), int(w)): i for i, (r, w) in enumerate(batch.sources.tolist())}
    gold = torch.zeros_like(scores)
    for row, source, target, label in batch.edges.tolist():
        if (row, source) in place:
            gold[place[row, source], label, target] = 1.0
    real = (batch.sentence[rows] != IGNORED).unsqueeze(1)
    loss = functional.binary_cross_entropy_with_logits(scores, gold, reduction="none") * real
    return loss.sum() / (real.sum() * scores.shape[1])


def losses(network: Network, outputs: TensorMap, batch: Batch) -> TensorMap:
    """Loss of each layer, unweighted."""
    parts = {head: mean_over_gold(outputs[head], gold) for head, gold in batch.tags.items()}
    for head, allowed in batch.allowed.items():
        parts[head] = names_loss(outputs[head], allowed, batch.weights)
    parts["edges"] = edges_loss(network, outputs, batch)
    parts["arc"] = mean_over_gold(arc_scores(network.form("arc"), outputs, batch.sentence), batch.heads)
    parts["label"] = mean_over_gold(label_scores(network.form("label"), outputs, batch.heads), batch.relations)
    return parts


def total(parts: TensorMap) -> Tensor:
    """Weighted sum of the losses."""
    return torch.stack([WEIGHTS[name] * part for name, part in sorted(parts.items())]).sum()
