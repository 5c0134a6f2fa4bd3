"""`kg show`: one document as it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from kg.cli.console import harmless_lines, output
from kg.cli.marks import STYLES, bracketed, coloured, marks
from kg.cli.options import dataset_option
from kg.dataset import Dataset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import Console

    from kg.records import Casualties, Claim, Entity, Event, Extraction, Participant, TimeSpan


@click.command(
    epilog="""\b
Examples:
  kg show kharkiv-2022-09-11
  kg show kharkiv-2022-09-11 | less     without colours the words stand in brackets
  kg query documents                    lists the documents there are
"""
)
@click.argument("document")
@dataset_option
def command(document: str, dataset: Path) -> None:
    """Show the text of a document with its entities, events and claims marked, and a list of them below."""
    with Dataset.open(dataset) as opened:
        extraction = opened.record(document)
    console = output()
    for line in _head(extraction):
        console.print(harmless_lines(line), style="bold")
    console.print()
    _print_text(console, extraction)
    for title, lines in _lists(extraction):
        console.print(f"\n{title}", style="bold")
        for line in lines:
            console.print(f"  {harmless_lines(line)}")


def _head(extraction: Extraction) -> Iterator[str]:
    document = extraction.document
    yield document.title or document.id
    published = document.published and document.published.isoformat()
    known = [part for part in (document.publisher, published, document.url) if part]
    if known:
        yield ", ".join(known)


def _print_text(console: Console, extraction: Extraction) -> None:
    text, marked = extraction.document.text, marks(extraction)
    if not console.is_terminal:
        console.print(bracketed(text, marked))
        return
    console.print(coloured(text, marked), soft_wrap=False)
    console.print()
    console.print(Text("  ").join(Text(kind, style) for kind, style in STYLES.items()))


def _lists(extraction: Extraction) -> Iterator[tuple[str, list[str]]]:
    names = {entity.id: f"{entity.label} ({entity.id})" for entity in extraction.entities}
    yield "Entities", [_entity(entity) for entity in extraction.entities]
    yield "Events", [_event(event, names) for event in extraction.events]
    yield "Claims", [line for claim in extraction.claims for line in _claim(claim, names)]


def _entity(entity: Entity) -> str:
    kind = f"{entity.type}/{entity.subtype}" if entity.subtype else entity.type
    others = [name for name in entity.names if name != entity.label]
    also = f", also {', '.join(others)}" if others else ""
    return f"{entity.id}  {entity.label}  {kind}  {_link(entity)}{also}"


def _link(entity: Entity) -> str:
    link = entity.link
    if link is None or link.wikidata is None:
        return "no item"
    return link.wikidata if link.score is None else f"{link.wikidata} ({link.score:.2f})"


def _event(event: Event, names: dict[str, str]) -> str:
    words = ", ".join(f"“{trigger.text}”" for trigger in event.triggers)
    places = {"at": event.place, "from": event.origin, "to": event.destination}
    parts = [f"{event.id}  {event.type}  {event.modality}  {words}"]
    parts += [f"{word} {names.get(place, place)}" for word, place in places.items() if place]
    parts += [_time(event.time)] if event.time else []
    parts += [_participant(participant, names) for participant in event.participants]
    return "; ".join(parts)


def _time(time: TimeSpan) -> str:
    ends = [end.isoformat() if end else "?" for end in (time.earliest, time.latest)]
    return f"“{time.span.text}” = {ends[0]}" if ends[0] == ends[1] else f"“{time.span.text}” = {ends[0]} to {ends[1]}"


def _participant(participant: Participant, names: dict[str, str]) -> str:
    who = names.get(participant.entity or "", f"“{participant.span.text}”")
    return f"{participant.role} {who}"


def _claim(claim: Claim, names: dict[str, str]) -> Iterator[str]:
    words = f"“{claim.claimant_span.text}”" if claim.claimant_span else "the article"
    who = names.get(claim.claimant or "", words)
    medium = f" by way of {names.get(claim.medium, claim.medium)}" if claim.medium else ""
    about = f" of {', '.join(claim.about)}" if claim.about else ""
    yield f"{claim.id}  {who}{medium} {claim.stance}{about}: “{claim.evidence.text}”"
    for figure in claim.casualties:
        yield f"    {_figure(figure)}"


def _figure(figure: Casualties) -> str:
    least, most = figure.minimum, figure.maximum
    count = f"{least}" if least == most else f"{'?' if least is None else least} to {'?' if most is None else most}"
    of = f" of {figure.event}" if figure.event else ""
    return f"{count} {figure.kind}{of}: “{figure.span.text}”"
