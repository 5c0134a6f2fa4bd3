"""The extraction record as JSON, and back without loss.

The shape is `extraction.schema.json` (the contract), with keys beside those that it names: `sentences`,
`processed` and `model`; where a participant's, time's and casualty figure's words stand; the document's
`source`; and an entity's whole `link`. Keys come in a fixed order.
"""

from __future__ import annotations

import json
from datetime import date

from kg.errors import BrokenRow
from kg.records import (
    Candidate,
    Casualties,
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Json,
    Link,
    Mention,
    Participant,
    Span,
    TimeSpan,
)

# JSON leaves these as they are, yet `str.splitlines` ends a line at them.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def dumps(record: Json) -> str:
    """The record as one line of JSON, with no line end of any kind in it and letters left readable."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS)


def to_json(extraction: Extraction) -> Json:
    """The extraction in the shape of the contract, ready for `dumps`; `from_json` gives it back.

    `claimant_text` is null where the claimant is an entity, as the contract has it; the words are then
    in `claimant_span`.
    """
    return {
        "document": _document_json(extraction.document),
        "text": extraction.document.text,
        "entities": [_entity_json(entity) for entity in extraction.entities],
        "mentions": [_mention_json(mention) for mention in extraction.mentions],
        "events": [_event_json(event) for event in extraction.events],
        "claims": [_claim_json(claim) for claim in extraction.claims],
        "sentences": [list(sentence) for sentence in extraction.sentences],
        "processed": extraction.processed,
        "model": extraction.model,
    }


def from_json(record: Json) -> Extraction:
    """The extraction that `to_json` was given.

    Raises BrokenRow where a key is missing, a value is of the wrong type, or the hash in the record is
    not that of its text and metadata.
    """
    try:
        extraction = _extraction(record)
        stated = record["document"]["sha256"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _broken(record, f"not a record of this version ({type(error).__name__}: {error})") from error
    if stated != extraction.document.sha256:
        raise _broken(record, "the text or metadata was changed after the record was written")
    return extraction


def _broken(record: Json, reason: str) -> BrokenRow:
    document = record.get("document") if isinstance(record, dict) else None
    name = document.get("id", "") if isinstance(document, dict) else ""
    return BrokenRow(reason, input=str(name), place="extraction record", remedy="Extract the document again")


def _document_json(document: Document) -> Json:
    return {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "url": document.url,
        "published": _day_json(document.published),
        "sha256": document.sha256,
        "source": document.source,
    }


def _entity_json(entity: Entity) -> Json:
    link = entity.link
    return {
        "id": entity.id,
        "type": entity.type,
        "subtype": entity.subtype,
        "label": entity.label,
        "names": list(entity.names),
        "wikidata": link.wikidata if link else None,
        "score": link.score if link else None,
        "link": _link_json(link) if link else None,
    }


def _link_json(link: Link) -> Json:
    return {
        "method": link.method,
        "label": link.label,
        "country": link.country,
        "latitude": link.latitude,
        "longitude": link.longitude,
        "rejected": [_candidate_json(candidate) for candidate in link.rejected],
    }


def _candidate_json(candidate: Candidate) -> Json:
    return {"wikidata": candidate.wikidata, "label": candidate.label, "score": candidate.score}


def _mention_json(mention: Mention) -> Json:
    return {**_span_json(mention.span), "entity": mention.entity, "kind": mention.kind}


def _event_json(event: Event) -> Json:
    return {
        "id": event.id,
        "type": event.type,
        "triggers": [_span_json(trigger) for trigger in event.triggers],
        "participants": [_participant_json(participant) for participant in event.participants],
        "place": event.place,
        "origin": event.origin,
        "destination": event.destination,
        "time": _time_json(event.time) if event.time else None,
        "modality": event.modality,
    }


def _participant_json(participant: Participant) -> Json:
    return {"role": participant.role, "entity": participant.entity, **_span_json(participant.span)}


def _time_json(time: TimeSpan) -> Json:
    return {
        "phrase": time.span.text,
        "begin": time.span.begin,
        "end": time.span.end,
        "earliest": _day_json(time.earliest),
        "latest": _day_json(time.latest),
        "precision": time.precision,
    }


def _claim_json(claim: Claim) -> Json:
    words = claim.claimant_span
    return {
        "id": claim.id,
        "claimant": claim.claimant,
        "claimant_text": words.text if words and claim.claimant is None else None,
        "claimant_span": _span_json(words) if words else None,
        "medium": claim.medium,
        "about": list(claim.about),
        "stance": claim.stance,
        "evidence": _span_json(claim.evidence),
        "casualties": [_casualties_json(figure) for figure in claim.casualties],
    }


def _casualties_json(figure: Casualties) -> Json:
    return {
        "kind": figure.kind,
        "min": figure.minimum,
        "max": figure.maximum,
        "group": figure.group.text if figure.group else None,
        "group_span": _span_json(figure.group) if figure.group else None,
        "event": figure.event,
        "evidence": _span_json(figure.span),
    }


def _span_json(span: Span) -> Json:
    return {"begin": span.begin, "end": span.end, "text": span.text}


def _day_json(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _extraction(record: Json) -> Extraction:
    return Extraction(
        document=_document(record["document"], record["text"]),
        sentences=tuple((begin, end) for begin, end in record["sentences"]),
        processed=record["processed"],
        entities=tuple(_entity(entity) for entity in record["entities"]),
        mentions=tuple(Mention(_span(mention), mention["entity"], mention["kind"]) for mention in record["mentions"]),
        events=tuple(_event(event) for event in record["events"]),
        claims=tuple(_claim(claim) for claim in record["claims"]),
        model=record["model"],
    )


def _document(record: Json, text: str) -> Document:
    return Document(
        id=record["id"],
        text=text,
        source=record["source"],
        title=record["title"],
        publisher=record["publisher"],
        url=record["url"],
        published=_day(record["published"]),
    )


def _entity(record: Json) -> Entity:
    return Entity(
        id=record["id"],
        type=record["type"],
        subtype=record["subtype"],
        label=record["label"],
        names=tuple(record["names"]),
        link=_link(record) if record["link"] else None,
    )


def _link(entity: Json) -> Link:
    link = entity["link"]
    return Link(
        wikidata=entity["wikidata"],
        score=entity["score"],
        method=link["method"],
        label=link["label"],
        country=link["country"],
        latitude=link["latitude"],
        longitude=link["longitude"],
        rejected=tuple(Candidate(item["wikidata"], item["label"], item["score"]) for item in link["rejected"]),
    )


def _event(record: Json) -> Event:
    return Event(
        id=record["id"],
        type=record["type"],
        triggers=tuple(_span(trigger) for trigger in record["triggers"]),
        participants=tuple(Participant(item["role"], item["entity"], _span(item)) for item in record["participants"]),
        place=record["place"],
        origin=record["origin"],
        destination=record["destination"],
        time=_time(record["time"]) if record["time"] else None,
        modality=record["modality"],
    )


def _time(record: Json) -> TimeSpan:
    return TimeSpan(
        span=Span(record["begin"], record["end"], record["phrase"]),
        earliest=_day(record["earliest"]),
        latest=_day(record["latest"]),
        precision=record["precision"],
    )


def _claim(record: Json) -> Claim:
    return Claim(
        id=record["id"],
        claimant=record["claimant"],
        claimant_span=_optional_span(record["claimant_span"]),
        stance=record["stance"],
        about=tuple(record["about"]),
        evidence=_span(record["evidence"]),
        medium=record["medium"],
        casualties=tuple(_casualties(figure) for figure in record["casualties"]),
    )


def _casualties(record: Json) -> Casualties:
    return Casualties(
        kind=record["kind"],
        minimum=record["min"],
        maximum=record["max"],
        span=_span(record["evidence"]),
        group=_optional_span(record["group_span"]),
        event=record["event"],
    )


def _span(record: Json) -> Span:
    return Span(record["begin"], record["end"], record["text"])


def _optional_span(record: Json | None) -> Span | None:
    return _span(record) if record else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
