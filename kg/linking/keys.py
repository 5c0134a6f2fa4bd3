"""Names to keys: what is equal under a key may be the same name written another way.

`plain` undoes what carries no meaning (case, diacritics, punctuation, "the", possessives); `sound` also what
differs between transliterations of Cyrillic and Arabic names (Balaklia and Balakleya, Sa'ada and Saada);
`bare` takes off the words that say what sort of place it is and tells which sorts they allow.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from kg.linking.tables import mapping, rows, words

_APOSTROPHES = "'’‘ʼʹ`´′ʿʾ\"“”"
_POSSESSIVE = re.compile(r"(?<=\w)['’‘ʼ]s\b|(?<=s)['’‘ʼ](?=\s|$)", re.IGNORECASE)
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_APOSTROPHE = re.compile("['’‘ʼ]")
_GAP = re.compile(r"[\W_]+")
_REPEATED = re.compile(r"(.)(?=\1)")


class Bare(NamedTuple):
    """A place name without its sort, and the classes that the sort allows (none said: empty)."""

    key: str
    classes: frozenset[str]


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """The name in lower-case Latin letters without marks, words parted by single spaces.

    "The Sa'ada governorate" gives "saada governorate", "U.N." gives "un". The article and the possessive go;
    a name of nothing else stays as it is. Cyrillic letters are transliterated.
    """
    text = _POSSESSIVE.sub("", name) if _APOSTROPHE.search(name) else name
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    folded = _folded(text.casefold())
    key = _GAP.sub(" ", folded).strip()
    return key.removeprefix("the ")


def unbracketed(name: str) -> str:
    """The name without a parenthesis at its end: "Idlib (city)" gives "Idlib"."""
    return _BRACKETS.sub("", name) or name


@lru_cache(maxsize=65536)
def sound(key: str) -> str:
    """What is left of a plain key when transliteration and spelling habits are undone; never empty for a word.

    Articles inside ("al", "the", "of") and the spaces go, variants of a word become one, letters that stand for
    the same sound become one, doubled letters single.
    """
    variants, silent = mapping("word_variants"), words("silent_words")
    tokens = key.split(" ")
    kept = [variants.get(token, token) for token in tokens if token not in silent]
    groups, letters = _spellings()
    heard = "".join(kept or tokens)
    for spelling, same in groups:
        heard = heard.replace(spelling, same)
    heard = _REPEATED.sub("", heard.translate(letters))
    return heard[:-1] if heard.endswith("ah") and len(heard) > 3 else heard


@lru_cache(maxsize=65536)
def bare(key: str) -> Bare:
    """The plain key of a place without "region", "oblast", "city of" and the like; kept whole where nothing is left."""
    after, before = _place_words()
    tokens = key.split(" ")
    for cut in (2, 1):
        sort = " ".join(tokens[-cut:])
        if len(tokens) > cut and sort in after:
            return Bare(" ".join(tokens[:-cut]), after[sort])
    for cut in (3, 2):
        sort = " ".join(tokens[:cut])
        if len(tokens) > cut and sort in before:
            return Bare(plain(" ".join(tokens[cut:])), before[sort])
    return Bare(key, frozenset())


def untitled(key: str) -> str:
    """A person's plain key without titles in front: "foreign minister annalena baerbock" gives the name."""
    titles = words("titles")
    tokens = key.split(" ")
    while len(tokens) > 1 and tokens[0] in titles:
        tokens = tokens[1:]
    return " ".join(tokens)


def surname(key: str) -> str:
    """The family name of a person's plain key with its particles: "al assad", "von der leyen"."""
    particles = words("name_particles")
    tokens = key.split(" ")
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1] in particles:
        start -= 1
    return " ".join(tokens[start:])


def shortened(key: str) -> str | None:
    """First and family name of a person's plain key of three words or more; None for a shorter one."""
    family = surname(key)
    first = key.split(" ", maxsplit=1)[0]
    return f"{first} {family}" if len(key.split(" ")) > len(family.split(" ")) + 1 else None


def acronym(name: str) -> str | None:
    """The initials of an organisation's name as a plain key; None for fewer than three capitalised words."""
    initials = [word[0] for word in re.split(r"[\s\-–]+", unbracketed(name)) if word[:1].isupper()]
    return plain("".join(initials)) if len(initials) >= 3 else None


def likeness(first: str, second: str) -> float:
    """Share of letter pairs that two words have in common (Dice), 1 where they are equal."""
    if first == second:
        return 1.0
    ours, theirs = _pairs(first), _pairs(second)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 0.0


def _pairs(word: str) -> set[str]:
    return {word[at : at + 2] for at in range(len(word) - 1)}


def _folded(text: str) -> str:
    if text.isascii():
        return text.translate(_DROPPED)
    marked = unicodedata.normalize("NFC", text).translate(_letters())
    return "".join(letter for letter in unicodedata.normalize("NFKD", marked) if not unicodedata.combining(letter))


_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES))


@cache
def _letters() -> dict[int, str | None]:
    return {**_DROPPED, **{ord(letter): latin for letter, latin in mapping("letters").items()}}


@cache
def _spellings() -> tuple[tuple[tuple[str, str], ...], dict[int, str]]:
    """Groups of letters with their sound in the table's order, and the single letters."""
    groups = tuple((spelling, same) for spelling, same in mapping("sounds").items() if len(spelling) > 1)
    return groups, {ord(spelling): same for spelling, same in mapping("sounds").items() if len(spelling) == 1}


@cache
def _place_words() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    after: dict[str, frozenset[str]] = {}
    before: dict[str, frozenset[str]] = {}
    for row in rows("place_words"):
        (after if row["position"] == "after" else before)[row["phrase"]] = frozenset(row["classes"].split("|"))
    return after, before
