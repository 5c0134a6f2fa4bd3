"""Accuracy of tags and dependencies on Universal Dependencies sentences, their tokens and bounds given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.evaluation.names import doc_of
from kg.evaluation.tally import Row, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from kg.language.training.samples import Sentence

_ROOT = {"ROOT": "root"}


def given_sentence(vocab: Vocab, sentence: Sentence) -> Doc:
    """A sentence as a Doc of its own whose tokens are words and which is told to be one sentence."""
    doc = doc_of(vocab, sentence.words, sentence.spaces)
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def count_parse(tally: Tally, gold: Sentence, doc: Doc) -> None:
    """Count heads, heads with relations (subtypes included) and tags, over all words and over those but punctuation."""
    for i, token in enumerate(doc):
        attached = token.head.i == gold.heads[i]
        labelled = attached and _ROOT.get(token.dep_, token.dep_) == gold.relations[i]
        tally.judge("UAS", attached)
        tally.judge("LAS", labelled)
        tally.judge("XPOS", token.tag_ == gold.xpos[i])
        tally.judge("UPOS", token.pos_ == gold.upos[i])
        tally.judge("lemma", token.lemma_ == gold.lemmas[i])
        if gold.upos[i] != "PUNCT":
            tally.judge("UAS without punctuation", attached)
            tally.judge("LAS without punctuation", labelled)


def parse_scores(read: Callable[[Doc], Doc], vocab: Vocab, sentences: Iterable[Sentence]) -> list[Row]:
    """Accuracies; `read` parses a Doc of given words."""
    tally = Tally()
    for sentence in sentences:
        count_parse(tally, sentence, read(given_sentence(vocab, sentence)))
    return tally.rows()
