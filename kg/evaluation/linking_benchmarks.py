"""Linking measured on public sets: AIDA-CoNLL, MSNBC and Wiki-Fair by their ids, GeoVirus by distance.

The sets lie in `../shared/linking/benchmarks` and are for measuring only. Mentions and their types are given;
what is measured is the choice of the item. Accuracy within 161 km (100 miles) is the measure of Gritta et al.
2020, "A pragmatic guide to geoparsing evaluation".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from kg.evaluation.linking import Outcome, given_id, known_id
from kg.linking import link
from kg.linking.candidates import candidates
from kg.linking.context import distance
from kg.linking.items import Item
from kg.records import Document, Entity, Extraction, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.linking import Lookup
    from kg.records import EntityType

SETS = ("aida-conll-dev", "msnbc-updated", "wiki-fair-no-coref")
NEAR_KM = 161.0
# The sets' types are Wikidata classes; the first that a mention's type holds decides.
_TYPES: tuple[tuple[str, EntityType], ...] = (
    ("Q215627", "Person"),
    ("Q27096213", "Place"),
    ("Q43229", "Organisation"),
)


class Named(NamedTuple):
    """A mention of a set: its range, the type it is given and the id it should have (None: no item)."""

    begin: int
    end: int
    type: EntityType
    right: str | None


@dataclass(frozen=True, slots=True)
class Toponym:
    """Where a place name of GeoVirus lies and where linking put it, None where it was left unlinked.

    `known` says whether any item of that name in the authority lies within 161 km.
    """

    name: str
    right: tuple[float, float]
    got: tuple[float, float] | None
    known: bool

    @property
    def near(self) -> bool:
        """Whether it was put within 161 km of where it lies."""
        return self.got is not None and _apart(self.right, self.got) <= NEAR_KM


def benchmark_outcomes(path: Path, authority: Lookup) -> Iterator[Outcome]:
    """Outcomes of linking the persons, organisations and places of a set in ELEVANT's benchmark format.

    Mentions of items that the authority has from benchmarks alone are passed over.
    """
    for line in path.read_text("utf8").splitlines():
        record = json.loads(line)
        named = [one for label in record["labels"] if (one := _named(label))]
        for one, entity in _linked(str(record["id"]), record["text"], named, authority):
            item = authority.get(one.right) if one.right else None
            if item is None or item.sources:
                yield Outcome(path.stem, entity, known_id(one.right, authority), given_id(entity))


def toponyms(path: Path, authority: Lookup) -> Iterator[Toponym]:
    """Where linking put the place names of GeoVirus (XML)."""
    for number, article in enumerate(ET.parse(path).getroot().iter("article")):  # noqa: S314 - our own file
        text = article.findtext("text", "")
        told = [_located(location) for location in article.iter("location")]
        right = {(begin, end): point for begin, end, point in told}
        named = [Named(begin, end, "Place", None) for begin, end, _ in told]
        for one, entity in _linked(str(number), text, named, authority):
            name, point = text[one.begin : one.end], right[one.begin, one.end]
            yield Toponym(name, point, _placed(entity), _is_known(name, point, authority))


@cache
def published() -> list[dict[str, Any]]:
    """Figures that other systems publish of themselves, with where they say so."""
    table: list[dict[str, Any]] = json.loads((files(__package__) / "published_linking.json").read_text("utf8"))
    return table


def _named(label: Mapping[str, Any]) -> Named | None:
    classes = str(label["type"]).split("|")
    kind = next((kind for wanted, kind in _TYPES if wanted in classes), None)
    right = label["entity_id"]
    begin, end = label["span"]
    return kind and Named(begin, end, kind, right if right.startswith("Q") else None)


def _linked(id: str, text: str, named: Iterable[Named], authority: Lookup) -> Iterator[tuple[Named, Entity]]:
    """Each mention with its entity after linking; equal names of one type are one entity."""
    mentions = list(named)
    keys = {(one.type, text[one.begin : one.end]): None for one in mentions}
    ids = {key: f"e{place}" for place, key in enumerate(keys)}
    entities = tuple(Entity(ids[key], key[0], None, key[1], (key[1],)) for key in keys)
    spans = tuple(
        Mention(Span(one.begin, one.end, text[one.begin : one.end]), ids[one.type, text[one.begin : one.end]], "name")
        for one in mentions
    )
    extraction = Extraction(Document(id, text, "benchmark"), ((0, len(text)),), len(text), entities, spans)
    linked = {entity.id: entity for entity in link(extraction, authority).entities}
    for one, span in zip(mentions, spans, strict=True):
        yield one, linked[span.entity]


def _located(location: ET.Element) -> tuple[int, int, tuple[float, float]]:
    """Range and coordinates; GeoVirus counts characters from one."""
    begin, end = int(location.findtext("start", "1")) - 1, int(location.findtext("end", "1")) - 1
    return begin, end, (float(location.findtext("lat", "0")), float(location.findtext("lon", "0")))


def _placed(entity: Entity) -> tuple[float, float] | None:
    found = entity.link
    if found is None or found.wikidata is None or found.latitude is None or found.longitude is None:
        return None
    return found.latitude, found.longitude


def _is_known(name: str, point: tuple[float, float], authority: Lookup) -> bool:
    items = (one.item for one in candidates(name, "Place", authority))
    located = [(item.latitude, item.longitude) for item in items if item.latitude is not None]
    return any(_apart(point, (north, east or 0.0)) <= NEAR_KM for north, east in located)


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    first, second = (Item("", "place", "", latitude=point[0], longitude=point[1]) for point in (one, other))
    return distance(first, second) or 0.0
