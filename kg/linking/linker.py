"""Links the entities of a document: candidates, a first choice each, a second one in the light of the others'."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.linking.candidates import WAYS, Candidate, candidates
from kg.linking.context import Surroundings, Words, same_name, shares, surroundings, words_of
from kg.linking.features import Situation
from kg.linking.institutions import known_countries, seats
from kg.linking.items import Item
from kg.linking.judgements import Judgements, judgement_key
from kg.linking.keys import bare, plain, surname
from kg.linking.ranking import Ranked, chosen, ranked
from kg.records import Candidate as Rejected
from kg.records import Entity, Extraction, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.linking.authority import Lookup

NONE = Judgements()
_KEPT = 5
_IMPLIED_SHARE = 0.4
_ANCHOR = 0.6


def link(extraction: Extraction, authority: Lookup, judgements: Judgements = NONE) -> Extraction:
    """The extraction with a `Link` at each entity; links that were there are not looked at.

    A link without an id says that no candidate is likely enough and keeps the likeliest as rejected. What a person
    accepted or rejected holds whatever the machine finds. Nothing is changed but the links; the same extraction,
    authority and judgements give the same links.
    """
    situations = document_situations(extraction, authority, judgements)
    links = {key: _link(ranked(situation)) for key, situation in situations.items()}
    same = _same_things(extraction.entities)
    shared = {entity.id: _shared(links, same[entity.id]) for entity in extraction.entities}
    return replace(
        extraction,
        entities=tuple(
            replace(one, link=_judged(one, shared[one.id], extraction, authority, judgements))
            for one in extraction.entities
        ),
    )


def document_situations(
    extraction: Extraction, authority: Lookup, judgements: Judgements = NONE
) -> dict[str, Situation]:
    """The situation in which each entity's candidates are judged, by the entity's id, other places settled."""
    first = {
        key: _without(one, judgements.rejected.get(judgement_key(extraction.document.id, one.entity), frozenset()))
        for key, one in first_situations(extraction, authority).items()
    }
    return second_situations(first, {key: item for key, one in first.items() if (item := _settled(one))})


def first_situations(extraction: Extraction, authority: Lookup) -> dict[str, Situation]:
    """The situation of each entity, by its id, before any place is settled."""
    read = words_of(extraction.document.text)
    around = surroundings(extraction, read)
    return {entity.id: _first(entity, read, around[entity.id], authority) for entity in extraction.entities}


def second_situations(first: Mapping[str, Situation], settled: Mapping[str, Item]) -> dict[str, Situation]:
    """The situations with the places that some entities mean; a place bears on the others, not on itself.

    An item that one entity's names call by its sort ("Kharkiv region") is taken for one that is called without.
    """
    taken = frozenset(item.id for key, item in settled.items() if _is_sorted(first[key].entity))
    return {key: _second(one, settled, taken) for key, one in first.items()}


def entity_candidates(entity: Entity, authority: Lookup, countries: Mapping[str, float]) -> tuple[Candidate, ...]:
    """The items that most of an entity's names may mean, each once by the best way that leads to it.

    "Kharkiv region" and "Kharkiv" together mean the region, since only one of the two can mean the city.
    """
    implied = [code for code, share in countries.items() if share >= _IMPLIED_SHARE]
    best: dict[str, Candidate] = {}
    names: Counter[str] = Counter()
    for name in {plain(name): name for name in _all_names(entity)}.values():
        for one in candidates(name, entity.type, authority, implied):
            names[one.item.id] += 1
            known = best.get(one.item.id)
            if known is None or WAYS.index(one.way) < WAYS.index(known.way):
                best[one.item.id] = one
    most = max(names.values(), default=0)
    return tuple(one for one in best.values() if names[one.item.id] == most)


def _all_names(entity: Entity) -> Iterable[str]:
    """An entity's names, and its country's where the name of a seat of government stands for the country."""
    yield from entity.names
    if entity.subtype == "Country":
        for name in entity.names:
            code = seats().get(plain(name))
            if code:
                yield known_countries()[code]


def _first(entity: Entity, read: Words, around: Surroundings, authority: Lookup) -> Situation:
    countries = shares(read, entity.names)
    return Situation(entity, entity_candidates(entity, authority, countries), countries, around)


def _without(situation: Situation, barred: frozenset[str]) -> Situation:
    return replace(situation, pool=tuple(one for one in situation.pool if one.item.id not in barred))


def _settled(situation: Situation) -> Item | None:
    """The place that an entity means beyond doubt before others are looked at."""
    if situation.entity.type != "Place":
        return None
    order = ranked(situation)
    return order[0].candidate.item if order and order[0].probability >= _ANCHOR else None


def _second(one: Situation, settled: Mapping[str, Item], taken: frozenset[str]) -> Situation:
    if one.entity.type != "Place":
        return one
    others = [item for key, item in settled.items() if key != one.entity.id and item.kind != "country"]
    beside = [settled[key] for key in sorted(one.around.beside) if key in settled and key != one.entity.id]
    containing = [item for item in beside if item.kind in ("country", "region")]
    return replace(one, anchors=others, beside=containing, taken=frozenset() if _is_sorted(one.entity) else taken)


def _is_sorted(entity: Entity) -> bool:
    """Whether a name of the entity says what sort of place it is."""
    return any(bare(plain(name)).classes for name in entity.names)


def _link(order: Sequence[Ranked]) -> Link:
    best = chosen(order)
    rest = order[1:] if best else order
    rejected = tuple(_rejected(one) for one in rest if not one.candidate.item.has_no_id)[:_KEPT]
    if best is None:
        return Link(None, round(order[0].probability, 4) if order else None, "none", rejected=rejected)
    item = best.candidate.item
    return Link(
        wikidata=item.id,
        score=round(best.probability, 4),
        method=best.candidate.way,
        label=item.label,
        country=item.country,
        latitude=item.latitude,
        longitude=item.longitude,
        rejected=rejected,
    )


def _judged(entity: Entity, found: Link, extraction: Extraction, authority: Lookup, judgements: Judgements) -> Link:
    """A person's link of the entity where one was accepted, else the machine's, if it was not rejected."""
    key = judgement_key(extraction.document.id, entity)
    accepted = judgements.accepted.get(key)
    if accepted:
        return _accepted(accepted, found, authority)
    if found.wikidata in judgements.rejected.get(key, frozenset()):
        return Link(None, None, "rejected", rejected=found.rejected)
    return found


def _accepted(wikidata: str, found: Link, authority: Lookup) -> Link:
    item = authority.get(wikidata) or Item(wikidata, "place", "")
    offered = [_offered(found)] if found.wikidata else []
    rest = tuple(one for one in (*offered, *found.rejected) if one.wikidata != wikidata)
    return Link(
        wikidata,
        1.0,
        "accepted",
        item.label or None,
        item.country,
        item.latitude,
        item.longitude,
        rejected=rest[:_KEPT],
    )


def _rejected(one: Ranked) -> Rejected:
    return Rejected(one.candidate.item.id, one.candidate.item.label, round(one.probability, 4))


def _shared(links: Mapping[str, Link], same: Sequence[str]) -> Link:
    """The link of the one entity that another is the same as; none where it may be either of several."""
    if len(same) == 1:
        return links[same[0]]
    return Link(None, None, "several", rejected=tuple(_offered(links[key]) for key in same if links[key].wikidata))


def _offered(link: Link) -> Rejected:
    return Rejected(link.wikidata or "", link.label or "", link.score or 0.0)


def _same_things(entities: Sequence[Entity]) -> dict[str, list[str]]:
    """The entities that each one is linked as: the first of its name, or the people who bear it as their surname."""
    firsts: dict[tuple[str, str | None, str], str] = {}
    same = {entity.id: [firsts.setdefault(same_name(entity), entity.id)] for entity in entities}
    people = [entity for entity in entities if entity.type == "Person"]
    for one in people:
        bearers = [same[other.id][0] for other in people if _bears(other, one.label)]
        if " " not in plain(one.label) and bearers:
            same[one.id] = list(dict.fromkeys(bearers))
    return same


def _bears(person: Entity, family: str) -> bool:
    return any(" " in key and surname(key) == plain(family) for key in map(plain, person.names))
