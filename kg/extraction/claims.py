"""Claims: who says what of which events, and the casualty figures that hang on them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extraction.casualties import Figure, figures
from kg.extraction.document import Work, edge_scores
from kg.extraction.events import Happening, phrases
from kg.extraction.syntax import according_to, agent_of, is_dateline, noun_phrase, subject_of
from kg.extraction.tokens import Run, least, sentence_at, strength
from kg.records import Casualties, Claim, Span, Stance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from kg.extraction.coreference import Cluster
    from kg.language.reading import Found


@dataclass
class Statement:
    """A claim in the making; without a cue it is the article's own voice."""

    cue: Found | None
    stance: Stance
    claimant: Cluster | None
    words: Run | None
    medium: Cluster | None
    about: list[str]
    evidence: Run
    casualties: list[Casualties] = field(default_factory=list)

    @property
    def is_attributed(self) -> bool:
        """Whether somebody is named or described as saying it."""
        return self.claimant is not None or self.words is not None


def _said_by(work: Work, cue: Found) -> Token | None:
    """Who says it by the parse: the cue's subject, the agent of a passive, or X in "according to X"."""
    words = [work.doc[i] for i in range(cue.begin, cue.end)]
    root = work.doc[cue.begin : cue.end].root
    found = next((t for t in (according_to(w) for w in words) if t is not None), None)
    return found or agent_of(root) or subject_of(root)


def _claimant(work: Work, cue: Found) -> tuple[Cluster | None, Run | None]:
    """The claimant by the parse, else the strongest phrase that the model's edges point to."""
    head = _said_by(work, cue)
    runs = [] if head is None else [noun_phrase(head)]
    ranked = sorted(phrases(work, edge_scores(work, cue, "claimant"), least("claimant")), key=lambda row: -row[1])
    for run in (r for r in [*runs, *(run for run, _ in ranked)] if not is_dateline(work.doc, r)):
        cluster = work.entity_of(run)
        if cluster is not None:
            return cluster, None
        if _describes_somebody(work, run):
            return None, work.phrase(run)
    return None, None


def _describes_somebody(work: Work, run: Run) -> bool:
    """Whether a phrase tells who speaks; a pronoun alone does not."""
    return any(token.pos_ in ("NOUN", "PROPN", "ADJ") for token in work.doc[run[0] : run[1]])


def _medium(work: Work, cue: Found) -> Cluster | None:
    for run, _ in phrases(work, edge_scores(work, cue, "medium"), least("medium")):
        cluster = work.entity_of(run)
        if cluster is not None and cluster.type == "Organisation":
            return cluster
    return None


def _about(work: Work, cue: Found, events: Sequence[Happening]) -> list[str]:
    scores = edge_scores(work, cue, "about")
    return [h.id for h in events if max(strength(scores, t) for t in h.triggers) >= least("about")]


def statements(work: Work, events: Sequence[Happening]) -> list[Statement]:
    """One statement for each cue that has a claimant."""
    found = []
    for cue in work.reading.spans["cues"]:
        if cue.score < least("cue") or not work.is_article(cue):
            continue
        claimant, run = _claimant(work, cue)
        medium = _medium(work, cue)
        if medium is not None and medium is claimant:
            medium = None
        about = _about(work, cue, events)
        stance: Stance = cue.kind  # type: ignore[assignment]
        found.append(Statement(cue, stance, claimant, run, medium, about, sentence_at(work.doc, cue.begin)))
    return [statement for statement in found if statement.is_attributed]


def _owner(work: Work, figure: Figure, found: list[Statement], event: str | None) -> Statement:
    """Whose figure it is: the cue that it points to, else the article itself, with one statement for each event."""
    scores = edge_scores(work, figure.found, "by")
    cued = [(strength(scores, s.cue), i, s) for i, s in enumerate(found) if s.cue]
    score, _, best = max(cued, key=lambda row: (row[0], -row[1]), default=(0.0, 0, None))
    if best is not None and score >= least("by"):
        return best
    sentence = sentence_at(work.doc, figure.found.begin)
    for statement in found:
        if statement.cue is None and statement.evidence == sentence and event in statement.about:
            return statement
    own = Statement(None, "asserts", None, None, None, [event] if event else [], sentence)
    found.append(own)
    return own


def _event_of(work: Work, figure: Figure, events: Sequence[Happening]) -> str | None:
    """The event that a figure counts for: the one its edges point to, else the only one of its sentence."""
    scores = edge_scores(work, figure.found, "of")
    ranked = [(max(strength(scores, t) for t in h.triggers), -i, h.id) for i, h in enumerate(events)]
    score, _, best = max(ranked, default=(0.0, 0, None))
    return best if score >= least("of") else None


def claims(work: Work, events: Sequence[Happening]) -> list[Claim]:
    """All claims in the order of their evidence; those that say nothing of an event or a figure are left out."""
    found = statements(work, events)
    for figure in figures(work):
        event = _event_of(work, figure, events)
        owner = _owner(work, figure, found, event)
        owner.casualties.extend(replace(count, event=event) for count in figure.counts)
        if event and event not in owner.about:
            owner.about.append(event)
    told = [s for s in found if s.about or s.casualties]
    told.sort(key=lambda s: (s.evidence, s.cue.begin if s.cue else -1))
    return [_claim(work, f"c{i}", statement) for i, statement in enumerate(told, 1)]


def _claim(work: Work, name: str, statement: Statement) -> Claim:
    return Claim(
        id=name,
        claimant=work.id_of(statement.claimant) if statement.claimant else None,
        claimant_span=_words(work, statement),
        stance=statement.stance,
        about=tuple(sorted(statement.about, key=lambda event: int(event[1:]))),
        evidence=work.span(work.phrase(statement.evidence) or statement.evidence),
        medium=work.id_of(statement.medium) if statement.medium else None,
        casualties=tuple(statement.casualties),
    )


def _words(work: Work, statement: Statement) -> Span | None:
    return work.span(statement.words) if statement.words else None
