"""The links that a person should look at, the most doubtful first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.linking.tables import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import Entity, Extraction, Link

_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An entity whose link, or want of one, was a close thing; `distance` is how far from the threshold."""

    document: str
    entity: Entity
    distance: float


def doubtful(extractions: Iterable[Extraction], surer_than: float = 0.9) -> list[Doubtful]:
    """Entities that the machine linked with less than that probability, or left although a candidate had some.

    Ordered by how near to the threshold the likeliest candidate was, then by document and entity.
    """
    found = [
        Doubtful(extraction.document.id, entity, abs(likely - settings("weights")["threshold"]))
        for extraction in extractions
        for entity in extraction.entities
        if entity.link and (likely := _likely(entity.link)) is not None and _LEAST <= likely < surer_than
    ]
    return sorted(found, key=lambda one: (one.distance, one.document, one.entity.id))


def _likely(link: Link) -> float | None:
    """The probability of the likeliest candidate of a link that the machine made, None of a person's."""
    if link.method == "accepted":
        return None
    if link.wikidata:
        return link.score
    return max((one.score for one in link.rejected), default=None)
