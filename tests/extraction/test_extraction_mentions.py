import pytest
from extraction_docs import at, parsed, reading
from spacy.tokens import Span as DocSpan

from kg.extraction.article import article_ranges
from kg.extraction.mentions import FORCE, Named, name_range, named_mentions

TEXT = "The mayor of Izyum , Dr. Olha Ivanenko , thanked the Red Crescent 's medics in Syrian villages ."


def trimmed(text, phrase, kind="Organisation"):
    """The words of a phrase that are left as a name."""
    doc = parsed(text)
    run = name_range(doc, *at(doc, phrase), kind)
    return run and doc[run[0] : run[1]].text


def found(doc, mentions=(), names=()):
    """Words, kind and score of each named mention."""
    doc.set_ents([DocSpan(doc, *at(doc, phrase), label) for phrase, label in names])
    read = reading(doc, mentions=mentions)
    rows = named_mentions(doc, read, article_ranges(doc.text))
    return [(doc[named.begin : named.end].text, named.kind) for named in rows]


@pytest.mark.parametrize(
    ("phrase", "kind", "name"),
    [
        ("Dr. Olha Ivanenko", "Person", "Olha Ivanenko"),
        (", Dr. Olha Ivanenko ,", "Person", "Olha Ivanenko"),
        ("the Red Crescent", "Organisation", "Red Crescent"),
        ("Red Crescent 's", "Organisation", "Red Crescent"),
        ("The mayor of Izyum", "Place", "mayor of Izyum"),
        ("Izyum ,", "Place", "Izyum"),
        ("Dr.", "Person", "Dr."),
        ("Syrian", "Place", None),
        ("Syrian", "Person", "Syrian"),
        ("medics in", "Organisation", None),
        (",", "Place", None),
        ("the", "Place", None),
    ],
)
def test_a_name_is_trimmed_to_itself(phrase, kind, name):
    assert trimmed(TEXT, phrase, kind) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("President Omar Haddad left .", "Omar Haddad"),
        ("Prime Minister Omar Haddad left .", "Omar Haddad"),
        ("Lt. Gen. Omar Haddad left .", "Omar Haddad"),
        ("Vice President Haddad left .", "Haddad"),
    ],
)
def test_titles_are_no_part_of_a_name(text, name):
    assert trimmed(text, text.removesuffix(" left ."), "Person") == name


def test_kinds_have_a_type_and_a_finer_one():
    named = Named(0, 1, "Place.Country", 0.9)
    bare = Named(0, 1, "Person", 0.9)
    assert (named.type, named.subtype, bare.type, bare.subtype) == ("Place", "Country", "Person", None)


def test_what_the_model_marks_is_a_mention():
    doc = parsed("Olha Ivanenko left Izyum .")
    assert found(doc, [("Olha Ivanenko", "Person"), ("Izyum", "Place.Settlement")]) == [
        ("Olha Ivanenko", "Person"),
        ("Izyum", "Place.Settlement"),
    ]


def test_what_the_model_doubts_is_none():
    doc = parsed("The Bear left .")
    assert found(doc, [("Bear", "Person", 0.2)]) == []


def test_names_of_the_pipeline_fill_gaps_and_yield_to_the_model():
    doc = parsed("Olha Ivanenko left Izyum on Monday .")
    rows = found(
        doc, [("Izyum", "Place.Settlement")], [("Olha Ivanenko", "PERSON"), ("Izyum", "ORG"), ("Monday", "DATE")]
    )
    assert rows == [("Olha Ivanenko", "Person"), ("Izyum", "Place.Settlement")]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Ukrainian troops left .", ["Ukrainian troops"]),
        ("The Ukrainian armed forces left .", ["Ukrainian armed forces"]),
        ("Ukrainian and Russian forces met .", ["Russian forces"]),
        ("Ukrainian farmers left .", []),
        ("Ukrainian", []),
    ],
)
def test_a_demonym_with_a_force_is_a_mention(text, phrases):
    assert found(parsed(text)) == [(phrase, FORCE) for phrase in phrases]


def test_a_force_phrase_wins_over_a_shorter_mention():
    doc = parsed("Ukrainian troops left .")
    assert found(doc, [("Ukrainian", "Place.Country")]) == [("Ukrainian troops", FORCE)]


def test_of_overlapping_mentions_the_surer_is_kept():
    doc = parsed("The Kharkiv Council met .")
    rows = found(doc, [("Kharkiv", "Place.Settlement", 0.7), ("Kharkiv Council", "Organisation.GovernmentBody", 0.95)])
    assert rows == [("Kharkiv Council", "Organisation.GovernmentBody")]


def test_a_name_marked_once_is_found_again():
    doc = parsed("Izyum fell . They left Izyum .")
    assert found(doc, [("Izyum", "Place.Settlement")]) == [("Izyum", "Place.Settlement")] * 2


def test_a_weakly_marked_name_is_not_sought_again():
    doc = parsed("Hope fell . They left Hope .")
    assert found(doc, [("Hope", "Place.Settlement", 0.5)]) == [("Hope", "Place.Settlement")]


def test_a_longer_name_is_sought_before_a_shorter_within_it():
    doc = parsed("Kharkiv met Kharkiv Council . Later Kharkiv Council left Kharkiv .")
    marked = [("Kharkiv", "Place.Settlement"), ("Kharkiv Council", "Organisation")]
    assert [name for name, _ in found(doc, marked)] == ["Kharkiv", "Kharkiv Council", "Kharkiv Council", "Kharkiv"]


def test_the_type_of_a_name_is_that_of_most_of_its_mentions():
    doc = parsed("Wagner left . Wagner fought . Wagner waited .")
    rows = found(
        doc, [("Wagner", "Person", 0.7), ("Wagner#2", "Organisation.ArmedGroup"), ("Wagner#3", "Organisation")]
    )
    assert rows == [("Wagner", "Organisation"), ("Wagner", "Organisation.ArmedGroup"), ("Wagner", "Organisation")]


def test_names_outside_the_article_are_passed_over():
    doc = parsed("The long battle for the port of Izyum ended on a quiet morning . \n Leave a reply \n Olha Ivanenko")
    assert found(doc, [("Izyum", "Place.Settlement"), ("Olha Ivanenko", "Person")]) == [("Izyum", "Place.Settlement")]


def test_a_name_does_not_cross_a_line():
    doc = parsed("They met in Izyum \n Olha Ivanenko left .")
    assert found(doc, [("Izyum \n Olha", "Place")]) == []


def test_a_text_without_names_has_no_mentions():
    assert [found(parsed("nothing happened .")), found(parsed(""))] == [[], []]
