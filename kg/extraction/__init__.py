"""A parsed and read document to its entities, events and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.article import article_ranges
from kg.extraction.claims import claims
from kg.extraction.coreference import clusters
from kg.extraction.document import Work
from kg.extraction.events import event, happenings
from kg.extraction.mentions import named_mentions
from kg.records import Document, Extraction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc


def sentence_ranges(doc: Doc) -> Iterator[tuple[int, int]]:
    """Character ranges of the sentences, without white space at their ends; white space alone is no sentence."""
    for sentence in doc.sents:
        text = sentence.text.rstrip()
        if text:
            begin = sentence.start_char + len(text) - len(text.lstrip())
            yield begin, sentence.start_char + len(text)


def extract(document: Document, doc: Doc) -> Extraction:
    """What a document says, from its Doc as `kg.language.load()` makes it; entities have no links yet."""
    reading = doc._.reading
    ranges = article_ranges(document.text)
    work = Work(document, doc, reading, ranges, clusters(doc, named_mentions(doc, reading, ranges)))
    found = happenings(work)
    events = tuple(event(work, happening) for happening in found)
    told = tuple(claims(work, found))
    return Extraction(
        document=document,
        sentences=tuple(sentence_ranges(doc)),
        processed=len(doc.text),
        entities=tuple(work.entities()),
        mentions=tuple(work.mentions()),
        events=events,
        claims=told,
        model=doc._.model_hash,
    )
