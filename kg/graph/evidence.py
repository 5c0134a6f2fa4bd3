"""The words that statements rest on: NIF strings with their offsets, and the check that they are there.

NIF 2.0 core (Hellmann et al., 2013): a context holds the text, an offset-based string is a half-open range of
code points into it, `nif:anchorOf` repeats the words.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import EvidenceError
from kg.graph import literals, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Literal, NamedNode

    from kg.graph.iris import DocumentIris
    from kg.records import Claim, Document, Event, Extraction, Mention, Span

    Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


class Coverage(NamedTuple):
    """How many of an extraction's words (spans and names) stand at the offsets that they should."""

    at_offsets: int
    total: int

    @property
    def complete(self) -> bool:
        """Whether all of them do."""
        return self.at_offsets == self.total


class Evidence:
    """The ranges of one text that the graph speaks of; each is described once, with the sentence around it."""

    def __init__(self, iris: DocumentIris, extraction: Extraction) -> None:
        self._iris = iris
        self._document = extraction.document
        self._sentences = sorted(extraction.sentences)
        self._kinds: dict[tuple[int, int], set[str]] = {}
        self._used_sentences: set[tuple[int, int]] = set()

    def at(self, span: Span) -> NamedNode:
        """The node of the span's range; raises EvidenceError where the text has other words there."""
        if not _stands(span, self._document.text):
            raise _misplaced(span, self._document)
        self._kinds.setdefault((span.begin, span.end), set())
        self.sentence(span)
        return self._iris.span(span.begin, span.end)

    def mention(self, mention: Mention) -> NamedNode:
        """The node of a mention's range, which is remembered as a mention of its kind."""
        node = self.at(mention.span)
        self._kinds[mention.span.begin, mention.span.end].add(mention.kind)
        return node

    def sentence(self, span: Span) -> NamedNode:
        """The node of the sentence in which the span begins."""
        around = self._sentence_range(span)
        self._used_sentences.add(around)
        return self._iris.span(*around)

    def statements(self) -> Iterator[Statement]:
        """The text, and every range asked for so far with its sentence, in the order of the text."""
        yield from self._context()
        for begin, end in sorted(self._used_sentences | set(self._kinds)):
            yield from self._string(begin, end)

    def _context(self) -> Iterator[Statement]:
        text, words = self._iris.text, self._document.text
        yield text, terms.TYPE, terms.CONTEXT
        yield text, terms.DOCUMENT, self._iris.document
        yield text, terms.IS_STRING, literals.text(words)
        yield text, terms.BEGIN_INDEX, literals.number(0)
        yield text, terms.END_INDEX, literals.number(len(words))

    def _string(self, begin: int, end: int) -> Iterator[Statement]:
        node = self._iris.span(begin, end)
        yield node, terms.TYPE, terms.OFFSET_STRING
        yield node, terms.REFERENCE_CONTEXT, self._iris.text
        yield node, terms.BEGIN_INDEX, literals.number(begin)
        yield node, terms.END_INDEX, literals.number(end)
        yield node, terms.ANCHOR_OF, literals.text(self._document.text[begin:end])
        yield node, terms.SENTENCE, self._iris.span(*self._around(begin))
        if (begin, end) in self._used_sentences:
            yield node, terms.TYPE, terms.SENTENCE_STRING
        yield from self._mention_kinds(node, self._kinds.get((begin, end), set()))

    def _mention_kinds(self, node: NamedNode, kinds: set[str]) -> Iterator[Statement]:
        if kinds:
            yield node, terms.TYPE, terms.MENTION
        for kind in sorted(kinds):
            yield node, terms.MENTION_KIND, terms.concept(terms.MENTION_KINDS, kind)

    def _sentence_range(self, span: Span) -> tuple[int, int]:
        begin, end = self._around(span.begin)
        if not begin <= span.begin < end:
            raise EvidenceError(
                f"no sentence holds {span.text!r}",
                input=self._document.source,
                place=f"characters {span.begin}-{span.end}",
                remedy="This is a fault of the language stage: its sentences must cover all that is extracted",
            )
        return begin, end

    def _around(self, begin: int) -> tuple[int, int]:
        """The last sentence that begins at or before an offset, or an empty range."""
        position = bisect_right(self._sentences, begin, key=lambda sentence: sentence[0])
        return self._sentences[position - 1] if position else (begin, begin)


def coverage(extraction: Extraction) -> Coverage:
    """How many spans and names of the extraction stand in the text where they should, out of how many."""
    text = extraction.document.text
    spans = [_stands(span, text) for span in extraction_spans(extraction)]
    missing = sum(1 for _ in names_without_mention(extraction))
    names = sum(len(_names(entity.label, entity.names)) for entity in extraction.entities)
    return Coverage(sum(spans) + names - missing, len(spans) + names)


def extraction_spans(extraction: Extraction) -> Iterator[Span]:
    """Every span of the extraction: mentions, then those of events, then those of claims."""
    yield from (mention.span for mention in extraction.mentions)
    for event in extraction.events:
        yield from _event_spans(event)
    for claim in extraction.claims:
        yield from _claim_spans(claim)


def names_without_mention(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Each (entity id, name) whose words are no mention of that entity; spacing is not compared."""
    text = extraction.document.text
    mentioned = {(m.entity, _single_spaced(m.span.text)) for m in extraction.mentions if _stands(m.span, text)}
    for entity in extraction.entities:
        for name in _names(entity.label, entity.names):
            if (entity.id, _single_spaced(name)) not in mentioned:
                yield entity.id, name


def check_names(extraction: Extraction) -> None:
    """Raises EvidenceError for the first name of an entity that the text does not hold as a mention of it."""
    for entity, name in names_without_mention(extraction):
        raise EvidenceError(
            f"the name {name!r} is no mention of the entity in the text",
            input=extraction.document.source,
            place=f"entity {entity}",
            remedy="This is a fault of the extraction: a name is taken from the text and nowhere else",
        )


def _event_spans(event: Event) -> Iterator[Span]:
    yield from event.triggers
    yield from (participant.span for participant in event.participants)
    if event.time is not None:
        yield event.time.span


def _claim_spans(claim: Claim) -> Iterator[Span]:
    yield claim.evidence
    if claim.claimant_span is not None:
        yield claim.claimant_span
    for figure in claim.casualties:
        yield figure.span
        if figure.group is not None:
            yield figure.group


def _names(label: str, names: tuple[str, ...]) -> set[str]:
    return {label, *names}


def _single_spaced(words: str) -> str:
    return " ".join(words.split())


def _stands(span: Span, text: str) -> bool:
    return 0 <= span.begin < span.end <= len(text) and text[span.begin : span.end] == span.text


def _misplaced(span: Span, document: Document) -> EvidenceError:
    found = document.text[max(span.begin, 0) : max(span.end, 0)]
    return EvidenceError(
        f"expected {span.text!r}, found {found!r}",
        input=document.source,
        place=f"characters {span.begin}-{span.end}",
        remedy="This is a fault of the extraction: every span's text is the text at its offsets",
    )
