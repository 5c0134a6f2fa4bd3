import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kg import records
from kg.errors import BrokenRow
from kg.records import (
    Candidate,
    Casualties,
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Link,
    Mention,
    Participant,
    Span,
    TimeSpan,
)
from kg.serialization import dumps, from_json, to_json

SCHEMA_FILE = Path(__file__).parent / "contract" / "extraction.schema.json"
SCHEMA = json.loads(SCHEMA_FILE.read_text("utf8"))
SHARED_SCHEMA = Path(__file__).parents[2] / "shared" / "contracts" / "extraction.schema.json"
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)

EVENT_TYPES = SCHEMA["properties"]["events"]["items"]["properties"]["type"]["enum"]
items = st.from_regex(r"Q[1-9][0-9]{0,8}", fullmatch=True)
ids = st.text(min_size=1, max_size=8)
words = st.text(max_size=12)
days = st.dates()
scores = st.floats(0, 1)
spans = st.builds(Span, st.integers(0, 10**6), st.integers(1, 10**6), words)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def tuples(strategy: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=3).map(tuple)


def one_of(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


documents = st.builds(
    Document,
    id=ids,
    text=st.text(),
    source=words,
    title=optional(words),
    publisher=optional(words),
    url=optional(words),
    published=optional(days),
)
links = st.builds(
    Link,
    wikidata=optional(items),
    score=optional(scores),
    method=words,
    label=optional(words),
    country=optional(words),
    latitude=optional(st.floats(-90, 90)),
    longitude=optional(st.floats(-180, 180)),
    rejected=tuples(st.builds(Candidate, items, words, scores)),
)
entities = st.builds(
    Entity,
    id=ids,
    type=one_of(records.EntityType),
    subtype=optional(words),
    label=words,
    names=tuples(words, least=1),
    link=optional(links),
)
participants = st.builds(Participant, role=one_of(records.Role), entity=optional(ids), span=spans)
times = st.builds(
    TimeSpan, span=spans, earliest=optional(days), latest=optional(days), precision=one_of(records.Precision)
)
events = st.builds(
    Event,
    id=ids,
    type=st.sampled_from(EVENT_TYPES),
    triggers=tuples(spans, least=1),
    participants=tuples(participants),
    place=optional(ids),
    origin=optional(ids),
    destination=optional(ids),
    time=optional(times),
    modality=one_of(records.Modality),
)
counts = optional(st.integers(0, 10**7))
casualties = st.builds(
    Casualties,
    kind=one_of(records.CasualtyKind),
    minimum=counts,
    maximum=counts,
    span=spans,
    group=optional(spans),
    event=optional(ids),
)
claims = st.builds(
    Claim,
    id=ids,
    claimant=optional(ids),
    claimant_span=optional(spans),
    stance=one_of(records.Stance),
    about=tuples(ids),
    evidence=spans,
    medium=optional(ids),
    casualties=tuples(casualties),
)
extractions = st.builds(
    Extraction,
    document=documents,
    sentences=tuples(st.tuples(st.integers(0, 99), st.integers(1, 99))),
    processed=st.integers(0, 10**6),
    entities=tuples(entities),
    mentions=tuples(st.builds(Mention, span=spans, entity=ids, kind=one_of(records.MentionKind))),
    events=tuples(events),
    claims=tuples(claims),
    model=words,
)

TEXT = "On Monday gunmen shot three farmers in Dorbala, Radio Lina said."


def words_of(part: str) -> Span:
    begin = TEXT.index(part)
    return Span(begin, begin + len(part), part)


def small_extraction() -> Extraction:
    return Extraction(
        document=Document("dorbala", TEXT, "in/dorbala.md", "Farmers shot", "Lina Wire", None, date(2021, 5, 4)),
        sentences=((0, len(TEXT)),),
        processed=len(TEXT),
        entities=(
            Entity("e1", "Place", "Settlement", "Dorbala", ("Dorbala",)),
            Entity(
                "e2",
                "Organisation",
                "MediaOutlet",
                "Radio Lina",
                ("Radio Lina",),
                Link(None, 0.25, "context", rejected=(Candidate("Q1", "Lina FM", 0.25),)),
            ),
        ),
        mentions=(Mention(words_of("Dorbala"), "e1", "name"), Mention(words_of("Radio Lina"), "e2", "name")),
        events=(
            Event(
                "v1",
                "Shooting",
                (words_of("shot"),),
                (Participant("victim", None, words_of("three farmers")),),
                place="e1",
                time=TimeSpan(words_of("On Monday"), date(2021, 5, 3), date(2021, 5, 3), "day"),
            ),
        ),
        claims=(
            Claim(
                "c1",
                "e2",
                words_of("Radio Lina"),
                "asserts",
                ("v1",),
                Span(0, len(TEXT), TEXT),
                casualties=(Casualties("injured", 3, 3, words_of("three farmers"), words_of("farmers"), "v1"),),
            ),
        ),
        model="test",
    )


SMALL_RECORD = {
    "document": {
        "id": "dorbala",
        "title": "Farmers shot",
        "publisher": "Lina Wire",
        "url": None,
        "published": "2021-05-04",
        "sha256": small_extraction().document.sha256,
        "source": "in/dorbala.md",
    },
    "text": TEXT,
    "entities": [
        {
            "id": "e1",
            "type": "Place",
            "subtype": "Settlement",
            "label": "Dorbala",
            "names": ["Dorbala"],
            "wikidata": None,
            "score": None,
            "link": None,
        },
        {
            "id": "e2",
            "type": "Organisation",
            "subtype": "MediaOutlet",
            "label": "Radio Lina",
            "names": ["Radio Lina"],
            "wikidata": None,
            "score": 0.25,
            "link": {
                "method": "context",
                "label": None,
                "country": None,
                "latitude": None,
                "longitude": None,
                "rejected": [{"wikidata": "Q1", "label": "Lina FM", "score": 0.25}],
            },
        },
    ],
    "mentions": [
        {"begin": 39, "end": 46, "text": "Dorbala", "entity": "e1", "kind": "name"},
        {"begin": 48, "end": 58, "text": "Radio Lina", "entity": "e2", "kind": "name"},
    ],
    "events": [
        {
            "id": "v1",
            "type": "Shooting",
            "triggers": [{"begin": 17, "end": 21, "text": "shot"}],
            "participants": [{"role": "victim", "entity": None, "begin": 22, "end": 35, "text": "three farmers"}],
            "place": "e1",
            "origin": None,
            "destination": None,
            "time": {
                "phrase": "On Monday",
                "begin": 0,
                "end": 9,
                "earliest": "2021-05-03",
                "latest": "2021-05-03",
                "precision": "day",
            },
            "modality": "actual",
        }
    ],
    "claims": [
        {
            "id": "c1",
            "claimant": "e2",
            "claimant_text": None,
            "claimant_span": {"begin": 48, "end": 58, "text": "Radio Lina"},
            "medium": None,
            "about": ["v1"],
            "stance": "asserts",
            "evidence": {"begin": 0, "end": 64, "text": TEXT},
            "casualties": [
                {
                    "kind": "injured",
                    "min": 3,
                    "max": 3,
                    "group": "farmers",
                    "group_span": {"begin": 28, "end": 35, "text": "farmers"},
                    "event": "v1",
                    "evidence": {"begin": 22, "end": 35, "text": "three farmers"},
                }
            ],
        }
    ],
    "sentences": [[0, 64]],
    "processed": 64,
    "model": "test",
}


@given(extractions)
def test_a_record_read_back_from_its_line_is_the_extraction_that_was_written(extraction: Extraction) -> None:
    back = from_json(json.loads(dumps(to_json(extraction))))
    assert (back, back.model) == (extraction, extraction.model)


@given(extractions)
def test_every_record_fits_the_contract(extraction: Extraction) -> None:
    assert list(VALIDATOR.iter_errors(to_json(extraction))) == []


@given(extractions)
def test_a_record_is_one_line_however_lines_are_counted(extraction: Extraction) -> None:
    assert len(dumps(to_json(extraction)).splitlines()) == 1


@given(st.text(alphabet='a\x85\u2028\u2029\r\n\\"é'))
def test_line_ends_in_the_text_come_back_from_the_line(text: str) -> None:
    assert json.loads(dumps({"text": text})) == {"text": text}


def test_the_whole_record_of_a_small_report() -> None:
    assert to_json(small_extraction()) == SMALL_RECORD


def test_keys_come_in_the_same_order_every_time() -> None:
    assert dumps(to_json(small_extraction())) == dumps(SMALL_RECORD)


def test_letters_beyond_ascii_stay_readable_in_the_line() -> None:
    assert dumps({"text": "Čelebići — Ծ"}) == '{"text": "Čelebići — Ծ"}'


def test_a_number_that_json_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        dumps({"score": float("nan")})


def test_a_claimant_that_is_no_entity_is_told_in_its_words() -> None:
    claim = Claim("c1", None, words_of("gunmen"), "denies", (), words_of("shot"))
    extraction = Extraction(Document("d", TEXT, "d"), (), 0, claims=(claim,))
    assert to_json(extraction)["claims"][0]["claimant_text"] == "gunmen"


def without(*keys: str) -> Callable[[dict[str, Any]], None]:
    def remove(record: dict[str, Any]) -> None:
        for key in keys[:-1]:
            record = record[key]
        del record[keys[-1]]

    return remove


def with_value(value: Any, *keys: str) -> Callable[[dict[str, Any]], None]:
    def put(record: dict[str, Any]) -> None:
        for key in keys[:-1]:
            record = record[key]
        record[keys[-1]] = value

    return put


@pytest.mark.parametrize(
    "spoil",
    [
        without("text"),
        without("sentences"),
        without("document", "sha256"),
        with_value(None, "entities"),
        with_value("soon", "document", "published"),
        with_value([["a"]], "sentences"),
        with_value([None], "claims"),
        with_value(["x"], "mentions"),
    ],
)
def test_a_spoiled_record_is_refused_with_the_documents_name(spoil: Callable[[dict[str, Any]], None]) -> None:
    record = json.loads(dumps(SMALL_RECORD))
    spoil(record)
    with pytest.raises(BrokenRow) as caught:
        from_json(record)
    assert (caught.value.input, caught.value.remedy) == ("dorbala", "Extract the document again")


@pytest.mark.parametrize("record", [[], {"document": "x"}, {}])
def test_what_is_no_record_at_all_is_refused(record: Any) -> None:
    with pytest.raises(BrokenRow, match="not a record of this version"):
        from_json(record)


@pytest.mark.parametrize("spoil", [with_value("other text", "text"), with_value("Other Wire", "document", "publisher")])
def test_a_record_whose_text_or_metadata_was_changed_is_refused(spoil: Callable[[dict[str, Any]], None]) -> None:
    record = json.loads(dumps(SMALL_RECORD))
    spoil(record)
    with pytest.raises(BrokenRow, match="changed after the record was written"):
        from_json(record)


def test_the_records_literals_are_those_of_the_contract() -> None:
    properties = SCHEMA["properties"]
    event = properties["events"]["items"]["properties"]
    claim = properties["claims"]["items"]["properties"]
    assert {
        records.EntityType: properties["entities"]["items"]["properties"]["type"]["enum"],
        records.MentionKind: properties["mentions"]["items"]["properties"]["kind"]["enum"],
        records.Role: event["participants"]["items"]["properties"]["role"]["enum"],
        records.Modality: event["modality"]["enum"],
        records.Precision: SCHEMA["$defs"]["time"]["properties"]["precision"]["enum"],
        records.Stance: claim["stance"]["enum"],
        records.CasualtyKind: claim["casualties"]["items"]["properties"]["kind"]["enum"],
    } == {
        literal: list(get_args(literal))
        for literal in (
            records.EntityType,
            records.MentionKind,
            records.Role,
            records.Modality,
            records.Precision,
            records.Stance,
            records.CasualtyKind,
        )
    }


@pytest.mark.skipif(not SHARED_SCHEMA.exists(), reason="the shared contract is not beside the repository")
def test_the_carried_schema_is_the_shared_one() -> None:
    carried = {key: value for key, value in SCHEMA.items() if key != "$comment"}
    assert carried == json.loads(SHARED_SCHEMA.read_text("utf8"))
