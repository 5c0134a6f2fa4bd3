"""The table of the language model's bar: its figures on test sets that it never trained on, its speed and its size."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.errors import UnreadableInput
from kg.evaluation.cost import SETTINGS, measured_apart
from kg.evaluation.extraction import scoreboard
from kg.evaluation.extractor import gold_documents
from kg.evaluation.names import coarse, count_names, joined, name_scores, read_named
from kg.evaluation.parses import parse_scores
from kg.evaluation.re3d import doc_spans, peculiarities, re3d_scores, read_re3d, without_article
from kg.evaluation.reading import read_records
from kg.evaluation.scoring import named
from kg.evaluation.tally import Row, Tally
from kg.language.training.sources import ewt
from kg.serialization import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.records import Json

NEWSWIRE = "test-only/worldwide-newswire"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: a test set, the measure, the bar and what was measured."""

    set: str
    measure: str
    bar: str
    ours: str


@dataclass(frozen=True)
class TestSets:
    """Where the test sets are, the model, and how many sentences or documents of each set are read (None: all)."""

    corpora: Path
    gold: Path
    nlp: Language
    limit: int | None = None

    def component(self) -> Callable[[Doc], Doc]:
        """The component that reads Docs whose words are given."""
        read: Callable[[Doc], Doc] = self.nlp.get_pipe("conflict_kg_language")
        return read


def check_corpora(corpora: Path) -> None:
    """Raise UnreadableInput where a test set is not in the folder."""
    for name in ("ud-ewt/test.conllu", "uner-ewt/test.iob2", NEWSWIRE, "test-only/re3d"):
        if not (corpora / name).exists():
            raise UnreadableInput(
                f"there is no {name} in it", input=str(corpora), remedy="Give the folder of the corpora by --corpora"
            )


def f1_of(rows: list[Row], measure: str = "all") -> float:
    """F1 of one measure, in per cent."""
    return next((100 * row.f1 for row in rows if row.measure == measure), 0.0)


def told_names(rows: list[Row]) -> str:
    """F1 of all names and of each type."""
    parts = (f"{kind} {f1_of(rows, kind):.1f}" for kind in ("PER", "ORG", "LOC"))
    return f"{f1_of(rows):.1f} ({', '.join(parts)})"


def parse_figures(sets: TestSets) -> str:
    """UAS, LAS and XPOS on EWT's test part, and the first two without punctuation."""
    rows = parse_scores(sets.component(), sets.nlp.vocab, islice(ewt(sets.corpora, "test"), sets.limit))
    uas, las, xpos, bare_uas, bare_las = (
        f1_of(rows, name) for name in ("UAS", "LAS", "XPOS", "UAS without punctuation", "LAS without punctuation")
    )
    return f"{uas:.1f} / {las:.1f} / {xpos:.1f} (without punctuation {bare_uas:.1f} / {bare_las:.1f})"


def uner_figures(sets: TestSets) -> str:
    """Names of EWT's test part, sentence by sentence."""
    sentences = read_named(sets.corpora / "uner-ewt" / "test.iob2")
    return told_names(name_scores(sets.component(), sets.nlp.vocab, islice(sentences, sets.limit)))


def newswire_figures(sets: TestSets) -> str:
    """Names of the Worldwide newswire, document by document."""
    paths = islice(sorted((sets.corpora / NEWSWIRE).glob("*.tsv")), sets.limit)
    return told_names(name_scores(sets.component(), sets.nlp.vocab, (joined(read_named(path)) for path in paths)))


def gold_name_figures(sets: TestSets) -> str:
    """What the names alone give of the gold articles' named mentions."""
    tally = Tally()
    for record in islice(read_records(sets.gold).values(), sets.limit):
        gold = ((*span, entity["type"]) for span, entity in named(record).items())
        count_names(tally, coarse(gold), coarse(doc_spans(sets.nlp(record["text"]))))
    return told_names(tally.rows())


def gold_mention_figures(sets: TestSets) -> str:
    """Mentions of the gold articles as extraction gives them."""
    from kg.extraction import extract  # noqa: PLC0415

    found: dict[str, Json] = {}
    for document in gold_documents(sets.gold):
        found[document.id] = to_json(extract(document, sets.nlp(document.text)))
    return f"{f1_of(list(scoreboard(sets.gold, found).rows), 'mentions'):.1f}"


def re3d_figures(sets: TestSets) -> str:
    """Names of re3d, and the same where an article at the head of a span does not count."""
    documents = list(islice(read_re3d(sets.corpora / "test-only" / "re3d"), sets.limit))
    found = {text: doc_spans(sets.nlp(text)) for text, _ in documents}
    bare = [(text, without_article(text, gold)) for text, gold in documents]
    cut = f1_of(re3d_scores(lambda text: without_article(text, found[text]), bare))
    return f"{told_names(re3d_scores(found.__getitem__, documents))}; without articles {cut:.1f}"


def speed_figures(sets: TestSets) -> str:
    """Words a second from text to Doc, beside the peer."""
    told = measured_apart("speed", str(sets.gold))
    return f"{told['ours']:,.0f} beside {told['peer']:,.0f}"


def start_figures(sets: TestSets) -> str:
    """Seconds to the first sentence."""
    del sets
    return f"{measured_apart('start')['seconds']:.2f} s"


def memory_figures(sets: TestSets) -> str:
    """Megabytes resident after load."""
    del sets
    resident = measured_apart("start")["megabytes"]
    return "not told by this system" if resident is None else f"{resident:.0f} MB"


MEASURES: dict[str, Callable[[TestSets], str]] = {
    "parse": parse_figures,
    "uner": uner_figures,
    "newswire": newswire_figures,
    "gold-names": gold_name_figures,
    "gold-mentions": gold_mention_figures,
    "re3d": re3d_figures,
    "speed": speed_figures,
    "start": start_figures,
    "memory": memory_figures,
}


def figures(sets: TestSets, only: tuple[str, ...] = ()) -> Iterator[Figure]:
    """The table's lines, each as soon as it is measured; `only` names the measures wanted, all where empty."""
    rows: dict[str, Any] = SETTINGS["row"]
    for name, measure in MEASURES.items():
        if not only or name in only:
            yield Figure(rows[name]["set"], rows[name]["measure"], rows[name]["bar"], measure(sets))


def re3d_note(corpora: Path) -> str:
    """What differs in re3d's guidelines, with figures."""
    note: str = SETTINGS["notes"]["re3d"]
    return note.format(**peculiarities(read_re3d(corpora / "test-only" / "re3d")))
