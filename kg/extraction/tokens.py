"""From words of a Doc to spans of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.extraction.lexicon import settings
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spacy.tokens import Doc, Token

    from kg.language.reading import Found

Run = tuple[int, int]


def span(doc: Doc, begin: int, end: int) -> Span:
    """Words `begin` to `end` (token indices) as a span of the text."""
    first, last = doc[begin].idx, doc[end - 1].idx + len(doc[end - 1])
    return Span(first, last, doc.text[first:last])


def strength(scores: dict[int, float], found: Found) -> float:
    """Mean probability over a span's words; zero where it is outside the window."""
    return float(np.mean([scores.get(i, 0.0) for i in range(found.begin, found.end)]))


def runs(scores: dict[int, float], least: float) -> list[Run]:
    """Neighbouring words whose probability reaches the least, as ranges of token indices."""
    found: list[Run] = []
    for i in sorted(i for i, score in scores.items() if score >= least):
        if found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found


def least(name: str) -> float:
    """The probability from which the model's word on something is taken."""
    return float(settings()["least"][name])


def sentence_at(doc: Doc, token: int) -> Run:
    """Token range of the sentence that a token is in."""
    sentence = doc[token].sent
    return sentence.start, sentence.end


def trimmed(doc: Doc, run: Run, drop: Callable[[Token], bool]) -> Run | None:
    """A range without leading and trailing words that are to be dropped; None where nothing is left."""
    begin, end = run
    while begin < end and drop(doc[begin]):
        begin += 1
    while begin < end and drop(doc[end - 1]):
        end -= 1
    return (begin, end) if begin < end else None


def is_edge_noise(token: Token) -> bool:
    """White space and punctuation, which no phrase begins or ends with."""
    return token.is_space or (token.is_punct and token.text not in ("(", ")", "%"))


def best(candidates: Iterable[tuple[float, Run]]) -> Run | None:
    """The candidate with the highest score, the earliest of equals."""
    ranked: Sequence[tuple[float, Run]] = sorted(candidates, key=lambda c: (-c[0], c[1]))
    return ranked[0][1] if ranked else None
