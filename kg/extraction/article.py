"""Which parts of a text are the article: bylines, share buttons, comment forms and the like are passed over."""

from __future__ import annotations

import re

from kg.extraction.lexicon import boilerplate

_LINE = re.compile(r"[^\n]+")
_RUNNING_TEXT = re.compile(r".{40,}[.!?…]['\"”’)\]]*")
Ranges = tuple[tuple[int, int], ...]


def article_ranges(text: str) -> Ranges:
    """Ranges of the lines that are article text, in order.

    What follows the article is cut only after running text was seen: share and comment bars stand above it too.
    """
    ranges: list[tuple[int, int]] = []
    has_begun = False
    for match in _LINE.finditer(text):
        line = match.group().strip()
        is_end = boilerplate("rest").fullmatch(line) is not None
        if is_end and has_begun:
            break
        if line and not is_end and not boilerplate("line").fullmatch(line):
            ranges.append(match.span())
            has_begun = has_begun or _RUNNING_TEXT.fullmatch(line) is not None
    return tuple(ranges)


def within(ranges: Ranges, begin: int, end: int) -> bool:
    """Whether a span lies in one of the ranges."""
    return any(low <= begin and end <= high for low, high in ranges)
