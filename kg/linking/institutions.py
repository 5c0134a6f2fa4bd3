"""Institutions named through their country: "Ukrainian troops", "Ukraine's air force", "Ministry of Defence of Russia".

The same reading is made of an item's label when the authority is built and of a name in a text, so that both
come to one key: the country's code and the sort of institution, as "@UA armed_forces".
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from kg.linking.keys import plain, unbracketed
from kg.linking.tables import mapping, rows

Side = Literal["label", "mention"]
_LONGEST_COUNTRY = 5
_FILLERS = frozenset({"of", "for", "the", "royal", "and"})


@lru_cache(maxsize=65536)
def institution(name: str, side: Side) -> tuple[str | None, str] | None:
    """Country code and sort of institution that a name means; the code None where it names no country.

    None where the name is no institution's. On the side "mention", loose words such as "troops" count.
    """
    key = plain(unbracketed(name))
    if side == "mention" and key in _metonyms():
        return _metonyms()[key]
    for country, rest in _splits(tuple(key.split(" "))):
        sort = _sorts(side).get(_without_fillers(rest))
        if sort:
            return country or _country_in_brackets(name), sort
    return None


def institution_key(country: str, sort: str) -> str:
    """The authority's key of an institution."""
    return f"@{country} {sort}"


@cache
def country_words() -> dict[str, str]:
    """Plain names and adjectives of countries to their codes."""
    return {plain(word): row["code"] for row in rows("countries") for word in _listed(row, "other_names", "adjectives")}


@cache
def country_adjectives() -> frozenset[str]:
    """Plain adjectives of countries and names of their people, which are no names of the country."""
    return frozenset(plain(word) for row in rows("countries") for word in row["adjectives"].split("|") if word)


@cache
def known_countries() -> dict[str, str]:
    """Codes of countries to their English names."""
    return {row["code"]: row["name"] for row in rows("countries")}


@cache
def seats() -> dict[str, str]:
    """Plain names of capitals and other seats of government to country codes."""
    return {plain(word): row["code"] for row in rows("countries") for word in row["seats"].split("|") if word}


def _listed(row: dict[str, str], *columns: str) -> list[str]:
    return [row["name"], *(word for column in columns for word in row[column].split("|") if word)]


def _splits(tokens: tuple[str, ...]) -> list[tuple[str | None, tuple[str, ...]]]:
    countries = country_words()
    found: list[tuple[str | None, tuple[str, ...]]] = []
    for size in range(min(_LONGEST_COUNTRY, len(tokens) - 1), 0, -1):
        for code, rest in (
            (countries.get(" ".join(tokens[:size])), tokens[size:]),
            (countries.get(" ".join(tokens[-size:])), tokens[:-size]),
            (countries.get(" ".join(tokens[1 : 1 + size])), tokens[:1] + tokens[1 + size :]),
        ):
            if code:
                found.append((code, rest))
    return [*found, (None, tokens)]


def _without_fillers(tokens: tuple[str, ...]) -> str:
    return " ".join(token for token in tokens if token not in _FILLERS).replace("defence", "defense")


def _country_in_brackets(name: str) -> str | None:
    inside = name[len(unbracketed(name)) :].strip(" ()")
    return country_words().get(plain(inside)) if inside else None


@cache
def _sorts(side: Side) -> dict[str, str]:
    fixed = {row["phrase"]: row["institution"] for row in rows("institutions") if row["side"] in ("both", side)}
    return {**_ministries(), **fixed}


@cache
def _ministries() -> dict[str, str]:
    return {
        _without_fillers(tuple(form["form"].format(words).split(" "))): f"ministry_{portfolio}"
        for words, portfolio in mapping("portfolios").items()
        for form in rows("portfolio_forms")
    }


@cache
def _metonyms() -> dict[str, tuple[str | None, str]]:
    return {row["name"]: (row["country"], row["institution"]) for row in rows("metonyms")}
