"""What speaks for and against a candidate, in numbers: the input of the ranking's linear model."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, log10
from typing import TYPE_CHECKING

from kg.linking.candidates import WAYS, Candidate, Way
from kg.linking.context import Surroundings, distance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.linking.items import Item
    from kg.records import Entity

Features = dict[str, float]
_ALIKE: dict[Way, Way] = {"sorted": "same"}
_NEAR_KM = 100.0
_REACH = 1.5
_FAR_KM = 1500.0


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a candidate of one entity is judged by.

    `countries` are shares of the countries that the document names; `anchors` the places of other entities that
    are settled already, `beside` those of them that are said to contain the entity, `taken` the ids of those
    called by their sort ("region").
    """

    entity: Entity
    pool: tuple[Candidate, ...]
    countries: Mapping[str, float] = field(default_factory=dict)
    around: Surroundings = field(default_factory=Surroundings)
    anchors: Sequence[Item] = ()
    beside: Sequence[Item] = ()
    taken: frozenset[str] = frozenset()


def features(candidate: Candidate, situation: Situation) -> Features:
    """The features of a candidate that are not zero; each type of entity has features, and so weights, of its own."""
    item = candidate.item
    found = {
        f"way {_ALIKE.get(candidate.way, candidate.way)}": 1.0,
        f"kind {item.kind}": 1.0,
        "unlike": 1.0 - candidate.likeness,
        "taken": float(item.id in situation.taken),
        **_size(item),
        **_subtype(item, situation.entity),
        **_rivals(candidate, situation.pool),
        **_countries(item, situation),
        **_titles(item, situation.around),
        **_company(item, situation.anchors),
        **_distances(item, situation),
    }
    return {f"{item.type}: {name}": value for name, value in found.items() if value}


def _size(item: Item) -> Features:
    """Population of places, number of Wikipedias of other things, on a logarithmic scale of about 0 to 1."""
    size = log10(1 + item.weight)
    if item.type == "Place":
        return {"population": size / 7, "population unknown": float(item.weight == 0)}
    return {"fame": size / 2}


def _subtype(item: Item, entity: Entity) -> Features:
    if entity.subtype is None or item.subtype is None:
        return {}
    return {"subtype agrees" if entity.subtype == item.subtype else f"subtype {entity.subtype} for {item.subtype}": 1.0}


def _rivals(candidate: Candidate, pool: Sequence[Candidate]) -> Features:
    """How many others fit as well or better, and what leads the item has over them in size and sources."""
    place = WAYS.index(candidate.way)
    rivals = [other.item for other in pool if other.item.id != candidate.item.id and WAYS.index(other.way) <= place]
    if not rivals:
        return {"alone": 1.0}
    found = {"rivals": log10(1 + len(rivals)), "source lead": _known(candidate.item) - max(map(_known, rivals))}
    lead = log10(1 + candidate.item.weight) - max(log10(1 + item.weight) for item in rivals)
    return found | {"larger": min(max(lead, 0), 3) / 3, "smaller": min(max(-lead, 0), 3) / 3}


def _known(item: Item) -> float:
    return min(item.sources, 4) / 4


def _countries(item: Item, situation: Situation) -> Features:
    if not situation.countries or item.country is None:
        return {}
    share = situation.countries.get(item.country, 0.0)
    if share:
        return {"country share": share}
    sort = " country" if item.kind == "country" else " alone" if len(situation.pool) == 1 else ""
    return {f"foreign{sort}": 1.0, f"foreign size{sort}": log10(1 + item.weight) / 7}


def _company(item: Item, anchors: Sequence[Item]) -> Features:
    """Share of the settled places that lie in the item's country."""
    countries = [place.country for place in anchors if place.country]
    if not countries or item.country is None:
        return {}
    share = countries.count(item.country) / len(countries)
    return {"company": share, "out of company": float(not share)}


def _titles(item: Item, around: Surroundings) -> Features:
    role = frozenset(item.role.lower().replace("-", " ").split())
    found = {"title agrees": float(bool(role & around.titles)), "titled": float(bool(around.titles))}
    if item.country and around.countries:
        found["led by country" if item.country in around.countries else "led by other country"] = 1.0
    return found


def _distances(item: Item, situation: Situation) -> Features:
    """How near an item is to the places settled, alone and beside the nearest of its rivals."""
    found: Features = {}
    for other in situation.beside:
        found |= _contained(item, other)
    own = _nearest(item, situation.anchors)
    if own is None:
        return found
    others = (one.item for one in situation.pool if one.item.id != item.id)
    rivals = [km for other in others if (km := _nearest(other, situation.anchors)) is not None]
    lead = log10((min(rivals) + _NEAR_KM) / (own + _NEAR_KM)) if rivals else 0.0
    return found | {"near": exp(-own / _NEAR_KM), "far": float(own > _FAR_KM), "nearer": max(-1.0, min(1.0, lead))}


def _nearest(item: Item, places: Sequence[Item]) -> float | None:
    return min((km for place in places if (km := distance(item, place)) is not None), default=None)


def _contained(part: Item, whole: Item) -> Features:
    """Whether a place may lie in the one said to contain it: in its country, or no farther than a region reaches."""
    if whole.kind == "country" and part.country:
        return {"in country" if whole.country == part.country else "not in country": 1.0}
    km = distance(whole, part)
    if km is None:
        return {}
    reach = _REACH * max(whole.extent or 0, _NEAR_KM)
    return {"in region": 1.0} if km <= reach else {"not in region": 1.0, "away": min(km / reach - 1, 3)}
