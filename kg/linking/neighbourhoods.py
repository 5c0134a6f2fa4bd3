"""Made-up texts that name places near one another, for fitting what nearness is worth.

Reports seldom name two places of one name in one country, so that linked texts alone do not teach how much the
company of a place tells. Here a place with namesakes is named with others around it, as the authority locates
them; larger places are drawn more often, with the square root of their population.
"""

from __future__ import annotations

import random
from collections import defaultdict
from math import floor
from typing import TYPE_CHECKING, Any

from kg.linking.context import distance
from kg.linking.institutions import known_countries
from kg.linking.keys import bare, plain, sound
from kg.linking.tables import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.linking.authority import Authority
    from kg.linking.items import Item

_FORMS = (
    "{0} in {region}; {1}; {2}",
    "{1} and {0}; {2}; {country}",
    "{0}, {region}; {country}; {1}",
    "{country}: {0}; {1}",
)
Cells = dict[tuple[int, int], list["Item"]]


def made_up_texts(authority: Authority) -> Iterator[dict[str, Any]]:
    """Texts with links, in the form of the linked sentences that `kg.linking.fitting` reads."""
    chance = random.Random(settings("fitting")["seed"])  # noqa: S311 - no secret
    places = [item for item in authority.items() if item.type == "Place" and item.latitude is not None]
    cells = _cells(places)
    drawn = [place for place in places if place.kind in ("settlement", "region") and _has_namesakes(place, authority)]
    weights = [(1000 + place.weight) ** 0.5 for place in drawn]
    for number, place in enumerate(chance.choices(drawn, weights, k=settings("fitting")["made_up"])):
        yield from _text(f"made-up-{number}", place, cells, chance)


def _text(name: str, place: Item, cells: Cells, chance: random.Random) -> Iterator[dict[str, Any]]:
    around = [other for other in _around(place, cells) if other.country == place.country and other.label != place.label]
    towns = [other for other in around if other.kind == "settlement"]
    regions = sorted((other for other in around if other.kind == "region"), key=lambda one: distance(one, place) or 0)
    country = known_countries().get(place.country or "")
    if len(towns) < 2 or not regions or not country:
        return
    named = [place, *chance.choices(towns, [(1000 + town.weight) ** 0.5 for town in towns], k=2)]
    region = place if place.kind == "region" else regions[0]
    yield _linked(name, chance.choice(_FORMS), named, region, country)


def _linked(name: str, form: str, named: Sequence[Item], region: Item, country: str) -> dict[str, Any]:
    text = form.format(*(item.label for item in named), region=region.label, country=country)
    links = []
    for item in {item.id: item for item in (*named, region)}.values():
        begin = text.find(item.label)
        if begin >= 0:
            links.append([begin, begin + len(item.label), item.label, item.id, "title"])
    return {"id": name, "date": settings("fitting")["made_up_date"], "text": text, "links": links}


def _has_namesakes(place: Item, authority: Authority) -> bool:
    found = authority.find(sound(bare(plain(place.label)).key))
    return len({one.item.id for one in found if one.item.type == "Place"}) > 1


def _cells(places: Iterable[Item]) -> Cells:
    cells: Cells = defaultdict(list)
    for place in places:
        cells[_cell(place)].append(place)
    return cells


def _cell(place: Item) -> tuple[int, int]:
    return floor(place.latitude or 0), floor(place.longitude or 0)


def _around(place: Item, cells: Cells) -> Iterator[Item]:
    """The other places in the nine cells of a degree around a place."""
    north, east = _cell(place)
    for row in (north - 1, north, north + 1):
        for column in (east - 1, east, east + 1):
            yield from (other for other in cells.get((row, column), ()) if other.id != place.id)
