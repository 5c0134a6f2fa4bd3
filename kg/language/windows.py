"""Cuts a text into windows that the encoder can take: whole paragraphs where possible, nothing left out.

A window ends at a blank line, else at a sentence's likely end; only a run of words without either is cut
elsewhere, and then both sides see the words around the cut.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PIECES = 200
ENOUGH_PIECES = 120
SHARED_WORDS, SHARED_PIECES = 24, 96
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_ENDERS = frozenset(".!?…。؟") | {'."', ".”", "?!", "!!", "..."}
_CLOSERS = frozenset("\"'”’»)]")


@dataclass(frozen=True, slots=True)
class Window:
    """Words `begin` to `end` of which `core_begin` to `core_end` are this window's own; the rest is context."""

    begin: int
    end: int
    core_begin: int
    core_end: int


def is_paragraph_gap(gap: str) -> bool:
    """Whether white space holds a blank line."""
    return _BLANK_LINE.search(gap) is not None


def _ends_sentence(words: Sequence[str], at: int) -> bool:
    last = at - 1
    if words[last] in _CLOSERS and last > 0:
        last -= 1
    return words[last] in _ENDERS


def _cut(words: Sequence[str], sizes: Sequence[int], begin: int, end: int) -> tuple[int, bool]:
    """Where to end a window that starts at `begin`, and whether the cut is a clean one."""
    filled, most = 0, begin
    while most < end and filled + sizes[most] <= MOST_PIECES:
        filled += sizes[most]
        most += 1
    if most == end:
        return end, True
    clean = next((at for at in range(most, begin, -1) if _ends_sentence(words, at)), None)
    if clean is not None:
        return clean, True
    return max(begin + 1, most - 2 * SHARED_WORDS), False


def _paragraphs(gaps: Sequence[str]) -> Iterator[tuple[int, int]]:
    starts = [0, *(i for i, gap in enumerate(gaps) if i and is_paragraph_gap(gap)), len(gaps)]
    yield from itertools.pairwise(starts)


def _packed(ranges: Iterator[tuple[int, int]], sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring paragraphs joined while they fit and the window is not yet well filled."""
    begin, end, filled = 0, 0, 0
    for first, last in ranges:
        size = sum(sizes[first:last])
        if end > begin and (filled >= ENOUGH_PIECES or filled + size > MOST_PIECES):
            yield begin, end
            begin, filled = first, 0
        end, filled = last, filled + size
    if end > begin:
        yield begin, end


def _shared(sizes: Sequence[int]) -> int:
    """How many words beside a cut, nearest first, the window takes as context."""
    filled = 0
    for count, size in enumerate(sizes[:SHARED_WORDS]):
        filled += size
        if filled > SHARED_PIECES:
            return count
    return min(len(sizes), SHARED_WORDS)


def windows(words: Sequence[str], gaps: Sequence[str], sizes: Sequence[int]) -> Iterator[Window]:
    """Windows whose cores cover all words once, in order.

    `gaps` are the white space before each word and `sizes` the words' numbers of pieces, up to MOST_PIECES each.
    """
    for begin, end in _packed(_paragraphs(gaps), sizes):
        at, was_clean = begin, True
        while at < end:
            stop, clean = _cut(words, sizes, at, end)
            before = 0 if was_clean else _shared(sizes[max(begin, at - SHARED_WORDS) : at][::-1])
            after = 0 if clean else _shared(sizes[stop : min(end, stop + SHARED_WORDS)])
            yield Window(at - before, stop + after, at, stop)
            at, was_clean = stop, clean
