"""Our own labels: mentions, triggers, cues, figures and the edges between them, stored by offset.

Labels on Wikipedia's current events are kept stand-off, by item and offset, without the text; the texts that
were written for the purpose stand beside theirs. One JSON object per line: `id`, `m` mentions [kind, span,
number of the entity], `e` events [id, type, modality, trigger spans, [role, span]], `c` claims [id, stance, claimant
span, cue span, event ids, medium span], `k` figures [kind, min, max, span, group span, event id, claim id].
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.language.training.samples import NAME_LABELS, Sentence

SCHEME: dict[str, Any] = tomllib.loads((Path(__file__).parent / "scheme.toml").read_text("utf8"))
EDGES: tuple[str, ...] = tuple(SCHEME["edges"])
LABELS = Path(__file__).parent / "labels"
_KINDS = {"P": "Person", "O": "Organisation", "L": "Place"}
CutText = Callable[[str], tuple[list[str], list[int], list[tuple[int, int]]]]
Range = Sequence[int]


def bio(kinds: Iterable[str]) -> tuple[str, ...]:
    """O and the two labels of each kind."""
    return ("O", *(f"{prefix}-{kind}" for kind in kinds for prefix in "BI"))


def tag_sets() -> dict[str, tuple[str, ...]]:
    """Labels of each head that only our own labels teach."""
    spans = {head: bio(SCHEME[head]) for head in ("mentions", "triggers", "cues", "figures")}
    return spans | {"modality": tuple(SCHEME["modality"])}


@cache
def mentions_of_name(label: str) -> frozenset[str]:
    """Labels of ours that a plain name label may stand for."""
    prefix, _, kind = label.rpartition("-")
    kinds = SCHEME["from_names"][kind]
    both = (prefix,) if prefix else ("B", "I")
    return frozenset(k if k == "O" else f"{p}-{k}" for k in kinds for p in both)


@dataclass(frozen=True)
class Words:
    """A text's words with their offsets, and spans of characters as spans of words."""

    words: list[str]
    spaces: list[int]
    offsets: list[tuple[int, int]]

    def inside(self, span: Range) -> range:
        """Numbers of the words that the span touches."""
        touched = [i for i, (begin, end) in enumerate(self.offsets) if begin < span[1] and span[0] < end]
        return range(touched[0], touched[-1] + 1) if touched else range(0)

    def tagged(self, spans: Iterable[tuple[str, Range]]) -> list[str]:
        """BIO labels of spans; the first of two that overlap stays."""
        row = ["O"] * len(self.words)
        for kind, span in spans:
            numbers = self.inside(span)
            if all(row[i] == "O" for i in numbers):
                for i in numbers:
                    row[i] = f"{'B' if i == numbers[0] else 'I'}-{kind}"
        return row


def kind_of(code: str) -> str:
    """Full kind of a mention code ("O.ArmedForce": Organisation.ArmedForce)."""
    main, dot, subtype = code.partition(".")
    return f"{_KINDS[main]}{dot}{subtype}"


def _names(row: Sequence[str]) -> list[frozenset[str]]:
    """Plain name labels that our mention labels allow."""
    table = SCHEME["to_names"]
    result = []
    for label in row:
        prefix, _, kind = label.rpartition("-")
        if not prefix:
            result.append(frozenset(["O", *(x for x in NAME_LABELS if x[2:] in ("NORP", "DATE", "EVENT", "MISC"))]))
            continue
        types = table.get(kind, table[kind.partition(".")[0]])
        result.append(frozenset(f"{prefix}-{t}" for t in types))
    return result


def _event_edges(events: Sequence[Any]) -> Iterator[tuple[Range, Range, str]]:
    for _, _, _, triggers, arguments in events:
        for trigger in triggers:
            yield from ((trigger, span, role) for role, span in arguments)
            yield from ((trigger, other, "same") for other in triggers if other != trigger)


def _claim_edges(claims: Sequence[Any], triggers: dict[str, Any]) -> Iterator[tuple[Range, Range, str]]:
    for _, _, claimant, cue, about, medium in claims:
        if cue:
            ends = [("claimant", claimant), ("medium", medium)]
            ends += [("about", trigger) for event in about for trigger in triggers[event]]
            yield from ((cue, end, label) for label, end in ends if end)


def _figure_edges(
    figures: Sequence[Any], triggers: dict[str, Any], cues: dict[str, Any]
) -> Iterator[tuple[Range, Range, str]]:
    for _, _, _, figure, group, event, claim in figures:
        ends = [("group", group), ("by", cues.get(claim))] + [("of", trigger) for trigger in triggers.get(event, ())]
        yield from ((figure, end, label) for label, end in ends if end)


def sentence_of(item: dict[str, Any], text: str, cut: CutText) -> Sentence:
    """One labelled text as a training sample."""
    words = Words(*cut(text))
    triggers = {event[0]: event[3] for event in item["e"]}
    cues = {claim[0]: claim[3] for claim in item["c"]}
    edges = [*_event_edges(item["e"]), *_claim_edges(item["c"], triggers), *_figure_edges(item["k"], triggers, cues)]
    mentions = words.tagged((kind_of(code), span) for code, span, _ in item["m"])
    modality = [""] * len(words.words)
    for event in item["e"]:
        for i in (i for span in event[3] for i in words.inside(span)):
            modality[i] = event[2]
    return Sentence(
        words.words, words.spaces, names=_names(mentions), document=item["id"], id=item["id"],
        layers={
            "triggers": words.tagged((event[1], span) for event in item["e"] for span in event[3]),
            "cues": words.tagged((claim[1], claim[3]) for claim in item["c"] if claim[3]),
            "figures": words.tagged((figure[0], figure[3]) for figure in item["k"]),
            "modality": modality,
        },
        mentions=[frozenset({label}) for label in mentions],
        edges=[(i, j, label) for a, b, label in edges for i in words.inside(a) for j in words.inside(b)],
    )  # fmt: skip


def labelled_items(folder: Path = LABELS) -> list[dict[str, Any]]:
    """All labelled items, in the order of their files."""
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf8").splitlines())
    return [json.loads(line) for line in lines]


def is_held_out(item_id: str) -> bool:
    """Whether an item is kept out of training, to set thresholds on: about one in twelve, by its name's hash."""
    return int(hashlib.sha256(item_id.encode()).hexdigest(), 16) % 12 == 0


def labelled(corpora: Path, cut: CutText, folder: Path = LABELS) -> list[Sentence]:
    """Labelled texts: those written for the purpose, and current events where the corpus is at hand."""
    path = corpora / "current-events" / "sentences.jsonl"
    rows = (json.loads(line) for line in path.read_text("utf8").splitlines()) if path.exists() else ()
    texts = {row["id"]: row["text"] for row in rows}
    items = ((item, item.get("text") or texts.get(item["id"])) for item in labelled_items(folder))
    return [sentence_of(item, text, cut) for item, text in items if text]
