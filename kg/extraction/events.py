"""Events: triggers of one happening together, their roles, place, time and modality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from kg.extraction.document import Work, edge_scores
from kg.extraction.lexicon import words
from kg.extraction.modality import modality_of
from kg.extraction.time import reckoning_day, resolve
from kg.extraction.tokens import Run, least, runs, strength
from kg.records import Event, Participant, Role, Span, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extraction.coreference import Cluster
    from kg.language.reading import Found

ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class Happening:
    """Triggers of one event, the first deciding the type."""

    id: str
    triggers: tuple[Found, ...]


def happenings(work: Work) -> list[Happening]:
    """Triggers grouped by the model's "same" edges within a type, in the order of the text."""
    triggers = [t for t in work.reading.spans["triggers"] if t.score >= least("trigger") and work.is_article(t)]
    groups: list[list[Found]] = []
    for trigger in triggers:
        scores = edge_scores(work, trigger, "same")
        ranked = [
            (max(strength(scores, t) for t in g if t.kind == trigger.kind), g) for g in groups if _fits(trigger, g)
        ]
        score, group = max(ranked, key=lambda row: row[0], default=(0.0, None))
        if group is not None and score >= least("same"):
            group.append(trigger)
        else:
            groups.append([trigger])
    return [Happening(f"v{i}", tuple(group)) for i, group in enumerate(groups, 1)]


def _fits(trigger: Found, group: Sequence[Found]) -> bool:
    return any(other.kind == trigger.kind for other in group)


def _pooled(work: Work, happening: Happening, label: str) -> dict[int, float]:
    """For each word the highest probability of an edge from any of the event's triggers."""
    pooled: dict[int, float] = {}
    for trigger in happening.triggers:
        for i, score in edge_scores(work, trigger, label).items():
            pooled[i] = max(score, pooled.get(i, 0.0))
    return pooled


def phrases(work: Work, scores: dict[int, float], bound: float) -> Iterator[tuple[Run, float]]:
    """Phrases whose words reach a bound, a phrase in a mention widened to it, with their mean probability."""
    seen: set[Run] = set()
    for run in runs(scores, bound):
        for part in _parts(work, run):
            phrase = work.phrase(_widened(work, part))
            if phrase is not None and phrase not in seen:
                seen.add(phrase)
                inside = [scores.get(i, 0.0) for i in range(*phrase)]
                yield phrase, sum(inside) / len(inside)


def _parts(work: Work, run: Run) -> Iterator[Run]:
    """A run cut at conjunctions and commas between fillers ("Izyum and Balaklia")."""
    begin = run[0]
    for i in range(*run):
        token = work.doc[i]
        if (token.is_punct and token.text in (",", ";")) or (token.pos_ == "CCONJ" and work.mention_at(i) is None):
            if i > begin:
                yield begin, i
            begin = i + 1
    if run[1] > begin:
        yield begin, run[1]


def _widened(work: Work, run: Run) -> Run:
    begin, end = run
    first, last = work.mention_at(begin), work.mention_at(end - 1)
    return (first[0].begin if first else begin), (last[0].end if last else end)


def _participants(work: Work, happening: Happening) -> Iterator[Participant]:
    """Fillers of each role, an entity once per role; a bare pronoun that means nobody named is left out."""
    for role in ROLES:
        filled: set[str] = set()
        for run, _ in phrases(work, _pooled(work, happening, role), least(role)):
            cluster = work.entity_of(run)
            span = work.span(run)
            key = work.id_of(cluster) if cluster else span.text.casefold()
            if key not in filled and (cluster or _is_filler(work, run)):
                filled.add(key)
                yield Participant(role, work.id_of(cluster) if cluster else None, span)


def _is_filler(work: Work, run: Run) -> bool:
    """Whether words can fill a role on their own: some noun, name or number among them, not a lone pronoun."""
    tokens = work.doc[run[0] : run[1]]
    pronouns = words("person_pronouns") | words("group_pronouns") | words("self_pronouns")
    return any(t.pos_ in ("NOUN", "PROPN", "NUM", "ADJ", "PRON") and t.lower_ not in pronouns for t in tokens)


def place_of(work: Work, happening: Happening, label: str) -> Cluster | None:
    """The named place that the model's edges point to most strongly, the most specific of near equals."""
    scores = _pooled(work, happening, label)
    ranked: list[tuple[float, int, Cluster]] = []
    for cluster in work.clusters:
        if cluster.type != "Place":
            continue
        strengths = [
            sum(scores.get(i, 0.0) for i in range(m.begin, m.end)) / (m.end - m.begin) for m in cluster.mentions
        ]
        ranked.append((max(strengths), -cluster.mentions[0].begin, cluster))
    strongest = max(ranked, key=lambda row: row[:2], default=None)
    return strongest[2] if strongest and strongest[0] >= least(label) else None


def _time(work: Work, happening: Happening) -> TimeSpan | None:
    """The strongest time phrase that can be resolved; a planned event's weekday is the coming one."""
    today = reckoning_day(work.document)
    tense = "future" if modality_of(work, happening.triggers, None) == "future" else None
    found = sorted(phrases(work, _pooled(work, happening, "time"), least("time")), key=lambda row: -row[1])
    for run, _ in found:
        span = work.span(run)
        resolved = resolve(span.text, today, tense)
        if resolved is not None:
            earliest, latest, precision = resolved
            return TimeSpan(span, earliest, latest, precision)
    return None


def event(work: Work, happening: Happening) -> Event:
    """One event with all that the text says of it."""
    places = {label: place_of(work, happening, label) for label in ("place", "origin", "destination")}
    ids = {label: work.id_of(cluster) if cluster else None for label, cluster in places.items()}
    time = _time(work, happening)
    return Event(
        id=happening.id,
        type=happening.triggers[0].kind,
        triggers=tuple(_trigger_spans(work, happening)),
        participants=tuple(_participants(work, happening)),
        **ids,
        time=time,
        modality=modality_of(work, happening.triggers, time),
    )


def _trigger_spans(work: Work, happening: Happening) -> Iterator[Span]:
    for trigger in happening.triggers:
        yield work.span((trigger.begin, trigger.end))
