"""The measures of one document's extraction against its gold reading.

mentions: named mentions, exact span and type. entities: same type and at least one shared name. linking: named
mentions, exact span and the right Wikidata id (gold "unknown" is skipped). nil: of the mentions that gold says have
no item, how many were left unlinked. events: same type and an overlapping trigger. events-relaxed: same family of
types and a trigger in the same sentence. roles: fillers of relaxed-matched events, same role and same entity or
overlapping words. place, time, modality: accuracy on relaxed-matched events (time: exact interval; time-any:
overlapping interval). claims: same claimant about at least one matched event. stance: accuracy on matched claims.
casualties: same kind and bounds in the document. casualties-attributed: the same and the same claimant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.evaluation.likeness import filler_words, like_event, normal, overlaps, same_event, same_figure
from kg.evaluation.matching import match
from kg.records import Json

if TYPE_CHECKING:
    from kg.evaluation.tally import Tally

Range = tuple[int, int]
Pair = tuple[Json, Json]
UNKNOWN = "unknown"


@dataclass
class Scoring:
    """A gold record and a prediction; what `score` finds goes to `tally` and `errors`."""

    gold: Json
    predicted: Json
    tally: Tally
    errors: list[str] = field(default_factory=list)
    counterparts: dict[str, str] = field(default_factory=dict)

    def score(self) -> None:
        """Score all measures."""
        self._mentions()
        self._entities()
        pairs = self._events()
        for gold, predicted in pairs:
            self._arguments(gold, predicted)
        self._claims({gold["id"]: predicted["id"] for gold, predicted in pairs})
        self._casualties()

    def _mentions(self) -> None:
        gold, predicted = named(self.gold), named(self.predicted)
        typed = {s for s, e in gold.items() if s in predicted and predicted[s]["type"] == e["type"]}
        self.tally.add("mentions", len(typed), len(predicted), len(gold))
        self._tell_mentions("missed", {s: e for s, e in gold.items() if s not in typed})
        self._tell_mentions("wrong", {s: e for s, e in predicted.items() if s not in typed})
        self._links(gold, predicted)

    def _tell_mentions(self, what: str, mentions: dict[Range, Json]) -> None:
        record = self.gold if what == "missed" else self.predicted
        for span, entity in sorted(mentions.items()):
            self.errors.append(f"mention {what}: {record['text'][slice(*span)]!r} ({entity['type']})")

    def _links(self, gold: dict[Range, Json], predicted: dict[Range, Json]) -> None:
        items = {s: e["wikidata"] for s, e in gold.items() if e["wikidata"] not in (None, UNKNOWN)}
        skipped = {s for s, e in gold.items() if e["wikidata"] == UNKNOWN}
        linked = {s: e["wikidata"] for s, e in predicted.items() if e["wikidata"] and s not in skipped}
        wrong = [s for s, item in items.items() if linked.get(s) != item]
        self.tally.add("linking", len(items) - len(wrong), len(linked), len(items))
        for s in sorted(wrong):
            self.errors.append(f"link: {self.gold['text'][slice(*s)]!r} gold {items[s]} got {linked.get(s)}")
        nil = [s for s, e in gold.items() if e["wikidata"] is None and s in predicted]
        self.tally.add("nil", sum(not predicted[s]["wikidata"] for s in nil), len(nil), len(nil))

    def _entities(self) -> None:
        mentioned = _mention_spans(self.gold), _mention_spans(self.predicted)

        def shared(gold: Json, predicted: Json) -> float:
            """Shared names and mentions: the mentions tell the city from the region that bears its name."""
            names = {normal(name) for name in gold["names"]} & {normal(name) for name in predicted["names"]}
            if gold["type"] != predicted["type"] or not names:
                return 0
            spans = [table.get(e["id"], set()) for table, e in zip(mentioned, (gold, predicted), strict=True)]
            return len(names) + len(spans[0] & spans[1])

        gold, predicted = self.gold["entities"], self.predicted["entities"]
        pairs = match(gold, predicted, shared)
        self.tally.add("entities", len(pairs), len(predicted), len(gold))
        self.counterparts.update((gold[i]["id"], predicted[j]["id"]) for i, j in pairs)

    def _events(self) -> list[Pair]:
        """Count the events and give the pairs that match at least loosely."""
        gold, predicted, text = self.gold["events"], self.predicted["events"], self.gold["text"]
        exact = match(gold, predicted, same_event)
        self.tally.add("events", len(exact), len(predicted), len(gold))
        left = [i for i in range(len(gold)) if i not in {i for i, _ in exact}]
        right = [j for j in range(len(predicted)) if j not in {j for _, j in exact}]
        loose = match([gold[i] for i in left], [predicted[j] for j in right], lambda g, p: like_event(text, g, p))
        pairs = exact + [(left[a], right[b]) for a, b in loose]
        self.tally.add("events-relaxed", len(pairs), len(predicted), len(gold))
        self._tell_events("missed", [e for i, e in enumerate(gold) if i not in {i for i, _ in pairs}])
        self._tell_events("invented", [e for j, e in enumerate(predicted) if j not in {j for _, j in pairs}])
        return [(gold[i], predicted[j]) for i, j in pairs]

    def _tell_events(self, what: str, events: list[Json]) -> None:
        self.errors += [f"event {what}: {e['type']} {[t['text'] for t in e['triggers']]}" for e in events]

    def _arguments(self, gold: Json, predicted: Json) -> None:
        found = match(gold["participants"], predicted["participants"], self._same_participant)
        self.tally.add("roles", len(found), len(predicted["participants"]), len(gold["participants"]))
        if gold["place"] or predicted.get("place"):
            self.tally.judge("place", self._same_entity(gold["place"], predicted.get("place")))
        self._time(interval(gold.get("time")), interval(predicted.get("time")))
        self.tally.judge("modality", gold["modality"] == predicted["modality"])

    def _time(self, gold: tuple[str, str] | None, predicted: tuple[str, str] | None) -> None:
        if gold is None and predicted is None:
            return
        self.tally.judge("time", gold == predicted)
        touching = gold and predicted and gold[0] <= (predicted[1] or "9999") and predicted[0] <= (gold[1] or "9999")
        self.tally.judge("time-any", bool(touching))

    def _same_entity(self, gold: str | None, predicted: str | None) -> bool:
        return gold is not None and self.counterparts.get(gold) == predicted

    def _same_filler(self, gold: tuple[str | None, str | None], predicted: tuple[str | None, str | None]) -> bool:
        """Whether two fillers, each an entity and words, are the same entity or share words."""
        common = filler_words(self.gold, *gold) & filler_words(self.predicted, *predicted)
        return self._same_entity(gold[0], predicted[0]) or bool(common)

    def _same_participant(self, gold: Json, predicted: Json) -> bool:
        fillers = [(participant["entity"], participant["text"]) for participant in (gold, predicted)]
        return gold["role"] == predicted["role"] and self._same_filler(*fillers)

    def _same_claimant(self, gold: Json, predicted: Json) -> bool:
        fillers = [(claim["claimant"], claim["claimant_text"]) for claim in (gold, predicted)]
        if not any(fillers[0]):
            return not any(fillers[1])
        return self._same_filler(*fillers)

    def _claims(self, counterpart: dict[str, str]) -> None:
        gold, predicted = attributed(self.gold), attributed(self.predicted)

        def shared(g: Json, p: Json) -> float:
            common = {counterpart.get(event) for event in g["about"]} & set(p["about"])
            if not common or not self._same_claimant(g, p):
                return 0
            evidence = g.get("evidence") and p.get("evidence") and overlaps(g["evidence"], p["evidence"])
            return len(common) + (10 if evidence else 0)

        found = match(gold, predicted, shared)
        self.tally.add("claims", len(found), len(predicted), len(gold))
        for i, j in found:
            self.tally.judge("stance", gold[i]["stance"] == predicted[j]["stance"])
        for i in sorted(set(range(len(gold))) - {i for i, _ in found}):
            who = gold[i]["claimant_text"] or self._label(gold[i]["claimant"])
            self.errors.append(f"claim missed: {who!r} {gold[i]['stance']} {gold[i]['about']}")

    def _label(self, entity: str | None) -> str | None:
        return next((e["label"] for e in self.gold["entities"] if e["id"] == entity), None)

    def _casualties(self) -> None:
        gold, predicted = figures(self.gold), figures(self.predicted)
        found = match(gold, predicted, lambda g, p: same_figure(g[1], p[1]))
        both = match(gold, predicted, lambda g, p: same_figure(g[1], p[1]) and self._same_claimant(g[0], p[0]))
        self.tally.add("casualties", len(found), len(predicted), len(gold))
        self.tally.add("casualties-attributed", len(both), len(predicted), len(gold))
        for i in sorted(set(range(len(gold))) - {i for i, _ in found}):
            figure = gold[i][1]
            bounds = f"{figure['min']}..{figure['max']}"
            self.errors.append(f"casualty missed: {figure['kind']} {bounds} {figure['group']!r}")


def named(record: Json) -> dict[Range, Json]:
    """Entity of each named mention, by its range."""
    entity = {e["id"]: e for e in record["entities"]}
    return {
        (m["begin"], m["end"]): entity[m["entity"]]
        for m in record["mentions"]
        if m.get("kind", "name") == "name" and m["entity"] in entity
    }


def _mention_spans(record: Json) -> dict[str, set[Range]]:
    spans: dict[str, set[Range]] = {}
    for mention in record["mentions"]:
        spans.setdefault(mention["entity"], set()).add((mention["begin"], mention["end"]))
    return spans


def attributed(record: Json) -> list[Json]:
    """Claims about events that somebody other than the article makes."""
    return [c for c in record["claims"] if c["about"] and (c["claimant"] or c["claimant_text"])]


def figures(record: Json) -> list[Pair]:
    """Each casualty figure with the claim that gives it."""
    return [(claim, figure) for claim in record["claims"] for figure in claim["casualties"]]


def interval(time: Json | None) -> tuple[str, str] | None:
    """Earliest and latest day, empty where open; None where neither is known."""
    if not time or not (time["earliest"] or time["latest"]):
        return None
    return time["earliest"] or "", time["latest"] or ""
