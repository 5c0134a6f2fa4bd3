"""What a document says around its names: countries spoken of, titles before a person, places named side by side."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from kg.linking.institutions import country_words
from kg.linking.keys import plain
from kg.linking.tables import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.linking.items import Item
    from kg.records import Entity, Extraction, Mention

_WORD = re.compile(r"(?:\w\.){2,}|[\w.’'-]*\w")
_LONGEST_COUNTRY = 5
_TITLE_WORDS = 6
_WITHIN = re.compile(r"(?:,|,? (?:in|of|near|from))? ?\(?(?:(?:the|[a-z]+ern|[a-z]+-?central|occupied) )*")
_POSSESSIVE = re.compile(r"['’]s? (?:[a-z-]+ )*")
_EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the text says around one entity.

    `titles` are words such as "minister" before its names, `countries` the codes of countries named just before
    them ("Ukrainian President …"); `beside` are ids of the entities said to contain it ("Lyman, Donetsk region",
    "Mali's Kayes").
    """

    titles: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words in order: where each begins, its plain form, the code of the country named from it on."""

    begins: tuple[int, ...]
    keys: tuple[str, ...]
    countries: tuple[str | None, ...]


def words_of(text: str) -> Words:
    """A text's words with the countries that they name, by name or adjective; longest names first."""
    found = [(word.start(), plain(word[0])) for word in _WORD.finditer(text)]
    keys = tuple(key for _, key in found)
    countries: list[str | None] = []
    while len(countries) < len(keys):
        size, code = _country_at(keys, len(countries))
        countries += [code, *[None] * (size - 1)]
    return Words(tuple(begin for begin, _ in found), keys, tuple(countries))


@lru_cache(maxsize=4096)
def countries_in(name: str) -> frozenset[str]:
    """Codes of the countries that a name holds."""
    return frozenset(code for code in words_of(name).countries if code)


def shares(read: Words, own: Iterable[str]) -> dict[str, float]:
    """Each country's share of what is named of countries, those in an entity's own names left aside."""
    apart = frozenset().union(*map(countries_in, own))
    counts = Counter(code for code in read.countries if code)
    rest = {code: count for code, count in counts.items() if code not in apart}
    total = sum(rest.values())
    return {code: count / total for code, count in rest.items()}


def surroundings(extraction: Extraction, read: Words) -> dict[str, Surroundings]:
    """What the text says around each entity, by its id."""
    named = sorted((mention for mention in extraction.mentions if mention.kind == "name"), key=_begin)
    begins = [mention.span.begin for mention in named]
    found: dict[str, list[Surroundings]] = {entity.id: [] for entity in extraction.entities}
    for mention in named:
        titles, countries = _before(mention, read)
        beside = _beside(extraction.document.text, mention, named, begins)
        found[mention.entity].append(Surroundings(titles, countries, beside))
    return {key: _together(around) for key, around in found.items()}


def distance(one: Item, other: Item) -> float | None:
    """Kilometres between two items on the great circle (haversine); None where one has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    across = sin((north - south) / 2) ** 2
    along = cos(north) * cos(south) * sin(radians(one.longitude - other.longitude) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, across + along)))


def same_name(entity: Entity) -> tuple[str, str | None, str]:
    """What two entities of a document share that mean the same by being called the same."""
    return entity.type, entity.subtype, plain(entity.label)


def _begin(mention: Mention) -> int:
    return mention.span.begin


def _country_at(keys: tuple[str, ...], at: int) -> tuple[int, str | None]:
    """The country named from a word on and of how many words its name is; one word and None where none is named."""
    countries, firsts = country_words(), _first_words()
    if keys[at] in firsts:
        for size in range(_LONGEST_COUNTRY, 0, -1):
            code = countries.get(" ".join(keys[at : at + size]))
            if code:
                return size, code
    return 1, None


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split(" ")[0] for name in country_words())


def _before(mention: Mention, read: Words) -> tuple[frozenset[str], frozenset[str]]:
    """Titles and countries among the few words before a mention."""
    end = bisect_left(read.begins, mention.span.begin)
    start = max(0, end - _TITLE_WORDS)
    codes = frozenset(code for code in read.countries[start:end] if code)
    return words("titles") & frozenset(read.keys[start:end]), codes


def _beside(text: str, mention: Mention, named: list[Mention], begins: list[int]) -> frozenset[str]:
    """The entity said to contain a mention: right after it ("Lyman, in the …") or before as its owner ("Mali's …")."""
    after = bisect_left(begins, mention.span.end)
    before = bisect_left(begins, mention.span.begin) - 1
    found = set()
    if after < len(named) and _WITHIN.fullmatch(text, mention.span.end, begins[after]):
        found.add(named[after].entity)
    if before >= 0 and _POSSESSIVE.fullmatch(text, named[before].span.end, mention.span.begin):
        found.add(named[before].entity)
    return frozenset(found)


def _together(around: list[Surroundings]) -> Surroundings:
    return Surroundings(
        frozenset().union(*(one.titles for one in around)),
        frozenset().union(*(one.countries for one in around)),
        frozenset().union(*(one.beside for one in around)),
    )
