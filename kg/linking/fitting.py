"""Fits the ranking's weights on linked mentions: `python -m kg.linking.fit SENTENCES [AUTHORITY]`.

The sentences are those of `../shared/corpora/current-events`: a text and links `[begin, end, title, id, method]`.
Only links found by their title count. For some the right item is taken out of the candidates, so that the model
learns to choose none. Texts are split by their id into a part to fit on and a part to set the threshold on.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from math import exp, log, log10
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.linking.features import Features, Situation, features
from kg.linking.institutions import country_adjectives
from kg.linking.keys import plain
from kg.linking.linker import first_situations, second_situations
from kg.linking.ranking import score
from kg.linking.tables import rows, settings
from kg.records import Document, Entity, Extraction, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.linking.authority import Lookup
    from kg.linking.items import Item

Array = NDArray[np.float64]
Ranges = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Example:
    """The features of an entity's candidates and the place of the right one, None where it is not among them."""

    candidates: tuple[Features, ...]
    right: int | None


def examples(sentences: Iterable[Mapping[str, Any]], authority: Lookup) -> Iterator[Example]:
    """Examples of the entities of linked texts; an item counts at most as often as the settings say."""
    chance = random.Random(settings("fitting")["seed"])  # noqa: S311 - no secret
    seen: Counter[str] = Counter()
    for sentence in sentences:
        extraction, right = labelled(sentence, authority, chance)
        for key, situation in second_situations(first_situations(extraction, authority), right).items():
            seen[right[key].id] += 1
            if seen[right[key].id] <= settings("fitting")["most_of_an_item"]:
                yield _example(situation, right[key], chance)


def labelled(
    sentence: Mapping[str, Any], authority: Lookup, chance: random.Random
) -> tuple[Extraction, dict[str, Item]]:
    """A linked text as an extraction without links, and the right item of each of its entities."""
    text = sentence["text"]
    right: dict[str, Item] = {}
    entities: list[Entity] = []
    mentions: list[Mention] = []
    for item, spans in _spans(sentence, authority).items():
        for part, of_one in enumerate(_entities_of(spans, text, chance)):
            entity = _entity(f"{item.id}-{part}", item, of_one, text, chance)
            right[entity.id] = item
            entities.append(entity)
            mentions += (Mention(Span(begin, end, text[begin:end]), entity.id, "name") for begin, end in of_one)
    document = Document(sentence["id"], text, "", published=date.fromisoformat(sentence["date"]))
    return Extraction(document, ((0, len(text)),), len(text), tuple(entities), tuple(mentions)), right


def fit(data: Sequence[Example]) -> dict[str, float]:
    """Weights that maximise the likelihood of the right choices, with a quadratic penalty (gradient ascent)."""
    names = sorted({name for example in data for values in example.candidates for name in values})
    matrix, groups, target = _arrays(data, names)
    weights, speed = np.zeros(len(names)), np.zeros(len(names))
    steps, rate, penalty = (settings("fitting")[name] for name in ("steps", "rate", "penalty"))
    for _ in range(steps):
        gradient = matrix.T @ (target - _probabilities(matrix @ weights, groups, len(data))) - penalty * weights
        speed = 0.9 * speed + rate * gradient / len(data)
        weights = weights + speed
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def threshold(data: Sequence[Example], weights: dict[str, float]) -> float:
    """The lowest probability from which on the share of right links reaches the precision of the settings."""
    best = sorted((_best(example, weights) for example in data if example.candidates), reverse=True)
    lowest, right, count = 1.0, 0, 0
    for probability, equal in groupby(best, key=itemgetter(0)):
        hits = [hit for _, hit in equal]
        right, count = right + sum(hits), count + len(hits)
        if right / count >= settings("fitting")["precision"]:
            lowest = probability
    return round(max(lowest, float(settings("fitting")["lowest_threshold"])), 3)


def loss(data: Sequence[Example], weights: dict[str, float]) -> float:
    """Mean negative logarithm of the probability given to what is right, over examples with candidates."""
    told = [one for one in data if one.candidates]
    return -sum(log(_probability_of_right(one, weights)) for one in told) / len(told)


def read_texts(path: Path) -> list[dict[str, Any]]:
    """The sentences of a JSON Lines file, those on one topic put together to texts of a few sentences."""
    topics: dict[str, list[dict[str, Any]]] = {}
    for line in path.read_text("utf8").splitlines():
        sentence = json.loads(line)
        topics.setdefault((sentence["topics"] or [sentence["id"]])[0], []).append(sentence)
    size = settings("fitting")["sentences"]
    return [_joined(of[at : at + size]) for of in topics.values() for at in range(0, len(of), size)]


def _joined(sentences: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    text, links = "", []
    for sentence in sentences:
        links += [[begin + len(text), end + len(text), *rest] for begin, end, *rest in sentence["links"]]
        text += sentence["text"] + "\n"
    return {"id": sentences[0]["id"], "date": sentences[0]["date"], "text": text, "links": links}


def _spans(sentence: Mapping[str, Any], authority: Lookup) -> dict[Item, list[tuple[int, int]]]:
    spans: dict[Item, list[tuple[int, int]]] = {}
    for begin, end, _, wikidata, method in sentence["links"]:
        item = authority.get(wikidata) if wikidata and method == "title" else None
        if item and item.type != "Event" and plain(sentence["text"][begin:end]) not in country_adjectives():
            spans.setdefault(item, []).append((begin, end))
    return spans


def _entities_of(spans: Ranges, text: str, chance: random.Random) -> list[Ranges]:
    """The mentions of an item as the entities that a reader makes of them: one, or sometimes one for each name."""
    names: dict[str, list[tuple[int, int]]] = {}
    for begin, end in spans:
        names.setdefault(text[begin:end], []).append((begin, end))
    return list(names.values()) if chance.random() < settings("fitting")["names_apart"] else [spans]


def _entity(id: str, item: Item, spans: Ranges, text: str, chance: random.Random) -> Entity:
    names = tuple(dict.fromkeys(_respelled(text[begin:end], chance) for begin, end in spans))
    return Entity(id, item.type, _noisy_subtype(item, chance), names[0], names)  # type: ignore[arg-type]


def _respelled(name: str, chance: random.Random) -> str:
    """The name as another transliteration might have it, for some names in which that can be."""
    options = [row for row in rows("respellings") if row["spelling"] in name]
    if not options or chance.random() >= settings("fitting")["respelled"]:
        return name
    drawn = chance.choice(options)
    return name.replace(drawn["spelling"], drawn["other"], 1)


def _noisy_subtype(item: Item, chance: random.Random) -> str | None:
    """The item's subtype as a reader of the text would give it: sometimes none, sometimes one like it."""
    likely = settings("fitting")["subtype_confused"].get(item.subtype or "", [item.subtype])
    drawn = chance.random()
    if drawn < settings("fitting")["subtype_missing"]:
        return None
    return chance.choice(likely) if drawn > 1 - settings("fitting")["subtype_wrong"] else item.subtype


def _example(situation: Situation, right: Item, chance: random.Random) -> Example:
    pool = situation.pool
    if chance.random() < _missing(right):
        pool = tuple(one for one in pool if one.item.id != right.id)
    judged = replace(situation, pool=pool)
    place = next((place for place, one in enumerate(pool) if one.item.id == right.id), None)
    return Example(tuple(features(one, judged) for one in pool), place)


def _missing(item: Item) -> float:
    """How likely an authority is to lack such an item; the larger a settlement, the less."""
    missing = settings("fitting")["missing"]
    share: float = missing.get(item.kind, missing["else"])
    return share * max(0.0, 1 - log10(1 + item.weight) / 7) if item.kind == "settlement" else share


def _arrays(data: Sequence[Example], names: Sequence[str]) -> tuple[Array, NDArray[np.int64], Array]:
    column = {name: place for place, name in enumerate(names)}
    flat = [(group, place, values) for group, one in enumerate(data) for place, values in enumerate(one.candidates)]
    matrix, target = np.zeros((len(flat), len(names))), np.zeros(len(flat))
    for line, (group, place, values) in enumerate(flat):
        for name, value in values.items():
            matrix[line, column[name]] = value
        target[line] = float(data[group].right == place)
    return matrix, np.array([group for group, _, _ in flat]), target


def _probabilities(scores: Array, groups: NDArray[np.int64], count: int) -> Array:
    grown: Array = np.exp(np.clip(scores, -30, 30))
    shares: Array = grown / (1.0 + np.bincount(groups, weights=grown, minlength=count))[groups]
    return shares


def _probability_of_right(example: Example, weights: dict[str, float]) -> float:
    grown = [exp(score(values, weights)) for values in example.candidates]
    return (1.0 if example.right is None else grown[example.right]) / (1.0 + sum(grown))


def _best(example: Example, weights: dict[str, float]) -> tuple[float, bool]:
    grown = np.exp([score(values, weights) for values in example.candidates])
    place = int(grown.argmax())
    return float(grown[place] / (1.0 + grown.sum())), place == example.right
