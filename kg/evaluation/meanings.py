"""What our event types and country names mean in CAMEO and PLOVER."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from kg.evaluation.likeness import words
from kg.linking.tables import rows
from ontology import CROSSWALK

SETTINGS: dict[str, Any] = tomllib.loads(files(__package__).joinpath("references.toml").read_text("utf8"))
CAMEO: dict[str, str] = SETTINGS["cameo"]
_PLAIN = frozenset(SETTINGS["plain_words"])
_MATCHES = tuple(f"http://www.w3.org/2004/02/skos/core#{kind}Match" for kind in ("exact", "close", "broad", "narrow"))
_CONCEPT = re.compile(r"/crosswalk/(?:plover/([A-Z]+)|cameo/(\d\d))")


@cache
def meanings(event_type: str) -> frozenset[str]:
    """PLOVER types and CAMEO roots that one of our event types may be, by the ontology's crosswalk."""
    return _crosswalk().get(event_type, frozenset())


@cache
def _crosswalk() -> dict[str, frozenset[str]]:
    from pyoxigraph import RdfFormat, parse  # noqa: PLC0415

    found: dict[str, set[str]] = {}
    for quad in parse(CROSSWALK.read_bytes(), RdfFormat.TURTLE):
        match = _CONCEPT.search(str(quad.object))
        if quad.predicate.value in _MATCHES and match:
            name = str(quad.subject).rstrip(">").rpartition("#")[2]
            found.setdefault(name, set()).add(match[1] or match[2])
    return {name: frozenset(codes) for name, codes in found.items()}


def means(event_type: str, wanted: str) -> bool:
    """Whether one of our types may be a PLOVER type or, by its first two digits, a CAMEO code."""
    root = CAMEO.get(wanted, wanted[:2])
    return bool(meanings(event_type) & {root, *(name for name, other in CAMEO.items() if other == root)})


@cache
def country_words(code: str) -> frozenset[str]:
    """Words for a country, its people and its seat by a CAMEO actor code, which begins with ISO 3166-1 alpha-3.

    Empty for actors that are no country's.
    """
    lines = files(__package__).joinpath("country_codes.tsv").read_text("utf8").splitlines()[1:]
    alpha2 = dict(line.split("\t") for line in lines).get(code[:3])
    row = next((row for row in rows("countries") if row["code"] == alpha2), None)
    if row is None:
        return frozenset()
    told = "|".join(row[column] for column in ("name", "other_names", "adjectives", "seats"))
    return frozenset(word for word in words(told) - _PLAIN if len(word) > 1)
