"""Training samples: words with whatever gold a corpus has for them, and the label inventory over all corpora."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

IGNORED = -1
NAME_TYPES = ("PER", "ORG", "LOC", "FAC", "NORP", "DATE", "EVENT", "MISC")
NAME_LABELS = ("O", *(f"{prefix}-{kind}" for kind in NAME_TYPES for prefix in "BI"))


@dataclass(slots=True)
class Sentence:
    """One sentence of a corpus; a layer that the corpus does not have is empty.

    `heads` are word indices, a root's own index for roots. `names` holds for each word the labels that the
    corpus allows there: several where it does not tell two of our types apart, none where it says nothing;
    `mentions` the same in the labels of our own scheme. `layers` are further rows of labels by head, and `edges`
    (from, to, label) go between words.
    """

    words: list[str]
    spaces: list[int]
    xpos: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    names: list[frozenset[str]] = field(default_factory=list)
    document: str = ""
    id: str = ""
    layers: dict[str, list[str]] = field(default_factory=dict)
    mentions: list[frozenset[str]] = field(default_factory=list)
    edges: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Inventory:
    """The labels of each tagging head and of the arcs, in the order of their numbers."""

    tags: dict[str, tuple[str, ...]]
    relations: tuple[str, ...]
    edges: tuple[str, ...] = ()

    def numbers(self, head: str) -> dict[str, int]:
        """Number of each label of a tagging head."""
        return {label: i for i, label in enumerate(self.tags[head])}


def lemma_script(form: str, lemma: str) -> str:
    """How to make the lemma: case kept or lowered, letters cut from the end, letters added ("l2y": ladies)."""
    if lemma.casefold() == lemma or form.casefold() == form:
        case, base = "l", form.lower()
    else:
        case, base = "k", form
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    return f"{case}{len(base) - shared}{lemma[shared:]}"


def frequent(labels: Iterable[str], least: int) -> tuple[str, ...]:
    """Labels seen at least so often, most frequent first, ties by name."""
    counts = Counter(labels)
    return tuple(label for label, count in sorted(counts.items(), key=lambda x: (-x[1], x[0])) if count >= least)


def inventory(sentences: Sequence[Sentence], ours: Mapping[str, tuple[str, ...]], edges: tuple[str, ...]) -> Inventory:
    """The labels of a training set and of `ours`; lemma scripts seen twice or less would not generalise."""
    scripts = (lemma_script(w, lemma) for s in sentences for w, lemma in zip(s.words, s.lemmas, strict=False))
    return Inventory(
        {
            "xpos": frequent((tag for s in sentences for tag in s.xpos), 2),
            "upos": frequent((tag for s in sentences for tag in s.upos), 2),
            "lemma": frequent(scripts, 3),
            "start": ("I", "B"),
            "names": NAME_LABELS,
            **ours,
        },
        frequent((relation for s in sentences for relation in s.relations), 2),
        edges,
    )
