"""An item of an authority: a thing with an id, the names that it goes by and what tells it from its namesakes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.linking.institutions import country_words, institution, institution_key
from kg.linking.keys import acronym, bare, plain, shortened, sound, surname, unbracketed, untitled
from kg.linking.tables import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_ID_PREFIX = "urn:conflict-kg:no-id:"
NAMED_BY_SURNAME = frozenset({"leader", "minister", "official", "soldier"})
_LONGEST_COUNTRY = 5
_CODE = re.compile("[A-Z0-9]{2,4}")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a name can mean.

    `id` is a Wikidata id or an own IRI; `kind` a class of `data/classes.tsv`; `country` an ISO 3166-1 alpha-2
    code; coordinates are WGS84 degrees; `weight` is the population of a place and the number of Wikipedias that
    have an article of anything else; `sources` counts the files that state the item, benchmarks left aside;
    `role` says in words what it is; `extent` is how many kilometres from a region its nearest neighbour lies. An
    item with `linkable` False is offered to a person but never linked.
    """

    id: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    weight: int = 0
    sources: int = 1
    role: str = ""
    extent: int | None = None
    linkable: bool = True

    @property
    def has_no_id(self) -> bool:
        """Whether the item is known to have no id, so that it can be neither linked nor offered."""
        return self.id.startswith(NO_ID_PREFIX)

    @property
    def type(self) -> str:
        """Person, Organisation, Place or Event."""
        return types_of_kinds()[self.kind][0]

    @property
    def subtype(self) -> str | None:
        """The subtype that an extraction would give it; None where its class fixes none."""
        return types_of_kinds()[self.kind][1]


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """One way to find an item: the key it is looked up by, how it was made and the plain form to compare with.

    `made` is `label`, `alias`, `short` (first and family name), `surname`, `acronym`, `institution` (country and
    sort of institution read from a name) or `force` (the same, from the item's class).
    """

    key: str
    made: str
    form: str


@cache
def types_of_kinds() -> dict[str, tuple[str, str | None]]:
    """Each class of `data/classes.tsv` with its type and subtype."""
    return {row["class"]: (row["type"], row["subtype"] or None) for row in rows("classes")}


def names_of(item: Item) -> frozenset[Name]:
    """All the names that an item is found by."""
    made = {"Person": _person_names, "Organisation": _organisation_names, "Place": _place_names}
    find = made.get(item.type, _whole_names)
    return frozenset(name for name in find(item) if name.key)


def named_country(text: str) -> str | None:
    """The code of the first country that a description names, by name or adjective."""
    tokens, countries = plain(text).split(" "), country_words()
    for start in range(len(tokens)):
        for size in range(min(_LONGEST_COUNTRY, len(tokens) - start), 0, -1):
            code = countries.get(" ".join(tokens[start : start + size]))
            if code:
                return code
    return None


def _spelled(item: Item) -> Iterator[tuple[str, str]]:
    yield "label", item.label
    for alias in item.aliases:
        yield "alias", alias


def _whole_names(item: Item) -> Iterator[Name]:
    for made, name in _spelled(item):
        form = plain(unbracketed(name))
        yield Name(sound(form), made, form)


def _place_names(item: Item) -> Iterator[Name]:
    for made, name in _spelled(item):
        if item.kind == "facility" and _CODE.fullmatch(name):
            continue
        form = plain(unbracketed(name))
        yield Name(sound(bare(form).key), made, form)


def _person_names(item: Item) -> Iterator[Name]:
    yield from _whole_names(item)
    for _, name in _spelled(item):
        form = plain(unbracketed(name))
        if untitled(form) != form:
            yield Name(sound(untitled(form)), "alias", untitled(form))
        short = shortened(form)
        if short:
            yield Name(sound(short), "short", short)
        if item.kind in NAMED_BY_SURNAME and " " in form:
            yield Name(sound(surname(form)), "surname", surname(form))


def _organisation_names(item: Item) -> Iterator[Name]:
    yield from _whole_names(item)
    initials = acronym(item.label)
    if initials:
        yield Name(sound(initials), "acronym", initials)
    sorts = {
        (found[0] or item.country, found[1]) for _, name in _spelled(item) if (found := institution(name, "label"))
    }
    for country, sort in sorts:
        if country:
            yield Name(institution_key(country, sort), "institution", "")
    if item.kind == "armed_forces" and item.country and not sorts:
        yield Name(institution_key(item.country, "armed_forces"), "force", "")
