"""Runs the encoder over windows of a text and decodes each window's words while their scores are at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from kg.language.features import CHARACTERS_PER_WORD, Ints, Pieces, WordPieces, character_row, encoder_input, space_code
from kg.language.windows import Window, windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.language.archive import Labels, Model
    from kg.language.decoding import Floats

WINDOWS_PER_BATCH = 8


@dataclass(frozen=True)
class Scores:
    """What the encoder says of a window's words: `tags` by head (W, labels) and `sides` by form (W, width)."""

    window: Window
    tags: dict[str, Floats]
    sides: dict[str, Floats]


@dataclass(frozen=True)
class Words:
    """The words of a text with the white space before each, and their pieces."""

    texts: list[str]
    gaps: list[str]
    pieces: Pieces = field(repr=False)
    characters: Ints = field(repr=False)
    spaces: Ints = field(repr=False)


def _slices(widths: dict[str, int]) -> dict[str, slice]:
    ends = np.cumsum(list(widths.values())).tolist()
    return {name: slice(end - width, end) for (name, width), end in zip(widths.items(), ends, strict=True)}


class Encoder:
    """The shipped encoder in an onnxruntime session."""

    def __init__(self, model: Model, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model.encoder, options, providers=["CPUExecutionProvider"])
        self._pieces = WordPieces(Tokenizer.from_str(model.tokenizer))
        self.labels: Labels = model.labels
        self._tags = _slices({head: len(labels) for head, labels in model.labels.tags.items()})
        self._sides = _slices(model.labels.sides)

    def words(self, texts: Sequence[str], gaps: Sequence[str]) -> Words:
        """Words as the encoder's input."""
        return Words(
            list(texts),
            list(gaps),
            self._pieces(texts),
            np.array([character_row(text) for text in texts], np.int64).reshape(-1, CHARACTERS_PER_WORD),
            np.array([space_code(gap) for gap in gaps], np.int64),
        )

    def scores(self, words: Words) -> Iterator[Scores]:
        """Scores of each window, a few windows at a time, like lengths together; windows come in no fixed order."""
        if not words.texts:
            return
        sizes = np.bincount(words.pieces.word, minlength=len(words.texts)).tolist()
        cut = sorted(windows(words.texts, words.gaps, sizes), key=lambda w: w.end - w.begin)
        for first in range(0, len(cut), WINDOWS_PER_BATCH):
            yield from self._run(words, cut[first : first + WINDOWS_PER_BATCH])

    def _run(self, words: Words, batch: Sequence[Window]) -> Iterator[Scores]:
        owner = words.pieces.word
        pieces = []
        for window in batch:
            low, high = np.searchsorted(owner, [window.begin, window.end])
            pieces.append(Pieces(words.pieces.ids[low:high], owner[low:high] - window.begin))
        fed = encoder_input(
            pieces,
            [words.characters[w.begin : w.end] for w in batch],
            [words.spaces[w.begin : w.end] for w in batch],
            self._pieces,
        )
        names = ("pieces", "attention", "owner", "characters", "spaces")
        tags, sides = self._session.run(["tags", "sides"], {name: getattr(fed, name) for name in names})
        for i, window in enumerate(batch):
            count = window.end - window.begin
            yield Scores(
                window,
                {head: tags[i, :count, part] for head, part in self._tags.items()},
                {name: sides[i, :count, part] for name, part in self._sides.items()},
            )
