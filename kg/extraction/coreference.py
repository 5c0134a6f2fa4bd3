"""Which mentions mean the same: names by their form within a document, pronouns and nominals where it is plain."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from kg.extraction.lexicon import countries, demonyms, settings, words
from kg.extraction.mentions import FORCE, Named
from kg.extraction.tokens import sentence_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

_NOT_LETTERS = re.compile(r"[^\w\s]+")


def name_key(name: str) -> str:
    """A name without case, marks, punctuation and a leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    key = " ".join(_NOT_LETTERS.sub(" ", re.sub(r"['’]s\b", "", plain)).casefold().split())
    return key.removeprefix("the ")


@dataclass
class Cluster:
    """Mentions of one thing, with all its names in the order of the text."""

    kind: str
    mentions: list[Named] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    side: str | None = None

    @property
    def type(self) -> str:
        """Person, Organisation or Place."""
        return self.kind.partition(".")[0]

    def add(self, named: Named, name: str) -> None:
        """Take a mention in; the first finer kind decides the cluster's."""
        self.mentions.append(named)
        self.keys.add(name_key(name))
        if name not in self.names:
            self.names.append(name)
        if "." not in self.kind and named.type == self.kind:
            self.kind = named.kind


def force_side(name: str) -> str | None:
    """For a state's force ("Ukrainian troops", "Ukraine's military") its country and branch; else None."""
    key = name_key(name)
    for known, country in {**demonyms(), **countries()}.items():
        if key.startswith(f"{name_key(known)} "):
            rest = key[len(name_key(known)) + 1 :]
            if rest in words("state_force_nouns"):
                return f"{country}/{rest if rest == 'air force' else 'armed forces'}"
    return None


def acronym_of(name: str) -> str:
    """Initials of a name's capitalised words ("Security Service of Ukraine": SSU and not SBU)."""
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())


def _alike(a: str, b: str) -> bool:
    """Whether two long keys are spelt nearly alike from the same first letter; two countries' names never are."""
    if a in countries() and b in countries():
        return False
    if min(len(a), len(b)) < 6 or a[0] != b[0] or abs(len(a) - len(b)) > 2 or a.split()[1:] != b.split()[1:]:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= float(settings()["coreference"]["least_similarity"])


def _same_person(key: str, cluster: Cluster) -> bool:
    """A surname, or last words, of a full name met before; or a full name whose surname was met."""
    parts = key.split()
    for known in cluster.keys:
        others = known.split()
        shorter = min(len(parts), len(others))
        if parts[-shorter:] == others[-shorter:]:
            return True
        if shorter == 1 and len(parts) != len(others) and _alike(parts[-1], others[-1]):
            return True
    return False


def _compatible(named: Named, cluster: Cluster) -> bool:
    """Types agree; a city and a region of one name stay apart."""
    subtypes = {named.subtype, cluster.kind.partition(".")[2] or None}
    return named.type == cluster.type and subtypes != {"Region", "Settlement"}


def _matches(named: Named, name: str, cluster: Cluster, side: str | None, abbreviated: bool) -> bool:
    if side is not None or cluster.side is not None:
        return side == cluster.side
    if not _compatible(named, cluster):
        return False
    key = name_key(name)
    if key in cluster.keys or abbreviated:
        return True
    if named.type == "Person" and _same_person(key, cluster):
        return True
    if name.isupper() and 2 <= len(name) <= 7:
        return any(acronym_of(other) == name.replace(".", "") for other in cluster.names)
    return any(_alike(key, known) for known in cluster.keys)


def _is_bracketed_after(doc: Doc, named: Named, cluster: Cluster) -> bool:
    """Whether the mention stands in brackets right after the cluster's latest ("Security Service (SBU)")."""
    last = cluster.mentions[-1]
    gap = doc[last.end : named.begin].text.strip()
    return gap == "(" and named.end < len(doc) and doc[named.end].text == ")" and named.type == last.type


def clusters(doc: Doc, mentions: Sequence[Named]) -> list[Cluster]:
    """Named mentions grouped by what they name, in the order of first mention."""
    found: list[Cluster] = []
    for named in mentions:
        name = doc[named.begin : named.end].text
        side = force_side(name) if named.kind == FORCE or named.type == "Organisation" else None
        ranked = sorted(found, key=lambda c: name_key(name) not in c.keys)
        match = next(
            (c for c in ranked if _matches(named, name, c, side, _is_bracketed_after(doc, named, c))), None
        )  # fmt: skip
        if match is None:
            match = Cluster(named.kind if side is None else FORCE, side=side)
            found.append(match)
        match.add(named, name)
    return found


@dataclass(frozen=True)
class People:
    """Resolves "he" and "the minister" to the person of a document whom they plainly mean."""

    doc: Doc
    found: Sequence[Cluster]

    def meant_by(self, begin: int, end: int) -> Cluster | None:
        """The person that a pronoun or a nominal means, None where it is not plain."""
        head = self.doc[begin:end].root
        if end - begin == 1 and head.lower_ in words("person_pronouns"):
            return self._before(head)
        if head.lower_ in words("person_nominals") and self.doc[begin].lower_ == "the":
            return self._only_one_before(head)
        return None

    def _nearby(self, token: Token) -> list[tuple[int, Cluster]]:
        """Persons named in this and the sentences just before, the latest first."""
        start = sentence_at(self.doc, token.i)[0]
        for _ in range(settings()["coreference"]["sentences_back"]):
            start = sentence_at(self.doc, start - 1)[0] if start else 0
        rows = [
            (m.begin, c) for c in self.found if c.type == "Person" for m in c.mentions if start <= m.begin < token.i
        ]
        return sorted(rows, key=lambda row: -row[0])

    def _before(self, token: Token) -> Cluster | None:
        """The latest person named, a subject before others in the same sentence."""
        nearby = self._nearby(token)
        if not nearby:
            return None
        latest = sentence_at(self.doc, nearby[0][0])
        peers = [(i, c) for i, c in nearby if latest[0] <= i < latest[1]]
        subjects = [c for i, c in peers if is_subject(self.doc[i])]
        return subjects[-1] if subjects else peers[0][1]

    def _only_one_before(self, token: Token) -> Cluster | None:
        found = {id(c): c for _, c in self._nearby(token)}
        return next(iter(found.values())) if len(found) == 1 else None


def is_subject(token: Token) -> bool:
    """Whether a word is in the subject of its clause."""
    while token.head is not token and token.dep_ in ("flat", "compound", "nmod", "appos", "nmod:desc", "name"):
        token = token.head
    return token.dep_.startswith("nsubj")
