from datetime import date

import pytest
from extraction_docs import parsed, reading, span, work

from kg.extraction.events import event, happenings
from kg.records import Event, Participant, TimeSpan

PUBLISHED = date(2023, 6, 14)
SHELLED = "Russian troops shelled the town of Izyum with rockets on Monday ."


def events(doc, read, published=PUBLISHED):
    """The entities' first names by id, and the events."""
    at_work = work(doc, read, published)
    made = [event(at_work, happening) for happening in happenings(at_work)]
    return {entity.id: entity.names[0] for entity in at_work.entities()}, made


def filled(doc, read, **arguments):
    """Role and filler of each participant of the first event: an entity's name in brackets, else words."""
    names, (first, *_) = events(doc, read, **arguments)
    return [(p.role, f"[{names[p.entity]}]" if p.entity else p.span.text) for p in first.participants]


def places(doc, read):
    """Names of place, origin and destination of the first event."""
    names, (first, *_) = events(doc, read)
    return [names.get(where) for where in (first.place, first.origin, first.destination)]


def timed(text, phrase, published=PUBLISHED):
    """The time of a text's event that has this time phrase."""
    doc = parsed(text, pos={"fought": "VERB"})
    read = reading(doc, triggers=[("fought", "Battle")], edges={("fought", "time"): [phrase]})
    return events(doc, read, published)[1][0].time


def test_an_event_has_all_that_is_told_of_it():
    doc = parsed(SHELLED, pos={"shelled": "VERB"}, heads={"Russian": "troops", "the": "town", "Izyum": "town"})
    read = reading(
        doc,
        mentions=[("Izyum", "Place.Settlement")],
        triggers=[("shelled", "Shelling")],
        edges={
            ("shelled", "perpetrator"): ["Russian troops"],
            ("shelled", "target"): ["Izyum"],
            ("shelled", "instrument"): ["rockets"],
            ("shelled", "place"): ["Izyum"],
            ("shelled", "time"): ["on Monday"],
        },
    )
    assert events(doc, read) == (
        {"e1": "Russian troops", "e2": "Izyum"},
        [
            Event(
                id="v1",
                type="Shelling",
                triggers=(span(doc, "shelled"),),
                participants=(
                    Participant("perpetrator", "e1", span(doc, "Russian troops")),
                    Participant("target", "e2", span(doc, "Izyum")),
                    Participant("instrument", None, span(doc, "rockets")),
                ),
                place="e2",
                time=TimeSpan(span(doc, "on Monday"), date(2023, 6, 12), date(2023, 6, 12), "day"),
                modality="actual",
            )
        ],
    )


def test_an_event_of_which_nothing_more_is_told():
    doc = parsed("They shelled it .", pos={"shelled": "VERB"})
    read = reading(doc, triggers=[("shelled", "Shelling")])
    assert events(doc, read) == ({}, [Event("v1", "Shelling", (span(doc, "shelled"),))])


def test_a_doubtful_trigger_makes_no_event():
    doc = parsed("They fired it .", pos={"fired": "VERB"})
    assert events(doc, reading(doc, triggers=[("fired", "Shelling", 0.1)]))[1] == []


def test_a_trigger_outside_the_article_makes_no_event():
    doc = parsed("The long battle for the port of Izyum ended on a quiet morning . \n Leave a reply \n They shelled it")
    read = reading(doc, triggers=[("battle", "Battle"), ("shelled", "Shelling")])
    assert [made.type for made in events(doc, read)[1]] == ["Battle"]


def test_triggers_of_one_happening_make_one_event():
    doc = parsed("They shelled Izyum . The shelling lasted . Later shelling hit Lyman .", pos={"shelled": "VERB"})
    rows = [("shelled", "Shelling"), ("shelling", "Shelling"), ("shelling#2", "Shelling")]
    made = events(doc, reading(doc, triggers=rows, edges={("shelling", "same"): ["shelled"]}))[1]
    assert [(found.id, [trigger.text for trigger in found.triggers]) for found in made] == [
        ("v1", ["shelled", "shelling"]),
        ("v2", ["shelling"]),
    ]


def test_triggers_are_joined_along_a_chain():
    doc = parsed("They shelled Izyum . The shelling lasted . A barrage followed .", pos={"shelled": "VERB"})
    rows = [("shelled", "Shelling"), ("shelling", "Shelling"), ("barrage", "Shelling")]
    edges = {("shelling", "same"): ["shelled"], ("barrage", "same"): ["shelling"]}
    made = events(doc, reading(doc, triggers=rows, edges=edges))[1]
    assert [[trigger.text for trigger in found.triggers] for found in made] == [["shelled", "shelling", "barrage"]]


def test_triggers_of_different_types_stay_apart():
    doc = parsed("They shelled Izyum . Its capture followed .", pos={"shelled": "VERB"})
    rows = [("shelled", "Shelling"), ("capture", "Capture")]
    made = events(doc, reading(doc, triggers=rows, edges={("capture", "same"): ["shelled"]}))[1]
    assert [found.type for found in made] == ["Shelling", "Capture"]


def test_an_event_gathers_what_is_told_at_each_of_its_triggers():
    doc = parsed("They shelled Izyum . The shelling by Wagner lasted .", pos={"shelled": "VERB"})
    read = reading(
        doc,
        mentions=[("Izyum", "Place.Settlement"), ("Wagner", "Organisation.ArmedGroup")],
        triggers=[("shelled", "Shelling"), ("shelling", "Shelling")],
        edges={
            ("shelling", "same"): ["shelled"],
            ("shelled", "target"): ["Izyum"],
            ("shelling", "perpetrator"): ["Wagner"],
        },
    )
    assert filled(doc, read) == [("perpetrator", "[Wagner]"), ("target", "[Izyum]")]


def test_coordinated_fillers_are_fillers_each():
    doc = parsed("Wagner shelled Izyum , Lyman and Balaklia .", pos={"shelled": "VERB"})
    towns = [(town, "Place.Settlement") for town in ("Izyum", "Lyman", "Balaklia")]
    edges = {("shelled", "target"): ["Izyum , Lyman and Balaklia"]}
    assert filled(doc, reading(doc, mentions=towns, triggers=[("shelled", "Shelling")], edges=edges)) == [
        ("target", "[Izyum]"),
        ("target", "[Lyman]"),
        ("target", "[Balaklia]"),
    ]


def test_an_and_within_a_name_parts_nothing():
    doc = parsed("Trinidad and Tobago sent aid .", pos={"sent": "VERB"})
    read = reading(
        doc,
        mentions=[("Trinidad and Tobago", "Place.Country")],
        triggers=[("aid", "Aid")],
        edges={("aid", "perpetrator"): ["Trinidad and Tobago"]},
    )
    assert filled(doc, read) == [("perpetrator", "[Trinidad and Tobago]")]


def test_a_filler_is_widened_to_the_whole_name():
    doc = parsed("Rebels struck Camp Lemonnier .", pos={"struck": "VERB"})
    read = reading(
        doc,
        mentions=[("Camp Lemonnier", "Place.Facility")],
        triggers=[("struck", "Attack")],
        edges={("struck", "target"): ["Lemonnier"]},
    )
    assert filled(doc, read) == [("target", "[Camp Lemonnier]")]


def test_a_counted_group_of_a_force_names_the_force():
    doc = parsed(
        "A mine killed seven Chadian soldiers .",
        pos={"killed": "VERB"},
        heads={"seven": "soldiers", "Chadian": "soldiers"},
    )
    read = reading(doc, triggers=[("killed", "Bombing")], edges={("killed", "victim"): ["seven Chadian soldiers"]})
    assert filled(doc, read) == [("victim", "[Chadian soldiers]")]


def test_a_phrase_that_only_holds_a_name_does_not_name_it():
    doc = parsed(
        "Rebels seized the mayor of Izyum .",
        pos={"seized": "VERB"},
        heads={"the": "mayor", "of": "Izyum", "Izyum": "mayor"},
    )
    read = reading(
        doc,
        mentions=[("Izyum", "Place.Settlement")],
        triggers=[("seized", "Abduction")],
        edges={("seized", "victim"): ["the mayor of Izyum"]},
    )
    assert filled(doc, read) == [("victim", "the mayor of Izyum")]


def test_an_entity_fills_a_role_once():
    doc = parsed("Wagner shelled Izyum . Wagner also burned it .", pos={"shelled": "VERB", "burned": "VERB"})
    read = reading(
        doc,
        mentions=[("Wagner", "Organisation.ArmedGroup"), ("Wagner#2", "Organisation.ArmedGroup")],
        triggers=[("shelled", "Shelling")],
        edges={("shelled", "perpetrator"): ["Wagner", "Wagner#2"]},
    )
    assert filled(doc, read) == [("perpetrator", "[Wagner]")]


def test_he_fills_a_role_as_the_person_meant():
    doc = parsed("Omar Haddad spoke . Rebels then seized him .", pos={"spoke": "VERB", "seized": "VERB"})
    read = reading(
        doc,
        mentions=[("Omar Haddad", "Person")],
        triggers=[("seized", "Abduction")],
        edges={("seized", "victim"): ["him"], ("seized", "perpetrator"): ["Rebels"]},
    )
    at_work = work(doc, read)
    (made,) = [event(at_work, happening) for happening in happenings(at_work)]
    assert [(p.role, p.entity, p.span.text) for p in made.participants] == [
        ("perpetrator", None, "Rebels"),
        ("victim", "e1", "him"),
    ]
    assert [(mention.kind, mention.span.text, mention.entity) for mention in at_work.mentions()] == [
        ("name", "Omar Haddad", "e1"),
        ("pronoun", "him", "e1"),
    ]


@pytest.mark.parametrize("word", ["him", "they", "we"])
def test_a_pronoun_that_means_nobody_named_fills_no_role(word):
    doc = parsed(f"Rebels seized {word} .", pos={"seized": "VERB", "they": "PRON", "we": "PRON"})
    read = reading(doc, triggers=[("seized", "Abduction")], edges={("seized", "victim"): [word]})
    assert filled(doc, read) == []


def test_punctuation_fills_no_role():
    doc = parsed("Rebels seized “ it ” .", pos={"seized": "VERB"})
    assert filled(doc, reading(doc, triggers=[("seized", "Capture")], edges={("seized", "target"): ["“", "”"]})) == []


def test_a_movement_has_origin_and_destination():
    doc = parsed("Troops withdrew from Izyum to Lyman .", pos={"withdrew": "VERB"})
    read = reading(
        doc,
        mentions=[("Izyum", "Place.Settlement"), ("Lyman", "Place.Settlement")],
        triggers=[("withdrew", "Withdrawal")],
        edges={("withdrew", "origin"): ["Izyum"], ("withdrew", "destination"): ["Lyman"]},
    )
    assert places(doc, read) == [None, "Izyum", "Lyman"]


def test_only_a_named_place_is_a_place():
    doc = parsed("Wagner fought near a bridge .", pos={"fought": "VERB"})
    read = reading(
        doc,
        mentions=[("Wagner", "Organisation.ArmedGroup")],
        triggers=[("fought", "Battle")],
        edges={("fought", "place"): ["Wagner", "bridge"]},
    )
    assert places(doc, read) == [None, None, None]


@pytest.mark.parametrize(
    ("phrase", "first", "last", "precision"),
    [
        ("on Monday", date(2023, 6, 12), date(2023, 6, 12), "day"),
        ("overnight", date(2023, 6, 13), date(2023, 6, 14), "day"),
        ("since March", date(2023, 3, 1), None, "month"),
        ("until Friday", None, date(2023, 6, 16), "day"),
        ("in 2022", date(2022, 1, 1), date(2022, 12, 31), "year"),
    ],
)
def test_the_time_of_an_event_is_resolved(phrase, first, last, precision):
    time = timed(f"They fought {phrase} .", phrase)
    assert (time.span.text, time.earliest, time.latest, time.precision) == (phrase, first, last, precision)


@pytest.mark.parametrize("phrase", ["for weeks", "then", "at about 6:30 p.m."])
def test_words_that_fix_no_day_give_no_bounds(phrase):
    time = timed(f"They fought {phrase} .", phrase)
    assert time is None or (time.earliest, time.latest) == (None, None)


def test_without_a_publication_date_a_relative_time_has_no_bounds():
    time = timed("They fought on Monday .", "on Monday", published=None)
    assert time is None or (time.earliest, time.latest) == (None, None)


@pytest.mark.parametrize("modality", ["actual", "negated", "future", "hypothetical", "historical"])
def test_the_modality_is_the_likeliest(modality):
    doc = parsed("They fought .", pos={"fought": "VERB"})
    read = reading(doc, triggers=[("fought", "Battle")], modality={"fought": modality})
    assert events(doc, read)[1][0].modality == modality


def test_what_ended_long_before_publication_is_background():
    doc = parsed("They fought in 2022 .", pos={"fought": "VERB"})
    read = reading(doc, triggers=[("fought", "Battle")], edges={("fought", "time"): ["in 2022"]})
    assert [made.modality for made in events(doc, read)[1]] == ["historical"]


def test_what_goes_on_since_long_ago_is_not_background():
    doc = parsed("They fought since 2022 .", pos={"fought": "VERB"})
    read = reading(doc, triggers=[("fought", "Battle")], edges={("fought", "time"): ["since 2022"]})
    assert [made.modality for made in events(doc, read)[1]] == ["actual"]


def test_what_was_not_done_long_ago_stays_negated():
    doc = parsed("They fought in 2022 .", pos={"fought": "VERB"})
    read = reading(
        doc, triggers=[("fought", "Battle")], edges={("fought", "time"): ["in 2022"]}, modality={"fought": "negated"}
    )
    assert [made.modality for made in events(doc, read)[1]] == ["negated"]
