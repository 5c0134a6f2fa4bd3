"""The items that a name may mean, each with how the name led to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from kg.linking.institutions import institution, institution_key
from kg.linking.keys import bare, likeness, plain, shortened, sound, untitled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.linking.authority import Found, Lookup
    from kg.linking.items import Item
    from kg.records import EntityType

Way = Literal[
    "same", "sorted", "bared", "spelled", "short", "surname", "acronym", "institution", "force", "implied", "near"
]
WAYS: tuple[Way, ...] = get_args(Way)
_SHORTEST_FUZZY = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that a name may mean.

    `way` is how the name led to it: the `same` plain form; `sorted`, the same but for a word for the sort of
    place that fits the item ("Kharkiv region"); `bared`, the same but for such a word in the item's own name;
    `spelled`, another spelling; `short`, `surname` or `acronym`; an `institution` of a country, by its name or
    (`force`) by its class, or of a country that the document `implied`; `near`, one letter off. `likeness` (0 to 1)
    compares the two plain forms.
    """

    item: Item
    way: Way
    likeness: float


def candidates(name: str, type: EntityType, authority: Lookup, implied: Iterable[str] = ()) -> tuple[Candidate, ...]:
    """The items of a type that a name may mean, each once, by the best way that leads to it.

    `implied` are codes of countries whose institutions a bare "Defense Ministry" may mean.
    """
    best: dict[str, Candidate] = {}
    for candidate in _ways(name, type, authority, tuple(implied)):
        known = best.get(candidate.item.id)
        if known is None or _rank(candidate) < _rank(known):
            best[candidate.item.id] = candidate
    return tuple(best.values())


def _rank(candidate: Candidate) -> tuple[int, float]:
    return WAYS.index(candidate.way), -candidate.likeness


def _ways(name: str, type: EntityType, authority: Lookup, implied: tuple[str, ...]) -> Iterator[Candidate]:
    key = untitled(plain(name)) if type == "Person" else plain(name)
    if not key:
        return
    if type == "Place":
        found = list(_places(key, authority))
    elif type == "Organisation":
        found = [*_organisations(name, authority, implied), *_whole(key, type, authority)]
    else:
        found = list(_people(key, authority))
    yield from found or _near(key, type, authority)


def _whole(key: str, type: EntityType, authority: Lookup) -> Iterator[Candidate]:
    for found in authority.find(sound(key)):
        if found.item.type == type:
            yield _compared(key, found)


def _compared(key: str, found: Found) -> Candidate:
    if found.made in ("short", "surname", "acronym"):
        return Candidate(found.item, found.made, likeness(key, found.form))  # type: ignore[arg-type]
    same = key == found.form
    return Candidate(found.item, "same" if same else "spelled", 1.0 if same else likeness(key, found.form))


def _people(key: str, authority: Lookup) -> Iterator[Candidate]:
    whole = list(_whole(key, "Person", authority))
    yield from whole
    short = None if whole else shortened(key)
    for found in authority.find(sound(short)) if short else ():
        if found.item.type == "Person" and found.made != "surname":
            yield Candidate(found.item, "short", likeness(short or "", found.form))


def _places(key: str, authority: Lookup) -> Iterator[Candidate]:
    core = bare(key)
    for found in authority.find(sound(core.key)):
        if found.item.type != "Place" or (core.classes and found.item.kind not in core.classes and key != found.form):
            continue
        theirs = bare(found.form)
        alike = 1.0 if core.key == theirs.key else likeness(core.key, theirs.key)
        yield Candidate(found.item, _place_way(key, core.key, bool(core.classes), found.form, theirs.key), alike)


def _place_way(key: str, core: str, sorted_: bool, form: str, their_core: str) -> Way:
    if key == form:
        return "same"
    if core != their_core:
        return "spelled"
    return "sorted" if sorted_ else "bared"


def _organisations(name: str, authority: Lookup, implied: tuple[str, ...]) -> Iterator[Candidate]:
    read = institution(name, "mention")
    if read is None:
        return
    country, sort = read
    for code in (country,) if country else implied:
        found = authority.find(institution_key(code, sort))
        named = [one.item for one in found if one.made == "institution"]
        way: Way = ("institution" if named else "force") if country else "implied"
        yield from (Candidate(item, way, 1.0) for item in named or [one.item for one in found])


def _near(key: str, type: EntityType, authority: Lookup) -> Iterator[Candidate]:
    """Long names one letter off in their second half."""
    heard = sound(bare(key).key if type == "Place" else key)
    if len(heard) < _SHORTEST_FUZZY:
        return
    for other in authority.starting(heard[: len(heard) // 2]):
        if other != heard and one_letter_off(heard, other):
            for found in authority.find(other):
                if found.item.type == type and found.made in ("label", "alias"):
                    yield Candidate(found.item, "near", likeness(key, found.form))


def one_letter_off(first: str, second: str) -> bool:
    """Whether two words differ by one letter left out, put in or changed, or by two neighbours swapped."""
    shorter = min(len(first), len(second))
    if max(len(first), len(second)) > shorter + 1:
        return False
    start = next((at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), shorter)
    ours, theirs = first[start:], second[start:]
    if len(ours) == len(theirs) and ours[:2] == theirs[1::-1]:
        return ours[2:] == theirs[2:]
    return ours[1:] == theirs[len(theirs) - len(ours) + 1 :] if len(ours) >= len(theirs) else ours == theirs[1:]
