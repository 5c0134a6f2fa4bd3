import json
from pathlib import Path

import evaluation_examples as examples
import pytest

from kg.errors import BrokenRow, UnreadableInput
from kg.evaluation.coded import CodedEvent, CodedText, coded_scores, read_petrarch, read_plover
from kg.evaluation.likeness import FAMILY
from kg.evaluation.meanings import CAMEO, SETTINGS, country_words, meanings, means
from kg.evaluation.muc4 import (
    INCIDENT,
    found_fillers,
    gold_fillers,
    muc4_scores,
    normal_phrase,
    overlap,
    read_muc4,
    strict,
)
from kg.evaluation.re3d import record_spans
from kg.evaluation.tally import Row

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora" / "test-only"

PLOVER = [
    {"id": "p0", "event": "DOCUMENT", "eventText": "about the file"},
    {
        "id": "p1", "date": "2000-01-01", "event": "THREATEN", "text": "Fenwick threatened the Marsh Front.",
        "source": [{"actorText": "Fenwick", "code": "FEN"}], "target": [{"actorText": "the Marsh Front"}],
    },
    {"id": "p2", "date": "2000-01-01", "event": "REJECT", "text": "It refused.", "source": None, "target": "economic"},
]  # fmt: skip

PETRARCH = """<Validation>
# To be run with <EventCoding...> records
<Sentence category="AFP" date="20080804" id="a1" evaluate="true"/>
<EventCoding eventcode="190" sourcecode="SYRGOV" targetcode="---REB" />
<EventCoding noevents="True" />
<Text>
Syrian guns shelled
 rebels &amp; others.
</Text>
<Parse>1\tSyrian</Parse>
</Sentence>
<Sentence category="AFP" date="121108" id="a2" evaluate="true"/>
<EventCoding noevents="True" />
<Text>Nothing happened.</Text>
</Sentence>
<Sentence category="AFP" date="20080804" id="a3" evaluate="true"/>
<Text> </Text>
</Sentence>
"""

TEMPLATE = {
    "incident_type": "attack", "PerpInd": [[["two armed men", 10]]], "PerpOrg": [], "Weapon": [[["a rifle", 5]]],
    "Target": [[["the grain store", 3], ["store", 40]]], "Victim": [],
}  # fmt: skip


def record(*events, entities=()):
    return {"text": "", "entities": list(entities), "mentions": [], "events": list(events), "claims": []}


def event(type, *participants, modality="actual"):
    return {"type": type, "participants": list(participants), "modality": modality}


def test_plover_records_are_read_without_the_one_about_the_file(tmp_path):
    (tmp_path / "p").write_text(json.dumps(PLOVER), "utf8")
    first, second = read_plover(tmp_path / "p")
    assert first == CodedText(
        "p1", "2000-01-01", "Fenwick threatened the Marsh Front.",
        (CodedEvent("THREATEN", frozenset({"fenwick"}), frozenset({"marsh", "front"})),),
    )  # fmt: skip
    assert second.events == (CodedEvent("REJECT", frozenset(), frozenset()),)


def test_petrarch_sentences_are_read_though_the_file_is_no_xml(tmp_path):
    (tmp_path / "x").write_text(PETRARCH, "utf8")
    first, second = read_petrarch(tmp_path / "x")
    assert (first.id, first.date, first.text) == ("a1", "2008-08-04", "Syrian guns shelled rebels & others.")
    assert first.events == (CodedEvent("190", country_words("SYR"), frozenset()),)
    assert (second.date, second.events) == ("2012-11-08", ())


@pytest.mark.parametrize("read", [read_plover, read_petrarch, read_muc4])
def test_a_file_that_is_not_there_is_an_error(read, tmp_path):
    with pytest.raises(UnreadableInput):
        read(tmp_path / "absent")


@pytest.mark.parametrize(
    ("read", "content"),
    [(read_plover, "{"), (read_plover, "[1]"), (read_plover, "[{}]"), (read_petrarch, "no sentence"),
     (read_muc4, "{"), (read_muc4, "{}"), (read_muc4, "[]")],
)  # fmt: skip
def test_a_file_of_another_kind_is_an_error(read, content, tmp_path):
    (tmp_path / "x").write_text(content, "utf8")
    with pytest.raises(BrokenRow):
        read(tmp_path / "x")


@pytest.mark.parametrize(
    ("own", "wanted", "meant"),
    [
        ("Shelling", "FIGHT", True),
        ("Shelling", "190", True),
        ("Shelling", "CONSULT", False),
        ("Negotiation", "CONSULT", True),
        ("Negotiation", "042", True),
        ("Agreement", "031", True),
        ("Withdrawal", "RETREAT", True),
        ("Protest", "141", True),
        ("Protest", "131", False),
    ],
)
def test_types_mean_what_the_crosswalk_says(own, wanted, meant):
    assert means(own, wanted) is meant


def test_most_of_our_types_have_a_meaning_in_plover_or_cameo():
    assert [name for name in FAMILY if not meanings(name)] == ["Coup"]
    assert all(code.isdigit() and len(code) == 2 for code in CAMEO.values())


@pytest.mark.parametrize(
    ("code", "inside", "outside"),
    [
        ("USAGOV", {"american", "washington"}, {"united", "u"}),
        ("PSEGZA", {"palestinian"}, set()),
        ("---REB", set(), {""}),
    ],
)
def test_actor_codes_begin_with_a_country(code, inside, outside):
    assert inside <= country_words(code)
    assert not outside & country_words(code)


def test_an_organisation_is_no_country():
    assert country_words("IGOEUREEC") == frozenset()


def test_types_and_actors_of_coded_texts_are_counted():
    texts = [
        CodedText("a", "2000-01-01", "", (CodedEvent("FIGHT", frozenset({"rebels"}), frozenset({"town"})),)),
        CodedText("b", "2000-01-01", "", (CodedEvent("DEMAND", frozenset({"rebels"}), frozenset()),)),
    ]
    rebels = {"role": "perpetrator", "entity": None, "text": "the rebels"}
    ridge = {"role": "target", "entity": None, "text": "a ridge"}
    found = {"a": record(event("Shelling", rebels, ridge), event("Aid")), "b": record(event("Protest"))}
    assert coded_scores(texts, found) == [
        Row("type", 1, 3, 2),
        Row("type, of ours", 1, 2, 1),
        Row("source", 1, 1, 1),
        Row("target", 0, 1, 1),
    ]


def test_fillers_of_templates_are_told_apart_by_their_phrases():
    twice = gold_fillers([TEMPLATE, TEMPLATE])
    assert twice["PerpInd"] == [frozenset({"two armed men"})]
    assert twice["Target"] == [frozenset({"grain store", "store"})]
    assert (twice["PerpOrg"], twice["Victim"]) == ([], [])
    assert "Weapon" not in twice


def test_our_roles_are_those_of_muc4_by_the_type_of_what_fills_them():
    entities = [
        {"id": "e1", "type": "Organisation", "label": "The Marsh Front", "names": ["Marsh Front"]},
        {"id": "e2", "type": "Person", "label": "Ines Calloway", "names": ["Ines Calloway"]},
        {"id": "e3", "type": "Place", "label": "Aldergate", "names": ["Aldergate"]},
    ]
    fillers = [
        {"role": "perpetrator", "entity": "e1", "text": None},
        {"role": "perpetrator", "entity": "e3", "text": None},
        {"role": "perpetrator", "entity": None, "text": "two gunmen"},
        {"role": "target", "entity": "e2", "text": None},
        {"role": "target", "entity": "e3", "text": None},
        {"role": "victim", "entity": None, "text": "a guard"},
        {"role": "instrument", "entity": None, "text": "rifles"},
    ]
    assert found_fillers(record(event("Shooting", *fillers), entities=entities)) == {
        "PerpInd": [frozenset({"two gunmen"})],
        "PerpOrg": [frozenset({"marsh front"})],
        "Target": [frozenset({"aldergate"})],
        "Victim": [frozenset({"ines calloway"}), frozenset({"guard"})],
    }


def test_events_that_did_not_happen_or_are_no_incident_fill_nothing():
    man = {"role": "perpetrator", "entity": None, "text": "a man"}
    found = found_fillers(record(event("Attack", man, modality="future"), event("Negotiation", man)))
    assert not any(found.values())


@pytest.mark.parametrize(
    ("gold", "found", "is_strict", "is_overlap"),
    [
        ({"grain store", "store"}, {"store"}, 1, 1),
        ({"grain store"}, {"store"}, 0, 1),
        ({"grain store"}, {"bridge"}, 0, 0),
        ({"men of front"}, {"head of state"}, 0, 0),
    ],
)
def test_a_filler_is_right_within_gold_or_by_a_shared_word(gold, found, is_strict, is_overlap):
    assert (strict(frozenset(gold), frozenset(found)), overlap(frozenset(gold), frozenset(found))) == (
        is_strict,
        is_overlap,
    )


def test_phrases_lose_case_punctuation_and_articles():
    assert normal_phrase('The  "Marsh" Front\'s an army') == "marsh fronts army"


def test_muc4_is_scored_by_document():
    document = {"docid": "d", "doctext": "", "templates": [TEMPLATE, TEMPLATE | {"incident_type": "bombing / attack"}]}
    store = {"role": "target", "entity": None, "text": "store"}
    men = {"role": "perpetrator", "entity": None, "text": "men"}
    rows = {row.measure: (row.correct, row.found, row.gold) for row in muc4_scores(
        [document], {"d": record(event("Shelling", store, men), event("Abduction"))}
    )}  # fmt: skip
    assert rows == {
        "incident type": (1, 2, 2),
        "PerpInd strict": (0, 1, 1), "PerpOrg strict": (0, 0, 0), "Target strict": (1, 1, 1),
        "Victim strict": (0, 0, 0),
        "all roles strict": (1, 2, 2),
        "PerpInd overlap": (1, 1, 1), "PerpOrg overlap": (0, 0, 0), "Target overlap": (1, 1, 1),
        "Victim overlap": (0, 0, 0), "all roles overlap": (2, 2, 2),
    }  # fmt: skip


def test_the_types_of_incidents_are_ours_and_each_has_one_meaning():
    listed = [own for types in SETTINGS["muc4"].values() for own in types]
    assert len(listed) == len(set(listed))
    assert set(INCIDENT) <= set(FAMILY)


def test_spans_of_a_record_by_kind_of_mention():
    found = examples.gold()
    found["mentions"][1]["kind"] = "pronoun"
    assert record_spans(found, ("name",)) == [
        (found["mentions"][0]["begin"], found["mentions"][0]["end"], "Place"),
        (found["mentions"][2]["begin"], found["mentions"][2]["end"], "Place"),
    ]


def test_each_reference_tells_what_is_published():
    assert set(SETTINGS["published"]) == {"re3d", "plover", "petrarch", "muc4"}
    assert all(text.startswith("Published: ") for text in SETTINGS["published"].values())


@pytest.mark.skipif(not CORPORA.is_dir(), reason="../shared/corpora is not here")
def test_the_corpora_are_read_whole():
    assert len(read_plover(CORPORA / "plover" / "PLOVER_GSR_CAMEO.txt")) == 322
    assert len(read_petrarch(CORPORA / "petrarch" / "PETR2_GSR_validation.xml")) == 77
    assert len(read_muc4(CORPORA / "muc4" / "dev.json")) == 200
