"""Named mentions: what the model marks, trimmed to the name, made consistent over the document."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extraction.article import Ranges, within
from kg.extraction.lexicon import demonyms, words
from kg.extraction.tokens import Run, is_edge_noise, least, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

    from kg.language.reading import Reading

_TYPES = {"PERSON": "Person", "ORG": "Organisation", "LOC": "Place", "GPE": "Place", "FAC": "Place.Facility"}
FORCE = "Organisation.ArmedForce"


@dataclass(frozen=True, slots=True)
class Named:
    """A named mention: token range, kind ("Place.Country"), and how sure the model is."""

    begin: int
    end: int
    kind: str
    score: float

    @property
    def type(self) -> str:
        """Person, Organisation or Place."""
        return self.kind.partition(".")[0]

    @property
    def subtype(self) -> str | None:
        """The finer kind, None where there is none."""
        return self.kind.partition(".")[2] or None


def _is_droppable(token: Token) -> bool:
    return is_edge_noise(token) or token.lower_ in words("determiners") or token.text in ("'s", "’s", "'", "’")


def _untitled(doc: Doc, run: Run) -> Run:
    """A person's name without the titles before it, unless nothing else is left."""
    begin, end = run
    while begin < end - 1 and (doc[begin].lower_ in words("titles") or doc[begin].text in (".", "-")):
        begin += 1
    return begin, end


def name_range(doc: Doc, begin: int, end: int, kind: str) -> Run | None:
    """The range of the name alone; None where it holds no letter or is a bare adjective."""
    run = trimmed(doc, (begin, end), _is_droppable)
    if run is None:
        return None
    if kind == "Person":
        run = _untitled(doc, run)
    text = doc[run[0] : run[1]].text
    if not any(letter.isalpha() for letter in text) or text.islower():
        return None
    alone = run[1] - run[0] == 1 and text.casefold() in demonyms() and kind != "Person"
    return None if alone else run


def _from_model(reading: Reading) -> Iterator[Named]:
    for found in reading.spans["mentions"]:
        if found.score >= least("mention"):
            yield Named(found.begin, found.end, found.kind, found.score)


def _from_names(doc: Doc) -> Iterator[Named]:
    """Names of the pipeline's own recogniser; weaker evidence than the mentions that follow our guidelines."""
    for entity in doc.ents:
        if entity.label_ in _TYPES:
            yield Named(entity.start, entity.end, _TYPES[entity.label_], least("mention"))


def _force_phrases(doc: Doc) -> Iterator[Named]:
    """A demonym with a state's force noun ("Ukrainian troops")."""
    for token in doc[:-1]:
        if token.lower_ in demonyms() and token.text[0].isupper():
            for width in (2, 1):
                phrase = doc[token.i + 1 : token.i + 1 + width]
                if phrase.text.casefold() in words("state_force_nouns"):
                    yield Named(token.i, token.i + 1 + width, FORCE, 1.0)
                    break


def _disjoint(candidates: Iterable[Named]) -> list[Named]:
    """Candidates in order of preference, those left out that overlap one before."""
    taken: set[int] = set()
    kept = []
    for named in candidates:
        numbers = range(named.begin, named.end)
        if taken.isdisjoint(numbers):
            taken.update(numbers)
            kept.append(named)
    return sorted(kept, key=lambda named: named.begin)


def _trim(doc: Doc, candidates: Iterable[Named], ranges: Ranges) -> Iterator[Named]:
    for named in candidates:
        run = name_range(doc, named.begin, named.end, named.kind)
        if run is None:
            continue
        last = doc[run[1] - 1]
        if within(ranges, doc[run[0]].idx, last.idx + len(last)):
            yield replace(named, begin=run[0], end=run[1])


def _repeated(doc: Doc, found: list[Named], ranges: Ranges) -> Iterator[Named]:
    """Further occurrences, with a capital, of names that the model marked elsewhere."""
    by_words: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for named in found:
        by_words[tuple(token.text for token in doc[named.begin : named.end])].append(named)
    taken = {i for named in found for i in range(named.begin, named.end)}
    texts = [token.text for token in doc]
    first = defaultdict(list)
    for name in by_words:
        first[name[0]].append(name)
    for i, text in enumerate(texts):
        for name in sorted(first.get(text, ()), key=len, reverse=True):
            end = i + len(name)
            if tuple(texts[i:end]) == name and taken.isdisjoint(range(i, end)) and sum(map(len, name)) > 2:
                strongest = max(by_words[name], key=lambda named: named.score)
                if strongest.score >= least("name"):
                    yield from _trim(doc, [replace(strongest, begin=i, end=end)], ranges)
                    break


def _voted(doc: Doc, found: list[Named]) -> list[Named]:
    """One type for each name: that of most of its occurrences by probability; subtypes stay as they are."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for named in found:
        votes[doc[named.begin : named.end].text][named.type] += named.score  # type: ignore[assignment]
    result = []
    for named in found:
        type_ = votes[doc[named.begin : named.end].text].most_common(1)[0][0]
        result.append(named if named.type == type_ else replace(named, kind=type_))
    return result


def named_mentions(doc: Doc, reading: Reading, ranges: Ranges) -> list[Named]:
    """All named mentions of the article's text, in order, none overlapping another."""
    ours = sorted(_trim(doc, _from_model(reading), ranges), key=lambda named: -named.score)
    forces = list(_trim(doc, _force_phrases(doc), ranges))
    others = _trim(doc, _from_names(doc), ranges)
    found = _disjoint([*forces, *ours, *others])
    return _voted(doc, _disjoint([*found, *_repeated(doc, found, ranges)]))
