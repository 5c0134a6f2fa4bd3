"""Names of re3d (Dstl; conflict in Syria and Iraq), for measuring only."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.evaluation.extractor import shipped_extractor
from kg.evaluation.names import COARSE, Span, coarse, count_names
from kg.evaluation.tally import Row, Tally
from kg.records import Document
from kg.serialization import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator
    from pathlib import Path

    from spacy.tokens import Doc

    from kg.records import Json

_ARTICLES = ("the ", "a ", "an ")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip())


def read_re3d(folder: Path) -> Iterator[tuple[str, frozenset[Span]]]:
    """Text of each document and its marked spans of characters with their types."""
    for source in sorted(path.parent for path in folder.glob("*/documents.json")):
        spans: defaultdict[str, set[Span]] = defaultdict(set)
        for row in _rows(source / "entities.json"):
            spans[row["documentId"]].add((row["begin"], row["end"], row["type"]))
        yield from ((row["text"], frozenset(spans[row["_id"]])) for row in _rows(source / "documents.json"))


def re3d_scores(read: Callable[[str], Iterable[Span]], documents: Iterable[tuple[str, frozenset[Span]]]) -> list[Row]:
    """Exact span F1; `read` gives the names of a text as spans of characters with their types."""
    tally = Tally()
    for text, gold in documents:
        count_names(tally, coarse(gold), coarse(read(text)))
    return tally.rows()


def re3d_records(documents: Iterable[tuple[str, frozenset[Span]]]) -> dict[str, Json]:
    """Our extraction of each text."""
    read = shipped_extractor(linked=False)
    return {text: to_json(read(Document(f"re3d-{i}", text, "re3d"))) for i, (text, _) in enumerate(documents)}


def record_spans(record: Json, kinds: Container[str]) -> list[Span]:
    """Mentions of some kinds (name, nominal, pronoun) in a record, with the types of their entities."""
    types = {entity["id"]: entity["type"] for entity in record["entities"]}
    return [(m["begin"], m["end"], types[m["entity"]]) for m in record["mentions"] if m["kind"] in kinds]


def without_article(text: str, spans: Iterable[Span]) -> frozenset[Span]:
    """Spans without an article at their head."""
    cut = ((b + next((len(a) for a in _ARTICLES if text[b:e].casefold().startswith(a)), 0), e, k) for b, e, k in spans)
    return frozenset(cut)


def peculiarities(documents: Iterable[tuple[str, frozenset[Span]]]) -> dict[str, float]:
    """Per cent of re3d's persons, organisations and places that begin with an article, and that have no capital."""
    names = [text[b:e] for text, spans in documents for b, e, kind in spans if kind in COARSE]
    begun = sum(name.casefold().startswith(_ARTICLES) for name in names)
    lower = sum(name == name.casefold() for name in names)
    return {"article": 100 * begun / len(names), "lower": 100 * lower / len(names)}


def doc_spans(doc: Doc) -> list[Span]:
    """Names of a Doc as spans of characters."""
    return [(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
