"""Docs and readings made by hand: texts are words parted by blanks, spans are given by their words."""

from itertools import pairwise

import numpy as np
import spacy
from spacy.tokens import Doc

from kg.extraction.article import article_ranges
from kg.extraction.coreference import clusters
from kg.extraction.document import Work
from kg.extraction.mentions import named_mentions
from kg.language.reading import Edges, Found, Reading
from kg.records import Document, Span

LABELS = (
    "perpetrator", "target", "victim", "instrument", "place", "origin", "destination", "time", "same",
    "claimant", "medium", "about", "of", "by", "group",
)  # fmt: skip
VOCAB = spacy.blank("en").vocab
MODALITIES = ("actual", "negated", "future", "hypothetical", "historical")
SURE = 0.9
CLOSED = {
    "a": "DET", "an": "DET", "the": "DET", "this": "DET", "and": "CCONJ", "or": "CCONJ", "of": "ADP", "in": "ADP",
    "on": "ADP", "at": "ADP", "to": "ADP", "from": "ADP", "by": "ADP", "near": "ADP", "he": "PRON", "she": "PRON",
    "it": "PRON", "they": "PRON", "him": "PRON", "her": "PRON", "that": "SCONJ", "was": "AUX", "were": "AUX",
}  # fmt: skip


def _pos(word, given):
    if word in given:
        return given[word]
    if word.casefold() in CLOSED:
        return CLOSED[word.casefold()]
    if not any(letter.isalnum() for letter in word):
        return "SPACE" if word.isspace() else "PUNCT"
    if word[0].isdigit():
        return "NUM"
    return "PROPN" if word[0].isupper() else "NOUN"


def _cut(text):
    """Words and whether a blank follows; a line break is a word of its own, as spaCy's tokenizer makes it."""
    words = [word for line in text.split("\n") for word in [*line.split(), "\n"]][:-1]
    breaks = [word == "\n" for word in [*words, "\n"]]
    return words, [not breaks[i] and not breaks[i + 1] for i in range(len(words))]


def parsed(text, pos=None, tags=None, heads=None, deps=None):
    """A Doc of a text; the arguments say of words (the first of that form) what differs from the usual.

    A sentence ends at ".", and its first verb, else its first word, is the head of all words that `heads` leaves out.
    """
    words, spaces = _cut(text)
    kinds = [_pos(word, pos or {}) for word in words]
    starts = [i == 0 or words[i - 1] == "." or (words[i - 1] == "\n" and words[i] != "\n") for i in range(len(words))]
    begins = [i for i, is_start in enumerate(starts) if is_start]
    own = [0] * len(words)
    for begin, end in pairwise([*begins, len(words)]):
        root = next((i for i in range(begin, end) if kinds[i] == "VERB"), begin)
        own[begin:end] = [root] * (end - begin)
    for child, head in (heads or {}).items():
        own[words.index(child)] = words.index(head)
    _assert_is_forest(own)
    marks = ["ROOT" if own[i] == i else (deps or {}).get(word, "dep") for i, word in enumerate(words)]
    fine = [(tags or {}).get(word, "NN" if kind == "NOUN" else "X") for word, kind in zip(words, kinds, strict=True)]
    return Doc(VOCAB, words, spaces, tags=fine, pos=kinds, heads=own, deps=marks)


def _assert_is_forest(heads):
    """spaCy corrupts its memory on a ring of heads."""
    for start in range(len(heads)):
        seen, place = set(), start
        while heads[place] != place:
            assert place not in seen, f"word {place} is its own ancestor"
            seen.add(place)
            place = heads[place]


def at(doc, phrase, nth=1):
    """Token range of a phrase's nth occurrence; "Izyum#2" is the second."""
    phrase, _, number = phrase.partition("#")
    words = [word for word in phrase.split(" ") if word]
    places = [i for i in range(len(doc)) if [token.text for token in doc[i : i + len(words)]] == words]
    begin = places[int(number or nth) - 1]
    return begin, begin + len(words)


def found(doc, phrase, kind, score=SURE):
    """A span as the model finds it."""
    return Found(*at(doc, phrase), kind, score)


def span(doc, phrase):
    """A span of the text."""
    begin, end = at(doc, phrase)
    last = doc[end - 1]
    return Span(doc[begin].idx, last.idx + len(last), doc.text[doc[begin].idx : last.idx + len(last)])


def reading(doc, mentions=(), triggers=(), cues=(), figures=(), edges=None, modality=None):
    """A reading; spans are (phrase, kind) with a score where it matters.

    `edges` maps (source phrase, label) to the phrases pointed to, `modality` a trigger's phrase to its name.
    """
    heads = {"mentions": mentions, "triggers": triggers, "cues": cues, "figures": figures}
    spans = {head: [found(doc, *row) for row in rows] for head, rows in heads.items()}
    result = Reading(spans=spans, labels=LABELS)
    for head in ("triggers", "cues", "figures"):
        for source, row in zip(spans[head], heads[head], strict=True):
            result.edges[source] = _edges(doc, source, row[0], edges or {})
    for trigger, row in zip(spans["triggers"], triggers, strict=True):
        likeliest = (modality or {}).get(row[0], "actual")
        result.modality[trigger] = {name: 0.8 if name == likeliest else 0.05 for name in MODALITIES}
    return result


def _edges(doc, source, phrase, edges):
    scores = np.zeros((len(LABELS), len(doc)), np.float32)
    for (start, label), targets in edges.items():
        if start == phrase:
            for target in targets:
                scores[LABELS.index(label), slice(*at(doc, target))] = SURE
    return Edges(source, 0, scores, tuple(range(len(doc))))


def work(doc, read, published=None, title=None):
    """A document at work, its mentions and entities found."""
    document = Document("d", doc.text, "d.txt", title=title, published=published)
    ranges = article_ranges(doc.text)
    return Work(document, doc, read, ranges, clusters(doc, named_mentions(doc, read, ranges)))
