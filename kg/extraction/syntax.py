"""What extraction needs of a parse, whichever labels it has: subjects, agents, the core of a noun phrase."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Run = tuple[int, int]
_DASHES = frozenset("—–") | {"--"}
_DATELINE_WORDS = 10


@cache
def labels(relation: str) -> frozenset[str]:
    """All labels that mean a relation, in Universal Dependencies and in spaCy's own models."""
    table = tomllib.loads((Path(__file__).parent / "relations.toml").read_text("utf8"))[relation]
    return frozenset(table["ud"]) | frozenset(table["spacy"])


def has_relation(token: Token, relation: str) -> bool:
    """Whether a word stands in a relation to its head."""
    known = labels(relation)
    return token.dep_ in known or (
        ":" in token.dep_ and token.dep_.partition(":")[0] in known and not _is_told_apart(token)
    )


def _is_told_apart(token: Token) -> bool:
    """Whether a label's subtype makes it another relation (a passive's subject is no subject)."""
    return token.dep_.endswith((":pass", ":agent", ":poss"))


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares with the verb that it hangs on; None where there is none."""
    seen: set[int] = set()
    while verb.i not in seen:
        seen.add(verb.i)
        own = next((c for c in verb.children if has_relation(c, "subject")), None)
        if own is not None:
            return own
        if not has_relation(verb, "shared_subject"):
            return None
        verb = verb.head
    return None


def agent_of(verb: Token) -> Token | None:
    """Who does what a passive verb says ("quoted by the agency")."""
    for child in verb.children:
        if has_relation(child, "agent"):
            return next((c for c in child.children if c.dep_ == "pobj"), child)
        by = any(c.lower_ == "by" and has_relation(c, "case") for c in child.children)
        if by and child.dep_.startswith("obl"):
            return child
    return None


def according_to(cue: Token) -> Token | None:
    """X in "according to X", in either kind of parse."""
    if cue.lower_ not in ("according", "per"):
        return None
    below = next((t for t in cue.subtree if t.dep_ == "pobj"), None)
    if below is not None:
        return below
    return cue.head if cue.head.i > cue.i and cue.head.pos_ in ("NOUN", "PROPN", "PRON") else None


def is_dateline(doc: Doc, run: Run) -> bool:
    """Whether a phrase is the place in capitals that an agency's report opens with ("KYIV (Agency) — ...")."""
    if not doc[run[0] : run[1]].text.isupper():
        return False
    following = doc[run[1] : run[1] + _DATELINE_WORDS]
    return doc[run[0]].sent.start == run[0] and any(token.text in _DASHES for token in following)


def noun_phrase(head: Token) -> Run:
    """The core of the phrase under a noun: determiner, adjectives, numbers, name parts; no clause, no "of …"."""
    begin, end = head.i, head.i + 1
    for child in head.children:
        if has_relation(child, "core") and child.dep_ != "appos":
            first, last = _whole(child)
            if abs(child.i - head.i) <= 8 and _reaches(head, child):
                begin, end = min(begin, first), max(end, last)
    return begin, end


def _reaches(head: Token, child: Token) -> bool:
    """Whether no punctuation but hyphens and quotes parts a word from its head."""
    low, high = sorted((head.i, child.i))
    between = head.doc[low + 1 : high]
    return all(t.text not in (",", ";", ":", "(", ")") for t in between)


def _whole(token: Token) -> Run:
    inside = [t.i for t in token.subtree]
    return min(inside), max(inside) + 1
