"""Casualty figures: the words of a figure as bounds, for whom it counts, and what it shares with its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from kg.extraction.document import edge_scores
from kg.extraction.lexicon import words
from kg.extraction.numbers import numbers, numeral, without_decimals, word_number
from kg.extraction.tokens import Run, best, least, runs, sentence_at
from kg.records import Casualties, CasualtyKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.extraction.document import Work
    from kg.language.reading import Found

KINDS: tuple[CasualtyKind, ...] = get_args(CasualtyKind)
Bounds = tuple[int | None, int | None]
_WORDS = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+|-")
# Somebody's age is no count of people; nor does the dash of "twenty-four" part two numbers.
_AGE = re.compile(r"\b[\w-]+[ -]years?[ -]olds?\b|\baged [\w-]+\b")
_TENS_DASH = re.compile(r"(?<=ty)-(?=[a-z])")
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-"})
_MODIFIER_WORDS = 3
_NOUN_AFTER = 5


@dataclass(frozen=True, slots=True)
class _Number:
    """A number among a figure's words, with its place there."""

    value: int
    begin: int
    end: int


def _tokens(figure: str) -> list[str]:
    text = _AGE.sub("person", figure.casefold().translate(_DASHES))
    return _WORDS.findall(_TENS_DASH.sub(" ", without_decimals(text)).replace("+", " plus "))


def _is_number(token: str) -> bool:
    return token in numbers()["units"] or token in numbers()["scales"] or numeral(token) is not None


def _numbers_in(tokens: Sequence[str]) -> list[_Number]:
    """Every number, words of one number together ("two hundred and five")."""
    found: list[_Number] = []
    place = 0
    while place < len(tokens):
        end = place
        while end < len(tokens) and (_is_number(tokens[end]) or _joins(tokens, place, end)):
            end += 1
        value = word_number(tokens[place:end])
        if value is not None:
            found.append(_Number(value, place, end))
        place = max(end, place + 1)
    return found


def _joins(tokens: Sequence[str], begin: int, place: int) -> bool:
    """Whether an "and" is part of a number: after a word of scale, before a number."""
    if tokens[place] != "and" or place == begin or place + 1 == len(tokens):
        return False
    return tokens[place - 1] in numbers()["scales"] and _is_number(tokens[place + 1])


def _listed(tokens: Sequence[str], phrases: Iterable[str]) -> str | None:
    """The longest of the phrases that stands among the words."""
    text = f" {' '.join(tokens)} "
    return max((phrase for phrase in phrases if f" {phrase} " in text), key=len, default=None)


def _range(tokens: Sequence[str], found: Sequence[_Number]) -> Bounds | None:
    """"Five to eight", "5-8", "between 5 and 8"."""  # fmt: skip
    if len(found) < 2:
        return None
    first, second = found[:2]
    joint = tokens[first.end : second.begin]
    is_between = joint == ["and"] and "between" in tokens[: first.begin]
    if is_between or (len(joint) == 1 and joint[0] in numbers()["joints"]):
        return min(first.value, second.value), max(first.value, second.value)
    return None


def figure_bounds(figure: str) -> Bounds | None:
    """Least and most people that a figure's words mean, None for an open end; None where it tells no number.

    "at least 3" is (3, None), "up to 1,300" (None, 1300), "between 5 and 8" (5, 8), "dozens" (24, None), "others"
    (None, None), for an unknown number.
    """
    tokens = _tokens(figure)
    modifier = _listed(tokens, [*numbers()["at_least"], *numbers()["at_most"]])
    if modifier is None and any(tokens[: len(none.split())] == none.split() for none in numbers()["none"]):
        return 0, 0
    found = _numbers_in(tokens)
    return _open_words(tokens, found) or _range(tokens, found) or _modified(tokens, found, modifier)


def _open_words(tokens: Sequence[str], found: Sequence[_Number]) -> Bounds | None:
    """Words that count by themselves ("dozens", "half a million"), before the first number or without one."""
    many = _listed(tokens, numbers()["many"])
    if many and (not found or found[0].begin >= tokens.index(many.split()[0])):
        return numbers()["many"][many], None
    exact = _listed(tokens, numbers()["exact"])
    return (numbers()["exact"][exact],) * 2 if exact else None


def _modified(tokens: Sequence[str], found: Sequence[_Number], modifier: str | None) -> Bounds | None:
    """The first number with the word that bounds it; without a number, words for few or one."""
    if not found:
        return _without_number(tokens)
    value = found[0].value
    if modifier in numbers()["at_least"]:
        return value, None
    return (None if modifier in numbers()["at_most"] else value), value


def _without_number(tokens: Sequence[str]) -> Bounds | None:
    few = _listed(tokens, numbers()["few"])
    if few:
        return numbers()["few"][few], None
    if _listed(tokens, numbers()["unnumbered"]):
        return None, None
    return (1, 1) if any(token in numbers()["single"] for token in tokens) else None


@dataclass(frozen=True)
class Figure:
    """A figure's words as found, with the counts that they give."""

    found: Found
    counts: tuple[Casualties, ...]


@dataclass(frozen=True)
class _Counted:
    """A figure's words with the word that bounds it, the bounds, and whether they hold for a next figure too."""

    found: Found
    run: Run
    bounds: Bounds
    is_carrying: bool


def _group(work: Work, found: Found) -> Run | None:
    """The strongest phrase that says for whom the figure counts."""
    scores = edge_scores(work, found, "group")
    group = best((sum(scores[i] for i in range(*run)) / (run[1] - run[0]), run) for run in runs(scores, least("group")))
    return work.phrase(group) if group else None


def _with_modifier(work: Work, found: Found) -> Run:
    """A figure with the words before it that bound it ("at least", "more than")."""
    bounds = [*numbers()["at_least"], *numbers()["at_most"], *numbers()["about"]]
    for width in range(min(_MODIFIER_WORDS, found.begin), 0, -1):
        if work.doc[found.begin - width : found.begin].text.casefold() in bounds:
            return found.begin - width, found.end
    return found.begin, found.end


def _is_one_person(work: Work, run: Run) -> bool:
    """Whether words without a number mean one person: a name, "him", a noun in the singular."""
    head = work.doc[run[0] : run[1]].root
    named = work.mention_at(head.i)
    if named is not None:
        return named[1].type == "Person"
    return head.lower_ in words("person_pronouns") or (head.pos_ == "NOUN" and head.tag_ == "NN")


def _counted(work: Work) -> Iterator[_Counted]:
    for found in work.reading.spans["figures"]:
        if found.score < least("figure") or not work.is_article(found):
            continue
        run = _with_modifier(work, found)
        bounds = figure_bounds(work.doc[run[0] : run[1]].text)
        if bounds is None and _is_one_person(work, run):
            bounds = (1, 1)
        if bounds is not None:
            modifier = _listed(_tokens(work.doc[run[0] : run[1]].text), numbers()["carried"])
            yield _Counted(found, run, bounds, modifier is not None)


def _is_carried(work: Work, figure: _Counted, before: Sequence[_Counted]) -> bool:
    """Whether an "at least" before it in the sentence holds for a bare number too.

    That is so where the number follows right on "and" ("at least 28 killed and 39 injured"), but not within a part of
    the figure before ("at least nine, including a nurse and two children").
    """
    doc, (begin, end) = work.doc, figure.run
    earlier = [other for other in before if other.run[0] >= sentence_at(doc, begin)[0]]
    if not earlier or doc[begin - 1].lower_ != "and" or numeral_of(doc[begin:end].text) is None:
        return False
    if len(earlier) > 1 and _is_part(work, earlier[-1], earlier[-2]):
        return doc[begin - 2].text == "," and earlier[-2].is_carrying
    return earlier[-1].is_carrying


def numeral_of(figure: str) -> int | None:
    """The number that a figure is, where it is a bare number."""
    return word_number(_tokens(figure))


def _is_part(work: Work, figure: _Counted, whole: _Counted) -> bool:
    between = _tokens(work.doc[whole.run[1] : figure.run[0]].text)
    return _listed(between, numbers()["part"]) is not None


def _kinds(work: Work, figure: _Counted) -> tuple[CasualtyKind, ...]:
    """The kind by the verb, else the model's; both for "no casualties" and for "killing and wounding dozens"."""
    begin, end = figure.run
    kind: CasualtyKind = figure.found.kind  # type: ignore[assignment]
    if kind not in ("killed", "injured"):
        return (kind,)
    last = sentence_at(work.doc, begin)[1]
    noun = _tokens(work.doc[begin : min(end + _NOUN_AFTER, last)].text)
    is_both = figure.bounds == (0, 0) and _listed(noun, numbers()["both_kinds"]) is not None
    if is_both or _follows_both_verbs(work, begin):
        return "killed", "injured"
    told = _kind_of_verb(work.doc[begin - 1].lower_) if begin else None
    return (told or _passive_kind(work, end, last) or kind,)


def _kind_of_verb(word: str) -> CasualtyKind | None:
    if word in numbers()["kill_verbs"]:
        return "killed"
    return "injured" if word in numbers()["injure_verbs"] else None


def _passive_kind(work: Work, begin: int, last: int) -> CasualtyKind | None:
    """What "nine people were killed" says of nine: the first passive before another figure or a comma.

    It agrees with the labels of our own texts in 428 of 430 cases.
    """
    others = [found.begin for found in work.reading.spans["figures"] if found.begin >= begin]
    end = min([last, *others])
    end = next((i for i in range(begin, end) if work.doc[i].is_punct), end)
    words_after = [token.lower_ for token in work.doc[begin:end]]
    plain = [word for word in words_after if word not in numbers()["passive_adverbs"]]
    passives = (_kind_of_verb(verb) for be, verb in pairwise(plain) if be in numbers()["passive_verbs"])
    return next((kind for kind in passives if kind), None)


def _follows_both_verbs(work: Work, begin: int) -> bool:
    """Whether "killing and wounding" or the like stands right before."""
    before = [token.lower_ for token in work.doc[max(0, begin - 3) : begin]]
    if len(before) < 3 or before[1] not in ("and", "or"):
        return False
    return before[0] in numbers()["kill_verbs"] and before[2] in numbers()["injure_verbs"]


def figures(work: Work) -> Iterator[Figure]:
    """Casualty figures of the article in order; a number that says nothing of how many is passed over."""
    before: list[_Counted] = []
    for bare in _counted(work):
        is_carried = _is_carried(work, bare, before)
        figure = replace(bare, bounds=(bare.bounds[0], None), is_carrying=True) if is_carried else bare
        before.append(figure)
        group = _group(work, figure.found)
        span, group_span = work.span(figure.run), work.span(group) if group else None
        counts = tuple(Casualties(kind, *figure.bounds, span, group_span) for kind in _kinds(work, figure))
        yield Figure(figure.found, counts)
