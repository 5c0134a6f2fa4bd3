"""Coded sentences, PLOVER's gold records and UniversalPetrarch's validation set: type of event and actors."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.errors import BrokenRow, UnreadableInput
from kg.evaluation.extractor import records, shipped_extractor
from kg.evaluation.likeness import FAMILY, filler_words, words
from kg.evaluation.matching import match
from kg.evaluation.meanings import country_words, means
from kg.evaluation.tally import Row, Tally
from kg.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.records import Json

_SENTENCE = re.compile(r'<Sentence [^>]*?date="(\d{6}|\d{8})"[^>]*?id="([^"]+)"[^>]*>(.*?)</Sentence>', re.DOTALL)
_CODING = re.compile(r'<EventCoding\s+eventcode="(\w+)"\s+sourcecode="([^"]*)"\s+targetcode="([^"]*)"')
_TEXT = re.compile(r"<Text>(.*?)</Text>", re.DOTALL)
_DOCUMENTATION = "DOCUMENT"
_ACTORS = {"source": ("perpetrator",), "target": ("target", "victim", "perpetrator")}


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """A type of PLOVER or code of CAMEO with words for its actors, empty where they are not coded or not known."""

    type: str
    source: frozenset[str]
    target: frozenset[str]


@dataclass(frozen=True, slots=True)
class CodedText:
    """A sentence or two with the events coded in it; `date` is YYYY-MM-DD."""

    id: str
    date: str
    text: str
    events: tuple[CodedEvent, ...]


def _read(path: Path) -> str:
    try:
        return path.read_text("utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(
            str(error), input=str(path), remedy="Give the folder of the corpora by --corpora"
        ) from error


def read_plover(path: Path) -> list[CodedText]:
    """PLOVER's gold records, a JSON list, without the one that documents the file.

    Raises UnreadableInput, and BrokenRow for what is no such list.
    """
    try:
        records = json.loads(_read(path), strict=False)
        return [_plover(record) for record in records if record["event"] != _DOCUMENTATION]
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenRow(f"no records of PLOVER: {error!r}", input=str(path), remedy="Get the file again") from error


def _plover(record: Json) -> CodedText:
    coded = CodedEvent(record["event"], _actor_words(record, "source"), _actor_words(record, "target"))
    return CodedText(record["id"], record["date"], record["text"], (coded,))


def _actor_words(record: Json, side: str) -> frozenset[str]:
    """Words of the actors on a side; in a few records a bare word of another field stands there instead of a list."""
    told = record.get(side)
    actors = told if isinstance(told, list) else []
    return frozenset(word for actor in actors for word in words(actor.get("actorText")))


def read_petrarch(path: Path) -> list[CodedText]:
    """Sentences of PETRARCH's validation format, which looks like XML without being well formed.

    One whose text is empty is left out. Raises UnreadableInput, and BrokenRow for a file without a sentence.
    """
    # The tag that opens a sentence is closed at once in some files, so its end is taken from the closing tag.
    every = [_petrarch(*match.groups()) for match in _SENTENCE.finditer(_read(path))]
    found = [one for one in every if one.text]
    if not found:
        raise BrokenRow("no sentence with a coding in it", input=str(path), remedy="Get the file again")
    return found


def _petrarch(day: str, name: str, body: str) -> CodedText:
    text = _TEXT.search(body)
    codings = (
        CodedEvent(code, country_words(source), country_words(target)) for code, source, target in _CODING.findall(body)
    )
    words_of = " ".join(html.unescape(text[1]).split()) if text else ""
    year = day[:-4] if len(day) == 8 else f"20{day[:-4]}"
    return CodedText(name, f"{year}-{day[-4:-2]}-{day[-2:]}", words_of, tuple(codings))


def coded_records(texts: Iterable[CodedText]) -> dict[str, Json]:
    """Our extraction of each text, read as of its date."""
    read = shipped_extractor(linked=False)
    documents = [Document(t.id, t.text, t.id, published=date.fromisoformat(t.date)) for t in texts]
    return records(documents, read)


def coded_scores(texts: Iterable[CodedText], records: Mapping[str, Json]) -> list[Row]:
    """Types, of all events and of those that one of our types may mean, and the actors of events of the right type.

    An actor is right where a participant on its side shares a word with it; either side of those that do something
    together may stand as the target.
    """
    tally = Tally()
    for text in texts:
        record = records[text.id]
        events = record["events"]
        pairs = match(text.events, events, lambda gold, event: means(event["type"], gold.type))
        meant = [gold for gold in text.events if any(means(own, gold.type) for own in FAMILY)]
        tally.add("type", len(pairs), len(events), len(text.events))
        tally.add("type, of ours", len(pairs), len(events) if meant else 0, len(meant))
        for i, j in pairs:
            _count_actors(tally, text.events[i], record, events[j])
    return tally.rows()


def _count_actors(tally: Tally, gold: CodedEvent, record: Json, event: Json) -> None:
    for side, roles in _ACTORS.items():
        wanted: frozenset[str] = getattr(gold, side)
        if wanted:
            tally.judge(side, any(wanted & found for found in _participants(record, event, roles)))


def _participants(record: Json, event: Json, roles: Iterable[str]) -> Iterator[set[str]]:
    told = (one for one in event["participants"] if one["role"] in roles)
    return (filler_words(record, one["entity"], one["text"]) for one in told)
