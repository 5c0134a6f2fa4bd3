"""Plain text and Markdown, with or without front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from kg.errors import BrokenFrontMatter
from kg.reading.documents import details_of, make_document, whole_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reading.options import ReadOptions
    from kg.reading.streams import Source
    from kg.records import Document

_OPENING = "---\n"
_CLOSINGS = frozenset({"---", "..."})
_WHERE = "front matter"


def read_text(text: str, source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a text file; keys of the front matter that we do not know are passed over.

    Raises BrokenFrontMatter, BadDate, EmptyInput.
    """
    front, body = split_front_matter(text, source.name)
    details = details_of({"url": source.url, **front}, {}, source.name, _WHERE)
    yield make_document(body, details, source, options, whole_source(source, _WHERE))


def split_front_matter(text: str, name: str) -> tuple[dict[str, Any], str]:
    """What stands between two lines of `---` at the very head of the text, as strings, and what follows.

    A text that only begins with a rule, with prose below it, has no front matter. Raises
    BrokenFrontMatter where the lines look like keys and values but are no YAML.
    """
    closing = _closing_line(text)
    if closing is None:
        return {}, text
    lines = text.split("\n")
    front = _mapping("\n".join(lines[1:closing]), name)
    return ({}, text) if front is None else (front, "\n".join(lines[closing + 1 :]))


def _closing_line(text: str) -> int | None:
    if not text.startswith(_OPENING):
        return None
    numbered = enumerate(text.split("\n"))
    return next((number for number, line in numbered if number and line.rstrip() in _CLOSINGS), None)


def _mapping(head: str, name: str) -> dict[str, Any] | None:
    """The keys and values, {} for an empty head, None where it is no mapping."""
    try:
        # BaseLoader leaves every value the string that was written: dates, "No", "12:30", numbers.
        front = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506 - it makes strings, lists and dicts only
    except (yaml.YAMLError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        problem = getattr(error, "problem", None) or "it is no YAML"
        remedy = "Put values that hold a colon or a quote between quotes"
        reason = f"the front matter cannot be read ({problem})"
        raise BrokenFrontMatter(reason, input=name, place=f"line {line}", remedy=remedy) from error
    if front is None or front == "":
        return {}
    return front if isinstance(front, dict) else None
