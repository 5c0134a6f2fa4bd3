"""A document while it is being read: its Doc, its entities, and the way from words to entities and spans."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extraction.article import Ranges, within
from kg.extraction.coreference import Cluster, People
from kg.extraction.lexicon import settings
from kg.extraction.tokens import Run, is_edge_noise, sentence_at, span, trimmed
from kg.records import Document, Entity, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from kg.extraction.mentions import Named
    from kg.language.reading import Edges, Found, Reading


def edge_scores(work: Work, source: Found, label: str) -> dict[int, float]:
    """Probability of an edge from a source to each word of its window, by token index; less in other sentences."""
    edges: Edges = work.reading.edges[source]
    begin, end = sentence_at(work.doc, source.begin)
    elsewhere = float(settings()["elsewhere"][label])
    row = edges.scores[work.reading.labels.index(label)].tolist()
    return {i: score if begin <= i < end else score * elsewhere for i, score in zip(edges.tokens, row, strict=True)}


@dataclass
class Work:
    """What extraction knows of a document so far; `resolved` are pronouns and nominals that were used."""

    document: Document
    doc: Doc
    reading: Reading
    ranges: Ranges
    clusters: Sequence[Cluster]
    resolved: dict[Run, Cluster] = field(default_factory=dict)

    @cached_property
    def _numbers(self) -> dict[int, str]:
        return {id(cluster): f"e{i}" for i, cluster in enumerate(self.clusters, 1)}

    @cached_property
    def _at(self) -> dict[int, tuple[Named, Cluster]]:
        return {i: (m, c) for c in self.clusters for m in c.mentions for i in range(m.begin, m.end)}

    @cached_property
    def people(self) -> People:
        """Resolver of pronouns and nominals."""
        return People(self.doc, self.clusters)

    def id_of(self, cluster: Cluster) -> str:
        """The entity id of a cluster."""
        return self._numbers[id(cluster)]

    def mention_at(self, token: int) -> tuple[Named, Cluster] | None:
        """The named mention that a token is in."""
        return self._at.get(token)

    def is_article(self, found: Found) -> bool:
        """Whether words stand in the article's text."""
        last = self.doc[found.end - 1]
        return within(self.ranges, self.doc[found.begin].idx, last.idx + len(last))

    def phrase(self, run: Run) -> Run | None:
        """A range without punctuation and white space at its ends."""
        return trimmed(self.doc, run, is_edge_noise)

    def span(self, run: Run) -> Span:
        """Words as a span of the text."""
        return span(self.doc, *run)

    def entity_of(self, run: Run) -> Cluster | None:
        """The entity that a phrase names: its last word is in a mention, or the phrase holds just one mention.

        "seven Pakistan Army soldiers" names the army; "the mayor of Izyum" does not name Izyum.
        """
        begin, end = run
        at_end = self.mention_at(end - 1)
        if at_end is not None and self._is_head(at_end[0], run):
            return at_end[1]
        cluster = self.people.meant_by(begin, end)
        if cluster is not None:
            self.resolved[run] = cluster
        return cluster

    def _is_head(self, named: Named, run: Run) -> bool:
        """Whether a mention holds the phrase's syntactic head, or nothing else of weight stands before it."""
        root = self.doc[run[0] : run[1]].root
        before = self.doc[run[0] : max(run[0], named.begin)]
        return named.begin <= root.i < named.end or all(not t.is_alpha or t.is_stop or t.like_num for t in before)

    def entities(self) -> Iterator[Entity]:
        """The document's entities in the order of first mention."""
        for cluster in self.clusters:
            type_, _, subtype = cluster.kind.partition(".")
            label = max(cluster.names, key=len) if type_ == "Person" else cluster.names[0]
            yield Entity(self.id_of(cluster), type_, subtype or None, label, tuple(cluster.names))  # type: ignore[arg-type]

    def mentions(self) -> list[Mention]:
        """All mentions in the order of the text."""
        rows = [Mention(self.span((m.begin, m.end)), self.id_of(c), "name") for c in self.clusters for m in c.mentions]
        for run, cluster in self.resolved.items():
            kind = "pronoun" if run[1] - run[0] == 1 and self.doc[run[0]].pos_ in ("PRON", "DET") else "nominal"
            rows.append(Mention(self.span(run), self.id_of(cluster), kind))  # type: ignore[arg-type]
        return sorted(rows, key=lambda mention: (mention.span, mention.entity))
