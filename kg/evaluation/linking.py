"""How well linking finds the right item, abstains where there is none, and places what it finds.

Gold readings (`../shared/gold`) and public benchmarks (`../shared/linking/benchmarks`), for measuring only. A
benchmark's mention counts where the authority has its item from another source than a benchmark.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.linking import Lookup, link
from kg.records import Document, Entity, Extraction, Mention, Span

if TYPE_CHECKING:
    from pathlib import Path

Linker = Callable[[Extraction], Extraction]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What linking made of one entity.

    `right` is the id it should have, None where no item should be linked; `got` is the id that it was given.
    """

    document: str
    entity: Entity
    right: str | None
    got: str | None


@dataclass(frozen=True, slots=True)
class LinkingScores:
    """Shares of outcomes; None where there is nothing to take a share of.

    `accuracy`: right links of entities that have an item; `precision`: right ones of all links; `nil`: entities
    without an item that were left unlinked; `abstained`: entities with an item that were left unlinked.
    """

    entities: int
    accuracy: float | None
    precision: float | None
    nil: float | None
    abstained: float | None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and accuracy, which is the recall of links."""
        if not self.accuracy or not self.precision:
            return None
        return 2 * self.accuracy * self.precision / (self.accuracy + self.precision)


def linking_scores(outcomes: Iterable[Outcome]) -> LinkingScores:
    """The scores of outcomes."""
    told = list(outcomes)
    known, nil = [one for one in told if one.right], [one for one in told if not one.right]
    linked = [one for one in told if one.got]
    return LinkingScores(
        entities=len(told),
        accuracy=_share(one.got == one.right for one in known),
        precision=_share(one.got == one.right for one in linked),
        nil=_share(one.got is None for one in nil),
        abstained=_share(one.got is None for one in known),
    )


def gold_outcomes(folder: Path, authority: Lookup) -> Iterator[Outcome]:
    """Outcomes of linking gold entities by their names alone.

    Entities whose id the annotators could not find are passed over; one whose item the authority lacks, or never
    links, should stay unlinked.
    """
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text("utf8"))
        ids = {entity["id"]: entity["wikidata"] for entity in record["entities"]}
        for entity in link(gold_extraction(record), authority).entities:
            if ids[entity.id] != "unknown":
                yield Outcome(path.stem, entity, known_id(ids[entity.id], authority), given_id(entity))


def gold_extraction(record: Mapping[str, Any]) -> Extraction:
    """A gold record's text, entities and mentions, without its ids."""
    head, text = record["document"], record["text"]
    published = date.fromisoformat(head["published"]) if head.get("published") else None
    document = Document(head["id"], text, "gold", head.get("title"), head.get("publisher"), head.get("url"), published)
    entities = tuple(
        Entity(one["id"], one["type"], one["subtype"], one["label"], tuple(one["names"])) for one in record["entities"]
    )
    mentions = tuple(
        Mention(Span(one["begin"], one["end"], one["text"]), one["entity"], one["kind"]) for one in record["mentions"]
    )
    return Extraction(document, ((0, len(text)),), len(text), entities, mentions)


def given_id(entity: Entity) -> str | None:
    """The id that an entity was linked to."""
    return entity.link.wikidata if entity.link else None


def known_id(id: str | None, authority: Lookup) -> str | None:
    """The id where the authority has it and may link it, else None."""
    item = authority.get(id) if id else None
    return item.id if item and item.linkable else None


def _share(hits: Iterable[bool]) -> float | None:
    told = list(hits)
    return sum(told) / len(told) if told else None
