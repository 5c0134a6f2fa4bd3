"""When two names, spans, events or claimants count as the same."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.records import Json

SETTINGS: dict[str, Any] = tomllib.loads(files(__package__).joinpath("extraction.toml").read_text("utf8"))
FAMILY: dict[str, str] = {name: family for family, names in SETTINGS["families"].items() for name in names}
_STOPWORDS = frozenset(SETTINGS["stopwords"])
_AROUND_NAME = re.compile(r"^the\s+|['’]s$")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]*[A-Z])|\n+")


def normal(name: str) -> str:
    """A name without its case, article and possessive."""
    return _AROUND_NAME.sub("", " ".join(name.casefold().split()))


def words(text: str | None) -> set[str]:
    """Words of content in a text."""
    return set(re.findall(r"\w+", (text or "").casefold())) - _STOPWORDS


def overlaps(a: Json, b: Json) -> bool:
    """Whether two spans share a character."""
    return bool(a["begin"] < b["end"] and b["begin"] < a["end"])


def sentence_of(text: str, offset: int) -> int:
    """Number of sentence ends before the offset: a parser-free notion of the same sentence."""
    return len(_SENTENCE_END.findall(text[:offset]))


def same_event(gold: Json, predicted: Json) -> bool:
    """Same type and an overlapping trigger."""
    return gold["type"] == predicted["type"] and any(
        overlaps(a, b) for a in gold["triggers"] for b in predicted["triggers"]
    )


def like_event(text: str, gold: Json, predicted: Json) -> bool:
    """Types of one family and triggers in the same sentence."""
    if FAMILY[gold["type"]] != FAMILY.get(predicted["type"]):
        return False
    places = [{sentence_of(text, t["begin"]) for t in event["triggers"]} for event in (gold, predicted)]
    return bool(places[0] & places[1])


def same_figure(gold: Json, predicted: Json) -> bool:
    """Same kind of casualties and the same bounds."""
    return all(gold[key] == predicted[key] for key in ("kind", "min", "max"))


def filler_words(record: Json, entity: str | None, text: str | None) -> set[str]:
    """Words that a filler goes by: those of its text and of its entity's names."""
    names: list[str] = next((e["names"] for e in record["entities"] if e["id"] == entity), [])
    return words(text).union(*(words(name) for name in names))
