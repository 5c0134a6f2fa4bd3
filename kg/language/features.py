"""What the encoder sees of each word: its wordpieces, its characters with their case, the white space before it.

The pretrained encoder is uncased; the characters give case, digits and foreign letters back to it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

CHARACTERS_PER_WORD = 16
_KEPT_AT_START = 10
_FIRST_CLASS = 96
_CLASSES = {"Lu": 0, "Lt": 0, "Ll": 1, "Lo": 2, "Lm": 2, "N": 3, "P": 4, "S": 5, "M": 6, "Z": 7, "C": 7}
CHARACTER_VOCABULARY = _FIRST_CLASS + 8

SPACE_NONE, SPACE_BLANK, SPACE_LINE = 0, 1, 2
SPACE_KINDS = 3
MOST_PIECES_PER_WORD = 24

Ints = npt.NDArray[np.int64]

_FARTHEST = 512
_STEPS = (1, 2, 4, 8, 16, 32, 64)


def _distance_table() -> Ints:
    """Bucket of each distance from -512 to 512: its sign with its power of two, as in Shaw et al. 2018, clipped."""
    distances = np.arange(-_FARTHEST, _FARTHEST + 1)
    sizes = np.searchsorted(_STEPS, np.abs(distances)) + 1
    table: Ints = np.where(distances == 0, 0, np.where(distances > 0, sizes, sizes + len(_STEPS) + 1))
    return table


_BUCKETS = _distance_table()
DISTANCE_BUCKETS = 2 * (len(_STEPS) + 1) + 1


def distance_buckets(distances: Ints) -> Ints:
    """Bucket of each signed distance in words."""
    found: Ints = _BUCKETS[np.clip(distances, -_FARTHEST, _FARTHEST) + _FARTHEST]
    return found


def character_code(character: str) -> int:
    """Printable ASCII has a code each, from 1; any other character the code of its Unicode category."""
    point = ord(character)
    if 32 < point < 127:
        return point - 32
    category = unicodedata.category(character)
    return _FIRST_CLASS + _CLASSES.get(category, _CLASSES.get(category[0], 7))


def character_row(word: str) -> list[int]:
    """Codes of a word's first ten and last six characters, padded with zeros to sixteen."""
    if len(word) > CHARACTERS_PER_WORD:
        word = word[:_KEPT_AT_START] + word[_KEPT_AT_START - CHARACTERS_PER_WORD :]
    row = [character_code(character) for character in word]
    return row + [0] * (CHARACTERS_PER_WORD - len(row))


def space_code(gap: str) -> int:
    """Which kind of gap stands before a word: none, blanks, or a line end."""
    if not gap:
        return SPACE_NONE
    return SPACE_LINE if "\n" in gap else SPACE_BLANK


@dataclass(frozen=True, slots=True)
class Pieces:
    """Wordpieces of a run of words: `ids` and, for each, the index of its `word`."""

    ids: Ints
    word: Ints


class WordPieces:
    """The encoder's tokenizer applied word by word, so that every word keeps at least one piece."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        marks = ("[UNK]", "[CLS]", "[SEP]", "[MASK]")
        self._unknown, self.start, self.end, self.mask = (int(tokenizer.token_to_id(mark) or 0) for mark in marks)

    def __call__(self, words: Sequence[str]) -> Pieces:
        """Pieces of the words in order; a word without a piece (white space, controls) counts as unknown.

        A word of thousands of letters keeps its first 24 pieces: more would fill the window with one word.
        """
        ids: list[int] = []
        owners: list[int] = []
        for index, encoding in enumerate(self._tokenizer.encode_batch(list(words), add_special_tokens=False)):
            pieces = encoding.ids[:MOST_PIECES_PER_WORD] or [self._unknown]
            ids += pieces
            owners += [index] * len(pieces)
        return Pieces(np.array(ids, np.int64), np.array(owners, np.int64))


@dataclass(frozen=True, slots=True)
class EncoderInput:
    """One batch: B texts of up to T pieces (with the two special ones) and W words.

    `pieces` (B, T) ids; `attention` (B, T) 1 where a piece is; `owner` (B, T) the word of each piece plus one,
    0 for special pieces and padding; `characters` (B, W, 16); `spaces` (B, W).
    """

    pieces: Ints
    attention: Ints
    owner: Ints
    characters: Ints
    spaces: Ints


def encoder_input(
    windows: Sequence[Pieces], characters: Sequence[Ints], spaces: Sequence[Ints], marks: WordPieces
) -> EncoderInput:
    """Pad windows of words to one batch."""
    shape = (len(windows), max(len(window.ids) for window in windows) + 2)
    most_words = max(len(row) for row in spaces)
    batch = EncoderInput(
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
        np.zeros((len(windows), most_words, CHARACTERS_PER_WORD), np.int64),
        np.zeros((len(windows), most_words), np.int64),
    )
    for i, window in enumerate(windows):
        count = len(window.ids)
        batch.pieces[i, 0], batch.pieces[i, 1 : count + 1], batch.pieces[i, count + 1] = (
            marks.start, window.ids, marks.end,
        )  # fmt: skip
        batch.attention[i, : count + 2] = 1
        batch.owner[i, 1 : count + 1] = window.word + 1
        batch.characters[i, : len(characters[i])] = characters[i]
        batch.spaces[i, : len(spaces[i])] = spaces[i]
    return batch
