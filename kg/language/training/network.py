"""The network: a pretrained encoder that is told the characters of each word, and light heads on its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.language.features import CHARACTER_VOCABULARY, DISTANCE_BUCKETS, SPACE_KINDS

if TYPE_CHECKING:
    from transformers import BertModel

TensorMap: TypeAlias = dict[str, Tensor]


@dataclass(frozen=True)
class Sizes:
    """Widths of the parts, in units; `tags` maps each tagging head to its number of labels."""

    tags: dict[str, int]
    relations: int
    edges: int = 0
    hidden: int = 384
    character: int = 24
    characters: int = 96
    arc: int = 256
    label: int = 96
    edge: int = 128
    dropout: float = 0.2


class CharacterFeatures(nn.Module):
    """Word features from characters and spacing: embeddings, one convolution of width 3, maximum (Kim 2016)."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.embedding = nn.Embedding(CHARACTER_VOCABULARY, sizes.character, padding_idx=0)
        self.convolution = nn.Conv1d(sizes.character, sizes.characters, 3, padding=1)
        self.space = nn.Embedding(SPACE_KINDS, sizes.characters)
        self.out = nn.Linear(sizes.characters, sizes.hidden)

    def forward(self, characters: Tensor, spaces: Tensor) -> Tensor:
        """(B, W, 16) characters and (B, W) gaps to (B, W, hidden)."""
        batch, words, width = characters.shape
        embedded = self.embedding(characters.reshape(batch * words, width)).transpose(1, 2)
        features = functional.relu(self.convolution(embedded)).amax(2).reshape(batch, words, -1)
        projected: Tensor = self.out(features + self.space(spaces))
        return projected


class Encoder(nn.Module):
    """Words' vectors: wordpieces plus their word's characters through the encoder, layers mixed, pieces averaged."""

    def __init__(self, bert: BertModel, sizes: Sizes) -> None:
        super().__init__()
        self.bert = bert
        self.characters = CharacterFeatures(sizes)
        nn.init.zeros_(self.characters.out.weight)
        nn.init.zeros_(self.characters.out.bias)
        self.late = nn.Linear(sizes.hidden, sizes.hidden)
        self.mix = nn.Parameter(torch.zeros(bert.config.num_hidden_layers + 1))
        self.norm = nn.LayerNorm(sizes.hidden)

    def forward(self, pieces: Tensor, attention: Tensor, owner: Tensor, characters: Tensor, spaces: Tensor) -> Tensor:
        """A batch as `features.EncoderInput` has it to (B, W, hidden)."""
        word = self.characters(characters, spaces)
        padded = functional.pad(word, (0, 0, 1, 0))
        index = owner.unsqueeze(2).expand(-1, -1, padded.shape[2])
        embedded = self.bert.embeddings.word_embeddings(pieces) + padded.gather(1, index)
        layers = self.bert(inputs_embeds=embedded, attention_mask=attention, output_hidden_states=True).hidden_states
        weights = torch.softmax(self.mix, 0)
        mixed = sum(weights[i] * layer for i, layer in enumerate(layers))
        numbers = torch.arange(1, spaces.shape[1] + 1, device=owner.device)
        member = (owner.unsqueeze(1) == numbers.view(1, -1, 1)).to(mixed.dtype)
        pooled = member @ mixed / member.sum(2, keepdim=True).clamp(min=1)
        vectors: Tensor = self.norm(pooled + self.late(functional.gelu(word)))
        return vectors


class Heads(nn.Module):
    """Projections of the words' vectors: logits of each tagging head, and the two sides of arcs, labels and edges."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.tags = nn.ModuleDict({name: nn.Linear(sizes.hidden, count) for name, count in sizes.tags.items()})
        widths = {"arc": sizes.arc, "label": sizes.label} | ({"edge": sizes.edge} if sizes.edges else {})
        self.sides = nn.ModuleDict(
            {
                f"{name}_{side}": nn.Linear(sizes.hidden, width)
                for name, width in widths.items()
                for side in ("from", "to")
            }
        )

    def forward(self, vectors: Tensor) -> TensorMap:
        """(B, W, hidden) to one tensor (B, W, width) per head and side."""
        tags = {name: layer(vectors) for name, layer in self.tags.items()}
        return tags | {name: functional.gelu(layer(vectors)) for name, layer in self.sides.items()}


class Biaffine(nn.Module):
    """Score of every pair of words: from (1 + x) W (1 + y), with W zero at first (Dozat and Manning 2017)."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(labels, width + 1, width + 1))
        nn.init.normal_(self.weight, std=0.01)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Score (B, labels, W, W) of all pairs of two (B, W, width)."""
        source, target = (functional.pad(side, (0, 1), value=1.0) for side in (source, target))
        return torch.einsum("bik,lkm,bjm->blij", source, self.weight.to(source.dtype), target)

    def from_words(self, source: Tensor, target: Tensor) -> Tensor:
        """Score (S, labels, W) of each source word (S, width) with all words of its text (S, W, width)."""
        source, target = (functional.pad(side, (0, 1), value=1.0) for side in (source, target))
        turned = torch.einsum("sk,lkm->slm", source, self.weight.to(source.dtype))
        return turned @ target.transpose(1, 2)

    def paired(self, source: Tensor, target: Tensor) -> Tensor:
        """Score (B, W, labels) of word i of `source` with word i of `target` alone."""
        source, target = (functional.pad(side, (0, 1), value=1.0) for side in (source, target))
        labels, width, _ = self.weight.shape
        turned = target @ self.weight.to(target.dtype).permute(2, 0, 1).reshape(width, labels * width)
        return torch.einsum("bilk,bik->bil", turned.reshape(*target.shape[:2], labels, width), source)


class Network(nn.Module):
    """Encoder and heads; the biaffine forms live beside them, since at run time numpy applies them by sentence."""

    def __init__(self, bert: BertModel, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(bert, sizes)
        self.heads = Heads(sizes)
        self.dropout = nn.Dropout(sizes.dropout)
        forms = {"arc": (sizes.arc, 1), "label": (sizes.label, sizes.relations)}
        if sizes.edges:
            forms["edge"] = (sizes.edge, sizes.edges)
        self.forms = nn.ModuleDict({name: Biaffine(*shape) for name, shape in forms.items()})
        self.distance = nn.Parameter(torch.zeros(sizes.edges, DISTANCE_BUCKETS))

    def form(self, name: str) -> Biaffine:
        """The biaffine form of arcs ("arc"), of their labels ("label") or of edges ("edge")."""
        form = self.forms[name]
        assert isinstance(form, Biaffine)
        return form

    def forward(
        self, pieces: Tensor, attention: Tensor, owner: Tensor, characters: Tensor, spaces: Tensor
    ) -> TensorMap:
        """A batch to the outputs of all heads, and the words' vectors."""
        vectors = self.encoder(pieces, attention, owner, characters, spaces)
        outputs: TensorMap = self.heads(self.dropout(vectors))
        return outputs | {"vectors": vectors}
