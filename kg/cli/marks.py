"""A document's text with the words of its entities, events and claims marked, in colour or with brackets."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from rich.text import Text

from kg.cli.console import harmless_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.records import Extraction, Span

STYLES: dict[str, str] = tomllib.loads(files("kg.cli").joinpath("show.toml").read_text("utf8"))["styles"]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A range of the text, what stands there (a key of `STYLES`) and the id of it in the record."""

    begin: int
    end: int
    kind: str
    id: str


def marks(extraction: Extraction) -> list[Mark]:
    """The marks of a document, in the order of the text."""
    return sorted({*_entities(extraction), *_events(extraction), *_claims(extraction)})


def coloured(text: str, marked: Sequence[Mark]) -> Text:
    """The text with each mark in its style; a mark within another keeps both."""
    shown = Text(harmless_lines(text))
    for mark in sorted(marked, key=lambda mark: mark.begin - mark.end):
        shown.stylize(STYLES[mark.kind], mark.begin, mark.end)
    return shown


def bracketed(text: str, marked: Sequence[Mark]) -> str:
    """The text with each mark as `[id words]`, for output without colour."""
    openings = [(mark.begin, 1, -mark.end, f"[{mark.id} ") for mark in marked]
    closings = [(mark.end, 0, -mark.begin, "]") for mark in marked]
    parts, done = [], 0
    for place, _, _, sign in sorted([*openings, *closings]):
        parts += [text[done:place], sign]
        done = place
    return harmless_lines("".join([*parts, text[done:]]))


def _entities(extraction: Extraction) -> Iterator[Mark]:
    types = {entity.id: entity.type for entity in extraction.entities}
    for mention in extraction.mentions:
        yield _mark(mention.span, types[mention.entity], mention.entity)


def _events(extraction: Extraction) -> Iterator[Mark]:
    for event in extraction.events:
        for trigger in event.triggers:
            yield _mark(trigger, "event", event.id)


def _claims(extraction: Extraction) -> Iterator[Mark]:
    for claim in extraction.claims:
        yield _mark(claim.evidence, "claim", claim.id)
        for figure in claim.casualties:
            yield _mark(figure.span, "casualties", claim.id)


def _mark(span: Span, kind: str, id: str) -> Mark:
    return Mark(span.begin, span.end, kind, id)
