"""Which parts of a text are the article: bylines, share buttons, comment forms and the like are passed over."""

from __future__ import annotations

import re

from kg.extraction.lexicon import boilerplate

_LINE = re.compile(r"[^\n]+")
Ranges = tuple[tuple[int, int], ...]


def article_ranges(text: str) -> Ranges:
    """Ranges of the lines that are article text; what follows the article is cut only after some text was seen."""
    ranges: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if ranges and boilerplate("rest").fullmatch(line):
            break
        if line and not boilerplate("line").fullmatch(line):
            ranges.append(match.span())
    return tuple(ranges)


def within(ranges: Ranges, begin: int, end: int) -> bool:
    """Whether a span lies in one of the ranges."""
    return any(low <= begin and end <= high for low, high in ranges)
