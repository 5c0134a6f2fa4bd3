"""The spaCy component that sets sentences, tags, lemmas, parse and names, and keeps what else the encoder reads."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

from kg.language.archive import SHIPPED, read_model
from kg.language.decoding import Floats, best_labels, best_tree, lemma_of, spans_of
from kg.language.encoder import Encoder, Scores
from kg.language.reading import Reader, in_order
from kg.language.windows import is_paragraph_gap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FACTORY = "conflict_kg_language"
LAYERS = ("syntax", "names", "reading")
NAME_LABELS = {"PER": "PERSON", "LOC": "LOC", "ORG": "ORG", "FAC": "FAC"}
_WORD = ("tag", "pos", "lemma", "dep", "head")

if not Doc.has_extension("reading"):
    Doc.set_extension("reading", default=None)
if not Doc.has_extension("words_read"):
    Doc.set_extension("words_read", default=0)
if not Doc.has_extension("model_hash"):
    Doc.set_extension("model_hash", default="")


class Annotations:
    """Rows to be set on a Doc: one value per token for each attribute."""

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        self._strings = strings
        count = len(doc)
        self.tag = np.full(count, strings.add("_SP"), np.uint64)
        self.pos = np.full(count, strings.add("SPACE"), np.uint64)
        self.lemma = np.array([token.orth for token in doc], np.uint64)
        self.dep = np.full(count, strings.add("dep"), np.uint64)
        self.head = np.arange(count, dtype=np.int64)
        self.entity = np.zeros(count, np.uint64)
        self.iob = np.full(count, 2, np.uint64)

    def hashes(self, labels: Iterable[str]) -> list[int]:
        """The vocabulary's numbers of labels."""
        return [self._strings.add(label) for label in labels]

    def hang_spaces(self, words: Sequence[int]) -> None:
        """Let white-space tokens depend on the word before them, or the first word of the text."""
        if not len(words):
            return
        is_word = np.zeros(len(self.head), bool)
        is_word[list(words)] = True
        last = words[0]
        for i in range(len(self.head)):
            if is_word[i]:
                last = i
            else:
                self.head[i] = last

    def apply(self, doc: Doc, layers: Sequence[str]) -> Doc:
        """Set the rows of the layers on the Doc."""
        columns: list[tuple[int, npt.NDArray[np.uint64]]] = []
        if "syntax" in layers:
            relative = (self.head - np.arange(len(self.head))).astype(np.uint64)
            columns += [(TAG, self.tag), (POS, self.pos), (LEMMA, self.lemma), (DEP, self.dep), (HEAD, relative)]
        if "names" in layers:
            columns += [(ENT_TYPE, self.entity), (ENT_IOB, self.iob)]
        if columns and len(doc):
            doc.from_array([name for name, _ in columns], np.stack([row for _, row in columns], 1))  # type: ignore[arg-type]
        return doc


def gaps_before(doc: Doc) -> tuple[list[int], list[str]]:
    """Indices of the tokens that are words, and the white space before each."""
    words, gaps, end, text = [], [], 0, doc.text
    for token in doc:
        if not token.is_space:
            words.append(token.i)
            gaps.append(text[end : token.idx])
            end = token.idx + len(token)
    return words, gaps


def known_starts(doc: Doc, words: Sequence[int], gaps: Sequence[str]) -> list[bool | None]:
    """Which words begin a sentence: as the Doc came with it, else those after a blank line; None where it is open."""
    if doc.has_annotation("SENT_START"):
        return [doc[i].is_sent_start for i in words]
    return [True if is_paragraph_gap(gap) else None for gap in gaps]


def sentence_starts(scores: Scores, core: slice, known: Sequence[bool | None]) -> list[int]:
    """Places in a window's core where sentences begin: those known, and the model's where it is open."""
    begins = scores.tags["start"][core].argmax(1) == 1
    told = known[scores.window.core_begin : scores.window.core_end]
    return [
        core.start + i
        for i, (begin, one) in enumerate(zip(begins, told, strict=True))
        if i == 0 or (begin if one is None else one)
    ]


def with_one(side: Floats) -> Floats:
    """A column of ones added, for the linear part of a biaffine form."""
    return np.concatenate([side, np.ones((len(side), 1), np.float32)], 1)


class LanguageComponent:
    """Reads a Doc with the shipped encoder; see `LAYERS` for what may be set.

    A Doc gets `doc._.reading` (mentions, triggers, cues, figures and edges, for extraction), `doc._.words_read`,
    the number of words that went through the encoder, and `doc._.model_hash`.
    """

    def __init__(self, path: Path = SHIPPED, threads: int = 2, layers: Sequence[str] = LAYERS) -> None:
        self._model = read_model(path)
        self._layers = tuple(layers)
        self._encoder = Encoder(self._model, threads)
        self._tags = self._model.labels.tags
        self._relations = self._model.labels.relations
        forms = self._model.forms
        self._reader = Reader(self._tags, self._model.labels.edges, forms["edge"], forms["distance"])

    @property
    def hash(self) -> str:
        """SHA-256 of the model."""
        return self._model.hash

    @cached_property
    def _label_form(self) -> Floats:
        """The labels' biaffine form as one matrix, (width + 1, labels * (width + 1)): one product per sentence."""
        form = self._model.forms["label"]
        return np.ascontiguousarray(form.transpose(2, 0, 1).reshape(form.shape[2], -1))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the Doc in place."""
        tokens, gaps = gaps_before(doc)
        words = self._encoder.words([doc[i].text for i in tokens], gaps)
        rows = Annotations(doc)
        reading = self._reader.new()
        known = known_starts(doc, tokens, gaps)
        read = 0
        for scores in self._encoder.scores(words):
            read += scores.window.core_end - scores.window.core_begin
            if "syntax" in self._layers:
                self._syntax(rows, scores, tokens, words.texts, known)
            if "names" in self._layers:
                self._names(rows, scores, tokens)
            if "reading" in self._layers:
                self._reader.add(reading, scores, tokens)
        reading.spans = {head: in_order(spans) for head, spans in reading.spans.items()}
        doc._.reading, doc._.words_read, doc._.model_hash = reading, read, self.hash
        rows.hang_spaces(tokens)
        return rows.apply(doc, self._layers)

    def _syntax(
        self, rows: Annotations, scores: Scores, tokens: list[int], texts: list[str], known: list[bool | None]
    ) -> None:
        window = scores.window
        core = slice(window.core_begin - window.begin, window.core_end - window.begin)
        at = tokens[window.core_begin : window.core_end]
        chosen = {head: scores.tags[head][core].argmax(1) for head in ("xpos", "upos", "lemma")}
        for head, row in (("xpos", rows.tag), ("upos", rows.pos)):
            row[at] = np.array(rows.hashes(self._tags[head]), np.uint64)[chosen[head]]
        scripts = self._tags["lemma"]
        lemmas = [lemma_of(texts[window.core_begin + i], scripts[n]) for i, n in enumerate(chosen["lemma"])]
        rows.lemma[at] = rows.hashes(lemmas)
        sides = {name: with_one(scores.sides[name]) for name in ("arc_from", "arc_to", "label_from", "label_to")}
        starts = sentence_starts(scores, core, known)
        for begin, end in zip(starts, [*starts[1:], core.stop], strict=True):
            sentence = {name: side[begin:end] for name, side in sides.items()}
            self._parse(rows, sentence, tokens[window.begin + begin : window.begin + end])

    def _parse(self, rows: Annotations, sides: dict[str, Floats], at: list[int]) -> None:
        """Heads and relations of one sentence, whose words are the tokens `at`."""
        heads = best_tree(sides["arc_from"] @ self._model.forms["arc"][0] @ sides["arc_to"].T)
        labels = self._relation_numbers(sides["label_from"], sides["label_to"][heads])
        root = self._relations.index("root")
        relations = np.array(rows.hashes("ROOT" if r == "root" else r for r in self._relations), np.uint64)
        own = np.arange(len(heads)) == heads
        rows.dep[at] = relations[np.where(own, root, labels)]
        rows.head[at] = np.array(at)[heads]

    def _relation_numbers(self, source: Floats, target: Floats) -> npt.NDArray[np.int64]:
        """Best relation of each word to its head; only the root has the root's."""
        turned = (target @ self._label_form).reshape(len(target), len(self._relations), -1)
        logits = (turned @ source[:, :, None])[:, :, 0]
        logits[:, self._relations.index("root")] = -np.inf
        numbers: npt.NDArray[np.int64] = logits.argmax(1)
        return numbers

    def _names(self, rows: Annotations, scores: Scores, tokens: list[int]) -> None:
        window = scores.window
        labels = self._tags["names"]
        for begin, end, kind in spans_of(best_labels(scores.tags["names"], labels), labels):
            if window.core_begin <= window.begin + begin < window.core_end:
                first, last = tokens[window.begin + begin], tokens[window.begin + end - 1]
                rows.entity[first : last + 1] = rows.hashes([NAME_LABELS.get(kind, kind)])[0]
                rows.iob[first : last + 1] = 1
                rows.iob[first] = 3


@Language.factory(
    FACTORY,
    default_config={"path": None, "threads": 2, "layers": list(LAYERS)},
    assigns=["token.tag", "token.pos", "token.lemma", "token.dep", "token.head", "doc.sents", "doc.ents"],
)
def make_component(nlp: Language, name: str, path: str | None, threads: int, layers: list[str]) -> LanguageComponent:
    """The component as spaCy makes it; `threads` are the encoder's, `path` another model file than the shipped one."""
    del nlp, name
    return LanguageComponent(Path(path) if path else SHIPPED, threads, layers)
