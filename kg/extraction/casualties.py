"""Casualty figures: the words of a figure as bounds, for whom it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from kg.extraction.numbers import numbers, numeral, word_number
from kg.extraction.tokens import Run, edge_scores, least, runs
from kg.records import Casualties, CasualtyKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.document import Work
    from kg.language.reading import Found

KINDS: tuple[CasualtyKind, ...] = get_args(CasualtyKind)
Bounds = tuple[int | None, int | None]


def _values(tokens: list[str]) -> list[int]:
    """Every number in a figure's words, in order."""
    values, part = [], list[str]()
    for token in [*tokens, ""]:
        known = token in numbers()["units"] or token in numbers()["scales"] or numeral(token) is not None
        if known or (token in ("and", "-") and part and part[-1] in numbers()["scales"]):
            part.append(token)
            continue
        value = word_number(part) if part else None
        values += [] if value is None else [value]
        part = []
    return values


def figure_bounds(words: str) -> Bounds | None:
    """Least and most people that a figure's words mean, None for an open end; None where it tells no number.

    "at least 3" is (3, None), "up to 1,300" (None, 1300), "between 5 and 8" (5, 8), "dozens" (24, None).
    """
    text = f" {words.casefold().replace('‐', '-')} "
    tokens = re.findall(r"\d[\d,.]*\d|\d|[^\W\d_]+|-", text)
    values = _values(tokens)
    vague = next((value for word, value in numbers()["vague"].items() if f" {word} " in text), None)
    if not values:
        if vague is not None:
            return vague, None
        return (1, 1) if any(token in numbers()["single"] for token in tokens) else _none(tokens)
    if len(values) >= 2 and any(f" {word} " in text or word in text for word in numbers()["range"]):
        return min(values[:2]), max(values[:2])
    if any(f" {word} " in text for word in numbers()["at_least"]):
        return values[0], None
    if any(f" {word} " in text for word in numbers()["at_most"]):
        return None, values[0]
    return values[0], values[0]


def _none(tokens: list[str]) -> Bounds | None:
    return (0, 0) if any(token in numbers()["none"] for token in tokens) else None


@dataclass(frozen=True)
class Figure:
    """A figure's words as found, with the counts that they give."""

    found: Found
    counts: tuple[Casualties, ...]


def _group(work: Work, found: Found) -> Run | None:
    """The strongest phrase that says for whom the figure counts."""
    scores = edge_scores(work.reading, found, "group")
    ranked = [(sum(scores[i] for i in range(*run)) / (run[1] - run[0]), run) for run in runs(scores, least("group"))]
    best = max(ranked, key=lambda row: (row[0], -row[1][0]), default=None)
    return work.phrase(best[1]) if best else None


def _with_modifier(work: Work, found: Found) -> Run:
    """A figure with the words before it that bound it ("at least", "more than")."""
    begin = found.begin
    bounds = [*numbers()["at_least"], *numbers()["at_most"], *numbers()["about"]]
    for width in (3, 2, 1):
        before = work.doc[max(0, begin - width) : begin].text.casefold()
        if before in bounds:
            return begin - width, found.end
    return begin, found.end


def figures(work: Work) -> Iterator[Figure]:
    """Casualty figures of the article in order; a number that says nothing of how many is passed over."""
    for found in work.reading.spans["figures"]:
        if found.score < least("figure") or not work.is_article(found):
            continue
        run = _with_modifier(work, found)
        bounds = figure_bounds(work.doc[run[0] : run[1]].text)
        if bounds is None:
            continue
        kind: CasualtyKind = found.kind  # type: ignore[assignment]
        group = _group(work, found)
        count = Casualties(kind, *bounds, work.span(run), work.span(group) if group else None)
        yield Figure(found, (count,))
