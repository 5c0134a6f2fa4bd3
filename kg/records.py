"""What passes between the stages: one document in, what was read out of it.

The JSON shape is the extraction contract (`Extraction.as_json`); every offset is a half-open range of
Unicode code points into `Document.text`, and every span's text is exactly the words at that range.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import date

EntityType = Literal["Person", "Organisation", "Place"]
MentionKind = Literal["name", "nominal", "pronoun"]
Role = Literal["perpetrator", "target", "victim", "instrument"]
Modality = Literal["actual", "negated", "future", "hypothetical", "historical"]
Precision = Literal["day", "week", "month", "year", "unknown"]
Stance = Literal["asserts", "denies", "accuses", "announces", "calls_for", "doubts"]
CasualtyKind = Literal["killed", "injured", "missing", "captured", "displaced"]
Json = dict[str, Any]


@dataclass(frozen=True)
class Document:
    """One article as read: its text and what is known about where it comes from.

    `id` names it for people (a file's name without its ending, or the id given); `source` is the path or
    address it was read from, for messages. `published` is the day of publication, None where unknown.
    """

    id: str
    text: str
    source: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None

    @cached_property
    def sha256(self) -> str:
        """Hash of all that the graph is made from: the text and the metadata, in a fixed order."""
        parts = (self.id, self.title, self.publisher, self.url, self.published and self.published.isoformat())
        head = "\x1f".join(part or "" for part in parts)
        return hashlib.sha256(f"{head}\x1e{self.text}".encode("utf8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words of the text with their place: `text == document.text[begin:end]`."""

    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that a name might have meant, with the score it reached (0 to 1)."""

    wikidata: str
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Link:
    """The item that an entity was linked to, or (`wikidata` None) the candidates that were rejected.

    `latitude` and `longitude` are WGS84 degrees; `country` is an ISO 3166-1 alpha-2 code.
    """

    wikidata: str | None
    score: float | None
    method: str
    label: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    rejected: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A named person, organisation or place of one document; `id` is unique within the document."""

    id: str
    type: EntityType
    subtype: str | None
    label: str
    names: tuple[str, ...]
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that mean an entity: its name, a nominal ("the city") or a pronoun."""

    span: Span
    entity: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Participant:
    """Who or what plays a role in an event: an entity of the document, else the words that name it."""

    role: Role
    entity: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """When something happened, both ends inclusive; an end that the text does not fix is None."""

    span: Span
    earliest: date | None
    latest: date | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class Event:
    """One happening that a document reports; places are entity ids."""

    id: str
    type: str
    triggers: tuple[Span, ...]
    participants: tuple[Participant, ...] = ()
    place: str | None = None
    origin: str | None = None
    destination: str | None = None
    time: TimeSpan | None = None
    modality: Modality = "actual"


@dataclass(frozen=True, slots=True)
class Casualties:
    """A count of people that a claim gives; None for a bound that the words leave open.

    `span` is the words of the figure ("at least 3 civilians"), `group` the words for whom it counts.
    """

    kind: CasualtyKind
    minimum: int | None
    maximum: int | None
    span: Span
    group: Span | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says what: a claimant (entity id or words), about which events, and how.

    Claimant and claimant span both None: the article says it in its own voice, so its publisher is the
    claimant. `evidence` is the sentence or clause that makes the claim.
    """

    id: str
    claimant: str | None
    claimant_span: Span | None
    stance: Stance
    about: tuple[str, ...]
    evidence: Span
    medium: str | None = None
    casualties: tuple[Casualties, ...] = ()


@dataclass(frozen=True)
class Extraction:
    """All that was read out of one document.

    `sentences` are the sentences' ranges in order; `processed` counts the characters that the language
    model read, which must equal `len(document.text)`.
    """

    document: Document
    sentences: tuple[tuple[int, int], ...]
    processed: int
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    model: str = field(default="", compare=False)
