"""Whether an extraction hangs together: ids that are unique, and references that lead somewhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import ValidationFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.records import Claim, Event, Extraction


class Reference(NamedTuple):
    """That the part called `place` names an id of a `kind`: "entity", "event" or "claim"."""

    place: str
    kind: str
    id: str


def check_references(extraction: Extraction) -> None:
    """Raises ValidationFailed for an id that is given twice, or a reference to an id that is not there."""
    ids = {
        "entity": [entity.id for entity in extraction.entities],
        "event": [event.id for event in extraction.events],
        "claim": [claim.id for claim in extraction.claims],
    }
    source = extraction.document.source
    for kind, given in ids.items():
        if twice := [name for name, count in Counter(given).items() if count > 1]:
            raise _broken(source, f"{kind} {twice[0]}", f"the id of the {kind} is given twice")
    known = {kind: set(given) for kind, given in ids.items()}
    for reference in references(extraction):
        if reference.id not in known[reference.kind]:
            raise _broken(source, reference.place, f"there is no {reference.kind} {reference.id!r}")


def references(extraction: Extraction) -> Iterator[Reference]:
    """Every reference from one part of the extraction to another."""
    yield from (Reference("a mention", "entity", mention.entity) for mention in extraction.mentions)
    for event in extraction.events:
        yield from _event_references(event)
    for claim in extraction.claims:
        yield from _claim_references(claim)


def _event_references(event: Event) -> Iterator[Reference]:
    place = f"event {event.id}"
    participants = (participant.entity for participant in event.participants)
    yield from _each(place, "entity", (*participants, event.place, event.origin, event.destination))


def _claim_references(claim: Claim) -> Iterator[Reference]:
    place = f"claim {claim.id}"
    yield from _each(place, "entity", (claim.claimant, claim.medium))
    yield from _each(place, "event", (*claim.about, *(figure.event for figure in claim.casualties)))


def _each(place: str, kind: str, ids: Iterable[str | None]) -> Iterator[Reference]:
    return (Reference(place, kind, name) for name in ids if name is not None)


def _broken(source: str, place: str, reason: str) -> ValidationFailed:
    return ValidationFailed(
        reason, input=source, place=place, remedy="This is a fault of the extraction: its record does not hang together"
    )
